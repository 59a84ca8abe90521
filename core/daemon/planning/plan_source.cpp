// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/planning/plan_source.h"

#include "core/daemon/planning/plan_messages.h"

#include <utility>

namespace weft::daemon {

namespace local = weft::local::v1;
namespace meshv1 = weft::mesh::v1;

void PlanSource::gather(
    const local::PlanSubject& subject, const std::string& user, Callback<PlanInput> done) {
    const auto profile = table_.profileIdOf(subject.profile_id());
    if (!profile.ok()) {
        done(profile.status());
        return;
    }
    const auto connection = table_.connected(*profile);
    if (!connection.ok()) {
        done(connection.status());
        return;
    }
    auto edits = editsOf(subject.edits().edits());
    if (!edits.ok()) {
        done(edits.status());
        return;
    }
    (*connection)
        ->snapshot([this,
                    subject,
                    key = DraftKey{*profile, user},
                    edits = *std::move(edits),
                    done = std::move(done)](const StatusOr<MeshSnapshot>& mesh) {
            if (!mesh.ok()) {
                done(mesh.status());
                return;
            }
            PlanInput input{*mesh, edits};
            if (subject.has_after_change()) {
                input.afterChange = subject.after_change();
                loop_.post([this, key, input = std::move(input), done]() mutable {
                    addHistory(key.profile, std::move(input), done);
                });
            } else if (subject.has_draft() && subject.draft()) {
                addDraft(key, std::move(input), done);
            } else {
                done(std::move(input));
            }
        });
}

void PlanSource::addDraft(DraftKey key, PlanInput input, Callback<PlanInput> done) {
    drafts_.read(
        std::move(key),
        [input = std::move(input), done = std::move(done)](const StatusOr<StoredDraft>& draft) {
            if (!draft.ok()) {
                done(draft.status());
                return;
            }
            auto filled = input;
            filled.edits = draft->edits;
            done(std::move(filled));
        });
}

void PlanSource::addHistory(const std::string& profile, PlanInput input, Callback<PlanInput> done) {
    const auto connection = table_.connected(profile);
    if (!connection.ok()) {
        done(connection.status());
        return;
    }
    (*connection)
        ->listChanges(
            meshv1::ListChangesRequest(),
            [input = std::move(input),
             done = std::move(done)](const StatusOr<std::vector<meshv1::ChangeRecord>>& changes) {
                if (!changes.ok()) {
                    done(changes.status());
                    return;
                }
                auto filled = input;
                filled.history = historyOf(*changes);
                done(std::move(filled));
            });
}

}  // namespace weft::daemon
