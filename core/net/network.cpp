// SPDX-License-Identifier: Apache-2.0
#include "core/net/network.h"

namespace weft::net {

Status checkNetwork(const IpPrefix& prefix) {
    if (prefix.masked() == prefix) {
        return okStatus();
    }
    return invalidArgument(
        "{} is an address inside a network: write {}",
        prefix.toString(),
        prefix.masked().toString());
}

StatusOr<IpPrefix> parseNetwork(std::string_view text) {
    WEFT_ASSIGN_OR_RETURN(const auto prefix, IpPrefix::parse(text));
    WEFT_RETURN_IF_ERROR(checkNetwork(prefix));
    return prefix;
}

}  // namespace weft::net
