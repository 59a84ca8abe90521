// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/local/changes_service.h"

#include "core/daemon/local/connection_call.h"

#include <utility>
#include <vector>

namespace weft::daemon {
namespace {

namespace local = weft::local::v1;
namespace meshv1 = weft::mesh::v1;

local::LocalListChangesResponse listAnswer(const std::vector<meshv1::ChangeRecord>& changes) {
    local::LocalListChangesResponse response;
    std::size_t bytes = 0;
    for (const auto& change : changes) {
        bytes += change.ByteSizeLong();
        if (bytes > kMaxChangesAnswerBytes) {
            break;
        }
        *response.add_changes() = change;
    }
    return response;
}

}  // namespace

grpc::ServerUnaryReactor* ChangesService::ApplyChanges(
    grpc::CallbackServerContext* /*context*/,
    const local::LocalApplyChangesRequest* request,
    meshv1::AppliedChange* response) {
    return onConnection(
        calls_,
        table_,
        "/weft.local.v1.Changes/ApplyChanges",
        request->profile_id(),
        response,
        [change = request->change()](MeshChanges& mesh, Callback<meshv1::AppliedChange> done) {
            mesh.applyChanges(change, std::move(done));
        });
}

grpc::ServerUnaryReactor* ChangesService::ConfirmChange(
    grpc::CallbackServerContext* /*context*/,
    const local::LocalConfirmChangeRequest* request,
    meshv1::ConfirmChangeResponse* response) {
    return onConnection(
        calls_,
        table_,
        "/weft.local.v1.Changes/ConfirmChange",
        request->profile_id(),
        response,
        [id = request->change_id()](
            MeshChanges& mesh, Callback<meshv1::ConfirmChangeResponse> done) {
            mesh.confirmChange(id, emptyAnswer(std::move(done)));
        });
}

grpc::ServerUnaryReactor* ChangesService::RevertChange(
    grpc::CallbackServerContext* /*context*/,
    const local::LocalRevertChangeRequest* request,
    meshv1::AppliedChange* response) {
    return onConnection(
        calls_,
        table_,
        "/weft.local.v1.Changes/RevertChange",
        request->profile_id(),
        response,
        [change = request->change()](MeshChanges& mesh, Callback<meshv1::AppliedChange> done) {
            mesh.revertChange(change, std::move(done));
        });
}

grpc::ServerUnaryReactor* ChangesService::ListChanges(
    grpc::CallbackServerContext* /*context*/,
    const local::LocalListChangesRequest* request,
    local::LocalListChangesResponse* response) {
    return onConnection(
        calls_,
        table_,
        "/weft.local.v1.Changes/ListChanges",
        request->profile_id(),
        response,
        [filter =
             request->filter()](MeshChanges& mesh, Callback<local::LocalListChangesResponse> done) {
            mesh.listChanges(
                filter,
                [done =
                     std::move(done)](const StatusOr<std::vector<meshv1::ChangeRecord>>& changes) {
                    if (changes.ok()) {
                        done(listAnswer(*changes));
                    } else {
                        done(changes.status());
                    }
                });
        });
}

grpc::ServerUnaryReactor* ChangesService::GetPolicyTests(
    grpc::CallbackServerContext* /*context*/,
    const local::LocalGetPolicyTestsRequest* request,
    meshv1::KeptPolicyTests* response) {
    return onConnection(
        calls_,
        table_,
        "/weft.local.v1.Changes/GetPolicyTests",
        request->profile_id(),
        response,
        [](MeshChanges& mesh, Callback<meshv1::KeptPolicyTests> done) {
            mesh.policyTests({}, std::move(done));
        });
}

grpc::ServerUnaryReactor* ChangesService::PutPolicyTests(
    grpc::CallbackServerContext* /*context*/,
    const local::LocalPutPolicyTestsRequest* request,
    meshv1::PutPolicyTestsResponse* response) {
    return onConnection(
        calls_,
        table_,
        "/weft.local.v1.Changes/PutPolicyTests",
        request->profile_id(),
        response,
        [put = request->put()](MeshChanges& mesh, Callback<meshv1::PutPolicyTestsResponse> done) {
            mesh.putPolicyTests(put, std::move(done));
        });
}

grpc::ServerUnaryReactor* ChangesService::GetPropagation(
    grpc::CallbackServerContext* /*context*/,
    const local::LocalGetPropagationRequest* request,
    meshv1::ChangePropagation* response) {
    return onConnection(
        calls_,
        table_,
        "/weft.local.v1.Changes/GetPropagation",
        request->profile_id(),
        response,
        [change =
             request->change_id()](MeshChanges& mesh, Callback<meshv1::ChangePropagation> done) {
            mesh.propagation(change, std::move(done));
        });
}

}  // namespace weft::daemon
