// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/gui/deferred_controller.h"
#include "core/api/logs.h"

namespace weft::app {

/// The log of a deferred controller, which owns it.
class DeferredLogs final : public api::Logs {
public:
    explicit DeferredLogs(DeferredController& controller) : controller_(controller) {}

    Subscription watch(
        const api::LogQuestion& question,
        std::function<void(const api::LogBatch&)> told,
        StatusCallback ended) override;
    void setLevel(api::LogLevel level, StatusCallback done) override;

private:
    DeferredController& controller_;
};

}  // namespace weft::app
