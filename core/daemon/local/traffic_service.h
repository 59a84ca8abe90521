// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/daemon/local/call_context.h"
#include "core/daemon/traffic/traffic_desk.h"

#include "weft/local/v1/traffic.grpc.pb.h"

namespace weft::daemon {

/// weft.local.v1.Traffic. Callers are admitted by the call context.
class TrafficService final : public weft::local::v1::Traffic::CallbackService {
public:
    TrafficService(CallContext& calls, TrafficDesk& desk) : calls_(calls), desk_(desk) {}

    grpc::ServerWriteReactor<weft::local::v1::TrafficUpdate>* WatchTraffic(
        grpc::CallbackServerContext* context,
        const weft::local::v1::TrafficRequest* request) override;
    grpc::ServerUnaryReactor* GetTraffic(
        grpc::CallbackServerContext* context,
        const weft::local::v1::TrafficRequest* request,
        weft::local::v1::TrafficUpdate* response) override;

private:
    CallContext& calls_;
    TrafficDesk& desk_;
};

}  // namespace weft::daemon
