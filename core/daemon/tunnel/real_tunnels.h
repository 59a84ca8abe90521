// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/asio_loop.h"
#include "core/base/clock.h"
#include "core/daemon/tunnel.h"
#include "core/daemon/tunnel/host_keeper.h"
#include "core/daemon/tunnel/network_listeners.h"
#include "core/daemon/tunnel/resolver_keeper.h"
#include "core/platform/host_system.h"
#include "core/platform/host_watch.h"
#include "core/platform/sleep_watch.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <set>
#include <string>

namespace weft::daemon {

/// Tunnels of this machine: a tunnel device, UDP sockets, our WireGuard engine on a thread for each
/// interface, its control socket for wg(8), and the host's routes and filters for it. What asks the
/// system runs on a thread of its own.
class RealTunnels final : public TunnelFactory {
public:
    RealTunnels();
    ~RealTunnels() override;

    void prepare(
        const std::filesystem::path& stateFolder, const std::set<std::string>& locked) override;
    std::unique_ptr<Tunnel> make(
        TunnelSettings settings,
        base::Loop& loop,
        std::function<void(const Status&)> lost) override;
    std::unique_ptr<HostLock> lock(
        std::string owner,
        base::Loop& loop,
        std::function<void(const std::vector<platform::HostProblem>&)> told) override;
    bool hasIpv6() const override;
    std::vector<platform::HostAddress> addresses() override;
    Subscription watchNetwork(
        base::Loop& loop, std::function<void(const NetworkChange&)> changed) override;

private:
    base::SystemClock clock_;
    std::unique_ptr<platform::HostSystem> system_;
    /// Used on the work loop. nullptr before `prepare`.
    std::unique_ptr<platform::HostNetwork> host_;
    std::unique_ptr<platform::LinkResolver> links_;
    std::unique_ptr<platform::HostResolver> resolver_;
    base::AsioLoop work_;
    std::unique_ptr<HostKeeper> keeper_;
    std::unique_ptr<ResolverKeeper> resolverKeeper_;
    NetworkListeners network_;
    std::atomic<std::uint64_t> locks_{0};
    /// nullptr where the system does not tell.
    std::unique_ptr<platform::HostWatch> watch_;
    std::unique_ptr<platform::SleepWatch> sleep_;
};

}  // namespace weft::daemon
