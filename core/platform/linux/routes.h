// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/platform/host_system.h"

#include <optional>
#include <vector>

namespace weft::platform::detail {

// The main table of routes by rtnetlink. What each does and its errors:
// core/platform/host_system.h.

Status addRoute(const HostRoute& route);
Status removeRoute(const HostRoute& route);
StatusOr<std::vector<ListedRoute>> listRoutes();

}  // namespace weft::platform::detail
