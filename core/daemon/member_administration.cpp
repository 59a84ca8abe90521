// SPDX-License-Identifier: Apache-2.0
// What a member's connection is asked about who may do what: the server in use decides.
#include "core/daemon/detail/policy_answers.h"
#include "core/daemon/member_connection.h"

#include <utility>

namespace weft::daemon {
namespace {

namespace local = weft::local::v1;
namespace meshv1 = weft::mesh::v1;

}  // namespace

StatusOr<services::AdminClient*> MemberConnection::admin() {
    if (!member_ || member_->status().serverAddress.empty()) {
        return unavailable("no member of the mesh can be reached at the moment");
    }
    const auto& address = member_->status().serverAddress;
    if (!admin_ || adminAddress_ != address) {
        WEFT_ASSIGN_OR_RETURN(auto server, net::HostPort::parse(address));
        const auto options = linkTo(server);
        WEFT_ASSIGN_OR_RETURN(admin_, services::AdminClient::create(server, options, loop()));
        adminAddress_ = address;
    }
    return admin_.get();
}

template <typename Done>
void MemberConnection::whileAdministered(
    Done done, std::function<void(services::AdminClient&, const Done&)> work) {
    onLoop([this, done = std::move(done), work = std::move(work)] {
        const auto server = admin();
        if (server.ok()) {
            work(**server, done);
        } else {
            done(server.status());
        }
    });
}

void MemberConnection::policy(Callback<local::PolicyState> done) {
    using Done = Callback<local::PolicyState>;
    whileAdministered<Done>(
        std::move(done), [this](services::AdminClient& server, const Done& answer) {
            server.list(
                [rules = rules(), answer](StatusOr<std::vector<meshv1::PolicyObject>> objects) {
                    if (objects.ok()) {
                        answer(policyState(*std::move(objects), rules.get()));
                    } else {
                        answer(objects.status());
                    }
                });
        });
}

void MemberConnection::putObject(
    local::PutObjectRequest request, Callback<local::WriteReport> done) {
    using Done = Callback<local::WriteReport>;
    whileAdministered<Done>(
        std::move(done),
        [request = std::move(request)](services::AdminClient& server, const Done& answer) {
            server.put(request.object(), baseOf(request), reportTo(answer));
        });
}

void MemberConnection::removeObject(
    local::RemoveObjectRequest request, Callback<local::WriteReport> done) {
    using Done = Callback<local::WriteReport>;
    whileAdministered<Done>(
        std::move(done),
        [request = std::move(request)](services::AdminClient& server, const Done& answer) {
            const auto ref = refOf(request);
            if (ref.ok()) {
                server.remove(*ref, baseOf(request), reportTo(answer));
            } else {
                answer(ref.status());
            }
        });
}

void MemberConnection::removeNode(
    std::string nodeId, std::string reason, Callback<local::WriteReport> done) {
    using Done = Callback<local::WriteReport>;
    whileAdministered<Done>(
        std::move(done),
        [nodeId = std::move(nodeId),
         reason = std::move(reason)](services::AdminClient& server, const Done& answer) {
            server.removeNode(nodeId, reason, reportTo(answer));
        });
}

void MemberConnection::readmitNode(std::string nodeId, StatusCallback done) {
    whileAdministered<StatusCallback>(
        std::move(done),
        [nodeId = std::move(nodeId)](services::AdminClient& server, const StatusCallback& answer) {
            server.readmitNode(nodeId, answer);
        });
}

void MemberConnection::removedNodes(Callback<meshv1::ListRemovedNodesResponse> done) {
    using Done = Callback<meshv1::ListRemovedNodesResponse>;
    whileAdministered<Done>(std::move(done), [](services::AdminClient& server, const Done& answer) {
        server.removedNodes(answer);
    });
}

void MemberConnection::auditEvents(
    meshv1::ListEventsRequest filter, Callback<std::vector<meshv1::AuditEvent>> done) {
    using Done = Callback<std::vector<meshv1::AuditEvent>>;
    whileAdministered<Done>(
        std::move(done),
        [filter = std::move(filter)](services::AdminClient& server, const Done& answer) {
            server.auditEvents(filter, answer);
        });
}

}  // namespace weft::daemon
