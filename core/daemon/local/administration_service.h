// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/daemon/connection_table.h"
#include "core/daemon/local/call_context.h"

#include "weft/local/v1/administration.grpc.pb.h"

#include <cstddef>

namespace weft::daemon {

/// An answer with audit events is not made larger than this; the oldest are left out.
inline constexpr std::size_t kMaxAuditAnswerBytes = std::size_t{8} << 20;

/// weft.local.v1.Administration. Callers are admitted by the call context.
class AdministrationService final : public weft::local::v1::Administration::CallbackService {
public:
    AdministrationService(CallContext& calls, ConnectionTable& table)
        : calls_(calls), table_(table) {}

    grpc::ServerUnaryReactor* GetPolicy(
        grpc::CallbackServerContext* context,
        const weft::local::v1::GetPolicyRequest* request,
        weft::local::v1::PolicyState* response) override;
    grpc::ServerUnaryReactor* PutObject(
        grpc::CallbackServerContext* context,
        const weft::local::v1::PutObjectRequest* request,
        weft::local::v1::WriteReport* response) override;
    grpc::ServerUnaryReactor* RemoveObject(
        grpc::CallbackServerContext* context,
        const weft::local::v1::RemoveObjectRequest* request,
        weft::local::v1::WriteReport* response) override;
    grpc::ServerUnaryReactor* CheckAccess(
        grpc::CallbackServerContext* context,
        const weft::local::v1::CheckAccessRequest* request,
        weft::local::v1::AccessAnswer* response) override;
    grpc::ServerUnaryReactor* ExplainAccess(
        grpc::CallbackServerContext* context,
        const weft::local::v1::ExplainAccessRequest* request,
        weft::local::v1::AccessExplanation* response) override;
    grpc::ServerUnaryReactor* RemoveNode(
        grpc::CallbackServerContext* context,
        const weft::local::v1::LocalRemoveNodeRequest* request,
        weft::local::v1::WriteReport* response) override;
    grpc::ServerUnaryReactor* ReadmitNode(
        grpc::CallbackServerContext* context,
        const weft::local::v1::LocalReadmitNodeRequest* request,
        weft::mesh::v1::ReadmitNodeResponse* response) override;
    grpc::ServerUnaryReactor* ListRemovedNodes(
        grpc::CallbackServerContext* context,
        const weft::local::v1::LocalListRemovedNodesRequest* request,
        weft::mesh::v1::ListRemovedNodesResponse* response) override;
    grpc::ServerUnaryReactor* ListAuditEvents(
        grpc::CallbackServerContext* context,
        const weft::local::v1::LocalListAuditEventsRequest* request,
        weft::local::v1::ListAuditEventsResponse* response) override;

private:
    CallContext& calls_;
    ConnectionTable& table_;
};

}  // namespace weft::daemon
