// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/base/subscription.h"
#include "core/net/endpoint.h"

#include <cstdint>
#include <memory>
#include <string>

namespace weft::services {

class MeshServer;
class TunnelFigureSource;

/// Where the figures of one mesh come from; nullptr where there is no such thing.
struct MeshFigures {
    /// The label by which its series are told from those of other meshes.
    std::string mesh;
    const MeshServer* server = nullptr;
    TunnelFigureSource* tunnel = nullptr;
};

/// Figures for Prometheus at http://<address>/metrics: of the process, and per mesh, with its
/// label, calls of the mesh-facing server under the names that reference nodes use, its
/// connections, and the tunnel interface. There is no authentication, so it listens on loopback
/// unless told otherwise; it is off until started.
class MetricsEndpoint {
public:
    /// Host empty: 127.0.0.1. Port 0: any free one.
    /// Errors: kInvalidArgument (the host is no address), kUnavailable (the address is taken).
    static StatusOr<std::unique_ptr<MetricsEndpoint>> start(const net::HostPort& listen);
    ~MetricsEndpoint();
    MetricsEndpoint(const MetricsEndpoint&) = delete;
    MetricsEndpoint& operator=(const MetricsEndpoint&) = delete;

    /// A mesh that is told of as well until the handle is dropped, which waits for a scrape that is
    /// just reading it. Outlived by the endpoint, and by what `figures` names. Thread: any.
    Subscription add(MeshFigures figures);

    std::uint16_t port() const;

private:
    struct Impl;
    explicit MetricsEndpoint(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace weft::services
