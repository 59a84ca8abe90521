// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/mutex.h"
#include "core/base/subscription.h"
#include "core/net/endpoint.h"
#include "core/services/metrics/metrics_endpoint.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>

namespace weft::daemon {

/// Where the meshes of this daemon are told of to Prometheus: those that name the same address
/// share it. Nothing listens while no mesh is told of. Thread: any.
class MetricsBoard {
public:
    MetricsBoard() = default;
    MetricsBoard(const MetricsBoard&) = delete;
    MetricsBoard& operator=(const MetricsBoard&) = delete;

    /// Tells of a mesh until the handle is dropped, which this outlives. Errors: of
    /// MetricsEndpoint::start.
    StatusOr<Subscription> add(const net::HostPort& listen, services::MeshFigures figures)
        WEFT_EXCLUDES(mutex_);
    /// The port at `listen`; 0 while nothing listens.
    std::uint16_t port(const net::HostPort& listen) const WEFT_EXCLUDES(mutex_);

private:
    struct Place {
        std::unique_ptr<services::MetricsEndpoint> endpoint;
        std::size_t meshes = 0;
    };
    void leave(const std::string& address) WEFT_EXCLUDES(mutex_);

    mutable base::Mutex mutex_;
    /// By address. An endpoint is closed with the lock held: whoever comes next needs its port.
    std::map<std::string, Place> places_ WEFT_GUARDED_BY(mutex_);
};

}  // namespace weft::daemon
