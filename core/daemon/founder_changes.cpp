// SPDX-License-Identifier: Apache-2.0
// What a founder's connection is asked about changes of the rules: it makes them by itself.
#include "core/base/log.h"
#include "core/daemon/founder_connection.h"
#include "core/services/changes/convert.h"
#include "core/services/propagation/convert.h"

#include <chrono>
#include <utility>

namespace weft::daemon {
namespace {

namespace meshv1 = weft::mesh::v1;

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("daemon");
    return logger;
}

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

void FounderConnection::policyTests(
    meshv1::GetPolicyTestsRequest request, Callback<meshv1::KeptPolicyTests> done) {
    using Done = Callback<meshv1::KeptPolicyTests>;
    whileOpen<Done>(std::move(done), [this, known = request.known_revision()](const Done& answer) {
        const auto kept = changeControl_->policyTests().get(self());
        if (!kept.ok()) {
            answer(kept.status());
            return;
        }
        meshv1::KeptPolicyTests message;
        services::toProto(*kept, known, &message);
        answer(std::move(message));
    });
}

void FounderConnection::putPolicyTests(
    meshv1::PutPolicyTestsRequest request, Callback<meshv1::PutPolicyTestsResponse> done) {
    using Done = Callback<meshv1::PutPolicyTestsResponse>;
    whileOpen<Done>(std::move(done), [this, request = std::move(request)](const Done& answer) {
        auto tests = mesh::changes::fromProto(request.tests());
        if (!tests.ok()) {
            answer(tests.status());
            return;
        }
        changeControl_->policyTests().put(
            *std::move(tests),
            request.base_revision(),
            self(),
            [answer](const StatusOr<storage::Revision>& revision) {
                if (!revision.ok()) {
                    answer(revision.status());
                    return;
                }
                meshv1::PutPolicyTestsResponse message;
                message.set_revision(*revision);
                answer(std::move(message));
            });
    });
}

void FounderConnection::propagation(
    std::uint64_t change, Callback<meshv1::ChangePropagation> done) {
    using Done = Callback<meshv1::ChangePropagation>;
    whileOpen<Done>(std::move(done), [this, change](const Done& answer) {
        const auto propagation = host_->propagation().get(change, self());
        if (!propagation.ok()) {
            answer(propagation.status());
            return;
        }
        meshv1::ChangePropagation message;
        services::toProto(*propagation, &message);
        answer(std::move(message));
    });
}

void FounderConnection::followPolicyTests() {
    // The store tells of every write, whoever makes it.
    auto watch = changeControl_->policyTests().watch([this] { onLoop([this] { noteTests(); }); });
    if (watch.ok()) {
        testWatch_ = *std::move(watch);
    } else {
        log().error("policy tests not watched reason={}", messageOf(watch.status()));
    }
    noteTests();
}

}  // namespace weft::daemon
