// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/device/control_pace.h"

#include <algorithm>

namespace weft::wireguard {

bool ControlPace::noteFetched(std::size_t datagrams, TimePoint now) {
    if (now >= stepEnd_) {
        stepBegin_ = now;
        fetched_ = 0;
    }
    fetched_ += datagrams;
    const auto most = now < dataUntil_ ? kMostBesideData : kMostAlone;
    // What came joined may be the share of many steps, and takes as long.
    const auto steps = std::max<std::size_t>(fetched_ / most, 1);
    stepEnd_ = stepBegin_ + kStep * static_cast<Duration::rep>(steps);
    return fetched_ < most;
}

}  // namespace weft::wireguard
