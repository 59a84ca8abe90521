// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/net/ip_prefix.h"

#include <string_view>

namespace weft::net {

/// Whether `prefix` is a whole network: no bit is set behind its length. Errors: kInvalidArgument,
/// whose text has the network to write.
Status checkNetwork(const IpPrefix& prefix);

/// What people write as a network, "10.0.0.0/8". Errors: kInvalidArgument, also for an address
/// inside one.
StatusOr<IpPrefix> parseNetwork(std::string_view text);

}  // namespace weft::net
