// SPDX-License-Identifier: Apache-2.0
#include "ui/graph/detail/level.h"

#include "ui/graph/detail/plane.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace weft::graph::detail {
namespace {

constexpr auto kNone = std::numeric_limits<std::uint32_t>::max();
/// A part of so few nodes is not made coarser.
constexpr std::uint32_t kFewNodes = 4;

/// Where each group begins, from how many there are in each: one more than groups.
std::vector<std::uint32_t> startsOf(std::vector<std::uint32_t> counts) {
    counts.push_back(0);
    std::exclusive_scan(counts.begin(), counts.end(), counts.begin(), 0U);
    return counts;
}

/// The numbers of others beside each node, in order and once each.
struct Neighbours {
    std::vector<std::uint32_t> first;
    std::vector<std::uint32_t> all;
};

Neighbours neighboursOf(std::size_t nodes, std::span<const Pair> links) {
    const auto isGood = [nodes](const Pair& link) {
        return link.first != link.second && link.first < nodes && link.second < nodes;
    };
    std::vector<std::uint32_t> counts(nodes);
    for (const auto& link : links) {
        if (isGood(link)) {
            ++counts[link.first];
            ++counts[link.second];
        }
    }
    auto starts = startsOf(std::move(counts));
    std::vector<std::uint32_t> all(starts.back());
    auto next = starts;
    for (const auto& link : links) {
        if (isGood(link)) {
            all[next[link.first]++] = link.second;
            all[next[link.second]++] = link.first;
        }
    }
    Neighbours found;
    found.first.push_back(0);
    for (std::size_t node = 0; node < nodes; ++node) {
        const auto begin = all.begin() + starts[node];
        const auto end = all.begin() + starts[node + 1];
        std::sort(begin, end);
        found.all.insert(found.all.end(), begin, std::unique(begin, end));
        found.first.push_back(static_cast<std::uint32_t>(found.all.size()));
    }
    return found;
}

/// The nodes that a way leads to from the one in `part`, which is the first, in the order in which
/// they are found.
void spread(
    const Neighbours& neighbours,
    std::vector<std::uint8_t>& isSeen,
    std::vector<std::uint32_t>& part) {
    // It grows while it is walked.
    for (std::size_t at = 0; at < part.size(); ++at) {
        const auto node = part[at];
        for (auto arc = neighbours.first[node]; arc < neighbours.first[node + 1]; ++arc) {
            const auto other = neighbours.all[arc];
            if (isSeen[other] == 0) {
                isSeen[other] = 1;
                part.push_back(other);
            }
        }
    }
}

std::vector<std::vector<std::uint32_t>> partsOf(const Neighbours& neighbours) {
    const auto nodes = neighbours.first.size() - 1;
    std::vector<std::uint8_t> isSeen(nodes);
    std::vector<std::vector<std::uint32_t>> parts;
    for (std::uint32_t start = 0; start < nodes; ++start) {
        if (isSeen[start] == 0) {
            isSeen[start] = 1;
            spread(neighbours, isSeen, parts.emplace_back(1, start));
        }
    }
    return parts;
}

/// Fewer than this share of a part: it is laid out anew.
constexpr std::size_t kKnownShare = 4;

void number(const Neighbours& neighbours, std::span<const std::uint8_t> isKnown, Numbered& out) {
    const auto parts = partsOf(neighbours);
    std::vector<bool> isFresh;
    for (const auto& part : parts) {
        const auto known =
            std::ranges::count_if(part, [&](std::uint32_t node) { return isKnown[node] != 0; });
        isFresh.push_back(static_cast<std::size_t>(known) * kKnownShare < part.size());
    }
    for (const bool fresh : {true, false}) {
        for (std::size_t at = 0; at < parts.size(); ++at) {
            if (isFresh[at] == fresh) {
                out.outside.insert(out.outside.end(), parts[at].begin(), parts[at].end());
                out.level.firstOfPart.push_back(static_cast<std::uint32_t>(out.outside.size()));
                out.freshParts += fresh ? 1 : 0;
            }
        }
    }
    out.inside.resize(out.outside.size());
    for (std::uint32_t node = 0; node < out.outside.size(); ++node) {
        out.inside[out.outside[node]] = node;
    }
}

/// Puts nodes together and numbers what comes of it.
class Grouping {
public:
    Grouping(const Level& fine, std::size_t parts)
        : fine_(fine), end_(fine.firstOfPart[parts]), groups_(end_, kNone) {
        for (std::size_t part = 0; part < parts; ++part) {
            keepFew(fine.firstOfPart[part], fine.firstOfPart[part + 1]);
        }
        for (const auto node : byDegree()) {
            if (groups_[node] == kNone) {
                join(node);
            }
        }
    }

    /// In the order of the first node of each, so that parts stay together.
    std::vector<std::uint32_t> parents() const {
        std::vector<std::uint32_t> numbers(masses_.size(), kNone);
        std::vector<std::uint32_t> parents;
        parents.reserve(end_);
        std::uint32_t next = 0;
        for (const auto group : groups_) {
            if (numbers[group] == kNone) {
                numbers[group] = next++;
            }
            parents.push_back(numbers[group]);
        }
        return parents;
    }

private:
    void keepFew(std::uint32_t begin, std::uint32_t end) {
        for (auto node = begin; node < end && end - begin <= kFewNodes; ++node) {
            open(node);
        }
    }
    void open(std::uint32_t node) {
        groups_[node] = static_cast<std::uint32_t>(masses_.size());
        masses_.push_back(fine_.masses[node]);
    }
    void enter(std::uint32_t node, std::uint32_t group) {
        groups_[node] = group;
        masses_[group] += fine_.masses[node];
    }
    std::vector<std::uint32_t> byDegree() const {
        std::vector<std::uint32_t> order(end_);
        std::iota(order.begin(), order.end(), 0U);
        std::ranges::stable_sort(
            order, {}, [this](std::uint32_t node) { return fine_.arcsOf(node).size(); });
        return order;
    }
    /// With the neighbour that is free and light and has the most links to it; else into the
    /// lightest group beside it.
    void join(std::uint32_t node) {
        auto free = kNone;
        auto group = kNone;
        float best = 0;
        for (const auto& arc : fine_.arcsOf(node)) {
            const auto taken = groups_[arc.to];
            const auto score = arc.weight / fine_.masses[arc.to];
            if (taken == kNone && score > best) {
                free = arc.to;
                best = score;
            } else if (taken != kNone && (group == kNone || masses_[taken] < masses_[group])) {
                group = taken;
            }
        }
        if (free != kNone) {
            open(node);
            enter(free, groups_[node]);
        } else if (group != kNone) {
            enter(node, group);
        } else {
            open(node);
        }
    }

    const Level& fine_;
    std::uint32_t end_;
    std::vector<std::uint32_t> groups_;
    std::vector<float> masses_;
};

/// The nodes of each parent, next to each other.
std::vector<std::uint32_t> byParent(
    const std::vector<std::uint32_t>& parents, const std::vector<std::uint32_t>& starts) {
    auto next = starts;
    std::vector<std::uint32_t> children(parents.size());
    for (std::uint32_t node = 0; node < parents.size(); ++node) {
        children[next[parents[node]]++] = node;
    }
    return children;
}

/// The arcs of coarse nodes, one for each other one that links lead to.
class Merging {
public:
    Merging(const Level& fine, Level& coarse)
        : fine_(fine), coarse_(coarse), slots_(coarse.nodes(), kNone) {}

    void merge(std::uint32_t parent, std::span<const std::uint32_t> children) {
        const auto begin = static_cast<std::uint32_t>(coarse_.arcs.size());
        for (const auto child : children) {
            for (const auto& arc : fine_.arcsOf(child)) {
                add(begin, parent, arc);
            }
        }
        coarse_.firstArc.push_back(static_cast<std::uint32_t>(coarse_.arcs.size()));
    }

private:
    void add(std::uint32_t begin, std::uint32_t parent, const Arc& arc) {
        const auto to = fine_.parents[arc.to];
        if (to == parent) {
            return;
        }
        auto& slot = slots_[to];
        if (slot == kNone || slot < begin) {
            slot = static_cast<std::uint32_t>(coarse_.arcs.size());
            coarse_.arcs.push_back({to, 0});
        }
        coarse_.arcs[slot].weight += arc.weight;
    }

    const Level& fine_;
    Level& coarse_;
    /// Where among the arcs of the last that had one another node stands.
    std::vector<std::uint32_t> slots_;
};

}  // namespace

Numbered numbered(std::span<const std::uint8_t> isKnown, std::span<const Pair> links) {
    const auto nodes = isKnown.size();
    const auto neighbours = neighboursOf(nodes, links);
    Numbered out;
    number(neighbours, isKnown, out);
    out.level.arcs.reserve(neighbours.all.size());
    for (const auto node : out.outside) {
        for (auto arc = neighbours.first[node]; arc < neighbours.first[node + 1]; ++arc) {
            out.level.arcs.push_back({out.inside[neighbours.all[arc]], 1});
        }
        out.level.firstArc.push_back(static_cast<std::uint32_t>(out.level.arcs.size()));
    }
    out.level.masses.assign(nodes, 1.0F);
    out.level.places.resize(nodes);
    return out;
}

Level coarser(Level& fine, std::size_t parts) {
    fine.parents = Grouping(fine, parts).parents();
    const std::size_t nodes =
        fine.parents.empty() ? 0 : *std::ranges::max_element(fine.parents) + 1U;
    Level coarse;
    coarse.masses.resize(nodes);
    coarse.places.resize(nodes);
    std::vector<std::uint32_t> counts(nodes);
    for (std::uint32_t node = 0; node < fine.parents.size(); ++node) {
        coarse.masses[fine.parents[node]] += fine.masses[node];
        ++counts[fine.parents[node]];
    }
    std::uint32_t last = 0;
    for (std::size_t part = 0; part < parts; ++part) {
        for (auto node = fine.firstOfPart[part]; node < fine.firstOfPart[part + 1]; ++node) {
            last = std::max(last, fine.parents[node] + 1);
        }
        coarse.firstOfPart.push_back(last);
    }
    const auto starts = startsOf(std::move(counts));
    const auto children = byParent(fine.parents, starts);
    Merging merging(fine, coarse);
    for (std::uint32_t parent = 0; parent < nodes; ++parent) {
        merging.merge(
            parent,
            std::span(children).subspan(starts[parent], starts[parent + 1] - starts[parent]));
    }
    return coarse;
}

void placeByParents(Level& fine, const Level& coarse) {
    // Towards the neighbours, but not onto them.
    constexpr float kTowards = 0.4F;
    std::vector<std::uint32_t> seen(coarse.nodes());
    for (std::uint32_t node = 0; node < fine.parents.size(); ++node) {
        const auto parent = fine.parents[node];
        const auto centre = coarse.places[parent];
        Point way;
        float weight = 0;
        for (const auto& arc : fine.arcsOf(node)) {
            way += (coarse.places[fine.parents[arc.to]] - centre) * arc.weight;
            weight += arc.weight;
        }
        fine.places[node] = centre + way * (kTowards / std::max(weight, 1.0F))
                            + sunflower(seen[parent]++) * std::sqrt(fine.masses[node]);
    }
}

}  // namespace weft::graph::detail
