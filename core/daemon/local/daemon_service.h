// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/daemon/connection_table.h"
#include "core/daemon/local/call_context.h"

#include "weft/local/v1/local.grpc.pb.h"

namespace weft::daemon {

/// weft.local.v1.Daemon. Callers are admitted by the call context.
class DaemonService final : public weft::local::v1::Daemon::CallbackService {
public:
    DaemonService(CallContext& calls, ConnectionTable& table) : calls_(calls), table_(table) {}

    grpc::ServerUnaryReactor* GetCapabilities(
        grpc::CallbackServerContext* context,
        const weft::local::v1::GetCapabilitiesRequest* request,
        weft::local::v1::Capabilities* response) override;
    grpc::ServerWriteReactor<weft::local::v1::DaemonState>* WatchState(
        grpc::CallbackServerContext* context,
        const weft::local::v1::WatchStateRequest* request) override;
    grpc::ServerUnaryReactor* CreateMesh(
        grpc::CallbackServerContext* context,
        const weft::local::v1::CreateMeshRequest* request,
        weft::local::v1::ProfileResponse* response) override;
    grpc::ServerUnaryReactor* JoinWithCode(
        grpc::CallbackServerContext* context,
        const weft::local::v1::JoinWithCodeRequest* request,
        weft::local::v1::ProfileResponse* response) override;
    grpc::ServerUnaryReactor* PreviewCode(
        grpc::CallbackServerContext* context,
        const weft::local::v1::PreviewCodeRequest* request,
        weft::local::v1::CodePreview* response) override;
    grpc::ServerUnaryReactor* PutProfile(
        grpc::CallbackServerContext* context,
        const weft::local::v1::PutProfileRequest* request,
        weft::local::v1::ProfileResponse* response) override;
    grpc::ServerUnaryReactor* RemoveProfile(
        grpc::CallbackServerContext* context,
        const weft::local::v1::RemoveProfileRequest* request,
        weft::local::v1::RemoveProfileResponse* response) override;
    grpc::ServerUnaryReactor* ConnectProfile(
        grpc::CallbackServerContext* context,
        const weft::local::v1::ConnectProfileRequest* request,
        weft::local::v1::ConnectProfileResponse* response) override;
    grpc::ServerUnaryReactor* DisconnectProfile(
        grpc::CallbackServerContext* context,
        const weft::local::v1::DisconnectProfileRequest* request,
        weft::local::v1::DisconnectProfileResponse* response) override;
    grpc::ServerWriteReactor<weft::local::v1::PeersUpdate>* WatchPeers(
        grpc::CallbackServerContext* context,
        const weft::local::v1::WatchPeersRequest* request) override;
    grpc::ServerUnaryReactor* GetGraph(
        grpc::CallbackServerContext* context,
        const weft::local::v1::GetGraphRequest* request,
        ::v1::MeshGraph* response) override;
    grpc::ServerUnaryReactor* CreateInvitation(
        grpc::CallbackServerContext* context,
        const weft::local::v1::LocalCreateInvitationRequest* request,
        weft::mesh::v1::CreateInvitationResponse* response) override;
    grpc::ServerUnaryReactor* ListInvitations(
        grpc::CallbackServerContext* context,
        const weft::local::v1::LocalListInvitationsRequest* request,
        weft::mesh::v1::ListInvitationsResponse* response) override;
    grpc::ServerUnaryReactor* RevokeInvitation(
        grpc::CallbackServerContext* context,
        const weft::local::v1::LocalRevokeInvitationRequest* request,
        weft::mesh::v1::RevokeInvitationResponse* response) override;
    grpc::ServerUnaryReactor* ReleaseNode(
        grpc::CallbackServerContext* context,
        const weft::local::v1::LocalReleaseNodeRequest* request,
        weft::mesh::v1::ReleaseNodeResponse* response) override;
    grpc::ServerUnaryReactor* ListRoutes(
        grpc::CallbackServerContext* context,
        const weft::local::v1::ListRoutesRequest* request,
        weft::local::v1::ListRoutesResponse* response) override;
    grpc::ServerUnaryReactor* SetRouteConsent(
        grpc::CallbackServerContext* context,
        const weft::local::v1::SetRouteConsentRequest* request,
        weft::local::v1::SetRouteConsentResponse* response) override;

private:
    CallContext& calls_;
    ConnectionTable& table_;
};

}  // namespace weft::daemon
