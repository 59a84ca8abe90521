// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/mesh/policy/policy.h"
#include "core/storage/registry/registry.h"

#include <string>
#include <string_view>
#include <vector>

namespace weft::mesh::policy {

/// What the access rules say of one family of addresses.
struct FamilyVerdict {
    net::Family family = net::Family::V4;
    /// What was held against the rules; an end without an address has none here.
    Flow flow{};
    Trace trace{};
    /// What a reference node would say to it.
    bool referenceAccepts = false;
};

/// A network behind the far end.
struct RouteVerdict {
    std::string route;
    net::IpPrefix destination;
    Trace trace;
};

struct DirectionVerdict {
    std::string from;
    std::string to;
    /// Whether one family is accepted.
    bool accepted = false;
    /// Whether `from` gets `to` as a peer: for the reference that takes all of its routes too.
    bool peered = false;
    std::vector<FamilyVerdict> families{};
    std::vector<RouteVerdict> routes{};
};

/// Why two nodes can or cannot talk.
struct Explanation {
    DirectionVerdict forward;
    DirectionVerdict backward;
    /// Whether there is an edge between them.
    bool linked = false;
    /// A tunnel needs an edge, both keys, and each of the two as a peer of the other.
    bool tunnelPossible = false;
    /// Without an edge: the nodes over which `forward` could lead, ends included; else empty.
    std::vector<std::string> path{};
    /// One sentence.
    std::string summary{};
};

/// `from` and `to` are node ids or addresses in the mesh.
/// Errors: kNotFound: there is no such node; kInvalidArgument: they are the same.
StatusOr<Explanation> explain(
    const storage::Registry& registry,
    const Policy& policy,
    std::string_view from,
    std::string_view to);

}  // namespace weft::mesh::policy
