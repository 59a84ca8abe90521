// SPDX-License-Identifier: Apache-2.0
#include "app/gui/deferred_traffic.h"

namespace weft::app {

Subscription DeferredTraffic::watch(
    const api::ProfileId& id,
    const std::string& peer,
    api::TrafficSpan span,
    std::function<void(const api::TrafficUpdate&)> told,
    StatusCallback ended) {
    return controller_.watch(
        [id, peer, span, told, ended](api::Controller& real) {
            return real.traffic().watch(id, peer, span, told, ended);
        },
        ended);
}

void DeferredTraffic::history(
    const api::ProfileId& id,
    const std::string& peer,
    api::TrafficSpan span,
    Callback<std::vector<api::TrafficPoint>> done) {
    controller_.with(
        [id, peer, span, done](api::Controller& real) {
            real.traffic().history(id, peer, span, done);
        },
        done);
}

}  // namespace weft::app
