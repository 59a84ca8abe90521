// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/sightings.h"

#include <algorithm>
#include <utility>

namespace weft::mesh::detail {

std::vector<NodeId> Sightings::replace(const NodeId& observer, const std::vector<Sighting>& seen) {
    std::vector<NodeId> changed;
    auto gone = by_.contains(observer) ? by_.at(observer) : std::set<NodeId>();
    for (const auto& sighting : seen) {
        gone.erase(sighting.node);
    }
    // First what goes: it may make room.
    for (const auto& node : gone) {
        drop(observer, node);
        changed.push_back(node);
    }
    for (const auto& sighting : seen) {
        if (take(observer, sighting)) {
            changed.push_back(sighting.node);
        }
    }
    return changed;
}

bool Sightings::take(const NodeId& observer, const Sighting& sighting) {
    const auto found = seen_.find(sighting.node);
    if (found == seen_.end() && seen_.size() >= kMaxSeenNodes) {
        return false;
    }
    auto& observed = found == seen_.end() ? seen_[sighting.node] : found->second;
    const auto before = observed.find(observer);
    if (before == observed.end() && observed.size() >= kMaxObservers) {
        return false;
    }
    if (before != observed.end() && before->second == sighting.endpoint) {
        return false;
    }
    observed.insert_or_assign(observer, sighting.endpoint);
    by_[observer].insert(sighting.node);
    return true;
}

bool Sightings::drop(const NodeId& observer, const NodeId& node) {
    const auto found = seen_.find(node);
    if (found == seen_.end() || found->second.erase(observer) == 0) {
        return false;
    }
    if (found->second.empty()) {
        seen_.erase(found);
    }
    const auto list = by_.find(observer);
    list->second.erase(node);
    if (list->second.empty()) {
        by_.erase(list);
    }
    return true;
}

bool Sightings::forget(const NodeId& node) {
    const auto found = seen_.find(node);
    if (found == seen_.end()) {
        return false;
    }
    const auto observed = found->second;
    for (const auto& [observer, place] : observed) {
        drop(observer, node);
    }
    return true;
}

std::vector<net::Endpoint> Sightings::placesOf(const NodeId& node, const NodeId& except) const {
    std::vector<net::Endpoint> places;
    const auto found = seen_.find(node);
    if (found == seen_.end()) {
        return places;
    }
    for (const auto& [observer, place] : found->second) {
        if (places.size() < kMaxOfferedSightings && observer != except
            && std::ranges::count(places, place) == 0) {
            places.push_back(place);
        }
    }
    return places;
}

bool Sightings::knows(const NodeId& node, const net::Endpoint& place) const {
    const auto found = seen_.find(node);
    return found != seen_.end() && std::ranges::any_of(found->second, [&place](const auto& item) {
               return item.second == place;
           });
}

bool Sightings::isSymmetric(const NodeId& node) const {
    const auto found = seen_.find(node);
    if (found == seen_.end()) {
        return false;
    }
    std::map<net::IpAddress, std::uint16_t> ports;
    return std::ranges::any_of(found->second, [&ports](const auto& item) {
        const auto& place = item.second;
        return ports.emplace(place.address, place.port).first->second != place.port;
    });
}

}  // namespace weft::mesh::detail
