// SPDX-License-Identifier: Apache-2.0
// What a member's connection is asked about changes of the rules: the server in use makes them.
#include "core/daemon/detail/ordered_changes.h"
#include "core/daemon/member_connection.h"
#include "core/services/admin/convert.h"
#include "core/services/changes/changes_client.h"
#include "core/services/changes/convert.h"

#include <utility>
#include <vector>

namespace weft::daemon {
namespace {

namespace meshv1 = weft::mesh::v1;

StatusOr<std::vector<mesh::changes::Edit>> editsOf(const meshv1::ApplyChangesRequest& request) {
    std::vector<mesh::changes::Edit> edits;
    edits.reserve(static_cast<std::size_t>(request.edits_size()));
    for (const auto& each : request.edits()) {
        WEFT_ASSIGN_OR_RETURN(auto edit, services::editOf(each));
        edits.push_back(std::move(edit));
    }
    return edits;
}

Callback<mesh::WriteReport> answerInOrder(Callback<meshv1::AppliedChange> done) {
    return [done = std::move(done)](const StatusOr<mesh::WriteReport>& made) {
        if (!made.ok()) {
            done(made.status());
            return;
        }
        meshv1::AppliedChange applied;
        applied.set_revision(made->revision);
        applied.add_left_alone(
            "the servers of this mesh keep no history: the change has no number to undo it by");
        done(std::move(applied));
    };
}

}  // namespace

StatusOr<services::ChangesClient*> MemberConnection::changesClient() {
    if (!member_ || member_->status().serverAddress.empty()) {
        return unavailable("no member of the mesh can be reached at the moment");
    }
    const auto& address = member_->status().serverAddress;
    if (!changesClient_ || changesAddress_ != address) {
        WEFT_ASSIGN_OR_RETURN(auto server, net::HostPort::parse(address));
        const auto options = linkTo(server);
        WEFT_ASSIGN_OR_RETURN(
            changesClient_, services::ChangesClient::create(server, options, loop()));
        changesAddress_ = address;
    }
    return changesClient_.get();
}

template <typename Done>
void MemberConnection::withChanges(
    Done done, std::function<void(services::ChangesClient&, const Done&)> work) {
    onLoop([this, done = std::move(done), work = std::move(work)] {
        const auto server = changesClient();
        if (server.ok()) {
            work(**server, done);
        } else {
            done(server.status());
        }
    });
}

void MemberConnection::applyChanges(
    meshv1::ApplyChangesRequest request, Callback<meshv1::AppliedChange> done) {
    using Done = Callback<meshv1::AppliedChange>;
    withChanges<Done>(
        std::move(done),
        [this, request = std::move(request)](services::ChangesClient& server, const Done& answer) {
            server.apply(request, [this, request, answer](StatusOr<meshv1::AppliedChange> applied) {
                if (applied.status().code() == StatusCode::kUnimplemented) {
                    applyInOrder(request, answer);
                } else {
                    answer(std::move(applied));
                }
            });
        });
}

ObjectWrites MemberConnection::objectWrites() {
    return {
        .put =
            [this](const mesh::PolicyObject& object, Callback<mesh::WriteReport> done) {
                const auto server = admin();
                if (!server.ok()) {
                    done(server.status());
                    return;
                }
                meshv1::PolicyObject message;
                services::toProto(mesh::StoredObject{object, 0}, &message);
                (*server)->put(message, std::nullopt, std::move(done));
            },
        .remove =
            [this](const mesh::ObjectRef& ref, Callback<mesh::WriteReport> done) {
                const auto server = admin();
                if (server.ok()) {
                    (*server)->remove(ref, std::nullopt, std::move(done));
                } else {
                    done(server.status());
                }
            }};
}

void MemberConnection::applyInOrder(
    const meshv1::ApplyChangesRequest& request, const Callback<meshv1::AppliedChange>& done) {
    if (request.revert_after_seconds() != 0) {
        done(failedPrecondition(
            "the servers of this mesh cannot take a change back by themselves: apply it without "
            "auto-revert"));
        return;
    }
    auto edits = editsOf(request);
    if (!edits.ok() || registry() == nullptr) {
        done(edits.ok() ? unavailable("the mesh has not been read yet") : edits.status());
        return;
    }
    makeInOrder(
        *std::move(edits),
        mesh::changes::PolicySet::of(*registry()),
        objectWrites(),
        answerInOrder(done));
}

void MemberConnection::confirmChange(std::uint64_t id, StatusCallback done) {
    withChanges<StatusCallback>(
        std::move(done), [id](services::ChangesClient& server, const StatusCallback& answer) {
            server.confirm(id, answer);
        });
}

void MemberConnection::revertChange(
    meshv1::RevertChangeRequest request, Callback<meshv1::AppliedChange> done) {
    using Done = Callback<meshv1::AppliedChange>;
    withChanges<Done>(
        std::move(done),
        [request = std::move(request)](services::ChangesClient& server, const Done& answer) {
            server.revert(request, answer);
        });
}

void MemberConnection::listChanges(
    meshv1::ListChangesRequest filter, Callback<std::vector<meshv1::ChangeRecord>> done) {
    using Done = Callback<std::vector<meshv1::ChangeRecord>>;
    withChanges<Done>(
        std::move(done),
        [filter = std::move(filter)](services::ChangesClient& server, const Done& answer) {
            server.list(filter, answer);
        });
}

void MemberConnection::policyTests(
    meshv1::GetPolicyTestsRequest request, Callback<meshv1::KeptPolicyTests> done) {
    using Done = Callback<meshv1::KeptPolicyTests>;
    withChanges<Done>(
        std::move(done),
        [known = request.known_revision()](services::ChangesClient& server, const Done& answer) {
            server.policyTests(known, answer);
        });
}

void MemberConnection::putPolicyTests(
    meshv1::PutPolicyTestsRequest request, Callback<meshv1::PutPolicyTestsResponse> done) {
    using Answer = StatusOr<meshv1::PutPolicyTestsResponse>;
    using Done = Callback<meshv1::PutPolicyTestsResponse>;
    withChanges<Done>(
        std::move(done),
        [this, request = std::move(request)](services::ChangesClient& server, const Done& answer) {
            server.putPolicyTests(request, [this, answer](const Answer& written) {
                if (written.ok()) {
                    noteTests();
                }
                answer(written);
            });
        });
}

void MemberConnection::propagation(std::uint64_t change, Callback<meshv1::ChangePropagation> done) {
    using Done = Callback<meshv1::ChangePropagation>;
    withChanges<Done>(
        std::move(done), [change](services::ChangesClient& server, const Done& answer) {
            server.propagation(change, answer);
        });
}

}  // namespace weft::daemon
