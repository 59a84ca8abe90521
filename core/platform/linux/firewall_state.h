// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"

#include <cstdint>
#include <string>

namespace weft::platform::detail {

/// Of the table "inet OWNER": the numbers that the kernel gave to it and its rules, as one. The
/// kernel uses none of them twice.
/// Errors: kNotFound  there is no such table; those of NetlinkSocket::ask.
StatusOr<std::uint64_t> firewallState(const std::string& owner);

}  // namespace weft::platform::detail
