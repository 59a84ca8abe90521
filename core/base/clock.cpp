// SPDX-License-Identifier: Apache-2.0
#include "core/base/clock.h"

namespace weft::base {

TimePoint SystemClock::now() const {
    return std::chrono::steady_clock::now();
}

WallTime SystemClock::wallNow() const {
    return std::chrono::system_clock::now();
}

}  // namespace weft::base
