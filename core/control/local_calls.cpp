// SPDX-License-Identifier: Apache-2.0
#include "core/control/detail/controller_calls.h"
#include "core/control/translate.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace weft::control {

using detail::converted;
using detail::refusal;
using detail::statusOnly;

namespace {

namespace local = weft::local::v1;

Callback<local::ProfileResponse> profileOf(Callback<api::Profile> done) {
    return converted<local::ProfileResponse>(
        std::move(done), [](const auto& answer) { return fromProto(answer.profile()); });
}

}  // namespace

void GrpcController::createMesh(const api::CreateMeshParams& params, Callback<api::Profile> done) {
    localCall("create a mesh", &LocalStub::CreateMesh, toProto(params), profileOf(std::move(done)));
}

void GrpcController::joinWithCode(
    const api::JoinWithCodeParams& params, Callback<api::Profile> done) {
    localCall(
        "join with a code", &LocalStub::JoinWithCode, toProto(params), profileOf(std::move(done)));
}

void GrpcController::previewCode(const std::string& code, Callback<api::CodePreview> done) {
    local::PreviewCodeRequest request;
    request.set_code(code);
    localCall(
        "read an invitation code",
        &LocalStub::PreviewCode,
        std::move(request),
        converted<local::CodePreview>(
            std::move(done), [](const auto& answer) { return fromProto(answer); }));
}

void GrpcController::putProfile(const api::Profile& profile, Callback<api::Profile> done) {
    local::PutProfileRequest request;
    *request.mutable_profile() = toProto(profile);
    localCall(
        "keep profiles", &LocalStub::PutProfile, std::move(request), profileOf(std::move(done)));
}

void GrpcController::removeProfile(
    const api::ProfileId& id, bool forgetState, StatusCallback done) {
    local::RemoveProfileRequest request;
    request.set_profile_id(id.value());
    request.set_forget_state(forgetState);
    localCall(
        "keep profiles",
        &LocalStub::RemoveProfile,
        std::move(request),
        statusOnly<local::RemoveProfileResponse>(std::move(done)));
}

void GrpcController::connectProfile(
    const api::ProfileId& id, const api::Secrets& secrets, StatusCallback done) {
    auto decide = [this, id, secrets, done](const StatusOr<api::Capabilities>& capabilities) {
        if (!capabilities.ok()) {
            done(capabilities.status());
            return;
        }
        if (!capabilities->hasLocalApi) {
            legacyConnect(id, done);
            return;
        }
        local::ConnectProfileRequest request;
        request.set_profile_id(id.value());
        for (const auto& [name, secret] : secrets) {
            (*request.mutable_secrets())[name] = secret;
        }
        localCall(
            "connect profiles",
            &LocalStub::ConnectProfile,
            std::move(request),
            statusOnly<local::ConnectProfileResponse>(done));
    };
    onLoop([this, decide = std::move(decide)] { monitor_.capabilities(decide); }, done);
}

void GrpcController::disconnectProfile(const api::ProfileId& id, StatusCallback done) {
    auto decide = [this, id, done](const StatusOr<api::Capabilities>& capabilities) {
        if (!capabilities.ok()) {
            done(capabilities.status());
            return;
        }
        if (!capabilities->hasLocalApi) {
            legacyDisconnect(id, done);
            return;
        }
        local::DisconnectProfileRequest request;
        request.set_profile_id(id.value());
        localCall(
            "disconnect profiles",
            &LocalStub::DisconnectProfile,
            std::move(request),
            statusOnly<local::DisconnectProfileResponse>(done));
    };
    onLoop([this, decide = std::move(decide)] { monitor_.capabilities(decide); }, done);
}

void GrpcController::legacyConnect(const api::ProfileId& id, StatusCallback done) {
    if (id.value() != kLegacyProfileId) {
        done(unimplemented("this daemon cannot keep profiles"));
        return;
    }
    // The addresses in the answer are those of the networks with some daemons: the state has the
    // node's own.
    appCall(
        &AppStub::Connect,
        ::v1::ConnectRequest(),
        options_.joinTimeout,
        statusOnly<::v1::ConnectResponse>(std::move(done)));
}

void GrpcController::legacyDisconnect(const api::ProfileId& id, StatusCallback done) {
    if (id.value() != kLegacyProfileId) {
        done(unimplemented("this daemon cannot keep profiles"));
        return;
    }
    appCall(
        &AppStub::Disconnect,
        ::v1::DisconnectRequest(),
        options_.callTimeout,
        statusOnly<::v1::DisconnectResponse>(std::move(done)));
}

void GrpcController::graph(const api::ProfileId& id, Callback<api::Graph> done) {
    local::GetGraphRequest request;
    request.set_profile_id(id.value());
    localCall(
        "draw the graph",
        &LocalStub::GetGraph,
        std::move(request),
        converted<::v1::MeshGraph>(
            std::move(done), [](const auto& answer) { return fromProto(answer); }));
}

void GrpcController::createInvitation(
    const api::ProfileId& id,
    const api::CreateInvitationParams& params,
    Callback<api::NewInvitation> done) {
    local::LocalCreateInvitationRequest request;
    request.set_profile_id(id.value());
    auto& wanted = *request.mutable_request();
    wanted.set_node_id(params.nodeId);
    wanted.set_note(params.note);
    wanted.set_lifetime_seconds(static_cast<std::uint32_t>(std::clamp<std::int64_t>(
        params.lifetime.count(), 0, std::numeric_limits<std::uint32_t>::max())));
    wanted.mutable_addresses()->Assign(params.addresses.begin(), params.addresses.end());
    localCall(
        "invite",
        &LocalStub::CreateInvitation,
        std::move(request),
        converted<weft::mesh::v1::CreateInvitationResponse>(
            std::move(done), [](const auto& answer) {
                return api::NewInvitation{fromProto(answer.invitation()), answer.code()};
            }));
}

void GrpcController::invitations(
    const api::ProfileId& id, Callback<std::vector<api::Invitation>> done) {
    local::LocalListInvitationsRequest request;
    request.set_profile_id(id.value());
    localCall(
        "list invitations",
        &LocalStub::ListInvitations,
        std::move(request),
        converted<weft::mesh::v1::ListInvitationsResponse>(std::move(done), [](const auto& answer) {
            std::vector<api::Invitation> list;
            for (const auto& invitation : answer.invitations()) {
                list.push_back(fromProto(invitation));
            }
            return list;
        }));
}

void GrpcController::revokeInvitation(
    const api::ProfileId& id, const std::string& invitationId, StatusCallback done) {
    local::LocalRevokeInvitationRequest request;
    request.set_profile_id(id.value());
    request.set_id(invitationId);
    localCall(
        "revoke invitations",
        &LocalStub::RevokeInvitation,
        std::move(request),
        statusOnly<weft::mesh::v1::RevokeInvitationResponse>(std::move(done)));
}

void GrpcController::releaseNode(
    const api::ProfileId& id, const std::string& nodeId, StatusCallback done) {
    local::LocalReleaseNodeRequest request;
    request.set_profile_id(id.value());
    request.set_node_id(nodeId);
    localCall(
        "release nodes",
        &LocalStub::ReleaseNode,
        std::move(request),
        statusOnly<weft::mesh::v1::ReleaseNodeResponse>(std::move(done)));
}

void GrpcController::routes(const api::ProfileId& id, Callback<std::vector<api::MeshRoute>> done) {
    local::ListRoutesRequest request;
    request.set_profile_id(id.value());
    localCall(
        "list routes",
        &LocalStub::ListRoutes,
        std::move(request),
        converted<local::ListRoutesResponse>(std::move(done), [](const auto& answer) {
            std::vector<api::MeshRoute> list;
            for (const auto& route : answer.routes()) {
                list.push_back(fromProto(route));
            }
            return list;
        }));
}

void GrpcController::answerRoute(
    const api::ProfileId& id,
    const std::string& cidr,
    const std::string& nodeId,
    api::RouteAnswer answer,
    StatusCallback done) {
    local::SetRouteConsentRequest request;
    request.set_profile_id(id.value());
    request.set_cidr(cidr);
    request.set_node_id(nodeId);
    request.set_answer(toProto(answer));
    localCall(
        "be asked about routes",
        &LocalStub::SetRouteConsent,
        std::move(request),
        statusOnly<local::SetRouteConsentResponse>(std::move(done)));
}

}  // namespace weft::control
