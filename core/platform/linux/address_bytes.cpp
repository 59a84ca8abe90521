// SPDX-License-Identifier: Apache-2.0
#include "core/platform/linux/address_bytes.h"

#include "core/platform/linux/netlink.h"

#include <algorithm>
#include <array>

#include <arpa/inet.h>
#include <sys/socket.h>

namespace weft::platform::detail {

std::optional<net::IpAddress> addressFrom(
    std::uint8_t family, std::span<const std::uint8_t> bytes) {
    if (family == AF_INET && bytes.size() == 4) {
        const auto value = detail::bodyOf<std::uint32_t>(bytes);
        return net::IpAddress::v4(ntohl(value));
    }
    if (family == AF_INET6 && bytes.size() == 16) {
        std::array<std::uint8_t, 16> network{};
        std::ranges::copy(bytes, network.begin());
        return net::IpAddress::v6(network);
    }
    return std::nullopt;
}

}  // namespace weft::platform::detail
