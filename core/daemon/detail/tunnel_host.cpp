// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/tunnel_host.h"

#include "core/daemon/detail/route_consents.h"
#include "core/daemon/detail/state_lines.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace weft::daemon {
namespace {

namespace local = weft::local::v1;

using platform::HostPart;

/// Whether packets to `network` can go to another host at all.
bool isOfTheWorld(const net::IpPrefix& network) {
    static const std::array kElsewhere = {
        net::IpPrefix(net::IpAddress::v4(0), 8),
        net::IpPrefix(net::IpAddress::v4(0x7F000000), 8),
        net::IpPrefix(net::IpAddress::v4(0xA9FE0000), 16),
        net::IpPrefix(net::IpAddress::v4(0xE0000000), 3),
        net::IpPrefix(net::IpAddress::v6({}), 8),
        net::IpPrefix(net::IpAddress::v6({0xFE, 0x80}), 10),
        net::IpPrefix(net::IpAddress::v6({0xFF}), 8)};
    return isDefaultLike(network)
           || std::ranges::none_of(kElsewhere, [&network](const net::IpPrefix& each) {
                  return each.overlaps(network);
              });
}

template <typename Value>
bool replace(Value& before, Value now) {
    if (before == now) {
        return false;
    }
    before = std::move(now);
    return true;
}

/// It keeps this host from others, or others from what this host offers.
bool isGrave(const platform::HostProblem& problem, const platform::TunnelWishes& asked) {
    const bool isForwarding =
        problem.part == HostPart::Firewall || problem.part == HostPart::Forwarding;
    return !isForwarding || !asked.offered.empty();
}

}  // namespace

std::string remedyFor(const platform::HostProblem& problem) {
    if (problem.status.code() == StatusCode::kPermissionDenied) {
        return "Use the packaged service: systemctl enable --now weftd.";
    }
    if (problem.status.code() == StatusCode::kResourceExhausted) {
        return "Have the mesh offer fewer routes.";
    }
    switch (problem.part) {
    case HostPart::Journal:
        return "Make room on the disk, and see that the state folder can be written.";
    case HostPart::Collision:
        return fmt::format(
            "Leave that network, or have the mesh use another range, or use it all the same: "
            "weftctl routes accept {}.",
            problem.subject);
    case HostPart::Firewall:
        return "Install the package nftables.";
    case HostPart::Forwarding:
        return "Connect the network that is offered, or take its route back.";
    case HostPart::Routes:
        break;
    }
    return "Disconnect the other mesh, have one of them use another range, or take away what else "
           "routes this network.";
}

std::string textOf(const platform::HostProblem& problem) {
    const auto text = messageOf(problem.status);
    return problem.part == HostPart::Firewall
               ? fmt::format("This host passes nothing on for the mesh: {}.", text)
               : text + ".";
}

bool TunnelHost::isInUse(net::Family family) const {
    return family == net::Family::V4 ? ipv4_ : ipv6_;
}

bool TunnelHost::isUsed(const net::IpPrefix& network) const {
    return !needsConsent(network) && isInUse(network.family());
}

bool TunnelHost::isOfTheMesh(const net::IpPrefix& network) const {
    return std::ranges::any_of(
        networks_, [&](const net::IpPrefix& own) { return own.overlaps(network); });
}

bool TunnelHost::setNetworks(std::vector<net::IpPrefix> networks) {
    std::erase_if(networks, [this](const net::IpPrefix& each) { return !isUsed(each); });
    std::ranges::transform(networks, networks.begin(), &net::IpPrefix::masked);
    return replace(networks_, std::move(networks));
}

bool TunnelHost::setOffered(std::vector<net::IpPrefix> networks) {
    std::erase_if(networks, [this](const net::IpPrefix& each) {
        return !isUsed(each) && !(each.isDefaultRoute() && isInUse(each.family()));
    });
    std::ranges::sort(networks);
    return replace(offered_, std::move(networks));
}

bool TunnelHost::setPeers(const std::vector<TunnelPeer>& peers) {
    std::vector<net::IpPrefix> behind;
    for (const auto& peer : peers) {
        std::ranges::copy_if(
            peer.allowedIps, std::back_inserter(behind), [this](const net::IpPrefix& each) {
                return isUsed(each) && !isOfTheMesh(each);
            });
    }
    std::ranges::sort(behind);
    std::set<net::IpPrefix> outer;
    for (const auto& peer : peers) {
        for (const auto& each : peer.allowedIps) {
            if (needsConsent(each) && isInUse(each.family()) && isOfTheWorld(each)
                && (isDefaultLike(each) || !isOfTheMesh(each))
                && std::ranges::count(agreed_, each) != 0) {
                outer.insert(each);
            }
        }
    }
    const bool leadsElsewhere =
        replace(outer_, std::vector<net::IpPrefix>(outer.begin(), outer.end()));
    const bool isOther = replace(behindPeers_, std::move(behind)) || leadsElsewhere;
    std::set<net::Family> several;
    for (const auto family : {net::Family::V4, net::Family::V6}) {
        const auto count = std::ranges::count_if(peers, [family](const TunnelPeer& peer) {
            return std::ranges::any_of(peer.allowedIps, [family](const net::IpPrefix& each) {
                return each.family() == family;
            });
        });
        if (count > 1) {
            several.insert(family);
        }
    }
    return replace(severalPeers_, std::move(several)) || isOther;
}

bool TunnelHost::setTransit(bool isTransit) {
    return replace(isTransit_, isTransit);
}

bool TunnelHost::setAgreed(std::vector<net::IpPrefix> networks) {
    return replace(agreed_, std::move(networks));
}

bool TunnelHost::setKept(std::vector<net::IpAddress> addresses) {
    return replace(kept_, std::move(addresses));
}

platform::TunnelWishes TunnelHost::wishes() const {
    platform::TunnelWishes wishes;
    wishes.routes = networks_;
    wishes.routes.insert(wishes.routes.end(), outer_.begin(), outer_.end());
    wishes.routes.insert(wishes.routes.end(), behindPeers_.begin(), behindPeers_.end());
    wishes.outer = outer_;
    wishes.agreed = agreed_;
    if (!outer_.empty()) {
        wishes.kept = kept_;
    }
    wishes.offered = offered_;
    if (isTransit_) {
        wishes.betweenPeers = severalPeers_;
    }
    return wishes;
}

void TunnelHost::note(
    const platform::TunnelWishes& asked, std::vector<platform::HostProblem> problems) {
    asked_ = asked;
    problems_ = std::move(problems);
}

const platform::HostProblem* TunnelHost::problemOf(const net::IpPrefix& network) const {
    const auto found =
        std::ranges::find(problems_, network.masked().toString(), &platform::HostProblem::subject);
    return found == problems_.end() ? nullptr : &*found;
}

bool TunnelHost::isAsked(const net::IpPrefix& network) const {
    return asked_ && std::ranges::count(asked_->routes, network) != 0;
}

bool TunnelHost::isOffered(const net::IpPrefix& network) const {
    return asked_ && std::ranges::count(asked_->offered, network) != 0;
}

void TunnelHost::describe(local::Connection& state, const std::string& interface) const {
    if (!asked_) {
        addCheck(state, "routes", local::CheckItem::STATE_PENDING, "Being set");
        return;
    }
    bool isDegraded = false;
    for (const auto& problem : problems_) {
        const bool grave = isGrave(problem, *asked_);
        isDegraded = isDegraded || grave;
        addProblem(
            state,
            grave ? local::Problem::SEVERITY_WARN : local::Problem::SEVERITY_INFO,
            textOf(problem),
            remedyFor(problem));
    }
    const auto missing = static_cast<std::size_t>(
        std::ranges::count_if(problems_, [](const platform::HostProblem& problem) {
            return problem.part == HostPart::Routes || problem.part == HostPart::Collision;
        }));
    const auto count = asked_->routes.size() - std::min(missing, asked_->routes.size());
    addCheck(
        state,
        "routes",
        isDegraded ? local::CheckItem::STATE_WARN : local::CheckItem::STATE_OK,
        fmt::format(
            "{} of {} networks lead into {}{}",
            count,
            asked_->routes.size(),
            interface,
            asked_->offered.empty() ? ""
                                    : fmt::format(", {} are offered", asked_->offered.size())));
    if (isDegraded) {
        degrade(state);
    }
}

}  // namespace weft::daemon
