// SPDX-License-Identifier: Apache-2.0
#include "core/platform/linux/lookups.h"

#include "core/base/log.h"
#include "core/platform/linux/address_bytes.h"
#include "core/platform/linux/netlink.h"
#include "core/platform/linux/routes.h"

#include <optional>
#include <span>
#include <string>
#include <utility>

#include <linux/fib_rules.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

namespace weft::platform::detail {
namespace {

/// Of the first kind; those after it come later. Rules that programs such as wg-quick add without a
/// number of their own stand behind these, just before the main table (32766).
constexpr std::uint32_t kFirstPriority = 22'370;
/// More than any host has by hand.
constexpr std::size_t kMostRules = 4096;

std::uint32_t priorityOf(LookupRule::Kind kind) {
    return kFirstPriority + static_cast<std::uint32_t>(kind);
}

NetlinkRequest requestFor(const LookupRule& rule, std::uint16_t type, std::uint16_t flags) {
    NetlinkRequest request(type, static_cast<std::uint16_t>(NLM_F_ACK | flags));
    fib_rule_hdr body{};
    body.family = rule.family == net::Family::V4 ? AF_INET : AF_INET6;
    body.action = FR_ACT_TO_TBL;
    body.table = RT_TABLE_MAIN;
    if (rule.to) {
        body.dst_len = static_cast<std::uint8_t>(rule.to->bits());
    }
    if (rule.kind == LookupRule::Kind::OuterNext) {
        body.table = RT_TABLE_UNSPEC;
        body.flags = FIB_RULE_INVERT;
    }
    request.addBody(body);
    request.addAttribute(FRA_PRIORITY, priorityOf(rule.kind));
    const std::uint8_t protocol = kOurProtocol;
    request.addAttribute(FRA_PROTOCOL, std::span(&protocol, 1));
    if (rule.to) {
        request.addAttribute(FRA_DST, rule.to->bytes());
    }
    if (rule.kind == LookupRule::Kind::MainFirst) {
        // Routes of this length and shorter do not count: the way to everywhere.
        request.addAttribute(FRA_SUPPRESS_PREFIXLEN, std::uint32_t{0});
    }
    if (rule.kind == LookupRule::Kind::OuterNext) {
        request.addAttribute(FRA_TABLE, kOuterTable);
        request.addAttribute(FRA_FWMARK, kTunnelMark);
        request.addAttribute(FRA_FWMASK, ~std::uint32_t{0});
    }
    return request;
}

std::string deedOf(std::string_view verb, const LookupRule& rule) {
    return fmt::format(
        "{} the rule {} for {}",
        verb,
        priorityOf(rule.kind),
        rule.family == net::Family::V4 ? "IPv4" : "IPv6");
}

std::optional<LookupRule> readRule(std::span<const std::uint8_t> payload) {
    const auto body = bodyOf<fib_rule_hdr>(payload);
    LookupRule rule;
    rule.family = body.family == AF_INET ? net::Family::V4 : net::Family::V6;
    std::uint8_t protocol = 0;
    std::uint32_t priority = 0;
    forEachAttribute(attributesBehind(payload, sizeof body), [&](std::uint16_t type, auto value) {
        if (type == FRA_PROTOCOL) {
            protocol = bodyOf<std::uint8_t>(value);
        } else if (type == FRA_PRIORITY) {
            priority = bodyOf<std::uint32_t>(value);
        } else if (type == FRA_DST) {
            rule.to = addressFrom(body.family, value);
        }
    });
    const bool isOurs =
        protocol == kOurProtocol && (body.family == AF_INET || body.family == AF_INET6)
        && priority >= kFirstPriority && priority <= priorityOf(LookupRule::Kind::OuterNext);
    if (!isOurs) {
        return std::nullopt;
    }
    rule.kind = static_cast<LookupRule::Kind>(priority - kFirstPriority);
    return rule;
}

}  // namespace

Status addLookup(const LookupRule& rule) {
    WEFT_ASSIGN_OR_RETURN(auto socket, NetlinkSocket::open());
    Status added = socket.ask(
        requestFor(rule, RTM_NEWRULE, NLM_F_CREATE | NLM_F_EXCL), deedOf("adding", rule));
    // Nobody else has one with our protocol: it was left by a run whose journal is lost.
    return added.code() == StatusCode::kAlreadyExists ? okStatus() : added;
}

Status removeLookup(const LookupRule& rule) {
    WEFT_ASSIGN_OR_RETURN(auto socket, NetlinkSocket::open());
    return socket.ask(requestFor(rule, RTM_DELRULE, 0), deedOf("removing", rule));
}

StatusOr<std::vector<LookupRule>> listLookups() {
    WEFT_ASSIGN_OR_RETURN(auto socket, NetlinkSocket::open());
    std::vector<LookupRule> rules;
    const auto take = [&rules](std::uint16_t type, auto payload) {
        auto rule = type == RTM_NEWRULE ? readRule(payload) : std::nullopt;
        if (rule && rules.size() < kMostRules) {
            rules.push_back(*rule);
        }
    };
    for (const int family : {AF_INET, AF_INET6}) {
        NetlinkRequest request(RTM_GETRULE, NLM_F_DUMP);
        fib_rule_hdr body{};
        body.family = static_cast<std::uint8_t>(family);
        request.addBody(body);
        WEFT_RETURN_IF_ERROR(socket.ask(std::move(request), "listing the rules of routing", take));
    }
    return rules;
}

}  // namespace weft::platform::detail
