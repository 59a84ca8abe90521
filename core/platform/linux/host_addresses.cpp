// SPDX-License-Identifier: Apache-2.0
#include "core/platform/host_addresses.h"

#include "core/platform/linux/address_bytes.h"
#include "core/platform/linux/netlink.h"

#include <algorithm>
#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>

#include <linux/if.h>
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

namespace weft::platform {
namespace {

using detail::NetlinkRequest;
using detail::NetlinkSocket;

struct Link {
    std::string name;
    unsigned flags = 0;
};
using Links = std::map<std::uint32_t, Link>;

void readLink(std::span<const std::uint8_t> payload, Links& links) {
    const auto body = detail::bodyOf<ifinfomsg>(payload);
    auto& link = links[static_cast<std::uint32_t>(body.ifi_index)];
    link.flags = body.ifi_flags;
    detail::forEachAttribute(
        detail::attributesBehind(payload, sizeof body), [&link](std::uint16_t type, auto value) {
            if (type == IFLA_IFNAME) {
                const std::string text(value.begin(), value.end());
                link.name = text.substr(0, text.find('\0'));
            }
        });
}

StatusOr<Links> readLinks(NetlinkSocket& socket) {
    NetlinkRequest request(RTM_GETLINK, NLM_F_DUMP);
    request.addBody(ifinfomsg{});
    Links links;
    WEFT_RETURN_IF_ERROR(socket.ask(
        std::move(request),
        "asking for the interfaces",
        [&links](std::uint16_t type, auto payload) {
            if (type == RTM_NEWLINK) {
                readLink(payload, links);
            }
        }));
    return links;
}

/// IFA_LOCAL is our side where both are given (IPv4); IPv6 has IFA_ADDRESS alone.
std::optional<HostAddress> readAddress(std::span<const std::uint8_t> payload, const Links& links) {
    const auto body = detail::bodyOf<ifaddrmsg>(payload);
    const auto link = links.find(body.ifa_index);
    if (link == links.end()) {
        return std::nullopt;
    }
    std::optional<net::IpAddress> local;
    std::optional<net::IpAddress> address;
    std::uint32_t flags = body.ifa_flags;
    detail::forEachAttribute(
        detail::attributesBehind(payload, sizeof body), [&](std::uint16_t type, auto value) {
            if (type == IFA_LOCAL) {
                local = detail::addressFrom(body.ifa_family, value);
            } else if (type == IFA_ADDRESS) {
                address = detail::addressFrom(body.ifa_family, value);
            } else if (type == IFA_FLAGS) {
                flags = detail::bodyOf<std::uint32_t>(value);
            }
        });
    const auto& ours = local ? local : address;
    if (!ours || body.ifa_prefixlen > ours->bits()) {
        return std::nullopt;
    }
    HostAddress result;
    result.address = net::IpPrefix(*ours, body.ifa_prefixlen);
    result.interface = link->second.name;
    const auto has = [](unsigned all, unsigned flag) { return (all & flag) != 0; };
    result.isRunning = has(link->second.flags, IFF_UP) && has(link->second.flags, IFF_RUNNING);
    result.isLoopback = has(link->second.flags, IFF_LOOPBACK);
    result.isPointToPoint = has(link->second.flags, IFF_POINTOPOINT);
    // The same bit means a second address of the same network where the family is IPv4.
    result.isTemporary = body.ifa_family == AF_INET6 && has(flags, IFA_F_TEMPORARY);
    result.isDeprecated = has(flags, IFA_F_DEPRECATED);
    result.isTentative = has(flags, IFA_F_TENTATIVE | IFA_F_DADFAILED);
    return result;
}

}  // namespace

StatusOr<std::vector<HostAddress>> hostAddresses() {
    WEFT_ASSIGN_OR_RETURN(auto socket, NetlinkSocket::open());
    WEFT_ASSIGN_OR_RETURN(const auto links, readLinks(socket));
    NetlinkRequest request(RTM_GETADDR, NLM_F_DUMP);
    request.addBody(ifaddrmsg{});
    std::vector<HostAddress> addresses;
    WEFT_RETURN_IF_ERROR(socket.ask(
        std::move(request),
        "asking for the addresses of this host",
        [&](std::uint16_t type, auto payload) {
            if (type != RTM_NEWADDR || addresses.size() >= kMostHostAddresses) {
                return;
            }
            if (auto address = readAddress(payload, links)) {
                addresses.push_back(*std::move(address));
            }
        }));
    std::ranges::sort(addresses, {}, [](const HostAddress& each) {
        return std::tuple(each.interface, each.address.address(), each.address.length());
    });
    return addresses;
}

}  // namespace weft::platform
