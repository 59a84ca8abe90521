// SPDX-License-Identifier: Apache-2.0
#include "app/gui/deferred_drafts.h"

namespace weft::app {

void DeferredDrafts::get(const api::ProfileId& id, Callback<api::Draft> done) {
    controller_.with([id, done](api::Controller& real) { real.drafts().get(id, done); }, done);
}

void DeferredDrafts::edit(
    const api::ProfileId& id,
    const std::vector<api::PolicyEdit>& edits,
    bool replace,
    std::optional<std::uint64_t> base,
    Callback<api::Draft> done) {
    controller_.with(
        [id, edits, replace, base, done](api::Controller& real) {
            real.drafts().edit(id, edits, replace, base, done);
        },
        done);
}

void DeferredDrafts::rebase(
    const api::ProfileId& id,
    const api::RebaseWish& wish,
    std::optional<std::uint64_t> base,
    Callback<api::Draft> done) {
    controller_.with(
        [id, wish, base, done](api::Controller& real) {
            real.drafts().rebase(id, wish, base, done);
        },
        done);
}

void DeferredDrafts::discard(
    const api::ProfileId& id,
    const std::vector<api::ObjectRef>& objects,
    std::optional<std::uint64_t> base,
    Callback<api::Draft> done) {
    controller_.with(
        [id, objects, base, done](api::Controller& real) {
            real.drafts().discard(id, objects, base, done);
        },
        done);
}

void DeferredDrafts::apply(
    const api::ProfileId& id,
    const api::ApplyDraftWish& wish,
    std::optional<std::uint64_t> base,
    Callback<api::AppliedChange> done) {
    controller_.with(
        [id, wish, base, done](api::Controller& real) {
            real.drafts().apply(id, wish, base, done);
        },
        done);
}

}  // namespace weft::app
