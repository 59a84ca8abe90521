// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/local/administration_service.h"

#include "core/daemon/local/connection_call.h"

#include <utility>
#include <vector>

namespace weft::daemon {
namespace {

namespace local = weft::local::v1;
namespace meshv1 = weft::mesh::v1;

local::ListAuditEventsResponse auditAnswer(const std::vector<meshv1::AuditEvent>& events) {
    local::ListAuditEventsResponse response;
    std::size_t bytes = 0;
    for (const auto& event : events) {
        bytes += event.ByteSizeLong();
        if (bytes > kMaxAuditAnswerBytes) {
            break;
        }
        *response.add_events() = event;
    }
    return response;
}

}  // namespace

grpc::ServerUnaryReactor* AdministrationService::GetPolicy(
    grpc::CallbackServerContext* /*context*/,
    const local::GetPolicyRequest* request,
    local::PolicyState* response) {
    return onConnection(
        calls_,
        table_,
        "/weft.local.v1.Administration/GetPolicy",
        request->profile_id(),
        response,
        [](MeshAdministration& mesh, Callback<local::PolicyState> done) {
            mesh.policy(std::move(done));
        });
}

grpc::ServerUnaryReactor* AdministrationService::PutObject(
    grpc::CallbackServerContext* /*context*/,
    const local::PutObjectRequest* request,
    local::WriteReport* response) {
    return onConnection(
        calls_,
        table_,
        "/weft.local.v1.Administration/PutObject",
        request->profile_id(),
        response,
        [wanted = *request](MeshAdministration& mesh, Callback<local::WriteReport> done) {
            mesh.putObject(wanted, std::move(done));
        });
}

grpc::ServerUnaryReactor* AdministrationService::RemoveObject(
    grpc::CallbackServerContext* /*context*/,
    const local::RemoveObjectRequest* request,
    local::WriteReport* response) {
    return onConnection(
        calls_,
        table_,
        "/weft.local.v1.Administration/RemoveObject",
        request->profile_id(),
        response,
        [wanted = *request](MeshAdministration& mesh, Callback<local::WriteReport> done) {
            mesh.removeObject(wanted, std::move(done));
        });
}

grpc::ServerUnaryReactor* AdministrationService::CheckAccess(
    grpc::CallbackServerContext* /*context*/,
    const local::CheckAccessRequest* request,
    local::AccessAnswer* response) {
    return onConnection(
        calls_,
        table_,
        "/weft.local.v1.Administration/CheckAccess",
        request->profile_id(),
        response,
        [wanted = *request](MeshAdministration& mesh, Callback<local::AccessAnswer> done) {
            mesh.checkAccess(wanted, std::move(done));
        });
}

grpc::ServerUnaryReactor* AdministrationService::ExplainAccess(
    grpc::CallbackServerContext* /*context*/,
    const local::ExplainAccessRequest* request,
    local::AccessExplanation* response) {
    return onConnection(
        calls_,
        table_,
        "/weft.local.v1.Administration/ExplainAccess",
        request->profile_id(),
        response,
        [from = request->from(),
         to = request->to()](MeshAdministration& mesh, Callback<local::AccessExplanation> done) {
            mesh.explainAccess(from, to, std::move(done));
        });
}

grpc::ServerUnaryReactor* AdministrationService::RemoveNode(
    grpc::CallbackServerContext* /*context*/,
    const local::LocalRemoveNodeRequest* request,
    local::WriteReport* response) {
    return onConnection(
        calls_,
        table_,
        "/weft.local.v1.Administration/RemoveNode",
        request->profile_id(),
        response,
        [id = request->node_id(),
         reason = request->reason()](MeshAdministration& mesh, Callback<local::WriteReport> done) {
            mesh.removeNode(id, reason, std::move(done));
        });
}

grpc::ServerUnaryReactor* AdministrationService::ReadmitNode(
    grpc::CallbackServerContext* /*context*/,
    const local::LocalReadmitNodeRequest* request,
    meshv1::ReadmitNodeResponse* response) {
    return onConnection(
        calls_,
        table_,
        "/weft.local.v1.Administration/ReadmitNode",
        request->profile_id(),
        response,
        [id = request->node_id()](
            MeshAdministration& mesh, Callback<meshv1::ReadmitNodeResponse> done) {
            mesh.readmitNode(id, emptyAnswer(std::move(done)));
        });
}

grpc::ServerUnaryReactor* AdministrationService::ListRemovedNodes(
    grpc::CallbackServerContext* /*context*/,
    const local::LocalListRemovedNodesRequest* request,
    meshv1::ListRemovedNodesResponse* response) {
    return onConnection(
        calls_,
        table_,
        "/weft.local.v1.Administration/ListRemovedNodes",
        request->profile_id(),
        response,
        [](MeshAdministration& mesh, Callback<meshv1::ListRemovedNodesResponse> done) {
            mesh.removedNodes(std::move(done));
        });
}

grpc::ServerUnaryReactor* AdministrationService::ListAuditEvents(
    grpc::CallbackServerContext* /*context*/,
    const local::LocalListAuditEventsRequest* request,
    local::ListAuditEventsResponse* response) {
    return onConnection(
        calls_,
        table_,
        "/weft.local.v1.Administration/ListAuditEvents",
        request->profile_id(),
        response,
        [filter = request->filter()](
            MeshAdministration& mesh, Callback<local::ListAuditEventsResponse> done) {
            mesh.auditEvents(
                filter,
                [done = std::move(done)](const StatusOr<std::vector<meshv1::AuditEvent>>& events) {
                    if (events.ok()) {
                        done(auditAnswer(*events));
                    } else {
                        done(events.status());
                    }
                });
        });
}

}  // namespace weft::daemon
