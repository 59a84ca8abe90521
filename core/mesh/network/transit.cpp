// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/network/transit.h"

#include <vector>

namespace weft::mesh::network {
namespace {

using storage::NodeRecord;

class Pairs {
public:
    Pairs(const storage::Registry& registry, const policy::NetworkRules* rules)
        : registry_(registry), rules_(rules) {}

    bool isAllowed(const NodeRecord& left, const NodeRecord& right) const {
        return rules_ == nullptr || (accepts(left, right) && accepts(right, left));
    }
    bool hasEdge(const NodeRecord& left, const NodeRecord& right) const {
        return registry_.edge(left.id, right.id) != nullptr
               || registry_.edge(right.id, left.id) != nullptr;
    }

private:
    /// As the paths have it: a rule for everybody holds without an address too.
    bool accepts(const NodeRecord& from, const NodeRecord& to) const {
        const auto& source = from.id.value();
        const auto& destination = to.id.value();
        return rules_->accepts({source, from.privateIpv4, destination, to.privateIpv4})
               || rules_->accepts({source, from.privateIpv6, destination, to.privateIpv6});
    }

    const storage::Registry& registry_;
    const policy::NetworkRules* const rules_;
};

std::vector<const NodeRecord*> neighboursOf(
    const storage::Registry& registry, const storage::NodeId& self) {
    std::vector<const NodeRecord*> neighbours;
    for (const auto* edge : registry.edgesOf(self)) {
        const auto* node = registry.node(edge->target);
        if (node != nullptr && node->publicKey && node->id != self) {
            neighbours.push_back(node);
        }
    }
    return neighbours;
}

}  // namespace

bool mayBeTransit(
    const storage::Registry& registry,
    const policy::NetworkRules* rules,
    const storage::NodeId& self) {
    const auto neighbours = neighboursOf(registry, self);
    if (neighbours.size() > kMostSearchedNeighbours) {
        return true;
    }
    const Pairs pairs(registry, rules);
    // Nodes farther away may have a way over two that may not reach each other.
    const bool hasOthers = registry.nodeCount() > neighbours.size() + 1;
    for (std::size_t left = 0; left < neighbours.size(); ++left) {
        for (std::size_t right = left + 1; right < neighbours.size(); ++right) {
            const auto& one = *neighbours[left];
            const auto& other = *neighbours[right];
            const bool isAllowed = pairs.isAllowed(one, other);
            const bool isDirect = isAllowed && pairs.hasEdge(one, other);
            if (!isDirect && (isAllowed || hasOthers)) {
                return true;
            }
        }
    }
    return false;
}

}  // namespace weft::mesh::network
