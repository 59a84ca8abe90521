// SPDX-License-Identifier: Apache-2.0
#include "core/platform/linux/routes.h"

#include "core/base/log.h"
#include "core/platform/interface_setup.h"
#include "core/platform/linux/address_bytes.h"
#include "core/platform/linux/lookups.h"
#include "core/platform/linux/netlink.h"

#include <map>
#include <optional>
#include <string>
#include <utility>

#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sys/socket.h>

namespace weft::platform::detail {
namespace {

/// More than any host has by hand; a router with the table of the Internet is cut here.
constexpr std::size_t kMostRoutes = 65'536;

rtmsg bodyFor(const HostRoute& route) {
    rtmsg body{};
    body.rtm_family = route.destination.family() == net::Family::V4 ? AF_INET : AF_INET6;
    body.rtm_dst_len = static_cast<std::uint8_t>(route.destination.length());
    body.rtm_table = route.table == RouteTable::Main ? RT_TABLE_MAIN : RT_TABLE_UNSPEC;
    body.rtm_protocol = kOurProtocol;
    body.rtm_type = RTN_UNICAST;
    body.rtm_scope =
        route.gateway || body.rtm_family == AF_INET6 ? RT_SCOPE_UNIVERSE : RT_SCOPE_LINK;
    return body;
}

StatusOr<NetlinkRequest> requestFor(
    const HostRoute& route, std::uint16_t type, std::uint16_t flags) {
    WEFT_ASSIGN_OR_RETURN(const auto index, interfaceIndex(route.interface));
    NetlinkRequest request(type, static_cast<std::uint16_t>(NLM_F_ACK | flags));
    request.addBody(bodyFor(route));
    request.addAttribute(RTA_DST, route.destination.masked().address().bytes());
    request.addAttribute(RTA_OIF, index);
    if (route.table == RouteTable::Outer) {
        request.addAttribute(RTA_TABLE, kOuterTable);
    }
    if (route.gateway) {
        request.addAttribute(RTA_GATEWAY, route.gateway->bytes());
    }
    return request;
}

std::string deedOf(std::string_view verb, const HostRoute& route) {
    return fmt::format(
        "{} the route to {} by {}",
        verb,
        route.destination.toString(),
        base::quoted(route.interface));
}

std::string nameOf(std::uint32_t index, std::map<std::uint32_t, std::string>& names) {
    const auto [entry, isNew] = names.try_emplace(index);
    if (isNew) {
        char name[IF_NAMESIZE] = {};
        entry->second = ::if_indextoname(index, name) == nullptr ? "" : name;
    }
    return entry->second;
}

/// Of a route with several ways (RTA_MULTIPATH) the first.
void readFirstWay(
    std::uint8_t family,
    std::span<const std::uint8_t> ways,
    HostRoute& route,
    std::map<std::uint32_t, std::string>& names) {
    const auto way = bodyOf<rtnexthop>(ways);
    if (way.rtnh_len < sizeof way || way.rtnh_len > ways.size()) {
        return;
    }
    route.interface = nameOf(static_cast<std::uint32_t>(way.rtnh_ifindex), names);
    forEachAttribute(
        attributesBehind(ways.first(way.rtnh_len), sizeof way),
        [&](std::uint16_t type, auto value) {
            if (type == RTA_GATEWAY) {
                route.gateway = addressFrom(family, value);
            }
        });
}

std::optional<ListedRoute> readRoute(
    std::span<const std::uint8_t> payload, std::map<std::uint32_t, std::string>& names) {
    const auto body = bodyOf<rtmsg>(payload);
    const bool isKnown = body.rtm_family == AF_INET || body.rtm_family == AF_INET6;
    if (!isKnown || body.rtm_type != RTN_UNICAST
        || (body.rtm_flags & (RTM_F_CLONED | RTNH_F_DEAD | RTNH_F_LINKDOWN)) != 0) {
        return std::nullopt;
    }
    ListedRoute result;
    result.isOurs = body.rtm_protocol == kOurProtocol;
    std::uint32_t table = body.rtm_table;
    net::IpAddress destination =
        body.rtm_family == AF_INET ? net::IpAddress::v4(0) : net::IpAddress::v6({});
    forEachAttribute(attributesBehind(payload, sizeof body), [&](std::uint16_t type, auto value) {
        switch (type) {
        case RTA_TABLE:
            table = bodyOf<std::uint32_t>(value);
            break;
        case RTA_DST:
            destination = addressFrom(body.rtm_family, value).value_or(destination);
            break;
        case RTA_GATEWAY:
            result.route.gateway = addressFrom(body.rtm_family, value);
            break;
        case RTA_OIF:
            result.route.interface = nameOf(bodyOf<std::uint32_t>(value), names);
            break;
        case RTA_PRIORITY:
            result.metric = bodyOf<std::uint32_t>(value);
            break;
        case RTA_MULTIPATH:
            readFirstWay(body.rtm_family, value, result.route, names);
            break;
        default:
            break;
        }
    });
    const bool isOuter = table == kOuterTable && result.isOurs;
    if ((table != RT_TABLE_MAIN && !isOuter) || result.route.interface.empty()) {
        return std::nullopt;
    }
    result.route.table = isOuter ? RouteTable::Outer : RouteTable::Main;
    result.route.destination = net::IpPrefix(destination, body.rtm_dst_len).masked();
    return result;
}

}  // namespace

Status addRoute(const HostRoute& route) {
    WEFT_ASSIGN_OR_RETURN(auto request, requestFor(route, RTM_NEWROUTE, NLM_F_CREATE | NLM_F_EXCL));
    WEFT_ASSIGN_OR_RETURN(auto socket, NetlinkSocket::open());
    return socket.ask(std::move(request), deedOf("adding", route));
}

Status removeRoute(const HostRoute& route) {
    WEFT_ASSIGN_OR_RETURN(auto request, requestFor(route, RTM_DELROUTE, 0));
    WEFT_ASSIGN_OR_RETURN(auto socket, NetlinkSocket::open());
    return socket.ask(std::move(request), deedOf("removing", route));
}

StatusOr<std::vector<ListedRoute>> listRoutes() {
    WEFT_ASSIGN_OR_RETURN(auto socket, NetlinkSocket::open());
    std::vector<ListedRoute> routes;
    std::map<std::uint32_t, std::string> names;
    const auto take = [&](std::uint16_t type, auto payload) {
        auto route = type == RTM_NEWROUTE ? readRoute(payload, names) : std::nullopt;
        if (route && routes.size() < kMostRoutes) {
            routes.push_back(*std::move(route));
        }
    };
    for (const int family : {AF_INET, AF_INET6}) {
        NetlinkRequest request(RTM_GETROUTE, NLM_F_DUMP);
        rtmsg body{};
        body.rtm_family = static_cast<std::uint8_t>(family);
        request.addBody(body);
        WEFT_RETURN_IF_ERROR(socket.ask(std::move(request), "listing the routes", take));
    }
    return routes;
}

}  // namespace weft::platform::detail
