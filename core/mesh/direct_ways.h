// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/base/subscription.h"
#include "core/mesh/types.h"
#include "core/net/endpoint.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace weft::mesh {

/// What one report may hold. Past these it is refused.
inline constexpr std::size_t kMaxReportedSightings = 256;
inline constexpr std::size_t kMaxReportedWays = 64;

/// Nodes that are kept with what others see of them; those past it are passed over.
inline constexpr std::size_t kMaxSeenNodes = 16'384;

/// Where the authenticated packets of a node come from.
struct Sighting {
    NodeId node;
    net::Endpoint endpoint;

    friend bool operator==(const Sighting&, const Sighting&) = default;
};

/// How one end finds a way that it was told to try.
struct WayReport {
    NodeId node;
    std::uint64_t round = 0;
    enum class State : std::uint8_t { Unknown, Calling, Up, Lost };
    State state = State::Unknown;

    friend bool operator==(const WayReport&, const WayReport&) = default;
};

/// All that a node sees; replaces what it said before.
struct DirectReport {
    NodeId node;
    std::vector<Sighting> sightings;
    std::vector<WayReport> ways;

    friend bool operator==(const DirectReport&, const DirectReport&) = default;
};

/// Why packets to a node go over others. The numbers are those of the wire.
enum class RelayReason : std::uint8_t {
    None = 0,
    Probing = 1,
    NoCommonFamily = 2,
    NoPublicEndpoint = 3,
    SymmetricNat = 4,
    HandshakeTimeout = 5,
    AclOneSided = 6,
    NotWeft = 7,
};

/// Somebody to have a direct way to.
struct DirectOffer {
    /// As neighbours are told of it.
    storage::NodeRecord node;
    /// Another one: begin anew.
    std::uint64_t round = 0;
    enum class Kind : std::uint8_t {
        Relayed,  ///< not to be called now
        Probe,    ///< to be called, and to send nothing to
        Direct,   ///< a neighbour for as long as both say that packets come
    };
    Kind kind = Kind::Relayed;
    RelayReason reason = RelayReason::None;

    friend bool operator==(const DirectOffer&, const DirectOffer&) = default;
};

struct DirectOffers {
    /// By id.
    std::vector<DirectOffer> offers;
    /// Nobody who takes part is missing.
    bool complete = false;

    friend bool operator==(const DirectOffers&, const DirectOffers&) = default;
};

/// The leader's part in direct ways (docs/decisions/0009): it keeps what nodes see of each other,
/// has pairs of them call each other, and links them while both say that packets come.
/// Thread: confined to the host's loop.
class DirectWays {
public:
    DirectWays() = default;
    DirectWays(const DirectWays&) = delete;
    DirectWays& operator=(const DirectWays&) = delete;
    virtual ~DirectWays() = default;

    /// Errors: kInvalidArgument    places that are none, or too many
    ///         kUnauthenticated, kPermissionDenied   not the caller's report, or a sighting of a
    ///                             node that it has no edge with and was not told to call
    ///         kFailedPrecondition the node does not watch
    virtual Status report(const DirectReport& report, const Caller& caller) = 0;
    /// Whether the caller may watch for `id`. Errors: kUnauthenticated, kPermissionDenied,
    /// kFailedPrecondition when the mesh does not know the node.
    virtual Status mayWatch(const NodeId& id, const Caller& caller) const = 0;
    /// The offers to `id` soon, then after each change. The node takes part meanwhile.
    [[nodiscard]] virtual Subscription watch(
        const NodeId& id, std::function<void(const DirectOffers&)> changed) = 0;
};

}  // namespace weft::mesh
