// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/config/options.h"
#include "core/daemon/tunnel.h"

#include <filesystem>
#include <memory>

namespace grpc {
class Channel;
}  // namespace grpc

namespace weft::daemon {

class ConnectionFactory;

/// Everything that weftd is, for the program itself and for a window that embeds it: profiles, the
/// meshes that run, the local server.
class Daemon {
public:
    /// Where the daemon may be reached.
    enum class Reach {
        Socket,    ///< over the local socket of the options
        Embedded,  ///< over `channel()` alone
    };

    /// Reads profiles, begins to connect, serves. Returns when the local socket answers; the meshes
    /// come up after that. Blocks on the disk.
    /// Errors: those of BoundSocket::create, kPermissionDenied and kUnavailable (the state folder),
    /// kFailedPrecondition (a method of the local server has no rule).
    ///
    /// `tunnels` makes the meshes' interfaces and outlives the daemon; without them, and with
    /// weft.tunnel off, nodes are members whose packets do not flow. `connections` makes the
    /// connections in place of those over network and disk, and outlives the daemon too.
    static StatusOr<std::unique_ptr<Daemon>> start(
        const config::NodeOptions& options,
        Reach reach = Reach::Socket,
        TunnelFactory* tunnels = nullptr,
        ConnectionFactory* connections = nullptr);
    Daemon(const Daemon&) = delete;
    Daemon& operator=(const Daemon&) = delete;
    /// Stops.
    ~Daemon();

    /// The in-process way in, with grade administer, for control::makeController. The controller
    /// must be gone before the daemon.
    std::shared_ptr<grpc::Channel> channel();

    /// Refuses new callers, leaves all meshes within `weft.shutdown-timeout`, ends. Idempotent.
    void stop();

private:
    struct Impl;
    explicit Daemon(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace weft::daemon
