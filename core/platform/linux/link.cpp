// SPDX-License-Identifier: Apache-2.0
#include "core/platform/linux/link.h"

#include "core/platform/linux/netlink.h"

#include <array>
#include <span>
#include <utility>

#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <net/if.h>

namespace weft::platform::detail {
namespace {

ifinfomsg linkBody(std::uint32_t index) {
    ifinfomsg body{};
    body.ifi_family = AF_UNSPEC;
    body.ifi_index = static_cast<int>(index);
    return body;
}

LinkState readState(std::span<const std::uint8_t> payload) {
    LinkState state;
    state.isUp = (bodyOf<ifinfomsg>(payload).ifi_flags & IFF_UP) != 0;
    const auto attributes = attributesBehind(payload, sizeof(ifinfomsg));
    forEachAttribute(attributes, [&](std::uint16_t attribute, auto value) {
        if (attribute == IFLA_MTU) {
            state.mtu = bodyOf<std::uint32_t>(value);
        }
    });
    return state;
}

}  // namespace

Status changeLink(std::uint32_t index, const LinkChange& change, std::string_view deed) {
    WEFT_ASSIGN_OR_RETURN(auto socket, NetlinkSocket::open());
    NetlinkRequest request(RTM_NEWLINK, NLM_F_ACK);
    auto body = linkBody(index);
    if (change.up) {
        body.ifi_change = IFF_UP;
        body.ifi_flags = *change.up ? IFF_UP : 0;
    }
    request.addBody(body);
    if (change.mtu) {
        request.addAttribute(IFLA_MTU, static_cast<std::uint32_t>(*change.mtu));
    }
    if (change.queuePackets) {
        request.addAttribute(IFLA_TXQLEN, static_cast<std::uint32_t>(*change.queuePackets));
    }
    return socket.ask(std::move(request), deed);
}

StatusOr<LinkState> linkState(std::uint32_t index, std::string_view deed) {
    WEFT_ASSIGN_OR_RETURN(auto socket, NetlinkSocket::open());
    NetlinkRequest request(RTM_GETLINK, NLM_F_ACK);
    request.addBody(linkBody(index));
    LinkState state;
    const auto answer = [&](std::uint16_t type, std::span<const std::uint8_t> payload) {
        if (type == RTM_NEWLINK) {
            state = readState(payload);
        }
    };
    WEFT_RETURN_IF_ERROR(socket.ask(std::move(request), deed, answer));
    return state;
}

Status leaveWithoutLinkLocal(std::uint32_t index, std::string_view deed) {
    WEFT_ASSIGN_OR_RETURN(auto socket, NetlinkSocket::open());
    NetlinkRequest request(RTM_NEWLINK, NLM_F_ACK);
    request.addBody(linkBody(index));
    // Nested: IFLA_AF_SPEC holds AF_INET6 holds the mode, a byte.
    const std::array<std::uint8_t, 1> mode{IN6_ADDR_GEN_MODE_NONE};
    const auto inet6 = NetlinkRequest::attribute(IFLA_INET6_ADDR_GEN_MODE, mode);
    request.addAttribute(IFLA_AF_SPEC, NetlinkRequest::attribute(AF_INET6, inet6));
    return socket.ask(std::move(request), deed);
}

Status removeLink(std::uint32_t index, std::string_view deed) {
    WEFT_ASSIGN_OR_RETURN(auto socket, NetlinkSocket::open());
    NetlinkRequest request(RTM_DELLINK, NLM_F_ACK);
    request.addBody(linkBody(index));
    return socket.ask(std::move(request), deed);
}

}  // namespace weft::platform::detail
