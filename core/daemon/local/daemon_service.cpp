// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/local/daemon_service.h"

#include "core/base/text.h"
#include "core/daemon/local/connection_call.h"
#include "core/daemon/local/peer_stream.h"
#include "core/mesh/invitation_code.h"

#include <google/protobuf/util/time_util.h>

#include <memory>
#include <utility>

namespace weft::daemon {
namespace {

namespace local = weft::local::v1;
namespace meshv1 = weft::mesh::v1;

Callback<local::Profile> profileAnswer(Callback<local::ProfileResponse> done) {
    return [done = std::move(done)](const StatusOr<local::Profile>& profile) {
        if (!profile.ok()) {
            done(profile.status());
            return;
        }
        local::ProfileResponse response;
        *response.mutable_profile() = *profile;
        done(std::move(response));
    };
}

StatusOr<local::CodePreview> preview(const std::string& text, WallTime now) {
    WEFT_ASSIGN_OR_RETURN(const auto code, mesh::InvitationCode::parse(text));
    local::CodePreview message;
    message.mutable_addresses()->Assign(code.addresses.begin(), code.addresses.end());
    message.set_authority_fingerprint(base::hexEncode(code.authorityFingerprint));
    message.mutable_expires_at()->set_seconds(
        std::chrono::duration_cast<std::chrono::seconds>(code.expiresAt.time_since_epoch())
            .count());
    message.set_expired(code.expiresAt <= now);
    message.set_invitation_id(code.invitationId);
    return message;
}

}  // namespace

grpc::ServerUnaryReactor* DaemonService::GetCapabilities(
    grpc::CallbackServerContext* /*context*/,
    const local::GetCapabilitiesRequest* /*request*/,
    local::Capabilities* response) {
    return calls_.unary<local::Capabilities>(
        "/weft.local.v1.Daemon/GetCapabilities",
        response,
        [this](const Callback<local::Capabilities>& done) {
            local::Capabilities capabilities;
            capabilities.set_version(WEFT_VERSION);
            capabilities.set_grade(static_cast<local::Grade>(calls_.gate().grade()));
            for (const auto* feature :
                 {"profiles", "invitations", "graph", "policy", "routes", "diagnosis"}) {
                capabilities.add_features(feature);
            }
            capabilities.set_default_node_id(table_.defaultNodeId());
            done(std::move(capabilities));
        });
}

grpc::ServerWriteReactor<local::DaemonState>* DaemonService::WatchState(
    grpc::CallbackServerContext* context, const local::WatchStateRequest* /*request*/) {
    using Writer = CallContext::Writer<local::DaemonState>;
    return calls_.stream<local::DaemonState>(
        "/weft.local.v1.Daemon/WatchState", context, [this](const Writer& writer) {
            return table_.watchState(
                [writer](const local::DaemonState& state) { writer->replace(state); });
        });
}

grpc::ServerUnaryReactor* DaemonService::CreateMesh(
    grpc::CallbackServerContext* /*context*/,
    const local::CreateMeshRequest* request,
    local::ProfileResponse* response) {
    return calls_.unary<local::ProfileResponse>(
        "/weft.local.v1.Daemon/CreateMesh",
        response,
        [this, request = *request](Callback<local::ProfileResponse> done) {
            table_.createMesh(request, profileAnswer(std::move(done)));
        });
}

grpc::ServerUnaryReactor* DaemonService::JoinWithCode(
    grpc::CallbackServerContext* /*context*/,
    const local::JoinWithCodeRequest* request,
    local::ProfileResponse* response) {
    return calls_.unary<local::ProfileResponse>(
        "/weft.local.v1.Daemon/JoinWithCode",
        response,
        [this, request = *request](Callback<local::ProfileResponse> done) {
            table_.joinWithCode(request, profileAnswer(std::move(done)));
        });
}

grpc::ServerUnaryReactor* DaemonService::PreviewCode(
    grpc::CallbackServerContext* /*context*/,
    const local::PreviewCodeRequest* request,
    local::CodePreview* response) {
    return calls_.unary<local::CodePreview>(
        "/weft.local.v1.Daemon/PreviewCode",
        response,
        [this, code = request->code()](const Callback<local::CodePreview>& done) {
            done(preview(code, calls_.loop().clock().wallNow()));
        });
}

grpc::ServerUnaryReactor* DaemonService::PutProfile(
    grpc::CallbackServerContext* /*context*/,
    const local::PutProfileRequest* request,
    local::ProfileResponse* response) {
    return calls_.unary<local::ProfileResponse>(
        "/weft.local.v1.Daemon/PutProfile",
        response,
        [this, profile = request->profile()](Callback<local::ProfileResponse> done) {
            table_.putProfile(profile, profileAnswer(std::move(done)));
        });
}

grpc::ServerUnaryReactor* DaemonService::RemoveProfile(
    grpc::CallbackServerContext* /*context*/,
    const local::RemoveProfileRequest* request,
    local::RemoveProfileResponse* response) {
    return calls_.unary<local::RemoveProfileResponse>(
        "/weft.local.v1.Daemon/RemoveProfile",
        response,
        [this, request = *request](Callback<local::RemoveProfileResponse> done) {
            table_.removeProfile(
                request.profile_id(), request.forget_state(), emptyAnswer(std::move(done)));
        });
}

grpc::ServerUnaryReactor* DaemonService::ConnectProfile(
    grpc::CallbackServerContext* /*context*/,
    const local::ConnectProfileRequest* request,
    local::ConnectProfileResponse* response) {
    // Shared because a posted task must be copyable, and secrets are not.
    auto secrets = std::make_shared<SecretMap>();
    for (const auto& [name, value] : request->secrets()) {
        secrets->emplace(name, crypto::SecretBytes(value));
    }
    return calls_.unary<local::ConnectProfileResponse>(
        "/weft.local.v1.Daemon/ConnectProfile",
        response,
        [this, id = request->profile_id(), secrets](Callback<local::ConnectProfileResponse> done) {
            table_.connectProfile(id, *secrets, emptyAnswer(std::move(done)));
        });
}

grpc::ServerUnaryReactor* DaemonService::DisconnectProfile(
    grpc::CallbackServerContext* /*context*/,
    const local::DisconnectProfileRequest* request,
    local::DisconnectProfileResponse* response) {
    return calls_.unary<local::DisconnectProfileResponse>(
        "/weft.local.v1.Daemon/DisconnectProfile",
        response,
        [this, id = request->profile_id()](Callback<local::DisconnectProfileResponse> done) {
            table_.disconnectProfile(id, emptyAnswer(std::move(done)));
        });
}

grpc::ServerWriteReactor<local::PeersUpdate>* DaemonService::WatchPeers(
    grpc::CallbackServerContext* /*context*/, const local::WatchPeersRequest* request) {
    const Status allowed = calls_.gate().enter("/weft.local.v1.Daemon/WatchPeers");
    auto watch = std::make_shared<Subscription>();
    const auto stream = PeerStream::make([this, watch, entered = allowed.ok()] {
        if (entered) {
            calls_.gate().leave();
        }
        calls_.loop().post([watch] { watch->cancel(); });
    });
    if (!allowed.ok()) {
        stream->end(allowed);
        return stream.get();
    }
    calls_.loop().post([this, stream, watch, id = request->profile_id()] {
        if (stream->ended()) {
            return;
        }
        auto watching = table_.watchPeers(
            id,
            [stream](std::shared_ptr<const PeerList> peers) { stream->show(std::move(peers)); },
            [stream](const Status& status) { stream->end(status); });
        if (watching.ok()) {
            *watch = *std::move(watching);
        } else {
            stream->end(watching.status());
        }
    });
    return stream.get();
}

grpc::ServerUnaryReactor* DaemonService::GetGraph(
    grpc::CallbackServerContext* /*context*/,
    const local::GetGraphRequest* request,
    ::v1::MeshGraph* response) {
    return onConnection(
        calls_,
        table_,
        "/weft.local.v1.Daemon/GetGraph",
        request->profile_id(),
        response,
        [](MeshConnection& connection, Callback<::v1::MeshGraph> done) {
            connection.graph(std::move(done));
        });
}

grpc::ServerUnaryReactor* DaemonService::CreateInvitation(
    grpc::CallbackServerContext* /*context*/,
    const local::LocalCreateInvitationRequest* request,
    meshv1::CreateInvitationResponse* response) {
    return onConnection(
        calls_,
        table_,
        "/weft.local.v1.Daemon/CreateInvitation",
        request->profile_id(),
        response,
        [wanted = request->request()](
            MeshConnection& connection, Callback<meshv1::CreateInvitationResponse> done) {
            connection.invite(wanted, std::move(done));
        });
}

grpc::ServerUnaryReactor* DaemonService::ListInvitations(
    grpc::CallbackServerContext* /*context*/,
    const local::LocalListInvitationsRequest* request,
    meshv1::ListInvitationsResponse* response) {
    return onConnection(
        calls_,
        table_,
        "/weft.local.v1.Daemon/ListInvitations",
        request->profile_id(),
        response,
        [](MeshConnection& connection, Callback<meshv1::ListInvitationsResponse> done) {
            connection.invitations(std::move(done));
        });
}

grpc::ServerUnaryReactor* DaemonService::RevokeInvitation(
    grpc::CallbackServerContext* /*context*/,
    const local::LocalRevokeInvitationRequest* request,
    meshv1::RevokeInvitationResponse* response) {
    return onConnection(
        calls_,
        table_,
        "/weft.local.v1.Daemon/RevokeInvitation",
        request->profile_id(),
        response,
        [id = request->id()](
            MeshConnection& connection, Callback<meshv1::RevokeInvitationResponse> done) {
            connection.revokeInvitation(id, emptyAnswer(std::move(done)));
        });
}

grpc::ServerUnaryReactor* DaemonService::ReleaseNode(
    grpc::CallbackServerContext* /*context*/,
    const local::LocalReleaseNodeRequest* request,
    meshv1::ReleaseNodeResponse* response) {
    return onConnection(
        calls_,
        table_,
        "/weft.local.v1.Daemon/ReleaseNode",
        request->profile_id(),
        response,
        [id = request->node_id()](
            MeshConnection& connection, Callback<meshv1::ReleaseNodeResponse> done) {
            connection.releaseNode(id, emptyAnswer(std::move(done)));
        });
}

grpc::ServerUnaryReactor* DaemonService::ListRoutes(
    grpc::CallbackServerContext* /*context*/,
    const local::ListRoutesRequest* request,
    local::ListRoutesResponse* response) {
    return onConnection(
        calls_,
        table_,
        "/weft.local.v1.Daemon/ListRoutes",
        request->profile_id(),
        response,
        [](MeshConnection& connection, Callback<local::ListRoutesResponse> done) {
            connection.routes(std::move(done));
        });
}

grpc::ServerUnaryReactor* DaemonService::SetRouteConsent(
    grpc::CallbackServerContext* /*context*/,
    const local::SetRouteConsentRequest* request,
    local::SetRouteConsentResponse* response) {
    return calls_.unary<local::SetRouteConsentResponse>(
        "/weft.local.v1.Daemon/SetRouteConsent",
        response,
        [this, request = *request](Callback<local::SetRouteConsentResponse> done) {
            table_.setRouteConsent(request, emptyAnswer(std::move(done)));
        });
}

}  // namespace weft::daemon
