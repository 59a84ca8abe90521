// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/net/endpoint.h"

#include <cstddef>
#include <string_view>
#include <vector>

namespace weft::services {

/// As many as the C library uses.
inline constexpr std::size_t kMostNameservers = 3;

/// The name servers in the text of a resolv.conf(5), with port 53. Other lines, and addresses that
/// cannot be read, are passed over.
std::vector<net::Endpoint> nameserversOf(std::string_view text);

}  // namespace weft::services
