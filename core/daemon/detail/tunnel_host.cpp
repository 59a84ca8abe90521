// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/tunnel_host.h"

#include "core/daemon/detail/connection_shell.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace weft::daemon {
namespace {

namespace local = weft::local::v1;

using platform::HostPart;

/// Whether every address of `network` is private.
bool isPrivate(const net::IpPrefix& network) {
    static const std::array kPrivate = {
        net::IpPrefix(net::IpAddress::v4(0x0A000000), 8),
        net::IpPrefix(net::IpAddress::v4(0xAC100000), 12),
        net::IpPrefix(net::IpAddress::v4(0xC0A80000), 16),
        net::IpPrefix(net::IpAddress::v4(0x64400000), 10),
        net::IpPrefix(net::IpAddress::v6({0xFC}), 7)};
    return std::ranges::any_of(
        kPrivate, [&network](const net::IpPrefix& each) { return each.contains(network); });
}

template <typename Value>
bool replace(Value& before, Value now) {
    if (before == now) {
        return false;
    }
    before = std::move(now);
    return true;
}

const char* remedyFor(const platform::HostProblem& problem) {
    if (problem.status.code() == StatusCode::kPermissionDenied) {
        return "Use the packaged service: systemctl enable --now weftd.";
    }
    switch (problem.part) {
    case HostPart::Journal:
        return "Make room on the disk, and see that the state folder can be written.";
    case HostPart::Collision:
        return "Leave that network, or have the mesh use another range.";
    case HostPart::Firewall:
        return "Install the package nftables, then connect again.";
    case HostPart::Forwarding:
        return "Connect the network that is offered, or take its route back.";
    case HostPart::Routes:
        break;
    }
    return "Take away what routes this network now, or disconnect the other mesh, then connect "
           "again.";
}

std::string textOf(const platform::HostProblem& problem) {
    const auto text = messageOf(problem.status);
    return problem.part == HostPart::Firewall
               ? fmt::format("This host passes nothing on for the mesh: {}.", text)
               : text + ".";
}

/// It keeps this host from others, or others from what this host offers.
bool isGrave(const platform::HostProblem& problem, const platform::TunnelWishes& asked) {
    const bool isForwarding =
        problem.part == HostPart::Firewall || problem.part == HostPart::Forwarding;
    return !isForwarding || !asked.offered.empty();
}

}  // namespace

bool TunnelHost::isUsed(const net::IpPrefix& network) const {
    return isPrivate(network) && (network.family() == net::Family::V4 ? ipv4_ : ipv6_);
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
    std::erase_if(networks, [this](const net::IpPrefix& each) { return !isUsed(each); });
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
    const bool isOther = replace(behindPeers_, std::move(behind));
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

platform::TunnelWishes TunnelHost::wishes() const {
    platform::TunnelWishes wishes;
    wishes.routes = networks_;
    wishes.routes.insert(wishes.routes.end(), behindPeers_.begin(), behindPeers_.end());
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
    if (isDegraded && state.state() == local::Connection::STATE_CONNECTED) {
        state.set_state(local::Connection::STATE_DEGRADED);
    }
}

}  // namespace weft::daemon
