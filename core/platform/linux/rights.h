// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"

#include <string_view>

namespace weft::platform::detail {

/// kPermissionDenied: `deed` ("creating a tunnel interface") needs CAP_NET_ADMIN, and how to get
/// it.
Status missingRight(std::string_view deed);

/// Programs that this thread starts from now on have CAP_NET_ADMIN if it has, whoever the user is.
/// Without this only those of root do: the right that a file gives ends with its own process.
void passOnTheRight();

}  // namespace weft::platform::detail
