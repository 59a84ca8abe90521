// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace weft::api {

/// How it stands with a change at one node, as the node says it itself.
enum class PropagationState : std::uint8_t {
    Unknown,      ///< a word that came later
    Done,         ///< the node said that it has in effect what the mesh says now
    Pending,      ///< it is there, and has not said so
    Unreachable,  ///< it does not follow the mesh: what it has in effect may be old
    Told          ///< it was told, and is one that does not say what it has in effect
};

struct NodePropagation {
    std::string node;
    PropagationState state = PropagationState::Unknown;
    /// Done: when it said so. Pending, told: when it was told last. Unreachable: when it was there
    /// last; nullopt: not since the leader started.
    std::optional<WallTime> since{};

    friend bool operator==(const NodePropagation&, const NodePropagation&) = default;
};

/// Where a change of the rules is in effect, of all nodes that it may concern.
struct Propagation {
    /// The number of the change.
    std::uint64_t change = 0;
    std::optional<WallTime> at{};
    std::uint64_t done = 0;
    std::uint64_t pending = 0;
    std::uint64_t unreachable = 0;
    std::uint64_t told = 0;
    /// Those first that are not done: at most so many as the mesh names.
    std::vector<NodePropagation> nodes{};

    std::uint64_t all() const { return done + pending + unreachable + told; }
    /// Nobody is missing, as far as nodes say.
    bool isEverywhere() const { return pending == 0 && unreachable == 0; }

    friend bool operator==(const Propagation&, const Propagation&) = default;
};

/// "done", "pending", "unreachable", "told"; "unknown".
std::string_view nameOf(PropagationState state);
/// What that means, in a few words without a stop.
std::string_view meaningOf(PropagationState state);

}  // namespace weft::api
