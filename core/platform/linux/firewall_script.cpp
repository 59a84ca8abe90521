// SPDX-License-Identifier: Apache-2.0
#include "core/platform/linux/firewall_script.h"

#include "core/base/log.h"
#include "core/platform/tun.h"

#include <algorithm>
#include <set>
#include <vector>

namespace weft::platform::detail {
namespace {

std::string name(const std::string& interface) {
    return fmt::format("\"{}\"", interface);
}

/// nft knows no escape for a quote in a string.
Status checkName(const std::string& interface) {
    if (isInterfaceName(interface, false) && interface.find('"') == std::string::npos) {
        return okStatus();
    }
    return invalidArgument("nft cannot be told of an interface {}", base::quoted(interface));
}

std::string_view familyWord(net::Family family) {
    return family == net::Family::V4 ? "ip" : "ip6";
}

/// Without those that are in another: nft takes no networks that overlap.
std::string prefixes(const std::vector<net::IpPrefix>& all, net::Family family) {
    std::set<net::IpPrefix> widest;
    for (const auto& each : all) {
        const bool isCovered = std::ranges::any_of(all, [&](const net::IpPrefix& other) {
            return other.length() < each.length() && other.contains(each);
        });
        if (each.family() == family && !isCovered) {
            widest.insert(each.masked());
        }
    }
    std::string list;
    for (const auto& each : widest) {
        list += fmt::format("{}{}", list.empty() ? "" : ", ", each.toString());
    }
    return list;
}

/// One rule for each family of `networks`; `direction` is "saddr" or "daddr".
std::string matching(
    const std::vector<net::IpPrefix>& networks,
    std::string_view direction,
    std::string_view before,
    std::string_view verdict) {
    std::string rules;
    for (const auto family : {net::Family::V4, net::Family::V6}) {
        if (const auto list = prefixes(networks, family); !list.empty()) {
            rules += fmt::format(
                "    {} {} {} {{ {} }} {}\n", before, familyWord(family), direction, list, verdict);
        }
    }
    return rules;
}

std::string forwardRules(const ForwardingRules& rules) {
    const auto in = fmt::format("iifname {}", name(rules.tunnel));
    const auto out = fmt::format("oifname {}", name(rules.tunnel));
    std::string text;
    text += fmt::format("    {} {} {}\n", in, out, rules.betweenPeers ? "accept" : "drop");
    constexpr std::string_view kKnown = "ct state established,related";
    text += fmt::format("    {} {} accept\n    {} {} accept\n", in, kKnown, out, kKnown);
    text += matching(rules.offered, "daddr", in, "accept");
    text += matching(rules.offered, "saddr", out, "accept");
    // What else goes into the tunnel was forwarded by this host before, or is dropped below.
    text += fmt::format("    {} drop\n", in);
    return text;
}

std::string openedRule(const OpenedForwarding& opened) {
    const auto from =
        opened.interface.empty() ? "" : fmt::format("iifname {} ", name(opened.interface));
    return fmt::format(
        "    {}meta nfproto {} drop\n", from, opened.family == net::Family::V4 ? "ipv4" : "ipv6");
}

std::string masqueradeRules(const ForwardingRules& rules) {
    const auto leaving =
        fmt::format("iifname {} oifname != {}", name(rules.tunnel), name(rules.tunnel));
    return matching(rules.offered, "daddr", leaving, "masquerade");
}

}  // namespace

StatusOr<std::string> firewallScript(const std::string& owner, const FirewallRules& rules) {
    for (const auto& tunnel : rules.tunnels) {
        WEFT_RETURN_IF_ERROR(checkName(tunnel.tunnel));
    }
    for (const auto& opened : rules.opened) {
        WEFT_RETURN_IF_ERROR(opened.interface.empty() ? okStatus() : checkName(opened.interface));
    }
    // Removing what is not there fails, so it is made first.
    const auto table = fmt::format("inet {}", owner);
    auto script = fmt::format("add table {}\ndelete table {}\n", table, table);
    if (rules.empty()) {
        return script;
    }
    script += fmt::format("table {} {{\n", table);
    script += "  chain forward {\n    type filter hook forward priority filter; policy accept;\n";
    for (const auto& tunnel : rules.tunnels) {
        script += forwardRules(tunnel);
    }
    for (const auto& opened : rules.opened) {
        script += openedRule(opened);
    }
    script += "  }\n";
    std::string masquerades;
    for (const auto& tunnel : rules.tunnels) {
        masquerades += tunnel.masquerade ? masqueradeRules(tunnel) : "";
    }
    if (!masquerades.empty()) {
        // A chain without rules would have every connection of the host tracked all the same.
        script += fmt::format(
            "  chain postrouting {{\n    type nat hook postrouting priority srcnat; policy accept;\n"
            "{}  }}\n",
            masquerades);
    }
    script += "}\n";
    return script;
}

}  // namespace weft::platform::detail
