// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/gui/deferred_controller.h"
#include "core/api/drafts.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace weft::app {

/// The drafts of a deferred controller, which owns it.
class DeferredDrafts final : public api::Drafts {
public:
    explicit DeferredDrafts(DeferredController& controller) : controller_(controller) {}

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
    DeferredController& controller_;
};

}  // namespace weft::app
