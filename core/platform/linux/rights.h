// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"

#include <string_view>

namespace weft::platform::detail {

/// kPermissionDenied: `deed` ("creating a tunnel interface") needs CAP_NET_ADMIN, and how to get
/// it.
Status missingRight(std::string_view deed);

}  // namespace weft::platform::detail
