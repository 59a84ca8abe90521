// SPDX-License-Identifier: Apache-2.0
#include "core/platform/linux/firewall_script.h"

#include "core/base/log.h"
#include "core/platform/tun.h"

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include <unistd.h>

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

/// Of all addresses of a family, those that are not of the Internet: a way to everywhere leads to
/// none of them. RFC 6890.
std::string_view notOfTheInternet(net::Family family) {
    return family == net::Family::V4
               ? "0.0.0.0/8, 10.0.0.0/8, 100.64.0.0/10, 127.0.0.0/8, 169.254.0.0/16, "
                 "172.16.0.0/12, 192.168.0.0/16, 224.0.0.0/3"
               : "::/127, fc00::/7, fe80::/10, ff00::/8";
}

/// What matches addresses of `family` in one of `networks`, each text by itself. Everywhere is the
/// Internet alone: a network beside this host is offered by its own name or not at all.
std::vector<std::string> matchesFor(
    std::vector<net::IpPrefix> networks, net::Family family, std::string_view direction) {
    std::vector<std::string> matches;
    const auto word = familyWord(family);
    const auto everywhere = std::erase_if(networks, [family](const net::IpPrefix& each) {
        return each.isDefaultRoute() && each.family() == family;
    });
    if (everywhere > 0) {
        matches.push_back(
            fmt::format("{} {} != {{ {} }}", word, direction, notOfTheInternet(family)));
    }
    if (const auto list = prefixes(networks, family); !list.empty()) {
        matches.push_back(fmt::format("{} {} {{ {} }}", word, direction, list));
    }
    return matches;
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
            for (const auto& match : matchesFor(all, family, direction)) {
                rules += fmt::format("    {} {} {}\n", between(name(interface)), match, verdict);
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
    // Who offers the way to the Internet lets nobody in from there.
    auto calling = rules.offered;
    std::erase_if(
        calling, [](const ForwardedNetwork& each) { return each.network.isDefaultRoute(); });
    text += matching(calling, back, "saddr", "accept");
    // What else goes into the tunnel was forwarded by this host before, or is dropped below.
    text += fmt::format("    {} drop\n", in);
    return text;
}

/// Who passes packets on from one peer to another would tell the sender each second that the target
/// is on the same network, which is no help in a tunnel: there is nobody to call directly. The
/// setting of the interface does nothing unless that of all is off as well. Nobody is told so of
/// IPv6: it takes an address of the link, and tunnels have none.
std::string redirectChain(const std::vector<ForwardingRules>& tunnels) {
    std::string rules;
    for (const auto& tunnel : tunnels) {
        if (tunnel.betweenPeers.contains(net::Family::V4)) {
            rules += fmt::format("    oifname {} icmp type redirect drop\n", name(tunnel.tunnel));
        }
    }
    if (rules.empty()) {
        return rules;
    }
    return fmt::format(
        "  chain redirects {{\n    type filter hook output priority filter; policy accept;\n{}  }}\n",
        rules);
}

std::string openedRule(const OpenedForwarding& opened) {
    const auto from =
        opened.interface.empty() ? "" : fmt::format("iifname {} ", name(opened.interface));
    return fmt::format("    {}meta nfproto {} drop\n", from, protocolWord(opened.family));
}

std::string addressList(const std::vector<net::IpAddress>& all, net::Family family) {
    std::set<std::string> texts;
    for (const auto& each : all) {
        if (each.isV4() == (family == net::Family::V4)) {
            texts.insert(each.toString());
        }
    }
    std::string list;
    for (const auto& each : texts) {
        list += fmt::format("{}{}", list.empty() ? "" : ", ", each);
    }
    return list;
}

std::string destinationRule(const net::IpPrefix& network, std::string_view verdict) {
    return fmt::format(
        "    {} daddr {} {}\n", familyWord(network.family()), network.masked().toString(), verdict);
}

/// What may leave whoever sends it, in both hooks.
std::string unlockedRules(const Lockdown& lockdown, std::string_view refused) {
    std::string text = "    oifname \"lo\" accept\n";
    for (const auto& each : lockdown.tunnels) {
        text += fmt::format("    oifname {} accept\n", name(each));
    }
    // A rule each: of a set's networks none may lie in another.
    for (const auto& each : lockdown.beside) {
        text += destinationRule(each, "accept");
    }
    for (const auto& each : lockdown.tunnelsOnly) {
        text += destinationRule(each, refused);
    }
    // The networks beside this host. A private address is never beyond the next router of the
    // Internet, and a group is heard no further than the link.
    text +=
        "    ip daddr { 10.0.0.0/8, 100.64.0.0/10, 169.254.0.0/16, 172.16.0.0/12, 192.168.0.0/16, "
        "224.0.0.0/24, 239.0.0.0/8, 255.255.255.255/32 } accept\n"
        "    ip6 daddr { fc00::/7, fe80::/10, ff01::/16, ff02::/16, ff05::/16 } accept\n";
    return text;
}

std::string lockdownChains(const Lockdown& lockdown) {
    // Said at once to who tries, where a packet that vanishes would have it wait.
    constexpr std::string_view kRefused = "reject with icmpx type admin-prohibited";
    std::string text =
        "  chain locked {\n    type filter hook output priority filter; policy accept;\n";
    text += fmt::format("    meta mark {:#x} accept\n", kTunnelMark);
    text +=
        "    udp sport 68 udp dport 67 accept\n    udp sport 546 udp dport 547 accept\n"
        "    icmpv6 type { nd-router-solicit, nd-neighbor-solicit, nd-neighbor-advert } accept\n";
    for (const auto family : {net::Family::V4, net::Family::V6}) {
        if (const auto list = addressList(lockdown.kept, family); !list.empty()) {
            text += fmt::format(
                "    meta skuid {} {} daddr {{ {} }} accept\n",
                ::geteuid(),
                familyWord(family),
                list);
        }
    }
    text += unlockedRules(lockdown, kRefused);
    text += fmt::format("    {}\n", kRefused);
    text += "  }\n  chain passing {\n    type filter hook forward priority filter; policy "
            "accept;\n";
    text += unlockedRules(lockdown, "drop");
    for (const auto& each : lockdown.tunnels) {
        // What comes out of them is the other chain's to judge.
        text += fmt::format("    iifname {} accept\n", name(each));
    }
    text += "    drop\n  }\n";
    return text;
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
    if (rules.lockdown) {
        names.insert(rules.lockdown->tunnels.begin(), rules.lockdown->tunnels.end());
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
    script += redirectChain(rules.tunnels);
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
    script += rules.lockdown ? lockdownChains(*rules.lockdown) : "";
    script += "}\n";
    return script;
}

}  // namespace weft::platform::detail
