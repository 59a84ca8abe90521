// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/net/ip_address.h"

#include <cstdint>
#include <optional>
#include <span>

namespace weft::platform::detail {

/// An address as the kernel writes it; `family` is AF_INET or AF_INET6. nullopt when the count of
/// bytes is another.
std::optional<net::IpAddress> addressFrom(std::uint8_t family, std::span<const std::uint8_t> bytes);

}  // namespace weft::platform::detail
