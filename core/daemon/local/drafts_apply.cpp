// SPDX-License-Identifier: Apache-2.0
// From a draft to a change of the mesh.
#include "core/base/log.h"
#include "core/daemon/local/drafts_service.h"
#include "core/daemon/planning/plan_messages.h"
#include "core/mesh/changes/draft_edits.h"
#include "core/services/changes/convert.h"

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

namespace weft::daemon {
namespace {

namespace changes = mesh::changes;
namespace local = weft::local::v1;
namespace meshv1 = weft::mesh::v1;

/// What a server of the mesh takes in one message, less what stands around a change.
constexpr std::size_t kMostChangeBytes = (std::size_t{1} << 20) - 4096;
/// Conflicts that one refusal names.
constexpr std::size_t kMostNamedConflicts = 5;

Status conflictText(const std::vector<changes::Conflict>& conflicts) {
    std::string text;
    for (std::size_t i = 0; i < conflicts.size() && i < kMostNamedConflicts; ++i) {
        text += (i == 0 ? "" : "; ") + changes::textOf(conflicts[i]);
    }
    if (conflicts.size() > kMostNamedConflicts) {
        text += fmt::format("; and {} more", conflicts.size() - kMostNamedConflicts);
    }
    return aborted("{}: decide what is to stay, and apply again", text);
}

/// The edits as a change on top of what is there. Errors: kAborted for conflicts.
StatusOr<meshv1::ApplyChangesRequest> changeOf(
    const StoredDraft& draft,
    const storage::Registry& registry,
    const local::ApplyDraftRequest& request) {
    const auto merged = changes::merge(draft.edits, changes::PolicySet::of(registry));
    if (!merged.conflicts.empty()) {
        return conflictText(merged.conflicts);
    }
    meshv1::ApplyChangesRequest change;
    // Whether all of it is so already is the server's to say: the records here may be old.
    for (const auto& edit : merged.edits.empty() ? draft.edits : merged.edits) {
        services::toProto(edit, change.add_edits());
    }
    change.set_note(request.note());
    change.set_revert_after_seconds(request.revert_after_seconds());
    if (change.ByteSizeLong() > kMostChangeBytes) {
        return resourceExhausted(
            "the draft has {} bytes, and a server of the mesh takes {} at once: discard a part of "
            "it, and make that one later",
            change.ByteSizeLong(),
            kMostChangeBytes);
    }
    return change;
}

}  // namespace

void DraftsService::forget(
    const DraftKey& key,
    std::uint64_t number,
    const meshv1::AppliedChange& applied,
    Callback<meshv1::AppliedChange> done) {
    drafts_.clear(
        key, number, [applied, done = std::move(done)](const StatusOr<StoredDraft>& left) {
            // What was added meanwhile stays. A draft that is still there after its change was
            // made, for the disk or an end in between, comes to nothing when it is applied again.
            if (!left.ok() && left.status().code() != StatusCode::kAborted) {
                base::logger("daemon").warn(
                    "a draft stays after it was applied reason={}",
                    base::quoted(messageOf(left.status())));
            }
            done(applied);
        });
}

void DraftsService::make(
    const DraftKey& key,
    std::uint64_t number,
    meshv1::ApplyChangesRequest change,
    Callback<meshv1::AppliedChange> done) {
    const auto connection = table_.connected(key.profile);
    if (!connection.ok()) {
        done(connection.status());
        return;
    }
    (*connection)
        ->applyChanges(
            std::move(change),
            [this, key, number, done = std::move(done)](
                const StatusOr<meshv1::AppliedChange>& applied) {
                if (applied.ok()) {
                    forget(key, number, *applied, done);
                } else {
                    done(applied.status());
                }
            });
}

void DraftsService::apply(
    const DraftKey& key,
    const local::ApplyDraftRequest& request,
    Callback<meshv1::AppliedChange> done) {
    drafts_.read(
        key, [this, key, request, done = std::move(done)](const StatusOr<StoredDraft>& draft) {
            if (!draft.ok()) {
                done(draft.status());
                return;
            }
            if (request.has_base_number() && request.base_number() != draft->number) {
                done(aborted("the draft was changed meanwhile: look at it again"));
                return;
            }
            if (draft->edits.empty()) {
                done(failedPrecondition("the draft is empty: there is nothing to apply"));
                return;
            }
            withMesh(
                key.profile,
                [this, key, request, draft = *draft, done](const StatusOr<MeshSnapshot>& mesh) {
                    auto change = mesh.ok() ? changeOf(draft, *mesh->registry, request)
                                            : StatusOr<meshv1::ApplyChangesRequest>(mesh.status());
                    if (!change.ok()) {
                        done(change.status());
                        return;
                    }
                    calls_.loop().post(
                        [this, key, number = draft.number, change = *std::move(change), done] {
                            make(key, number, change, done);
                        });
                });
        });
}

}  // namespace weft::daemon
