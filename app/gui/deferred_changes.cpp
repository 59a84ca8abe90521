// SPDX-License-Identifier: Apache-2.0
#include "app/gui/deferred_changes.h"

namespace weft::app {

void DeferredChanges::apply(
    const api::ProfileId& id, const api::ChangeWish& wish, Callback<api::AppliedChange> done) {
    controller_.with(
        [id, wish, done](api::Controller& real) { real.changes().apply(id, wish, done); }, done);
}

void DeferredChanges::confirm(const api::ProfileId& id, std::uint64_t change, StatusCallback done) {
    controller_.with(
        [id, change, done](api::Controller& real) { real.changes().confirm(id, change, done); },
        done);
}

void DeferredChanges::revert(
    const api::ProfileId& id, const api::RevertWish& wish, Callback<api::AppliedChange> done) {
    controller_.with(
        [id, wish, done](api::Controller& real) { real.changes().revert(id, wish, done); }, done);
}

void DeferredChanges::list(
    const api::ProfileId& id, std::uint32_t limit, Callback<std::vector<api::Change>> done) {
    controller_.with(
        [id, limit, done](api::Controller& real) { real.changes().list(id, limit, done); }, done);
}

void DeferredChanges::policyTests(const api::ProfileId& id, Callback<api::KeptPolicyTests> done) {
    controller_.with(
        [id, done](api::Controller& real) { real.changes().policyTests(id, done); }, done);
}

void DeferredChanges::putPolicyTests(
    const api::ProfileId& id,
    const std::vector<api::PolicyTest>& tests,
    std::uint64_t base,
    Callback<std::uint64_t> done) {
    controller_.with(
        [id, tests, base, done](api::Controller& real) {
            real.changes().putPolicyTests(id, tests, base, done);
        },
        done);
}

void DeferredChanges::propagation(
    const api::ProfileId& id, std::uint64_t change, Callback<api::Propagation> done) {
    controller_.with(
        [id, change, done](api::Controller& real) { real.changes().propagation(id, change, done); },
        done);
}

}  // namespace weft::app
