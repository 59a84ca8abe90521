// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/logs.h"
#include "core/control/grpc_controller.h"

namespace weft::control {

/// api::Logs by the calls of a controller, which owns it.
class GrpcLogs final : public api::Logs {
public:
    explicit GrpcLogs(GrpcController& controller) : controller_(controller) {}

    Subscription watch(
        const api::LogQuestion& question,
        std::function<void(const api::LogBatch&)> told,
        StatusCallback ended) override;
    void setLevel(api::LogLevel level, StatusCallback done) override;

private:
    GrpcController& controller_;
};

}  // namespace weft::control
