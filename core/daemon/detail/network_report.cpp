// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/network_report.h"

#include "core/api/types.h"
#include "core/base/text.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace weft::daemon {
namespace {

namespace local = weft::local::v1;
using local::CheckItem;
using platform::HostPart;

/// IPv6 asks for as much of every link (RFC 8200 section 5).
constexpr std::uint32_t kSmallestMtu = 1280;
/// What is listed of addresses and endpoints.
constexpr std::size_t kMostListed = 4;

void add(
    local::NetworkReport& report,
    const char* id,
    CheckItem::State state,
    std::string text,
    std::string remedy = {}) {
    auto* check = report.add_checks();
    check->set_id(id);
    check->set_state(state);
    check->set_text(std::move(text));
    check->set_remedy(std::move(remedy));
}

std::string listOf(const std::vector<std::string>& texts) {
    std::string list;
    for (std::size_t at = 0; at < std::min(texts.size(), kMostListed); ++at) {
        list += (at == 0 ? "" : ", ") + base::escapeForLine(texts[at]);
    }
    return texts.size() > kMostListed
               ? fmt::format("{} and {} more", list, texts.size() - kMostListed)
               : list;
}

void addUdp(local::NetworkReport& report, const NetworkFacts& facts) {
    if (!facts.tunnel) {
        add(report,
            "udp",
            CheckItem::STATE_OFF,
            "There is no tunnel",
            "See \"weftctl status\" for what keeps it from being there.");
        return;
    }
    const auto& peers = facts.tunnel->peers;
    const auto fresh = std::ranges::count_if(peers, [&facts](const TunnelPeerStatistics& peer) {
        return api::freshnessOf(peer.lastHandshake, facts.now) == api::Freshness::Fresh;
    });
    if (peers.empty()) {
        add(report, "udp", CheckItem::STATE_OFF, "There is nobody to talk to yet");
    } else if (fresh > 0) {
        add(report,
            "udp",
            CheckItem::STATE_OK,
            fmt::format(
                "Handshakes with {} of {} peers in the last three minutes", fresh, peers.size()));
    } else {
        add(report,
            "udp",
            CheckItem::STATE_FAILED,
            fmt::format("None of {} peers answers", peers.size()),
            fmt::format(
                "Let UDP port {} through to this node or to the others, and see that they run.",
                facts.tunnel->facts.listenPort));
    }
}

void addEndpoints(local::NetworkReport& report, const NetworkFacts& facts) {
    if (facts.endpoints.empty()) {
        add(report,
            "endpoints",
            CheckItem::STATE_WARN,
            "Others are told of no place where this node can be called",
            "It works as long as this node can call them. Otherwise give the profile an endpoint.");
    } else {
        add(report,
            "endpoints",
            CheckItem::STATE_OK,
            fmt::format("Others are told to call {}", listOf(facts.endpoints)));
    }
}

void addFamily(local::NetworkReport& report, const NetworkFacts& facts, net::Family family) {
    std::vector<std::string> addresses;
    for (const auto& address : facts.addresses) {
        if (address.family() == family) {
            addresses.push_back(address.toString());
        }
    }
    const bool isV4 = family == net::Family::V4;
    add(report,
        isV4 ? "ipv4" : "ipv6",
        addresses.empty() ? CheckItem::STATE_OFF : CheckItem::STATE_OK,
        addresses.empty()
            ? fmt::format("This host has no {} address outside the mesh", isV4 ? "IPv4" : "IPv6")
            : listOf(addresses));
}

/// A line of the checklist, with what to do when it is not well.
void addFromChecklist(
    local::NetworkReport& report,
    const NetworkFacts& facts,
    const char* id,
    std::string_view item,
    const char* remedy) {
    const auto& list = facts.state.checklist();
    const auto found =
        std::ranges::find_if(list, [item](const CheckItem& each) { return each.id() == item; });
    if (found == list.end()) {
        add(report, id, CheckItem::STATE_PENDING, "Not known yet");
        return;
    }
    const bool isBad =
        found->state() == CheckItem::STATE_WARN || found->state() == CheckItem::STATE_FAILED;
    add(report, id, found->state(), found->text(), isBad ? remedy : "");
}

void addMtu(local::NetworkReport& report, const NetworkFacts& facts) {
    if (!facts.tunnel) {
        add(report, "mtu", CheckItem::STATE_OFF, "There is no tunnel");
        return;
    }
    const auto mtu = facts.tunnel->facts.mtu;
    const bool isSmall = mtu < kSmallestMtu;
    add(report,
        "mtu",
        isSmall ? CheckItem::STATE_WARN : CheckItem::STATE_OK,
        fmt::format("{} bytes through {}", mtu, facts.tunnel->facts.interfaceName),
        isSmall ? fmt::format("IPv6 needs {}: raise wireguard.mtu.", kSmallestMtu) : "");
}

const platform::HostProblem* problemOf(const NetworkFacts& facts, HostPart part) {
    const auto found = std::ranges::find(facts.problems, part, &platform::HostProblem::part);
    return found == facts.problems.end() ? nullptr : &*found;
}

void addFirewall(local::NetworkReport& report, const NetworkFacts& facts) {
    if (const auto* problem = problemOf(facts, HostPart::Firewall)) {
        add(report,
            "firewall",
            facts.offersNetworks ? CheckItem::STATE_FAILED : CheckItem::STATE_WARN,
            messageOf(problem->status),
            "Install the package nftables.");
    } else if (facts.tunnel) {
        add(report, "firewall", CheckItem::STATE_OK, "Nothing is missing that this node needs");
    } else {
        add(report, "firewall", CheckItem::STATE_OFF, "There is no tunnel");
    }
}

void addForwarding(local::NetworkReport& report, const NetworkFacts& facts) {
    if (const auto* problem = problemOf(facts, HostPart::Forwarding)) {
        add(report,
            "forwarding",
            CheckItem::STATE_FAILED,
            messageOf(problem->status),
            "Connect the network that is offered, or take its route back.");
    } else {
        add(report,
            "forwarding",
            facts.offersNetworks ? CheckItem::STATE_OK : CheckItem::STATE_OFF,
            facts.offersNetworks ? "This host passes packets on for the networks it offers"
                                 : "This node offers no networks");
    }
}

void addCollisions(local::NetworkReport& report, const NetworkFacts& facts) {
    std::vector<std::string> texts;
    for (const auto& problem : facts.problems) {
        if (problem.part == HostPart::Collision || problem.part == HostPart::Routes) {
            texts.push_back(messageOf(problem.status));
        }
    }
    if (texts.empty()) {
        add(report,
            "collisions",
            facts.tunnel ? CheckItem::STATE_OK : CheckItem::STATE_OFF,
            facts.tunnel ? "No network of this host is in the way" : "There is no tunnel");
        return;
    }
    add(report,
        "collisions",
        CheckItem::STATE_WARN,
        listOf(texts),
        "Leave that network, or have the mesh use another range.");
}

}  // namespace

local::NetworkReport networkReport(const NetworkFacts& facts) {
    local::NetworkReport report;
    addUdp(report, facts);
    addEndpoints(report, facts);
    addFamily(report, facts, net::Family::V4);
    addFamily(report, facts, net::Family::V6);
    addFromChecklist(
        report,
        facts,
        "leader",
        "leader",
        "Check that the member runs and that its address and port can be reached.");
    addMtu(report, facts);
    addFromChecklist(
        report, facts, "names", "dns", "See \"weftctl status\" for what helps, or use addresses.");
    addFirewall(report, facts);
    addForwarding(report, facts);
    addCollisions(report, facts);
    return report;
}

}  // namespace weft::daemon
