// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/changes/pair_changes.h"

#include <algorithm>
#include <map>
#include <utility>

namespace weft::mesh::changes {
namespace {

using network::kNoNode;
using Place = Standings::Place;

constexpr std::size_t indexOf(PairState state) {
    return static_cast<std::size_t>(state);
}

/// Compares block by block, and exceptions one by one.
class Comparison {
public:
    Comparison(const Standings& before, const Standings& after)
        : before_(before), after_(after), groupOf_(before.size()) {
        std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> known;
        for (Place node = 0; node < groupOf_.size(); ++node) {
            const auto number = static_cast<std::uint32_t>(members_.size());
            const auto [entry, isNew] =
                known.try_emplace({before.blockOf(node), after.blockOf(node)}, number);
            if (isNew) {
                members_.emplace_back();
            }
            groupOf_[node] = entry->second;
            members_[entry->second].push_back(node);
        }
        connectedBefore_.resize(groupOf_.size());
        connectedAfter_.resize(groupOf_.size());
        isChanging_.resize(members_.size());
        isExceptional_.resize(groupOf_.size());
    }

    PairChanges run(const std::vector<NodeId>& ids, const NodeId& first) {
        countGroups();
        countExceptions();
        list(ids, first);
        for (Place node = 0; node < groupOf_.size(); ++node) {
            if (connectedBefore_[node] != 0 && connectedAfter_[node] == 0) {
                ++changes_.isolatedCount;
                if (changes_.isolated.size() < kMaxListedPairs) {
                    changes_.isolated.push_back(ids[node]);
                }
            }
        }
        return std::move(changes_);
    }

private:
    std::size_t& countOf(const Standing& before, const Standing& after) {
        return changes_.counts[indexOf(before.state)][indexOf(after.state)];
    }

    void countGroups() {
        for (std::size_t one = 0; one < members_.size(); ++one) {
            for (std::size_t other = 0; other < members_.size(); ++other) {
                countGroup(one, other);
            }
        }
    }

    /// The nodes of one group with those of another, or with each other.
    void countGroup(std::size_t one, std::size_t other) {
        const bool isSame = one == other;
        const auto many = members_[other].size() - (isSame ? 1 : 0);
        if (many == 0) {
            return;
        }
        const auto left = members_[one].front();
        // Two of one group: those that are alone are of different parts.
        const auto right = isSame ? members_[other].back() : members_[other].front();
        const auto was = before_.usual(left, right);
        const auto is = after_.usual(left, right);
        note(one, was, many, connectedBefore_);
        note(one, is, many, connectedAfter_);
        if (was == is) {
            return;
        }
        isChanging_[one] = 1;
        if (one <= other) {
            const auto pairs = members_[one].size() * many;
            countOf(was, is) += isSame ? pairs / 2 : pairs;
        }
    }

    void note(
        std::size_t group,
        const Standing& standing,
        std::size_t many,
        std::vector<std::size_t>& connected) const {
        if (standing.state == PairState::Connected) {
            for (const auto node : members_[group]) {
                connected[node] += many;
            }
        }
    }

    void countExceptions() {
        for (const auto& [left, right] : before_.exceptions()) {
            --connectedBefore_[left];
            --connectedBefore_[right];
        }
        for (const auto& [left, right] : after_.exceptions()) {
            --connectedAfter_[left];
            --connectedAfter_[right];
        }
        std::vector<Standings::Pair> either;
        std::ranges::set_union(
            before_.exceptions(), after_.exceptions(), std::back_inserter(either));
        for (const auto& [left, right] : either) {
            const auto usualBefore = before_.usual(left, right);
            const auto usualAfter = after_.usual(left, right);
            if (usualBefore != usualAfter) {
                --countOf(usualBefore, usualAfter);
            }
            const auto was = before_.of(left, right);
            const auto is = after_.of(left, right);
            if (was != is) {
                ++countOf(was, is);
                isExceptional_[left] = 1;
                isExceptional_[right] = 1;
            }
        }
    }

    void list(const std::vector<NodeId>& ids, const NodeId& first) {
        const auto found = std::ranges::lower_bound(ids, first);
        const bool isThere = found != ids.end() && *found == first;
        const auto own = isThere ? static_cast<Place>(found - ids.begin()) : kNoNode;
        if (isThere) {
            listOf(own, 0, own, ids);
        }
        for (Place left = 0; left < ids.size() && isRoom(); ++left) {
            if (left != own) {
                listOf(left, left + 1, own, ids);
            }
        }
    }

    bool isRoom() const { return changes_.listed.size() < kMaxListedPairs; }

    void listOf(Place left, Place begin, Place own, const std::vector<NodeId>& ids) {
        if (isChanging_[groupOf_[left]] == 0 && isExceptional_[left] == 0) {
            return;
        }
        for (auto right = begin; right < ids.size() && isRoom(); ++right) {
            if (right == own || right == left) {
                continue;
            }
            const auto was = before_.of(left, right);
            const auto is = after_.of(left, right);
            if (was != is) {
                changes_.listed.push_back({ids[left], ids[right], was, is});
            }
        }
    }

    const Standings& before_;
    const Standings& after_;
    std::vector<std::uint32_t> groupOf_;
    std::vector<std::vector<Place>> members_;
    /// By node: with how many it is connected.
    std::vector<std::size_t> connectedBefore_;
    std::vector<std::size_t> connectedAfter_;
    std::vector<std::uint8_t> isChanging_;
    std::vector<std::uint8_t> isExceptional_;
    PairChanges changes_;
};

}  // namespace

std::string_view nameOf(PairState state) {
    constexpr std::array<std::string_view, kPairStates> kNames = {
        "none", "one-sided", "permitted", "connected"};
    return kNames[indexOf(state)];
}

std::size_t PairChanges::count() const {
    std::size_t all = 0;
    for (const auto& row : counts) {
        for (const auto pairs : row) {
            all += pairs;
        }
    }
    return all;
}

std::size_t PairChanges::gained() const {
    std::size_t all = 0;
    for (const auto& row : counts) {
        all += row[indexOf(PairState::Connected)];
    }
    return all;
}

std::size_t PairChanges::lost() const {
    std::size_t all = 0;
    for (const auto pairs : counts[indexOf(PairState::Connected)]) {
        all += pairs;
    }
    return all;
}

Standings::Standings(
    network::Network& network, const network::AllPairs& pairs, const std::vector<NodeId>& ids)
    : mesh_(network.parts()), pairs_(pairs) {
    // Those that are alone in their part are alike: a mesh that falls apart has many.
    std::vector<std::uint32_t> sizes(mesh_.graph.size());
    for (const auto& id : ids) {
        const auto part = pairs.partOf(mesh_.graph.find(id));
        if (part != kNoNode) {
            ++sizes[part];
        }
    }
    std::map<std::pair<network::NodeNumber, network::Access::Class>, std::uint32_t> known;
    std::vector<Place> placeOf(mesh_.graph.size(), kNoNode);
    for (const auto& id : ids) {
        const auto number = mesh_.graph.find(id);
        auto block = kNoBlock;
        if (number != kNoNode && mesh_.graph.takesPart(number)) {
            const auto part = pairs.partOf(number);
            block = known
                        .try_emplace(
                            {sizes[part] == 1 ? kNoNode : part, mesh_.classes.of[number]},
                            static_cast<std::uint32_t>(known.size()))
                        .first->second;
            placeOf[number] = static_cast<Place>(numbers_.size());
        }
        numbers_.push_back(number);
        blocks_.push_back(block);
    }
    for (const auto& [left, right] : pairs.exceptions()) {
        if (placeOf[left] != kNoNode && placeOf[right] != kNoNode) {
            const Pair places = std::minmax(placeOf[left], placeOf[right]);
            exceptions_.push_back(places);
        }
    }
    std::ranges::sort(exceptions_);
}

Standing Standings::usual(Place left, Place right) const {
    Standing standing;
    if (blocks_[left] == kNoBlock || blocks_[right] == kNoBlock) {
        return standing;
    }
    const auto from = mesh_.classes.of[numbers_[left]];
    const auto to = mesh_.classes.of[numbers_[right]];
    standing.forward = mesh_.access.reachedFrom(from).has(to);
    standing.backward = mesh_.access.reachedFrom(to).has(from);
    if (standing.forward && standing.backward) {
        standing.state = pairs_.partOf(numbers_[left]) == pairs_.partOf(numbers_[right])
                             ? PairState::Connected
                             : PairState::Permitted;
    } else if (standing.forward || standing.backward) {
        standing.state = PairState::OneSided;
    }
    return standing;
}

Standing Standings::of(Place left, Place right) const {
    auto standing = usual(left, right);
    if (standing.state == PairState::Connected && !exceptions_.empty()
        && std::ranges::binary_search(exceptions_, Pair(std::minmax(left, right)))) {
        standing.state = PairState::Permitted;
    }
    return standing;
}

PairChanges compare(
    const Standings& before,
    const Standings& after,
    const std::vector<NodeId>& ids,
    const NodeId& first) {
    return Comparison(before, after).run(ids, first);
}

}  // namespace weft::mesh::changes
