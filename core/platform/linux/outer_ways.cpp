// SPDX-License-Identifier: Apache-2.0
#include "core/platform/outer_ways.h"

#include "core/platform/host_system.h"
#include "core/platform/linux/address_bytes.h"
#include "core/platform/linux/netlink.h"

#include <array>
#include <span>
#include <utility>

#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sys/socket.h>

namespace weft::platform {
namespace {

using detail::NetlinkRequest;
using detail::NetlinkSocket;

/// Nobody has them, and no network that somebody could be attached to holds them: the dummy address
/// (RFC 7600) and one that is for discarding (RFC 6666).
net::IpAddress somewhere(net::Family family) {
    return family == net::Family::V4 ? *net::IpAddress::parse("192.0.0.8")
                                     : *net::IpAddress::parse("100::1");
}

std::optional<OuterWay> readWay(net::Family family, std::span<const std::uint8_t> payload) {
    const auto body = detail::bodyOf<rtmsg>(payload);
    OuterWay way{.family = family, .interface = {}, .gateway = {}};
    detail::forEachAttribute(
        detail::attributesBehind(payload, sizeof body), [&](std::uint16_t type, auto value) {
            std::array<char, IF_NAMESIZE> name{};
            if (type == RTA_OIF
                && ::if_indextoname(detail::bodyOf<std::uint32_t>(value), name.data()) != nullptr) {
                way.interface = name.data();
            } else if (type == RTA_GATEWAY) {
                way.gateway = detail::addressFrom(body.rtm_family, value);
            }
        });
    const bool leads = body.rtm_type == RTN_UNICAST && !way.interface.empty();
    return leads ? std::optional(std::move(way)) : std::nullopt;
}

}  // namespace

StatusOr<std::vector<OuterWay>> outerWays() {
    WEFT_ASSIGN_OR_RETURN(auto socket, NetlinkSocket::open());
    std::vector<OuterWay> ways;
    for (const auto family : {net::Family::V4, net::Family::V6}) {
        const auto target = somewhere(family);
        rtmsg body{};
        body.rtm_family = family == net::Family::V4 ? AF_INET : AF_INET6;
        body.rtm_dst_len = static_cast<std::uint8_t>(target.bits());
        NetlinkRequest request(RTM_GETROUTE, NLM_F_ACK);
        request.addBody(body);
        request.addAttribute(RTA_DST, target.bytes());
        request.addAttribute(RTA_MARK, kTunnelMark);
        // A family without a way is refused, in one of several words.
        const Status asked = socket.ask(
            std::move(request),
            "asking for the way out of this host",
            [&](std::uint16_t type, auto payload) {
                auto way = type == RTM_NEWROUTE ? readWay(family, payload) : std::nullopt;
                if (way) {
                    ways.push_back(*std::move(way));
                }
            });
        if (asked.code() == StatusCode::kDataLoss) {
            return asked;
        }
    }
    return ways;
}

}  // namespace weft::platform
