// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/platform/host_system.h"

#include <cstdint>
#include <vector>

namespace weft::platform::detail {

/// Marks our routes and rules. Numbers above RTPROT_STATIC are for routing programs; none of those
/// that iproute2 lists has this one.
inline constexpr std::uint8_t kOurProtocol = 87;

// Routes by rtnetlink. What each does and its errors:
// core/platform/host_system.h.

Status addRoute(const HostRoute& route);
Status removeRoute(const HostRoute& route);
StatusOr<std::vector<ListedRoute>> listRoutes();

}  // namespace weft::platform::detail
