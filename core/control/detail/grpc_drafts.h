// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/drafts.h"
#include "core/control/grpc_controller.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace weft::control {

/// api::Drafts by the calls of a controller, which owns it.
class GrpcDrafts final : public api::Drafts {
public:
    explicit GrpcDrafts(GrpcController& controller) : controller_(controller) {}

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
    GrpcController& controller_;
};

}  // namespace weft::control
