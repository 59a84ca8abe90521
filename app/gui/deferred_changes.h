// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/gui/deferred_controller.h"
#include "core/api/changes.h"

#include <vector>

namespace weft::app {

/// The changes of a deferred controller, which owns it.
class DeferredChanges final : public api::Changes {
public:
    explicit DeferredChanges(DeferredController& controller) : controller_(controller) {}

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
    DeferredController& controller_;
};

}  // namespace weft::app
