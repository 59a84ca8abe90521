// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/traffic.h"
#include "core/control/grpc_controller.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace weft::control {

/// api::Traffic by the calls of a controller, which owns it.
class GrpcTraffic final : public api::Traffic {
public:
    explicit GrpcTraffic(GrpcController& controller);
    ~GrpcTraffic() override;

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

    /// The controller goes: nothing is opened again. On its loop.
    void shutDown();

private:
    struct Watch;

    void start(const std::shared_ptr<Watch>& watch);
    void open(const std::shared_ptr<Watch>& watch);
    void drop(const std::shared_ptr<Watch>& watch);
    void onEnded(const std::shared_ptr<Watch>& watch, const Status& status);

    GrpcController& controller_;
    /// On the loop.
    std::map<const Watch*, std::shared_ptr<Watch>> watches_;
};

}  // namespace weft::control
