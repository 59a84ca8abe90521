// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/log_ring.h"
#include "core/daemon/local/call_context.h"

#include "weft/local/v1/logs.grpc.pb.h"

#include <chrono>

namespace weft::daemon {

/// How often a caller who follows the log is told of new lines.
inline constexpr std::chrono::milliseconds kLogInterval{200};

/// weft.local.v1.Logs. Callers are admitted by the call context; `ring` outlives them.
class LogsService final : public weft::local::v1::Logs::CallbackService {
public:
    LogsService(CallContext& calls, const base::LogRing& ring) : calls_(calls), ring_(ring) {}

    grpc::ServerWriteReactor<weft::local::v1::LogBatch>* Watch(
        grpc::CallbackServerContext* context,
        const weft::local::v1::WatchLogsRequest* request) override;
    grpc::ServerUnaryReactor* SetLevel(
        grpc::CallbackServerContext* context,
        const weft::local::v1::SetLogLevelRequest* request,
        weft::local::v1::SetLogLevelResponse* response) override;

private:
    CallContext& calls_;
    const base::LogRing& ring_;
};

}  // namespace weft::daemon
