// SPDX-License-Identifier: Apache-2.0
// What a founder's connection is asked about changes of the rules: it makes them by itself.
#include "core/daemon/founder_connection.h"
#include "core/services/changes/convert.h"

#include <chrono>
#include <utility>

namespace weft::daemon {
namespace {

namespace meshv1 = weft::mesh::v1;

Callback<mesh::AppliedChange> answerWith(const Callback<meshv1::AppliedChange>& answer) {
    return [answer](const StatusOr<mesh::AppliedChange>& applied) {
        if (!applied.ok()) {
            answer(applied.status());
            return;
        }
        meshv1::AppliedChange message;
        services::toProto(*applied, &message);
        answer(std::move(message));
    };
}

StatusOr<std::vector<mesh::changes::Edit>> editsOf(const meshv1::ApplyChangesRequest& request) {
    std::vector<mesh::changes::Edit> edits;
    for (const auto& each : request.edits()) {
        WEFT_ASSIGN_OR_RETURN(auto edit, services::editOf(each));
        edits.push_back(std::move(edit));
    }
    return edits;
}

StatusOr<std::vector<mesh::ObjectRef>> refsOf(const meshv1::RevertChangeRequest& request) {
    std::vector<mesh::ObjectRef> refs;
    for (const auto& each : request.objects()) {
        WEFT_ASSIGN_OR_RETURN(auto ref, services::refOf(each));
        refs.push_back(std::move(ref));
    }
    return refs;
}

}  // namespace

void FounderConnection::applyChanges(
    meshv1::ApplyChangesRequest request, Callback<meshv1::AppliedChange> done) {
    using Done = Callback<meshv1::AppliedChange>;
    whileOpen<Done>(std::move(done), [this, request = std::move(request)](const Done& answer) {
        auto edits = editsOf(request);
        if (!edits.ok()) {
            answer(edits.status());
            return;
        }
        changeControl_->apply(
            *std::move(edits),
            request.note(),
            std::chrono::seconds(request.revert_after_seconds()),
            self(),
            answerWith(answer));
    });
}

void FounderConnection::confirmChange(std::uint64_t id, StatusCallback done) {
    whileOpen<StatusCallback>(std::move(done), [this, id](const StatusCallback& answer) {
        changeControl_->confirm(id, self(), answer);
    });
}

void FounderConnection::revertChange(
    meshv1::RevertChangeRequest request, Callback<meshv1::AppliedChange> done) {
    using Done = Callback<meshv1::AppliedChange>;
    whileOpen<Done>(std::move(done), [this, request = std::move(request)](const Done& answer) {
        auto refs = refsOf(request);
        if (!refs.ok()) {
            answer(refs.status());
            return;
        }
        changeControl_->revert(
            request.change_id(),
            *std::move(refs),
            request.skip_changed(),
            self(),
            answerWith(answer));
    });
}

void FounderConnection::listChanges(
    meshv1::ListChangesRequest filter, Callback<std::vector<meshv1::ChangeRecord>> done) {
    using Done = Callback<std::vector<meshv1::ChangeRecord>>;
    whileOpen<Done>(std::move(done), [this, filter = std::move(filter)](const Done& answer) {
        const auto changes = changeControl_->list(filter.before_id(), filter.limit(), self());
        if (!changes.ok()) {
            answer(changes.status());
            return;
        }
        std::vector<meshv1::ChangeRecord> messages;
        for (const auto& change : *changes) {
            services::toProto(change, &messages.emplace_back());
        }
        answer(std::move(messages));
    });
}

}  // namespace weft::daemon
