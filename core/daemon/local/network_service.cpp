// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/local/network_service.h"

#include "core/daemon/local/connection_call.h"
#include "core/daemon/mesh_diagnosis.h"

#include <utility>

namespace weft::daemon {
namespace {

namespace local = weft::local::v1;

using PingWriter = CallContext::Writer<local::PingUpdate>;

void endPing(const PingWriter& writer, const Status& status) {
    if (status.ok()) {
        // After what still waits to be sent.
        writer->feed([](local::PingUpdate* /*update*/) { return false; });
    } else {
        writer->end(status);
    }
}

}  // namespace

grpc::ServerWriteReactor<local::PingUpdate>* NetworkService::Ping(
    grpc::CallbackServerContext* context, const local::PingRequest* request) {
    return calls_.stream<local::PingUpdate>(
        "/weft.local.v1.Network/Ping",
        context,
        [this, wanted = *request](const PingWriter& writer) -> Subscription {
            const auto connection = table_.connected(wanted.profile_id());
            if (!connection.ok()) {
                writer->end(connection.status());
                return {};
            }
            return (*connection)
                ->diagnosis()
                .ping(
                    wanted,
                    [writer](const local::PingUpdate& update) { writer->offer(update); },
                    [writer](const Status& status) { endPing(writer, status); });
        });
}

grpc::ServerUnaryReactor* NetworkService::ExplainPath(
    grpc::CallbackServerContext* /*context*/,
    const local::ExplainPathRequest* request,
    local::PathExplanation* response) {
    return onConnection(
        calls_,
        table_,
        "/weft.local.v1.Network/ExplainPath",
        request->profile_id(),
        response,
        [node = request->node()](MeshConnection& mesh, Callback<local::PathExplanation> done) {
            mesh.diagnosis().explainPath(node, std::move(done));
        });
}

grpc::ServerUnaryReactor* NetworkService::CheckNetwork(
    grpc::CallbackServerContext* /*context*/,
    const local::CheckNetworkRequest* request,
    local::NetworkReport* response) {
    return onConnection(
        calls_,
        table_,
        "/weft.local.v1.Network/CheckNetwork",
        request->profile_id(),
        response,
        [](MeshConnection& mesh, Callback<local::NetworkReport> done) {
            mesh.diagnosis().checkNetwork(std::move(done));
        });
}

grpc::ServerUnaryReactor* NetworkService::GetNameService(
    grpc::CallbackServerContext* /*context*/,
    const local::GetNameServiceRequest* request,
    local::NameService* response) {
    return onConnection(
        calls_,
        table_,
        "/weft.local.v1.Network/GetNameService",
        request->profile_id(),
        response,
        [](MeshConnection& connection, Callback<local::NameService> done) {
            connection.diagnosis().nameService(std::move(done));
        });
}

grpc::ServerUnaryReactor* NetworkService::LookUpName(
    grpc::CallbackServerContext* /*context*/,
    const local::LookUpNameRequest* request,
    local::NameAnswer* response) {
    return onConnection(
        calls_,
        table_,
        "/weft.local.v1.Network/LookUpName",
        request->profile_id(),
        response,
        [asked = *request](MeshConnection& connection, Callback<local::NameAnswer> done) {
            connection.diagnosis().lookUpName(asked, std::move(done));
        });
}

}  // namespace weft::daemon
