// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/sandbox/simulated_tunnels.h"

#include "core/daemon/sandbox/simulated_tunnel.h"

#include <utility>

namespace weft::daemon::sandbox {
namespace {

/// Locks nothing, and says so: somebody may count on a lock.
class SimulatedLock final : public HostLock {
public:
    using Told = std::function<void(const std::vector<platform::HostProblem>&)>;

    SimulatedLock(base::Loop& loop, Told told)
        : loop_(loop), told_(std::make_shared<Told>(std::move(told))) {}

    void keep(platform::LockWishes /*wishes*/) override {
        loop_.post([told = std::weak_ptr<Told>(told_)] {
            if (const auto alive = told.lock()) {
                (*alive)(
                    {{.part = platform::HostPart::Firewall,
                      .subject = "",
                      .status = permissionDenied("a sandbox does not lock the host")}});
            }
        });
    }

private:
    base::Loop& loop_;
    const std::shared_ptr<Told> told_;
};

}  // namespace

void SimulatedTunnels::prepare(
    const std::filesystem::path& /*stateFolder*/, const std::set<std::string>& /*locked*/) {}

std::unique_ptr<Tunnel> SimulatedTunnels::make(
    TunnelSettings settings, base::Loop& loop, std::function<void(const Status&)> /*lost*/) {
    return std::make_unique<SimulatedTunnel>(std::move(settings), loop, world_);
}

std::unique_ptr<HostLock> SimulatedTunnels::lock(
    std::string /*owner*/,
    base::Loop& loop,
    std::function<void(const std::vector<platform::HostProblem>&)> told) {
    return std::make_unique<SimulatedLock>(loop, std::move(told));
}

std::vector<platform::HostAddress> SimulatedTunnels::addresses() {
    constexpr int kLength = 24;
    platform::HostAddress address;
    address.address = net::IpPrefix(world_->plan().self().inside.address, kLength);
    address.interface = "eth0";
    address.isRunning = true;
    return {address};
}

Subscription SimulatedTunnels::watchNetwork(
    base::Loop& /*loop*/, std::function<void(const NetworkChange&)> /*changed*/) {
    return {};
}

}  // namespace weft::daemon::sandbox
