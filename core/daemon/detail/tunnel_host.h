// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/daemon/tunnel.h"
#include "core/net/ip_prefix.h"
#include "core/platform/host/host_network.h"

#include "weft/local/v1/local.pb.h"

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace weft::daemon {

/// What one mesh asks of the host, and how it went. Pure. Thread: confined to the connection's
/// loop.
class TunnelHost {
public:
    /// Families that are not in use are left out.
    TunnelHost(bool ipv4, bool ipv6) : ipv4_(ipv4), ipv6_(ipv6) {}

    /// The mesh's own ranges. False when nothing differs, as with the next two.
    bool setNetworks(std::vector<net::IpPrefix> networks);
    /// Networks that this node offers to the mesh.
    bool setOffered(std::vector<net::IpPrefix> networks);
    bool setPeers(const std::vector<TunnelPeer>& peers);
    /// Whether ways of others lead over this node.
    bool setTransit(bool isTransit);
    /// Networks that are used although this host reaches them in another way, or that are not
    /// private.
    bool setAgreed(std::vector<net::IpPrefix> networks);
    /// Where this program goes to reach the mesh, by sockets that no tunnel marks.
    bool setKept(std::vector<net::IpAddress> addresses);

    /// What the host shall do. Routed are private networks, whatever a peer is said to have, and
    /// others that somebody has agreed to.
    platform::TunnelWishes wishes() const;

    /// What came of the wishes.
    void note(const platform::TunnelWishes& asked, std::vector<platform::HostProblem> problems);
    /// It has become another since.
    void noteProblems(std::vector<platform::HostProblem> problems) {
        problems_ = std::move(problems);
    }
    const std::vector<platform::HostProblem>& problems() const { return problems_; }
    /// The interface has gone.
    void forget() { asked_.reset(); }
    /// The problem of a network that was asked for; nullptr: there is none.
    const platform::HostProblem* problemOf(const net::IpPrefix& network) const;
    /// Whether it was asked for and answered.
    bool isAsked(const net::IpPrefix& network) const;
    bool isOffered(const net::IpPrefix& network) const;

    /// The line "routes" of the checklist, and what is wrong. A connected state becomes degraded
    /// when a network of the mesh is not reached.
    void describe(weft::local::v1::Connection& state, const std::string& interface) const;

private:
    bool isUsed(const net::IpPrefix& network) const;
    bool isInUse(net::Family family) const;
    bool isOfTheMesh(const net::IpPrefix& network) const;

    const bool ipv4_;
    const bool ipv6_;
    std::vector<net::IpPrefix> networks_;
    std::vector<net::IpPrefix> offered_;
    /// Beyond the mesh's own ranges.
    std::vector<net::IpPrefix> behindPeers_;
    /// Networks of the Internet, and the way to all of it.
    std::vector<net::IpPrefix> outer_;
    std::vector<net::IpPrefix> agreed_;
    std::vector<net::IpAddress> kept_;
    /// Of which several peers have addresses: packets between them may come by.
    std::set<net::Family> severalPeers_;
    bool isTransit_ = false;
    /// As it was answered last; nullopt before that.
    std::optional<platform::TunnelWishes> asked_;
    std::vector<platform::HostProblem> problems_;
};

/// What to do about a problem of the host; a sentence.
std::string remedyFor(const platform::HostProblem& problem);
/// The problem; a sentence.
std::string textOf(const platform::HostProblem& problem);

}  // namespace weft::daemon
