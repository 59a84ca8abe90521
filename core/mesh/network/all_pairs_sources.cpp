// SPDX-License-Identifier: Apache-2.0
// From which nodes the ways of all pairs are worth looking for.
#include "core/mesh/network/all_pairs.h"

#include <algorithm>

namespace weft::mesh::network {
namespace {

/// Of a node with more tunnels it is not looked whether ways lead around it.
constexpr std::size_t kMostBypassed = 64;
/// Ways are looked for from at most so many nodes to learn from which others it is worth while; it
/// takes longer to learn that it is so from nearly all.
constexpr std::size_t kMostSearches = 64;

}  // namespace

/// Between which of its neighbours a cheapest way of all may lead over a node: not where another
/// one is shorter, or as long and over a node that is open to all. Adds one of each such two.
bool AllPairs::addEnds(NodeNumber node, std::set<NodeNumber>& ends) const {
    const auto& neighbours = tunnels_[node];
    if (neighbours.size() > kMostBypassed) {
        ends.insert(neighbours.begin(), neighbours.end());
        return true;
    }
    bool leadsOver = false;
    for (auto left = neighbours.begin(); left != neighbours.end(); ++left) {
        for (auto right = left + 1; right != neighbours.end(); ++right) {
            if (haveBypass(*left, *right)) {
                continue;
            }
            leadsOver = true;
            if (!ends.contains(*right)) {
                ends.insert(*left);
            }
        }
    }
    return leadsOver;
}

bool AllPairs::haveBypass(NodeNumber left, NodeNumber right) const {
    const auto& some =
        tunnels_[left].size() < tunnels_[right].size() ? tunnels_[left] : tunnels_[right];
    const auto other = tunnels_[left].size() < tunnels_[right].size() ? right : left;
    return std::ranges::any_of(some, [&](NodeNumber node) {
        return node == other || (isOpen(node) && std::ranges::binary_search(tunnels_[other], node));
    });
}

AllPairs::Transits AllPairs::findTransits() const {
    Transits transits;
    transits.isTransit.resize(graph_.size());
    for (NodeNumber node = 0; node < tunnels_.size(); ++node) {
        if (tunnels_[node].size() > 1 && isClosed_[node] != 0 && addEnds(node, transits.ends)) {
            transits.isTransit[node] = 1;
            transits.classes[parts_[node]].add(classes_.of[node]);
        }
    }
    return transits;
}

/// Those of a part that may not reach, or be reached by, one that ways may lead over.
std::vector<NodeNumber> AllPairs::strangersOf(const Transits& transits) {
    std::map<std::pair<NodeNumber, Access::Class>, bool> known;
    std::vector<NodeNumber> strangers;
    for (const auto node : graph_.inOrder()) {
        const auto part =
            graph_.takesPart(node) ? transits.classes.find(parts_[node]) : transits.classes.end();
        if (part == transits.classes.end()) {
            continue;
        }
        const auto [entry, isNew] = known.try_emplace({parts_[node], classes_.of[node]});
        if (isNew) {
            entry->second = !access_.mutualWith(classes_.of[node]).contains(part->second);
        }
        if (entry->second) {
            strangers.push_back(node);
        }
    }
    return strangers;
}

/// One end at least of each pair whose cheapest way of all leads over two that may not reach each
/// other. One of these two, a transit, lies between the ends: the part of the way up to the other
/// one leads over it, and so does the part up to the neighbour behind it. It is enough to look from
/// all of the former, or from all of the latter.
std::vector<NodeNumber> AllPairs::sourcesToSearch() {
    const auto transits = findTransits();
    const auto strangers = strangersOf(transits);
    std::vector<std::uint8_t> marked(graph_.size());
    if (std::min(strangers.size(), transits.ends.size()) > kMostSearches) {
        for (const auto node : graph_.inOrder()) {
            marked[node] =
                graph_.takesPart(node) && transits.classes.contains(parts_[node]) ? 1 : 0;
        }
    } else if (strangers.size() <= transits.ends.size()) {
        for (const auto node : strangers) {
            noteBehindStrangers(search(node), marked);
        }
    } else {
        for (const auto node : transits.ends) {
            noteBehindTransits(search(node), transits, marked);
        }
    }
    std::vector<NodeNumber> sources;
    for (NodeNumber node = 0; node < marked.size(); ++node) {
        if (marked[node] != 0) {
            sources.push_back(node);
        }
    }
    return sources;
}

/// Marks those whose way to the root leads over a transit beside it.
void AllPairs::noteBehindTransits(
    const Tree& tree, const Transits& transits, std::vector<std::uint8_t>& marked) {
    for (const auto node : tree.ways.reached()) {
        const auto& way = tree.ways[node];
        if (way.hops > 1 && transits.isTransit[way.first] != 0) {
            marked[node] = 1;
        }
    }
}

/// Marks those whose way to the root leads over one that may not reach the root.
void AllPairs::noteBehindStrangers(const Tree& tree, std::vector<std::uint8_t>& marked) {
    std::vector<std::uint8_t> isBehind(graph_.size());
    for (const auto node : tree.ways.reached()) {
        const auto before = tree.ways[node].before;
        if (before != tree.root && (isBehind[before] != 0 || !mutual(before, tree.root))) {
            isBehind[node] = 1;
            marked[node] = 1;
        }
    }
}

}  // namespace weft::mesh::network
