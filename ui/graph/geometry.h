// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace weft::graph {

/// In the layout's own unit: the length that a link wants to have is 1.
struct Point {
    float x = 0;
    float y = 0;

    friend bool operator==(const Point&, const Point&) = default;
};

using Positions = std::vector<Point>;
/// Two indices of nodes.
using Pair = std::pair<std::uint32_t, std::uint32_t>;

}  // namespace weft::graph
