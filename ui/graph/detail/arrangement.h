// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/graph/detail/level.h"
#include "ui/graph/detail/packing.h"
#include "ui/graph/detail/relaxation.h"
#include "ui/graph/geometry.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

namespace weft::graph::detail {

/// How many steps are made on a level, and how far a node goes at most in the first and the last of
/// them, as a share of the length of a link there.
struct Schedule {
    int steps = 0;
    float first = 0;
    float last = 0;

    float shareAt(int step) const;
};

/// Kept free beside each part.
inline constexpr Point kMargin{0.75F, 0.75F};

/// What a Layout does for one graph. Parts of which enough is known go on from there; the others,
/// fresh, are first arranged on levels of ever more nodes.
/// Thread: one at a time.
class Arrangement {
public:
    Arrangement() = default;
    Arrangement(
        std::size_t nodes,
        std::span<const Pair> links,
        std::span<const std::optional<Point>> known);

    void step();
    /// The node is one of the graph, the place is usable.
    void hold(std::uint32_t node, Point where);
    void release(std::uint32_t node);
    const Positions& positions();
    bool isSettled() const { return isSettled_; }

    /// Whether floats are fine enough there.
    static bool isUsable(const std::optional<Point>& place);

private:
    struct Part {
        float strength = 1;
        /// The length that links have, about.
        float unit = 1;
        bool isResting = false;
        /// How far it is still to be moved as a whole.
        Point glide{};
    };

    // What it begins with.
    void number(
        std::span<const Pair> links,
        std::span<const std::optional<Point>> known,
        std::vector<std::uint8_t> isKnown);
    bool goOnFrom(std::span<const std::optional<Point>> known, std::vector<std::uint8_t>& isKnown);
    bool goOn(std::size_t part, std::vector<std::uint8_t>& isPlaced);
    void untangleParts();
    void coarsen();

    // What it does over and over.
    void enterLevel();
    void leaveLevel();
    void moveNodes(std::size_t part);
    void fitSize(std::size_t part);
    void glide(std::size_t part, float share);
    void packFresh();
    void keepHeld();
    void wake(std::uint32_t node);
    Box boxOf(const Level& level, std::size_t part) const;
    bool isSizing() const;
    Schedule schedule() const;

    Level& finest() { return levels_.front(); }
    bool isFine() const { return current_ == 0; }
    std::size_t fresh() const { return graph_.freshParts; }
    std::uint32_t sizeOf(std::size_t part) const {
        const auto& first = levels_[current_].firstOfPart;
        return first[part + 1] - first[part];
    }

    Numbered graph_;
    /// Behind the finest, which is the first, those of the fresh parts only.
    std::vector<Level> levels_{1};
    std::size_t current_ = 0;
    int iteration_ = 0;
    std::vector<Part> parts_;
    /// By number in the finest level.
    std::vector<std::uint8_t> isHeld_;
    std::map<std::uint32_t, Point> held_;
    Relaxation relaxation_;
    bool isSettled_ = true;
    bool isShown_ = true;
    Positions shown_;
};

}  // namespace weft::graph::detail
