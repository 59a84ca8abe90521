// SPDX-License-Identifier: Apache-2.0
#include "core/services/server/method_table.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <array>
#include <string>

namespace weft::services {

namespace {

// Sorted by name (byte-wise), so that a row is found by halving; a test checks the order.
// The classes of the v1 methods are the ones that reference nodes use (routing, in-network rule).
// What a role must grant is asked where the object is known: see Access::Rights.
// clang-format off
constexpr std::array kRows = std::to_array<MethodRow>({
    {"/grpc.health.v1.Health/Check", Access::Anyone, ProxyClass::Local, true},
    {"/grpc.health.v1.Health/Watch", Access::Anyone, ProxyClass::Local, true},
    {"/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", Access::Authenticated, ProxyClass::Local, true},
    {"/v1.Admin/DeleteEdge", Access::Rights, ProxyClass::Leader, true},
    {"/v1.Admin/DeleteGroup", Access::Rights, ProxyClass::Leader, true},
    {"/v1.Admin/DeleteNetworkACL", Access::Rights, ProxyClass::Leader, true},
    {"/v1.Admin/DeleteRole", Access::Rights, ProxyClass::Leader, true},
    {"/v1.Admin/DeleteRoleBinding", Access::Rights, ProxyClass::Leader, true},
    {"/v1.Admin/DeleteRoute", Access::Rights, ProxyClass::Leader, true},
    {"/v1.Admin/GetEdge", Access::Rights, ProxyClass::NonLeader, true},
    {"/v1.Admin/GetGroup", Access::Rights, ProxyClass::NonLeader, true},
    {"/v1.Admin/GetNetworkACL", Access::Rights, ProxyClass::NonLeader, true},
    {"/v1.Admin/GetRole", Access::Rights, ProxyClass::NonLeader, true},
    {"/v1.Admin/GetRoleBinding", Access::Rights, ProxyClass::NonLeader, true},
    {"/v1.Admin/GetRoute", Access::Rights, ProxyClass::NonLeader, true},
    {"/v1.Admin/ListEdges", Access::Rights, ProxyClass::NonLeader, true},
    {"/v1.Admin/ListGroups", Access::Rights, ProxyClass::NonLeader, true},
    {"/v1.Admin/ListNetworkACLs", Access::Rights, ProxyClass::NonLeader, true},
    {"/v1.Admin/ListRoleBindings", Access::Rights, ProxyClass::NonLeader, true},
    {"/v1.Admin/ListRoles", Access::Rights, ProxyClass::NonLeader, true},
    {"/v1.Admin/ListRoutes", Access::Rights, ProxyClass::NonLeader, true},
    {"/v1.Admin/PutEdge", Access::Rights, ProxyClass::Leader, true},
    {"/v1.Admin/PutGroup", Access::Rights, ProxyClass::Leader, true},
    {"/v1.Admin/PutNetworkACL", Access::Rights, ProxyClass::Leader, true},
    {"/v1.Admin/PutRole", Access::Rights, ProxyClass::Leader, true},
    {"/v1.Admin/PutRoleBinding", Access::Rights, ProxyClass::Leader, true},
    {"/v1.Admin/PutRoute", Access::Rights, ProxyClass::Leader, true},
    {"/v1.AppDaemon/AnnounceDHT", Access::LocalOnly, ProxyClass::None, false},
    {"/v1.AppDaemon/Connect", Access::LocalOnly, ProxyClass::None, false},
    {"/v1.AppDaemon/Disconnect", Access::LocalOnly, ProxyClass::None, false},
    {"/v1.AppDaemon/LeaveDHT", Access::LocalOnly, ProxyClass::None, false},
    {"/v1.AppDaemon/Metrics", Access::LocalOnly, ProxyClass::None, false},
    {"/v1.AppDaemon/Publish", Access::LocalOnly, ProxyClass::None, false},
    {"/v1.AppDaemon/Query", Access::LocalOnly, ProxyClass::None, false},
    {"/v1.AppDaemon/Status", Access::LocalOnly, ProxyClass::None, false},
    {"/v1.AppDaemon/Subscribe", Access::LocalOnly, ProxyClass::None, false},
    {"/v1.AuthPlugin/Authenticate", Access::LocalOnly, ProxyClass::None, false},
    {"/v1.IPAMPlugin/Allocate", Access::LocalOnly, ProxyClass::None, false},
    {"/v1.IPAMPlugin/Release", Access::LocalOnly, ProxyClass::None, false},
    {"/v1.Membership/Apply", Access::InMesh, ProxyClass::Leader, true},
    {"/v1.Membership/GetStorageConfiguration", Access::InMesh, ProxyClass::NonLeader, true},
    {"/v1.Membership/Join", Access::Authenticated, ProxyClass::Leader, true},
    {"/v1.Membership/Leave", Access::InMesh, ProxyClass::Leader, true},
    {"/v1.Membership/SubscribePeers", Access::InMesh, ProxyClass::NonLeader, true},
    {"/v1.Membership/Update", Access::InMesh, ProxyClass::Leader, true},
    {"/v1.Mesh/GetMeshGraph", Access::InMesh, ProxyClass::NonLeader, true},
    {"/v1.Mesh/GetNode", Access::InMesh, ProxyClass::NonLeader, true},
    {"/v1.Mesh/ListNodes", Access::InMesh, ProxyClass::NonLeader, true},
    {"/v1.Node/GetStatus", Access::Authenticated, ProxyClass::Local, true},
    {"/v1.Node/NegotiateDataChannel", Access::InMesh, ProxyClass::Local, false},
    {"/v1.Node/ReceiveSignalChannel", Access::InMesh, ProxyClass::None, false},
    {"/v1.Plugin/Close", Access::LocalOnly, ProxyClass::None, false},
    {"/v1.Plugin/Configure", Access::LocalOnly, ProxyClass::None, false},
    {"/v1.Plugin/GetInfo", Access::LocalOnly, ProxyClass::None, false},
    {"/v1.StorageProviderPlugin/AddObserver", Access::LocalOnly, ProxyClass::None, false},
    {"/v1.StorageProviderPlugin/AddVoter", Access::LocalOnly, ProxyClass::None, false},
    {"/v1.StorageProviderPlugin/Bootstrap", Access::LocalOnly, ProxyClass::None, false},
    {"/v1.StorageProviderPlugin/DeleteValue", Access::LocalOnly, ProxyClass::None, false},
    {"/v1.StorageProviderPlugin/DemoteVoter", Access::LocalOnly, ProxyClass::None, false},
    {"/v1.StorageProviderPlugin/GetLeader", Access::LocalOnly, ProxyClass::None, false},
    {"/v1.StorageProviderPlugin/GetStatus", Access::LocalOnly, ProxyClass::None, false},
    {"/v1.StorageProviderPlugin/GetValue", Access::LocalOnly, ProxyClass::None, false},
    {"/v1.StorageProviderPlugin/ListKeys", Access::LocalOnly, ProxyClass::None, false},
    {"/v1.StorageProviderPlugin/ListValues", Access::LocalOnly, ProxyClass::None, false},
    {"/v1.StorageProviderPlugin/PutValue", Access::LocalOnly, ProxyClass::None, false},
    {"/v1.StorageProviderPlugin/RemovePeer", Access::LocalOnly, ProxyClass::None, false},
    {"/v1.StorageProviderPlugin/SubscribePrefix", Access::LocalOnly, ProxyClass::None, false},
    {"/v1.StorageQuerierPlugin/InjectQuerier", Access::LocalOnly, ProxyClass::None, false},
    {"/v1.StorageQueryService/Publish", Access::InMesh, ProxyClass::NonLeader, true},
    {"/v1.StorageQueryService/Query", Access::InMesh, ProxyClass::NonLeader, true},
    {"/v1.StorageQueryService/Subscribe", Access::InMesh, ProxyClass::Local, true},
    {"/v1.WatchPlugin/Emit", Access::LocalOnly, ProxyClass::None, false},
    {"/v1.WebRTC/StartDataChannel", Access::InMesh, ProxyClass::NonLeader, false},
    {"/v1.WebRTC/StartSignalChannel", Access::InMesh, ProxyClass::None, false},
    {"/weft.mesh.v1.Audit/ListEvents", Access::Admin, ProxyClass::Local, true},
    {"/weft.mesh.v1.Changes/ApplyChanges", Access::Rights, ProxyClass::Leader, true},
    {"/weft.mesh.v1.Changes/ConfirmChange", Access::Rights, ProxyClass::Leader, true},
    {"/weft.mesh.v1.Changes/GetPolicyTests", Access::InMesh, ProxyClass::NonLeader, true},
    {"/weft.mesh.v1.Changes/ListChanges", Access::Admin, ProxyClass::NonLeader, true},
    {"/weft.mesh.v1.Changes/PutPolicyTests", Access::Rights, ProxyClass::Leader, true},
    {"/weft.mesh.v1.Changes/RevertChange", Access::Rights, ProxyClass::Leader, true},
    {"/weft.mesh.v1.DirectWays/Report", Access::InMesh, ProxyClass::Leader, true},
    {"/weft.mesh.v1.DirectWays/Watch", Access::InMesh, ProxyClass::Leader, true},
    {"/weft.mesh.v1.Enrolment/Enrol", Access::Anyone, ProxyClass::Leader, true},
    {"/weft.mesh.v1.Enrolment/Renew", Access::Authenticated, ProxyClass::None, true},
    {"/weft.mesh.v1.Invitations/CreateInvitation", Access::Admin, ProxyClass::Leader, true},
    {"/weft.mesh.v1.Invitations/ListInvitations", Access::Admin, ProxyClass::NonLeader, true},
    {"/weft.mesh.v1.Invitations/RevokeInvitation", Access::Admin, ProxyClass::Leader, true},
    {"/weft.mesh.v1.Members/ListRemovedNodes", Access::Admin, ProxyClass::NonLeader, true},
    {"/weft.mesh.v1.Members/ReadmitNode", Access::Admin, ProxyClass::Leader, true},
    {"/weft.mesh.v1.Members/ReleaseNode", Access::Admin, ProxyClass::Leader, true},
    {"/weft.mesh.v1.Members/RemoveNode", Access::Admin, ProxyClass::Leader, true},
    {"/weft.mesh.v1.Policy/ListObjects", Access::Rights, ProxyClass::NonLeader, true},
    {"/weft.mesh.v1.Propagation/GetPropagation", Access::Admin, ProxyClass::Leader, true},
    {"/weft.mesh.v1.Propagation/ReportEffect", Access::InMesh, ProxyClass::Leader, true},
});
// clang-format on

}  // namespace

std::span<const MethodRow> methodRows() {
    return kRows;
}

const MethodRow* findMethod(std::span<const MethodRow> rows, std::string_view name) {
    const auto found = std::ranges::lower_bound(rows, name, {}, &MethodRow::name);
    return found != rows.end() && found->name == name ? &*found : nullptr;
}

Status checkRows(std::span<const MethodRow> rows, std::span<const std::string_view> services) {
    for (const std::string_view service : services) {
        const auto* descriptor =
            google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(
                std::string(service));
        if (descriptor == nullptr) {
            return failedPrecondition("service {} has no descriptor", service);
        }
        for (int i = 0; i < descriptor->method_count(); ++i) {
            const std::string name = fmt::format("/{}/{}", service, descriptor->method(i)->name());
            if (findMethod(rows, name) == nullptr) {
                return failedPrecondition("method {} has no row in the authorisation table", name);
            }
        }
    }
    return okStatus();
}

}  // namespace weft::services
