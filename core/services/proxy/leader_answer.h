// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/types.h"

#include <grpcpp/support/status.h>

#include <string>

namespace weft::services {

struct LeaderRoute;

/// A call as a proxy has handed it on.
struct HandedOn {
    /// The proxy itself.
    mesh::NodeId proxy;
    /// "/v1.Admin/PutRole"
    std::string method{};
    /// Whether it went in somebody's name.
    bool named = false;
};

struct LeaderAnswer {
    const LeaderRoute& route;
    const HandedOn& call;
    /// There was a connection to the leader.
    bool reached = false;
};

/// What a caller is told of the leader's `status`: as the leader put it when it is about the call
/// or the caller. What is the matter with the way there, or with the one in between, is said as
/// such: kUnavailable, and kFailedPrecondition where the leader does not take this node's word,
/// since the caller can do nothing about that but call another. Pure.
grpc::Status toldByProxy(const grpc::Status& status, const LeaderAnswer& answer);

}  // namespace weft::services
