// SPDX-License-Identifier: Apache-2.0
#include "core/control/detail/controller_calls.h"
#include "core/control/detail/grpc_drafts.h"
#include "core/control/translate_changes.h"
#include "core/control/translate_planning.h"

#include <utility>

namespace weft::control {

using detail::converted;
using detail::written;

namespace {

namespace local = weft::local::v1;
namespace meshv1 = weft::mesh::v1;

constexpr const char* kVerb = "keep drafts";

Callback<local::Draft> draftTo(Callback<api::Draft> done) {
    return converted<local::Draft>(
        std::move(done), [](const auto& answer) { return fromProto(answer); });
}

/// What is common to all that write a draft.
template <typename Request>
Request named(Request request, const api::ProfileId& id, std::optional<std::uint64_t> base) {
    request.set_profile_id(id.value());
    if (base) {
        request.set_base_number(*base);
    }
    return request;
}

}  // namespace

void GrpcDrafts::get(const api::ProfileId& id, Callback<api::Draft> done) {
    local::GetDraftRequest request;
    request.set_profile_id(id.value());
    controller_.localCall(
        kVerb, &GrpcController::DraftsStub::GetDraft, std::move(request), draftTo(std::move(done)));
}

void GrpcDrafts::edit(
    const api::ProfileId& id,
    const std::vector<api::PolicyEdit>& edits,
    bool replace,
    std::optional<std::uint64_t> base,
    Callback<api::Draft> done) {
    local::EditDraftRequest request;
    for (const auto& edit : edits) {
        *request.add_edits() = toProto(edit);
    }
    request.set_replace(replace);
    controller_.localCall(
        kVerb,
        &GrpcController::DraftsStub::EditDraft,
        named(std::move(request), id, base),
        draftTo(std::move(done)));
}

void GrpcDrafts::rebase(
    const api::ProfileId& id,
    const api::RebaseWish& wish,
    std::optional<std::uint64_t> base,
    Callback<api::Draft> done) {
    controller_.localCall(
        kVerb,
        &GrpcController::DraftsStub::RebaseDraft,
        named(toProto(wish), id, base),
        draftTo(std::move(done)));
}

void GrpcDrafts::discard(
    const api::ProfileId& id,
    const std::vector<api::ObjectRef>& objects,
    std::optional<std::uint64_t> base,
    Callback<api::Draft> done) {
    local::DiscardDraftRequest request;
    for (const auto& ref : objects) {
        *request.add_objects() = toProto(ref);
    }
    controller_.localCall(
        kVerb,
        &GrpcController::DraftsStub::DiscardDraft,
        named(std::move(request), id, base),
        draftTo(std::move(done)));
}

void GrpcDrafts::apply(
    const api::ProfileId& id,
    const api::ApplyDraftWish& wish,
    std::optional<std::uint64_t> base,
    Callback<api::AppliedChange> done) {
    controller_.localCall(
        kVerb,
        &GrpcController::DraftsStub::ApplyDraft,
        named(toProto(wish), id, base),
        written<meshv1::AppliedChange>(converted<meshv1::AppliedChange>(
            std::move(done), [](const auto& answer) { return fromProto(answer); })));
}

}  // namespace weft::control
