// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/network/graph.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace weft::mesh::network {

/// Two nodes, the lower number first.
using Pair = std::pair<NodeNumber, NodeNumber>;

/// Pairs to look things up by. Pure.
class PairList {
public:
    static constexpr std::size_t kNotThere = static_cast<std::size_t>(-1);

    PairList() = default;
    /// Sorts them; none may be there twice.
    explicit PairList(std::vector<Pair> pairs) : pairs_(std::move(pairs)) {
        std::ranges::sort(pairs_);
        if (pairs_.empty()) {
            return;
        }
        starts_.resize(pairs_.back().first + std::size_t{2});
        for (const auto& pair : pairs_) {
            ++starts_[pair.first + std::size_t{1}];
        }
        for (std::size_t at = 1; at < starts_.size(); ++at) {
            starts_[at] += starts_[at - 1];
        }
    }

    /// Sorted.
    const std::vector<Pair>& pairs() const { return pairs_; }
    /// Where the pair is, either end first; kNotThere: nowhere.
    std::size_t find(NodeNumber left, NodeNumber right) const {
        const Pair pair = std::minmax(left, right);
        if (starts_.size() < pair.first + std::size_t{2}) {
            return kNotThere;
        }
        const auto end = pairs_.begin() + starts_[pair.first + std::size_t{1}];
        const auto found = std::lower_bound(pairs_.begin() + starts_[pair.first], end, pair);
        return found != end && *found == pair ? static_cast<std::size_t>(found - pairs_.begin())
                                              : kNotThere;
    }
    bool has(NodeNumber left, NodeNumber right) const { return find(left, right) != kNotThere; }

private:
    std::vector<Pair> pairs_;
    /// By number of the first: where its pairs begin.
    std::vector<std::ptrdiff_t> starts_;
};

}  // namespace weft::mesh::network
