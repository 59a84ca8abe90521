// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/asio_loop.h"
#include "core/base/clock.h"
#include "core/daemon/tunnel.h"

#include <memory>

namespace weft::daemon {

/// Tunnels of this machine: a tunnel device, UDP sockets, our WireGuard engine on a thread for each
/// interface, and its control socket for wg(8). What asks the system runs on a thread of its own.
class RealTunnels final : public TunnelFactory {
public:
    RealTunnels();
    ~RealTunnels() override;

    std::unique_ptr<Tunnel> make(
        TunnelSettings settings,
        base::Loop& loop,
        std::function<void(const Status&)> lost) override;

private:
    base::SystemClock clock_;
    base::AsioLoop work_;
};

}  // namespace weft::daemon
