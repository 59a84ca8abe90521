// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/network/access.h"
#include "core/mesh/network/search.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace weft::mesh::network {

/// What the cheapest way of all is for its two ends.
enum class WayVerdict : std::uint8_t {
    Denied,    ///< they may not reach each other
    Plain,     ///< any two on it may reach each other: so it is their way, and carries
    Withheld,  ///< they may reach all on it, so it is their way; others on it may not: it is not
               ///< told
    Open       ///< they may not reach all on it: their way is another one
};

/// Tells what ways from one node are, closer ends first. Pure.
class WayVerdicts {
public:
    /// By number: whether a node may not reach all others on its ways.
    WayVerdicts(Access& access, const Classes& classes, const std::vector<std::uint8_t>& isClosed)
        : access_(access), classes_(classes), isClosed_(isClosed) {}

    /// Begins with the ways from `root`, which is at place 0; so many places there are.
    void begin(NodeNumber root, std::size_t places);
    /// Of the way to a node that leads over the one at the place `before`, which is known.
    WayVerdict next(NodeNumber node, std::size_t place, std::size_t before);

private:
    static constexpr std::size_t kNoPlace = static_cast<std::size_t>(-1);
    /// What is between a node and the root.
    struct Between {
        NodeNumber node = kNoNode;
        /// The place of the last one that is closed.
        std::size_t lastClosed = kNoPlace;
        /// Whether all before the node may reach each other, the root too.
        bool isClique = true;
        /// Whether all before it and the root may.
        bool isSeen = true;
    };

    bool mutual(NodeNumber left, NodeNumber right) {
        return access_.mutualWith(classes_.of[left]).has(classes_.of[right]);
    }
    bool seesClosed(const Between& between);

    Access& access_;
    const Classes& classes_;
    const std::vector<std::uint8_t>& isClosed_;
    std::vector<Between> known_;
};

}  // namespace weft::mesh::network
