// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/drafts.h"
#include "tests/support/fake_daemon.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace weft::tests {

/// The drafts of a FakeController: they are kept in the scene, and made there when they are
/// applied. Conflicts are those that a test put in, until they are decided.
class FakeDrafts final : public api::Drafts {
public:
    explicit FakeDrafts(std::shared_ptr<FakeDaemon> core) : core_(std::move(core)) {}

    void get(const api::ProfileId& id, Callback<api::Draft> done) override;
    void edit(
        const api::ProfileId& id,
        const std::vector<api::PolicyEdit>& edits,
        bool replace,
        std::optional<std::uint64_t> base,
        Callback<api::Draft> done) override;
    void rebase(
        const api::ProfileId& id,
        const api::RebaseWish& wish,
        std::optional<std::uint64_t> base,
        Callback<api::Draft> done) override;
    void discard(
        const api::ProfileId& id,
        const std::vector<api::ObjectRef>& objects,
        std::optional<std::uint64_t> base,
        Callback<api::Draft> done) override;
    void apply(
        const api::ProfileId& id,
        const api::ApplyDraftWish& wish,
        std::optional<std::uint64_t> base,
        Callback<api::AppliedChange> done) override;

private:
    std::shared_ptr<FakeDaemon> core_;
};

}  // namespace weft::tests
