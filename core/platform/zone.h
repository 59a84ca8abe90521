// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"

#include <cstdint>
#include <string>

// The zone of a link-local address, the text behind '%' (RFC 4007 section 11). Both ask the system,
// which is a matter of microseconds. Thread: any.
namespace weft::platform {

/// The number of the interface that `zone` names, by its name or by its number; never 0.
/// Errors: kNotFound no interface has this name or number.
StatusOr<std::uint32_t> interfaceOfZone(const std::string& zone);

/// The name of the interface with this number, or the number when there is none any more.
std::string zoneOf(std::uint32_t interface);

}  // namespace weft::platform
