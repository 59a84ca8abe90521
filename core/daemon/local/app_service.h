// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/daemon/connection_table.h"
#include "core/daemon/local/call_context.h"

#include "v1/app.grpc.pb.h"

namespace weft::daemon {

/// v1.AppDaemon on the default profile. Callers are admitted by the call context.
class AppService final : public ::v1::AppDaemon::CallbackService {
public:
    AppService(CallContext& calls, ConnectionTable& table) : calls_(calls), table_(table) {}

    grpc::ServerUnaryReactor* Connect(
        grpc::CallbackServerContext* context,
        const ::v1::ConnectRequest* request,
        ::v1::ConnectResponse* response) override;
    grpc::ServerUnaryReactor* Disconnect(
        grpc::CallbackServerContext* context,
        const ::v1::DisconnectRequest* request,
        ::v1::DisconnectResponse* response) override;
    grpc::ServerWriteReactor<::v1::QueryResponse>* Query(
        grpc::CallbackServerContext* context, const ::v1::QueryRequest* request) override;
    grpc::ServerUnaryReactor* Metrics(
        grpc::CallbackServerContext* context,
        const ::v1::MetricsRequest* request,
        ::v1::MetricsResponse* response) override;
    grpc::ServerUnaryReactor* Status(
        grpc::CallbackServerContext* context,
        const ::v1::StatusRequest* request,
        ::v1::StatusResponse* response) override;
    grpc::ServerWriteReactor<::v1::SubscriptionEvent>* Subscribe(
        grpc::CallbackServerContext* context, const ::v1::SubscribeRequest* request) override;
    grpc::ServerUnaryReactor* Publish(
        grpc::CallbackServerContext* context,
        const ::v1::PublishRequest* request,
        ::v1::PublishResponse* response) override;
    grpc::ServerUnaryReactor* AnnounceDHT(
        grpc::CallbackServerContext* context,
        const ::v1::AnnounceDHTRequest* request,
        ::v1::AnnounceDHTResponse* response) override;
    grpc::ServerUnaryReactor* LeaveDHT(
        grpc::CallbackServerContext* context,
        const ::v1::LeaveDHTRequest* request,
        ::v1::LeaveDHTResponse* response) override;

private:
    CallContext& calls_;
    ConnectionTable& table_;
};

}  // namespace weft::daemon
