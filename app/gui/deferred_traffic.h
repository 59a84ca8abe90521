// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/gui/deferred_controller.h"
#include "core/api/traffic.h"

#include <string>
#include <vector>

namespace weft::app {

/// The traffic of a deferred controller, which owns it.
class DeferredTraffic final : public api::Traffic {
public:
    explicit DeferredTraffic(DeferredController& controller) : controller_(controller) {}

    Subscription watch(
        const api::ProfileId& id,
        const std::string& peer,
        api::TrafficSpan span,
        std::function<void(const api::TrafficUpdate&)> told,
        StatusCallback ended) override;
    void history(
        const api::ProfileId& id,
        const std::string& peer,
        api::TrafficSpan span,
        Callback<std::vector<api::TrafficPoint>> done) override;

private:
    DeferredController& controller_;
};

}  // namespace weft::app
