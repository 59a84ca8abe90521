// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/net/endpoint.h"
#include "core/services/link/link_options.h"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace weft::services {

/// Where a host is, for who may not be able to look its name up; nullopt: it is looked up.
using KnownPlaces = std::function<std::optional<net::IpAddress>(const std::string& host)>;

/// Has `address` dialled at the place that is known for its name, if one is. The certificate is
/// held to the name all the same.
void dialWhereKnown(const KnownPlaces& places, net::HostPort& address, LinkOptions& options);

/// The addresses that the system has for a name, the first `most`. Blocks for as long as it takes
/// to ask. Errors: kUnavailable.
StatusOr<std::vector<net::IpAddress>> lookUpHost(const std::string& host, std::size_t most);

}  // namespace weft::services
