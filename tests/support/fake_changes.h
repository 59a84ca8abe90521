// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/changes.h"
#include "tests/support/fake_daemon.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace weft::tests {

/// Makes a change in the scene, by who may write there, and tells all who watch.
StatusOr<api::AppliedChange> applyChange(
    FakeDaemon& core, const api::ProfileId& id, const api::ChangeWish& wish);

/// Makes a single write and notes it in the history.
StatusOr<api::WriteReport> writeObject(
    FakePolicy& policy,
    const api::PolicyEdit& edit,
    std::optional<std::uint64_t> base,
    WallTime now);

/// What a FakeController answers about changes of several objects: they are made, kept and taken
/// back in the scene. What nobody confirms stays, as time stands still there.
class FakeChanges final : public api::Changes {
public:
    explicit FakeChanges(std::shared_ptr<FakeDaemon> core) : core_(std::move(core)) {}

    void apply(
        const api::ProfileId& id,
        const api::ChangeWish& wish,
        Callback<api::AppliedChange> done) override;
    void confirm(const api::ProfileId& id, std::uint64_t change, StatusCallback done) override;
    void revert(
        const api::ProfileId& id,
        const api::RevertWish& wish,
        Callback<api::AppliedChange> done) override;
    void list(
        const api::ProfileId& id,
        std::uint32_t limit,
        Callback<std::vector<api::Change>> done) override;
    void policyTests(const api::ProfileId& id, Callback<api::KeptPolicyTests> done) override;
    void putPolicyTests(
        const api::ProfileId& id,
        const std::vector<api::PolicyTest>& tests,
        std::uint64_t base,
        Callback<std::uint64_t> done) override;
    void propagation(
        const api::ProfileId& id, std::uint64_t change, Callback<api::Propagation> done) override;

private:
    std::shared_ptr<FakeDaemon> core_;
};

}  // namespace weft::tests
