// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/base/loop.h"
#include "core/daemon/tunnel.h"
#include "core/daemon/tunnel/host_keeper.h"
#include "core/daemon/tunnel/resolver_keeper.h"
#include "core/wireguard/control/control_socket.h"
#include "core/wireguard/device/device.h"

#include <functional>
#include <map>
#include <memory>
#include <utility>
#include <vector>

namespace weft::daemon {

/// The parts of one interface, put together and kept in step with what the mesh says. Its calls
/// wait for the system and for the packet loop.
/// Thread: confined to the work loop; once closed it may be destroyed on any.
class WireGuardInterface {
public:
    using HostChanged = std::function<void(const std::vector<platform::HostProblem>&)>;

    /// `lost` runs on the packet loop, once at most. `host` and `resolver` outlive this; nullptr:
    /// the host is left as it is.
    WireGuardInterface(
        TunnelSettings settings,
        base::Loop& work,
        const base::Clock& clock,
        HostKeeper* host,
        ResolverKeeper* resolver,
        std::function<void(const Status&)> lost);
    WireGuardInterface(const WireGuardInterface&) = delete;
    WireGuardInterface& operator=(const WireGuardInterface&) = delete;
    ~WireGuardInterface();

    StatusOr<TunnelFacts> open();
    /// The interface is gone afterwards. Idempotent.
    void close();
    Status setAddresses(const std::vector<net::IpPrefix>& addresses);
    Status setPeers(const std::vector<TunnelPeer>& peers);
    Status seekPeers();
    Status call(const std::vector<crypto::WireGuardPublicKey>& peers);
    Status setFilter(std::shared_ptr<const net::PacketFilter> filter);
    StatusOr<std::vector<platform::HostProblem>> setHost(platform::TunnelWishes wishes);
    /// For what the host does not do any more, or does again, after the next `setHost`.
    void watchHost(HostChanged changed) { hostChanged_ = std::move(changed); }
    /// `told` runs here and later, on the work loop. nullopt: the host asks over it no more.
    void setResolver(std::optional<platform::LinkNames> names, ResolverKeeper::Told told);
    StatusOr<TunnelStatistics> statistics();

private:
    StatusOr<wireguard::DeviceParts> openParts();
    wireguard::DeviceOptions deviceOptions();
    Status bringUp();
    /// Puts back addresses that somebody took away, as with IPv6 when the interface was down.
    void restoreAddresses();
    /// `steps` are applied a few hundred at a time, so that packets never wait for long.
    Status apply(std::vector<wireguard::PeerSettings> steps);

    TunnelSettings settings_;
    base::Loop& work_;
    const base::Clock& clock_;
    HostKeeper* const host_;
    ResolverKeeper* const resolver_;
    HostChanged hostChanged_;
    const std::function<void(const Status&)> lost_;
    std::unique_ptr<wireguard::Device> device_;
    /// nullptr when the folder of control sockets cannot be used; the interface works without.
    std::unique_ptr<wireguard::ControlSocket> control_;
    TunnelFacts facts_;
    std::vector<net::IpPrefix> addresses_;
    std::map<crypto::WireGuardPublicKey, TunnelPeer> peers_;
};

}  // namespace weft::daemon
