// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/device/control_pace.h"

namespace weft::wireguard {

bool ControlPace::noteFetched(std::size_t runs, TimePoint now) {
    if (now >= stepEnd_) {
        stepEnd_ = now + kStep;
        fetched_ = 0;
    }
    fetched_ += runs;
    return fetched_ < (now < dataUntil_ ? kMostBesideData : kMostAlone);
}

}  // namespace weft::wireguard
