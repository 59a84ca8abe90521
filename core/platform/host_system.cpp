// SPDX-License-Identifier: Apache-2.0
#include "core/platform/host_system.h"

#include <cstdint>
#include <limits>
#include <utility>

namespace weft::platform {

const HostRoute* routeTo(const net::IpAddress& address, const std::vector<ListedRoute>& routes) {
    const HostRoute* best = nullptr;
    std::pair bestRank(-1, std::numeric_limits<std::int64_t>::min());
    for (const auto& each : routes) {
        if (each.isOurs || !each.route.destination.contains(address)) {
            continue;
        }
        const std::pair rank(each.route.destination.length(), -std::int64_t{each.metric});
        if (rank > bestRank) {
            bestRank = rank;
            best = &each.route;
        }
    }
    return best;
}

}  // namespace weft::platform
