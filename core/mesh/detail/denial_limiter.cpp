// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/denial_limiter.h"

#include <algorithm>
#include <utility>

namespace weft::mesh::detail {

std::optional<std::uint64_t> DenialLimiter::admit(std::string_view caller, TimePoint now) {
    auto found = counts_.find(caller);
    if (found == counts_.end()) {
        if (counts_.size() >= kMaxCallers) {
            counts_.erase(std::ranges::min_element(
                counts_, {}, [](const auto& entry) { return entry.second.since; }));
        }
        found = counts_.emplace(caller, Count{now, 0, 0}).first;
    }
    auto& count = found->second;
    if (now - count.since >= kWindow) {
        count.since = now;
        count.denials = 0;
    }
    if (count.denials >= kMaxDenials) {
        ++count.leftOut;
        return std::nullopt;
    }
    ++count.denials;
    return std::exchange(count.leftOut, 0);
}

}  // namespace weft::mesh::detail
