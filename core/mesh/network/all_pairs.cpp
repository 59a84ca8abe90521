// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/network/all_pairs.h"

#include "core/mesh/network/open_pairs.h"

#include <algorithm>
#include <numeric>

namespace weft::mesh::network {
namespace {

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
    , search_(graph_, access_, classes_)
    , verdicts_(access_, classes_, isClosed_) {
    findTunnels();
    findParts();
    auto doubts = findDoubts(sourcesToSearch());
    tunnels_.clear();
    const PairList withheld(std::move(doubts.withheld));
    const PairList open(std::move(doubts.open));
    auto exceptions =
        open.pairs().empty()
            ? std::vector<Pair>()
            : OpenPairs(graph_, access_, classes_, search_, open, withheld).notCarried();
    exceptions.insert(exceptions.end(), withheld.pairs().begin(), withheld.pairs().end());
    exceptions_ = PairList(std::move(exceptions));
}

bool AllPairs::isCarried(NodeNumber left, NodeNumber right) const {
    return partOf(left) != kNoNode && partOf(left) == partOf(right)
           && !exceptions_.has(left, right);
}

AllPairs::Tree AllPairs::treeFrom(NodeNumber root) {
    auto tree = search(root);
    tree.isPlain.assign(graph_.size(), 0);
    verdicts_.begin(root, tree.ways.size());
    for (WayTable::Place place = 1; place < tree.ways.size(); ++place) {
        const auto node = tree.ways.nodeAt(place);
        const auto before = tree.ways.placeOf(tree.ways.at(place).before);
        tree.isPlain[node] = verdicts_.next(node, place, before) == WayVerdict::Plain ? 1 : 0;
    }
    return tree;
}

WayTable AllPairs::waysFrom(NodeNumber root, Access::Class ends) {
    const auto friends = search_.live() & access_.mutualWith(classes_.of[root]);
    search_.run(root, friends & access_.mutualWith(ends), friends);
    return search_.take();
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

AllPairs::Tree AllPairs::search(NodeNumber root) {
    ++searched_;
    search_.run(root, search_.live(), search_.live());
    return {root, search_.take(), {}};
}

AllPairs::Doubts AllPairs::findDoubts(const std::vector<NodeNumber>& sources) {
    Doubts doubts;
    if (sources.empty()) {
        return doubts;
    }
    // By number: the place in `sources`.
    std::vector<std::size_t> places(graph_.size(), sources.size());
    for (std::size_t place = 0; place < sources.size(); ++place) {
        places[sources[place]] = place;
    }
    WayBatch batch(graph_, classes_, search_);
    for (std::size_t first = 0; first < sources.size(); first += WayBatch::kMostSources) {
        const auto count = std::min(WayBatch::kMostSources, sources.size() - first);
        const auto some = std::span(sources).subspan(first, count);
        searched_ += count;
        batch.run(some, search_.live());
        askForDoubts(some, places, first, batch);
        batch.collect();
        for (std::size_t source = 0; source < count; ++source) {
            look(batch.waysFrom(source), doubts);
        }
    }
    return doubts;
}

/// Asks for the ways with two closed nodes on them, their ends too. Pairs of two sources are looked
/// at from the first one.
void AllPairs::askForDoubts(
    std::span<const NodeNumber> sources,
    const std::vector<std::size_t>& places,
    std::size_t first,
    WayBatch& batch) {
    WayBatch::Lanes closed = 0;
    for (std::size_t source = 0; source < sources.size(); ++source) {
        closed |= WayBatch::Lanes{isClosed_[sources[source]]} << source;
    }
    const auto reached = batch.reached();
    for (std::size_t at = 0; at < reached.size(); ++at) {
        const auto& [node, lanes, overOne, overMore] = reached[at];
        auto asked = overMore | (isClosed_[node] != 0 ? overOne : overOne & closed);
        const auto place = places[node];
        if (place < first) {
            asked = 0;
        } else if (place < first + WayBatch::kMostSources) {
            asked &= (WayBatch::Lanes{1} << (place - first)) - 1;
        }
        batch.ask(at, asked);
    }
}

/// Looks at all ways that were asked for from one node.
void AllPairs::look(std::span<const WayBatch::Step> ways, Doubts& doubts) {
    if (ways.empty()) {
        return;
    }
    const auto root = ways.front().node;
    verdicts_.begin(root, ways.size());
    for (std::size_t place = 1; place < ways.size(); ++place) {
        const auto& way = ways[place];
        const auto verdict = verdicts_.next(way.node, place, way.before);
        if (way.isAsked && verdict == WayVerdict::Withheld) {
            doubts.withheld.emplace_back(std::minmax(root, way.node));
        } else if (way.isAsked && verdict == WayVerdict::Open) {
            doubts.open.emplace_back(std::minmax(root, way.node));
        }
    }
}

}  // namespace weft::mesh::network
