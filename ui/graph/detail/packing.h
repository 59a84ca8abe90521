// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/graph/geometry.h"

#include <cstddef>
#include <span>
#include <vector>

namespace weft::graph::detail {

/// With `low` the corner of the smaller coordinates.
struct Box {
    Point low;
    Point high;
};

/// The smallest box around both.
Box joined(const Box& left, const Box& right);

/// Which of the boxes lie on one that comes before them and is not itself among these.
std::vector<std::size_t> overlapping(std::span<const Box> boxes);

/// How far each of `loose` is to be moved so that none lies on another or on one of `fixed`: close
/// together, in a shape about as wide as high. With nothing fixed their middle is the origin.
std::vector<Point> packed(std::span<const Box> fixed, std::span<const Box> loose);

}  // namespace weft::graph::detail
