// SPDX-License-Identifier: Apache-2.0
#include "core/platform/linux/firewall_script.h"

#include "core/base/log.h"
#include "core/platform/tun.h"

#include <algorithm>
#include <map>
#include <set>
#include <vector>

namespace weft::platform::detail {
namespace {

std::string name(const std::string& interface) {
    return fmt::format("\"{}\"", interface);
}

/// nft knows no escape for a quote in a string, and an asterisk would mean others too.
Status checkName(const std::string& interface) {
    if (isInterfaceName(interface, false) && interface.find_first_of("\"*") == std::string::npos) {
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

/// One rule for each family and interface of `networks`; `between` names the two interfaces.
template <typename Between>
std::string matching(
    const std::vector<ForwardedNetwork>& networks,
    const Between& between,
    std::string_view direction,
    std::string_view verdict) {
    std::map<std::string, std::vector<net::IpPrefix>> byInterface;
    for (const auto& each : networks) {
        byInterface[each.interface].push_back(each.network);
    }
    std::string rules;
    for (const auto& [interface, all] : byInterface) {
        for (const auto family : {net::Family::V4, net::Family::V6}) {
            if (const auto list = prefixes(all, family); !list.empty()) {
                rules += fmt::format(
                    "    {} {} {} {{ {} }} {}\n",
                    between(name(interface)),
                    familyWord(family),
                    direction,
                    list,
                    verdict);
            }
        }
    }
    return rules;
}

std::string protocolWord(net::Family family) {
    return family == net::Family::V4 ? "ipv4" : "ipv6";
}

/// What comes from one tunnel and would go into another. Before all that is accepted.
std::string crossRules(const std::vector<ForwardingRules>& tunnels) {
    std::string text;
    for (const auto& tunnel : tunnels) {
        std::string others;
        for (const auto& other : tunnels) {
            if (other.tunnel != tunnel.tunnel) {
                others += fmt::format("{}{}", others.empty() ? "" : ", ", name(other.tunnel));
            }
        }
        if (!others.empty()) {
            text +=
                fmt::format("    iifname {} oifname {{ {} }} drop\n", name(tunnel.tunnel), others);
        }
    }
    return text;
}

std::string forwardRules(const ForwardingRules& rules) {
    const auto in = fmt::format("iifname {}", name(rules.tunnel));
    const auto out = fmt::format("oifname {}", name(rules.tunnel));
    std::string text;
    for (const auto family : rules.betweenPeers) {
        text += fmt::format("    {} {} meta nfproto {} accept\n", in, out, protocolWord(family));
    }
    text += fmt::format("    {} {} drop\n", in, out);
    if (!rules.offered.empty() || rules.answers) {
        // Not whatever is established: what was let in once would go on when it is let in no more.
        constexpr std::string_view kReply = "ct direction reply ct state established,related";
        text += fmt::format("    {} {} accept\n    {} {} accept\n", in, kReply, out, kReply);
        // This host's own rules have sent it elsewhere, such as to a port of a container.
        text += fmt::format("    {} ct status dnat accept\n", in);
    }
    const auto there = [&in](const std::string& to) {
        return fmt::format("{} oifname {}", in, to);
    };
    const auto back = [&out](const std::string& from) {
        return fmt::format("iifname {} {}", from, out);
    };
    text += matching(rules.offered, there, "daddr", "accept");
    text += matching(rules.offered, back, "saddr", "accept");
    // What else goes into the tunnel was forwarded by this host before, or is dropped below.
    text += fmt::format("    {} drop\n", in);
    return text;
}

std::string openedRule(const OpenedForwarding& opened) {
    const auto from =
        opened.interface.empty() ? "" : fmt::format("iifname {} ", name(opened.interface));
    return fmt::format("    {}meta nfproto {} drop\n", from, protocolWord(opened.family));
}

std::string masqueradeRules(const ForwardingRules& rules) {
    const auto leaving = [&rules](const std::string& to) {
        return fmt::format("iifname {} oifname {}", name(rules.tunnel), to);
    };
    return matching(rules.offered, leaving, "daddr", "masquerade");
}

Status checkNames(const FirewallRules& rules) {
    std::set<std::string> names;
    for (const auto& tunnel : rules.tunnels) {
        names.insert(tunnel.tunnel);
        for (const auto& network : tunnel.offered) {
            names.insert(network.interface);
        }
    }
    for (const auto& opened : rules.opened) {
        if (!opened.interface.empty()) {
            names.insert(opened.interface);
        }
    }
    for (const auto& each : names) {
        WEFT_RETURN_IF_ERROR(checkName(each));
    }
    return okStatus();
}

}  // namespace

StatusOr<std::string> firewallScript(const std::string& owner, const FirewallRules& rules) {
    WEFT_RETURN_IF_ERROR(checkNames(rules));
    // Removing what is not there fails, so it is made first.
    const auto table = fmt::format("inet {}", owner);
    auto script = fmt::format("add table {}\ndelete table {}\n", table, table);
    if (rules.empty()) {
        return script;
    }
    script += fmt::format("table {} {{\n", table);
    script += "  chain forward {\n    type filter hook forward priority filter; policy accept;\n";
    script += crossRules(rules.tunnels);
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
