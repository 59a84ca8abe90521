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

    /// What the host shall do. Routed are private networks alone (RFC 1918, RFC 6598, RFC 4193),
    /// whatever a peer is said to have: nobody has agreed to have others in between on the way to
    /// the Internet.
    platform::TunnelWishes wishes() const;

    /// What came of the wishes.
    void note(const platform::TunnelWishes& asked, std::vector<platform::HostProblem> problems);
    /// It has become another since.
    void noteProblems(std::vector<platform::HostProblem> problems) {
        problems_ = std::move(problems);
    }
    /// The interface has gone.
    void forget() { asked_.reset(); }

    /// The line "routes" of the checklist, and what is wrong. A connected state becomes degraded
    /// when a network of the mesh is not reached.
    void describe(weft::local::v1::Connection& state, const std::string& interface) const;

private:
    bool isUsed(const net::IpPrefix& network) const;
    bool isOfTheMesh(const net::IpPrefix& network) const;

    const bool ipv4_;
    const bool ipv6_;
    std::vector<net::IpPrefix> networks_;
    std::vector<net::IpPrefix> offered_;
    /// Beyond the mesh's own ranges.
    std::vector<net::IpPrefix> behindPeers_;
    /// Of which several peers have addresses: packets between them may come by.
    std::set<net::Family> severalPeers_;
    bool isTransit_ = false;
    /// As it was answered last; nullopt before that.
    std::optional<platform::TunnelWishes> asked_;
    std::vector<platform::HostProblem> problems_;
};

}  // namespace weft::daemon
