// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/local/drafts_service.h"

#include "core/daemon/planning/plan_messages.h"
#include "core/mesh/changes/draft_edits.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace weft::daemon {
namespace {

namespace changes = mesh::changes;
namespace local = weft::local::v1;
namespace meshv1 = weft::mesh::v1;

template <typename Request>
std::optional<std::uint64_t> baseOf(const Request& request) {
    return request.has_base_number() ? std::optional(request.base_number()) : std::nullopt;
}

std::vector<changes::Edit> without(
    const std::vector<changes::Edit>& edits, const std::vector<mesh::ObjectRef>& refs) {
    std::vector<changes::Edit> kept;
    for (const auto& edit : edits) {
        const bool isNamed = std::ranges::any_of(
            refs, [&edit](const auto& ref) { return mesh::keyOf(ref) == mesh::keyOf(edit.ref); });
        if (!isNamed) {
            kept.push_back(edit);
        }
    }
    return kept;
}

StatusOr<local::Draft> withConflicts(const StoredDraft& draft, const storage::Registry& registry) {
    auto message = toProto(draft);
    const auto merged = changes::merge(draft.edits, changes::PolicySet::of(registry));
    for (const auto& conflict : merged.conflicts) {
        toProto(conflict, message.add_conflicts());
    }
    return message;
}

/// What was written is told also when nobody has the time to look for conflicts.
Callback<local::Draft> orWithout(const StoredDraft& draft, Callback<local::Draft> done) {
    return [draft, done = std::move(done)](StatusOr<local::Draft> answer) {
        done(answer.ok() ? std::move(answer) : StatusOr<local::Draft>(toProto(draft)));
    };
}

Callback<StoredDraft> justMessage(Callback<local::Draft> done) {
    return [done = std::move(done)](const StatusOr<StoredDraft>& draft) {
        if (draft.ok()) {
            done(toProto(*draft));
        } else {
            done(draft.status());
        }
    };
}

}  // namespace

template <typename Response>
grpc::ServerUnaryReactor* DraftsService::onDraft(
    std::string_view method, const std::string& profile, Response* response, Work<Response> work) {
    return calls_.unary<Response>(
        method, response, [this, profile, work = std::move(work)](Callback<Response> done) {
            const auto id = table_.profileIdOf(profile);
            if (id.ok()) {
                work(DraftKey{*id, calls_.user()}, std::move(done));
            } else {
                done(id.status());
            }
        });
}

void DraftsService::withMesh(
    const std::string& profile, std::function<void(const StatusOr<MeshSnapshot>&)> work) {
    calls_.loop().post([this, profile, work = std::move(work)] {
        const auto connection = table_.connected(profile);
        if (connection.ok()) {
            (*connection)->snapshot(work);
        } else {
            work(connection.status());
        }
    });
}

void DraftsService::answerOn(
    const StatusOr<MeshSnapshot>& mesh,
    const StoredDraft& draft,
    const Callback<local::Draft>& done) {
    if (!mesh.ok()) {
        done(toProto(draft));
        return;
    }
    planner_.ask<local::Draft>(
        [draft, registry = mesh->registry] { return withConflicts(draft, *registry); },
        orWithout(draft, done));
}

Callback<StoredDraft> DraftsService::answerWith(const DraftKey& key, Callback<local::Draft> done) {
    return
        [this, profile = key.profile, done = std::move(done)](const StatusOr<StoredDraft>& stored) {
            if (!stored.ok() || stored->edits.empty()) {
                justMessage(done)(stored);
                return;
            }
            withMesh(profile, [this, draft = *stored, done](const StatusOr<MeshSnapshot>& mesh) {
                answerOn(mesh, draft, done);
            });
        };
}

grpc::ServerUnaryReactor* DraftsService::GetDraft(
    grpc::CallbackServerContext* /*context*/,
    const local::GetDraftRequest* request,
    local::Draft* response) {
    return onDraft<local::Draft>(
        "/weft.local.v1.Drafts/GetDraft",
        request->profile_id(),
        response,
        [this](const DraftKey& key, Callback<local::Draft> done) {
            drafts_.read(key, answerWith(key, std::move(done)));
        });
}

grpc::ServerUnaryReactor* DraftsService::EditDraft(
    grpc::CallbackServerContext* /*context*/,
    const local::EditDraftRequest* request,
    local::Draft* response) {
    return onDraft<local::Draft>(
        "/weft.local.v1.Drafts/EditDraft",
        request->profile_id(),
        response,
        [this, wanted = *request](const DraftKey& key, Callback<local::Draft> done) {
            auto edits = editsOf(wanted.edits());
            if (!edits.ok()) {
                done(edits.status());
                return;
            }
            drafts_.write(
                key,
                baseOf(wanted),
                [replace = wanted.replace(), edits = *std::move(edits)](
                    const StoredDraft& old) -> StatusOr<std::vector<changes::Edit>> {
                    return changes::combine(
                        replace ? std::vector<changes::Edit>() : old.edits, edits);
                },
                answerWith(key, std::move(done)));
        });
}

grpc::ServerUnaryReactor* DraftsService::DiscardDraft(
    grpc::CallbackServerContext* /*context*/,
    const local::DiscardDraftRequest* request,
    local::Draft* response) {
    return onDraft<local::Draft>(
        "/weft.local.v1.Drafts/DiscardDraft",
        request->profile_id(),
        response,
        [this, wanted = *request](const DraftKey& key, Callback<local::Draft> done) {
            auto refs = refsOf(wanted.objects());
            if (!refs.ok()) {
                done(refs.status());
                return;
            }
            auto answer = answerWith(key, std::move(done));
            if (refs->empty()) {
                drafts_.clear(key, baseOf(wanted), std::move(answer));
                return;
            }
            drafts_.write(
                key,
                baseOf(wanted),
                [refs = *std::move(refs)](const StoredDraft& old)
                    -> StatusOr<std::vector<changes::Edit>> { return without(old.edits, refs); },
                std::move(answer));
        });
}

void DraftsService::rebase(
    const DraftKey& key, const local::RebaseDraftRequest& request, Callback<local::Draft> done) {
    auto mine = refsOf(request.keep_mine());
    auto theirs = refsOf(request.take_theirs());
    if (!mine.ok() || !theirs.ok()) {
        done(mine.ok() ? theirs.status() : mine.status());
        return;
    }
    withMesh(
        key.profile,
        [this,
         key,
         base = baseOf(request),
         decisions = changes::Decisions{*std::move(mine), *std::move(theirs)},
         done = std::move(done)](const StatusOr<MeshSnapshot>& mesh) {
            if (!mesh.ok()) {
                done(mesh.status());
                return;
            }
            drafts_.write(
                key,
                base,
                [decisions, registry = mesh->registry](const StoredDraft& old) {
                    return changes::rebase(old.edits, changes::PolicySet::of(*registry), decisions);
                },
                answerWith(key, done));
        });
}

grpc::ServerUnaryReactor* DraftsService::RebaseDraft(
    grpc::CallbackServerContext* /*context*/,
    const local::RebaseDraftRequest* request,
    local::Draft* response) {
    return onDraft<local::Draft>(
        "/weft.local.v1.Drafts/RebaseDraft",
        request->profile_id(),
        response,
        [this, wanted = *request](const DraftKey& key, Callback<local::Draft> done) {
            rebase(key, wanted, std::move(done));
        });
}

grpc::ServerUnaryReactor* DraftsService::ApplyDraft(
    grpc::CallbackServerContext* /*context*/,
    const local::ApplyDraftRequest* request,
    meshv1::AppliedChange* response) {
    return onDraft<meshv1::AppliedChange>(
        "/weft.local.v1.Drafts/ApplyDraft",
        request->profile_id(),
        response,
        [this, wanted = *request](const DraftKey& key, Callback<meshv1::AppliedChange> done) {
            apply(key, wanted, std::move(done));
        });
}

}  // namespace weft::daemon
