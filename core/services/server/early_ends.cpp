// SPDX-License-Identifier: Apache-2.0
#include "core/services/server/early_ends.h"

#include <utility>

namespace weft::services {

std::optional<std::uint64_t> EarlyEnds::note(TimePoint now) {
    if (told_ && now - *told_ < kGap) {
        ++untold_;
        return std::nullopt;
    }
    told_ = now;
    return std::exchange(untold_, 0);
}

}  // namespace weft::services
