// SPDX-License-Identifier: Apache-2.0
#include "app/gui/deferred_logs.h"

namespace weft::app {

Subscription DeferredLogs::watch(
    const api::LogQuestion& question,
    std::function<void(const api::LogBatch&)> told,
    StatusCallback ended) {
    return controller_.watch(
        [question, told, ended](api::Controller& real) {
            return real.logs().watch(question, told, ended);
        },
        ended);
}

void DeferredLogs::setLevel(api::LogLevel level, StatusCallback done) {
    controller_.with(
        [level, done](api::Controller& real) { real.logs().setLevel(level, done); }, done);
}

}  // namespace weft::app
