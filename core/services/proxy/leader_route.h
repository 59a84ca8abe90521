// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/types.h"
#include "core/net/endpoint.h"
#include "core/services/link/channel.h"

#include <grpcpp/channel.h>
#include <grpcpp/generic/generic_stub.h>

#include <memory>
#include <utility>

namespace weft::services {

/// Who leads the mesh, and where it is called.
struct LeaderRoute {
    mesh::NodeId leader;
    net::HostPort address;

    friend bool operator==(const LeaderRoute&, const LeaderRoute&) = default;
};

/// The way to one leader, shared by the calls that take it. Thread: any.
struct LeaderTarget {
    LeaderTarget(LeaderRoute to, const LinkOptions& options)
        : route(std::move(to)), stub(makeChannel(route.address, options)) {}

    const LeaderRoute route;
    grpc::GenericStub stub;
};

}  // namespace weft::services
