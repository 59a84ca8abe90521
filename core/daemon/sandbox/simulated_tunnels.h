// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/daemon/sandbox/world.h"
#include "core/daemon/tunnel.h"

#include <memory>
#include <set>
#include <string>

namespace weft::daemon::sandbox {

/// Tunnels without a device, a socket or a right to either: they are given their peers as real ones
/// are, and tell of them what the world says. Nothing of the host is touched, locks included.
class SimulatedTunnels final : public TunnelFactory {
public:
    explicit SimulatedTunnels(std::shared_ptr<World> world) : world_(std::move(world)) {}

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
    std::vector<platform::HostAddress> addresses() override;
    /// It never changes.
    Subscription watchNetwork(
        base::Loop& loop, std::function<void(const NetworkChange&)> changed) override;

private:
    const std::shared_ptr<World> world_;
};

}  // namespace weft::daemon::sandbox
