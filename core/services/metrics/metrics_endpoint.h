// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/net/endpoint.h"

#include <cstdint>
#include <memory>

namespace weft::services {

class MeshServer;
class TunnelFigureSource;

/// Figures for Prometheus at http://<address>/metrics: calls of the mesh-facing server under the
/// names that reference nodes use, its connections, the tunnel interface, and the process. There is
/// no authentication, so it listens on loopback unless told otherwise; it is off until started.
class MetricsEndpoint {
public:
    /// Host empty: 127.0.0.1. Port 0: any free one. `server` and `tunnel` outlive the endpoint;
    /// nullptr where there is none.
    /// Errors: kInvalidArgument (the host is no address), kUnavailable (the address is taken).
    static StatusOr<std::unique_ptr<MetricsEndpoint>> start(
        const net::HostPort& listen,
        const MeshServer* server,
        TunnelFigureSource* tunnel = nullptr);
    ~MetricsEndpoint();
    MetricsEndpoint(const MetricsEndpoint&) = delete;
    MetricsEndpoint& operator=(const MetricsEndpoint&) = delete;

    std::uint16_t port() const;

private:
    struct Impl;
    explicit MetricsEndpoint(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace weft::services
