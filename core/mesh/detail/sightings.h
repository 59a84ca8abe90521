// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/direct_ways.h"

#include <cstddef>
#include <map>
#include <set>
#include <unordered_map>
#include <vector>

namespace weft::mesh::detail {

/// Observers of one node that count; those past it are passed over.
inline constexpr std::size_t kMaxObservers = 8;
/// Places of one node that are handed on.
inline constexpr std::size_t kMaxOfferedSightings = 3;

/// Where nodes were seen, and by whom. Pure. Thread: confined.
class Sightings {
public:
    /// All that `observer` sees now. Returns the nodes of whom something else is known now.
    std::vector<NodeId> replace(const NodeId& observer, const std::vector<Sighting>& seen);
    /// What others saw of it, which was true for a key or a place that it does not have any more.
    /// Whether there was something.
    bool forget(const NodeId& node);

    /// Where others than `except` see it, by observer, each place once; at most
    /// kMaxOfferedSightings.
    std::vector<net::Endpoint> placesOf(const NodeId& node, const NodeId& except) const;
    bool knows(const NodeId& node, const net::Endpoint& place) const;
    /// Whether two see it at one address under different ports: its router gives each destination
    /// another one.
    bool isSymmetric(const NodeId& node) const;
    std::size_t size() const { return seen_.size(); }

private:
    using Observed = std::map<NodeId, net::Endpoint>;

    bool take(const NodeId& observer, const Sighting& sighting);
    bool drop(const NodeId& observer, const NodeId& node);

    std::unordered_map<NodeId, Observed> seen_;
    /// Whom each observer sees.
    std::unordered_map<NodeId, std::set<NodeId>> by_;
};

}  // namespace weft::mesh::detail
