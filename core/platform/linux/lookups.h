// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/platform/host_system.h"

#include <cstdint>
#include <vector>

namespace weft::platform::detail {

/// Of RouteTable::Outer, and of the rules that lead there: no table of the system's, and none that
/// a program we know of takes.
inline constexpr std::uint32_t kOuterTable = 22'373;

// As HostSystem has them.
Status addLookup(const LookupRule& rule);
Status removeLookup(const LookupRule& rule);
StatusOr<std::vector<LookupRule>> listLookups();

}  // namespace weft::platform::detail
