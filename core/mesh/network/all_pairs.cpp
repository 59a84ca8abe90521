// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/network/all_pairs.h"

#include <algorithm>
#include <numeric>

namespace weft::mesh::network {
namespace {

/// Of a node with more tunnels it is not looked whether ways lead around it.
constexpr std::size_t kMostBypassed = 64;

NodeNumber rootOf(std::vector<NodeNumber>& parents, NodeNumber node) {
    while (parents[node] != node) {
        parents[node] = parents[parents[node]];
        node = parents[node];
    }
    return node;
}

}  // namespace

AllPairs::AllPairs(Network& network)
    : graph_(network.parts().graph)
    , access_(network.parts().access)
    , classes_(network.parts().classes)
    , paths_(network.parts().paths)
    , search_(graph_, access_, classes_) {
    findTunnels();
    findParts();
    std::vector<Pair> open;
    for (const auto source : sourcesToSearch()) {
        auto tree = search(source);
        look(tree, &exceptions_, &open);
    }
    decide(std::move(open));
    tunnels_.clear();
}

bool AllPairs::isCarried(NodeNumber left, NodeNumber right) const {
    return partOf(left) != kNoNode && partOf(left) == partOf(right)
           && !std::ranges::binary_search(exceptions_, Pair(std::minmax(left, right)));
}

void AllPairs::findTunnels() {
    tunnels_.resize(graph_.size());
    for (const auto node : graph_.inOrder()) {
        if (!graph_.takesPart(node)) {
            continue;
        }
        for (const auto& arc : graph_.arcs(node)) {
            if (graph_.takesPart(arc.to) && mutual(node, arc.to)) {
                tunnels_[node].push_back(arc.to);
            }
        }
        std::ranges::sort(tunnels_[node]);
    }
}

void AllPairs::findParts() {
    std::vector<NodeNumber> parents(graph_.size());
    std::iota(parents.begin(), parents.end(), NodeNumber{0});
    for (NodeNumber node = 0; node < tunnels_.size(); ++node) {
        for (const auto other : tunnels_[node]) {
            parents[rootOf(parents, other)] = rootOf(parents, node);
        }
    }
    parts_.assign(graph_.size(), kNoNode);
    std::vector<ClassSet> classesOfPart(graph_.size());
    for (const auto node : graph_.inOrder()) {
        if (graph_.takesPart(node)) {
            parts_[node] = rootOf(parents, node);
            classesOfPart[parts_[node]].add(classes_.of[node]);
        }
    }
    isClosed_.resize(graph_.size());
    isOpen_.resize(graph_.size());
    const auto& live = search_.live();
    std::map<std::pair<NodeNumber, Access::Class>, std::uint8_t> known;
    for (const auto node : graph_.inOrder()) {
        if (!graph_.takesPart(node)) {
            continue;
        }
        const auto [entry, isNew] = known.try_emplace({parts_[node], classes_.of[node]});
        const auto& others = access_.mutualWith(classes_.of[node]);
        if (isNew) {
            entry->second = others.contains(classesOfPart[parts_[node]]) ? 0 : 1;
        }
        isClosed_[node] = entry->second;
        isOpen_[node] = entry->second == 0 && others.contains(live) ? 1 : 0;
    }
}

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
    if (strangers.size() <= transits.ends.size()) {
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

AllPairs::Tree AllPairs::search(NodeNumber root) {
    ++searched_;
    search_.run(root, search_.live(), search_.live());
    return {root, search_.take(), {}};
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

/// Whether a node and the closed ones between it and the root may reach each other.
bool AllPairs::seesClosed(NodeNumber node, const std::vector<NodeNumber>& lastClosed) {
    for (auto at = lastClosed[node]; at != kNoNode; at = lastClosed[at]) {
        if (!mutual(node, at)) {
            return false;
        }
    }
    return true;
}

/// Finds which ways are plain. Of the other ends that the root and they may reach, adds the pairs
/// to `withheld`, if both ends may reach all between them, for then they have no other way; else to
/// `open`.
void AllPairs::look(Tree& tree, std::vector<Pair>* withheld, std::vector<Pair>* open) {
    const auto root = tree.root;
    tree.isPlain.assign(graph_.size(), 0);
    // By number: the last closed node between it and the root; whether all before it may reach each
    // other, the root apart; whether all of them and the root may.
    std::vector<NodeNumber> lastClosed(graph_.size(), kNoNode);
    std::vector<std::uint8_t> isClique(graph_.size(), 1);
    std::vector<std::uint8_t> isSeen(graph_.size(), 1);
    for (const auto node : tree.ways.reached()) {
        const auto before = tree.ways[node].before;
        bool seesAll = true;
        if (before != root) {
            const bool beforeIsSeen = mutual(root, before);
            lastClosed[node] = isClosed_[before] != 0 ? before : lastClosed[before];
            seesAll = seesClosed(node, lastClosed);
            isSeen[node] = isSeen[before] != 0 && beforeIsSeen ? 1 : 0;
            isClique[node] = isClique[before] != 0 && beforeIsSeen && seesAll ? 1 : 0;
        }
        if (!mutual(root, node)) {
            continue;
        }
        tree.isPlain[node] = isClique[node];
        if (isClique[node] == 0 && open != nullptr) {
            (isSeen[node] != 0 && seesAll ? withheld : open)->push_back(std::minmax(root, node));
        }
    }
}

void AllPairs::decide(std::vector<Pair> open) {
    std::ranges::sort(open);
    open.erase(std::unique(open.begin(), open.end()), open.end());
    // Tables of ways are made once for each node: first from one end, then from the other.
    const auto keep = [this](std::vector<Pair>& pairs, bool fromSecond) {
        std::erase_if(pairs, [&](const Pair& pair) {
            const auto [from, to] = fromSecond ? Pair(pair.second, pair.first) : pair;
            const bool carries = (*paths_.from(from))[to].carries;
            if (!carries) {
                exceptions_.push_back(pair);
            }
            return !carries;
        });
    };
    keep(open, false);
    std::ranges::sort(open, {}, &Pair::second);
    keep(open, true);
    std::ranges::sort(exceptions_);
    exceptions_.erase(std::unique(exceptions_.begin(), exceptions_.end()), exceptions_.end());
}

}  // namespace weft::mesh::network
