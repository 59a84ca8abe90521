// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/interface_answers.h"

#include "core/daemon/detail/tunnel_messages.h"

#include <utility>

namespace weft::daemon {

void InterfaceAnswers::read(Callback<::v1::InterfaceMetrics> done) {
    if (!tunnel_) {
        done(failedPrecondition("there is no tunnel interface"));
        return;
    }
    tunnel_->statistics([done = std::move(done)](const StatusOr<TunnelStatistics>& now) {
        if (!now.ok()) {
            done(now.status());
            return;
        }
        ::v1::InterfaceMetrics metrics;
        toProto(*now, &metrics);
        done(std::move(metrics));
    });
}

}  // namespace weft::daemon
