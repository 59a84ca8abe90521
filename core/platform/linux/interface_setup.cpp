// SPDX-License-Identifier: Apache-2.0
#include "core/platform/interface_setup.h"

#include "core/base/file.h"
#include "core/base/log.h"
#include "core/platform/linux/address_bytes.h"
#include "core/platform/linux/link.h"
#include "core/platform/linux/netlink.h"
#include "core/platform/tun.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <net/if.h>

namespace weft::platform {
namespace {

using detail::addressFrom;
using detail::NetlinkRequest;
using detail::NetlinkSocket;

std::string quote(const std::string& name) {
    return base::quoted(name);
}

ifaddrmsg addressBody(std::uint32_t index, const net::IpPrefix& address) {
    ifaddrmsg body{};
    body.ifa_family = address.family() == net::Family::V4 ? AF_INET : AF_INET6;
    body.ifa_prefixlen = static_cast<std::uint8_t>(address.length());
    body.ifa_index = index;
    return body;
}

Status changeAddress(
    const std::string& name,
    const net::IpPrefix& address,
    std::uint16_t type,
    std::uint16_t flags) {
    WEFT_ASSIGN_OR_RETURN(const auto index, interfaceIndex(name));
    WEFT_ASSIGN_OR_RETURN(auto socket, NetlinkSocket::open());
    NetlinkRequest request(type, static_cast<std::uint16_t>(NLM_F_ACK | flags));
    auto body = addressBody(index, address);
    // A tunnel has no neighbours among which an address could be taken.
    body.ifa_flags = body.ifa_family == AF_INET6 ? IFA_F_NODAD : 0;
    request.addBody(body);
    request.addAttribute(IFA_LOCAL, address.address().bytes());
    request.addAttribute(IFA_ADDRESS, address.address().bytes());
    const auto* const deed = type == RTM_NEWADDR ? "giving" : "taking";
    const auto* const way = type == RTM_NEWADDR ? "to" : "from";
    return socket.ask(
        std::move(request),
        fmt::format("{} the address {} {} {}", deed, address.toString(), way, quote(name)));
}

/// IFA_LOCAL is our side where both are given (IPv4); IPv6 has IFA_ADDRESS alone.
std::optional<net::IpPrefix> readAddress(
    std::uint32_t index, std::span<const std::uint8_t> payload) {
    const auto body = detail::bodyOf<ifaddrmsg>(payload);
    if (body.ifa_index != index) {
        return std::nullopt;
    }
    std::optional<net::IpAddress> local;
    std::optional<net::IpAddress> address;
    const auto attributes = detail::attributesBehind(payload, sizeof body);
    detail::forEachAttribute(attributes, [&](std::uint16_t type, auto value) {
        if (type == IFA_LOCAL) {
            local = addressFrom(body.ifa_family, value);
        } else if (type == IFA_ADDRESS) {
            address = addressFrom(body.ifa_family, value);
        }
    });
    const auto& ours = local ? local : address;
    return ours ? std::optional(net::IpPrefix(*ours, body.ifa_prefixlen)) : std::nullopt;
}

Status change(const std::string& name, const detail::LinkChange& wanted, const std::string& deed) {
    WEFT_ASSIGN_OR_RETURN(const auto index, interfaceIndex(name));
    return detail::changeLink(index, wanted, deed);
}

StatusOr<detail::LinkState> state(const std::string& name) {
    WEFT_ASSIGN_OR_RETURN(const auto index, interfaceIndex(name));
    return detail::linkState(index, fmt::format("asking for {}", quote(name)));
}

}  // namespace

Status addAddress(const std::string& name, const net::IpPrefix& address) {
    return changeAddress(name, address, RTM_NEWADDR, NLM_F_CREATE | NLM_F_REPLACE);
}

Status removeAddress(const std::string& name, const net::IpPrefix& address) {
    return changeAddress(name, address, RTM_DELADDR, 0);
}

StatusOr<std::vector<net::IpPrefix>> addressesOf(const std::string& name) {
    WEFT_ASSIGN_OR_RETURN(const auto index, interfaceIndex(name));
    WEFT_ASSIGN_OR_RETURN(auto socket, NetlinkSocket::open());
    NetlinkRequest request(RTM_GETADDR, NLM_F_DUMP);
    ifaddrmsg body{};
    body.ifa_index = index;
    request.addBody(body);
    std::vector<net::IpPrefix> addresses;
    WEFT_RETURN_IF_ERROR(socket.ask(
        std::move(request),
        fmt::format("asking for the addresses of {}", quote(name)),
        [&](std::uint16_t type, auto payload) {
            if (type != RTM_NEWADDR) {
                return;
            }
            if (const auto address = readAddress(index, payload)) {
                addresses.push_back(*address);
            }
        }));
    return addresses;
}

Status setUp(const std::string& name, bool up) {
    return change(name, {.up = up}, fmt::format("taking {} {}", quote(name), up ? "up" : "down"));
}

StatusOr<bool> isUp(const std::string& name) {
    WEFT_ASSIGN_OR_RETURN(const auto found, state(name));
    return found.isUp;
}

Status setInterfaceMtu(const std::string& name, std::size_t mtu) {
    if (mtu < kLeastMtu || mtu > kMostMtu) {
        return invalidArgument("an MTU of {} is not between {} and {}", mtu, kLeastMtu, kMostMtu);
    }
    return change(name, {.mtu = mtu}, fmt::format("setting the MTU of {} to {}", quote(name), mtu));
}

StatusOr<std::size_t> interfaceMtu(const std::string& name) {
    WEFT_ASSIGN_OR_RETURN(const auto found, state(name));
    return found.mtu;
}

Status setQueuePackets(const std::string& name, std::size_t packets) {
    return change(
        name,
        {.queuePackets = packets},
        fmt::format("setting the queue of {} to {} packets", quote(name), packets));
}

bool newInterfacesHaveIpv6() {
    // Not there at all where the kernel began without IPv6.
    const auto off = base::readFile("/proc/sys/net/ipv6/conf/default/disable_ipv6", 8);
    return off.ok() && off->starts_with('0');
}

StatusOr<std::uint32_t> interfaceIndex(const std::string& name) {
    if (!isInterfaceName(name, false)) {
        return notFound("no interface can be called {}", quote(name));
    }
    const auto index = ::if_nametoindex(name.c_str());
    if (index == 0) {
        return notFound("no interface is called {}", quote(name));
    }
    return index;
}

}  // namespace weft::platform
