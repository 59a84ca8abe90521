// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/daemon/connection_table.h"
#include "core/daemon/local/call_context.h"

#include "weft/local/v1/network.grpc.pb.h"

namespace weft::daemon {

/// weft.local.v1.Network. Callers are admitted by the call context.
class NetworkService final : public weft::local::v1::Network::CallbackService {
public:
    NetworkService(CallContext& calls, ConnectionTable& table) : calls_(calls), table_(table) {}

    grpc::ServerWriteReactor<weft::local::v1::PingUpdate>* Ping(
        grpc::CallbackServerContext* context, const weft::local::v1::PingRequest* request) override;
    grpc::ServerUnaryReactor* ExplainPath(
        grpc::CallbackServerContext* context,
        const weft::local::v1::ExplainPathRequest* request,
        weft::local::v1::PathExplanation* response) override;
    grpc::ServerUnaryReactor* CheckNetwork(
        grpc::CallbackServerContext* context,
        const weft::local::v1::CheckNetworkRequest* request,
        weft::local::v1::NetworkReport* response) override;
    grpc::ServerUnaryReactor* GetNameService(
        grpc::CallbackServerContext* context,
        const weft::local::v1::GetNameServiceRequest* request,
        weft::local::v1::NameService* response) override;
    grpc::ServerUnaryReactor* LookUpName(
        grpc::CallbackServerContext* context,
        const weft::local::v1::LookUpNameRequest* request,
        weft::local::v1::NameAnswer* response) override;

private:
    CallContext& calls_;
    ConnectionTable& table_;
};

}  // namespace weft::daemon
