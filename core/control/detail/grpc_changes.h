// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/changes.h"
#include "core/control/grpc_controller.h"

#include <vector>

namespace weft::control {

/// api::Changes by the calls of a controller, which owns it.
class GrpcChanges final : public api::Changes {
public:
    explicit GrpcChanges(GrpcController& controller) : controller_(controller) {}

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
    GrpcController& controller_;
};

}  // namespace weft::control
