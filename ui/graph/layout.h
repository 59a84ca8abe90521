// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/graph/geometry.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace weft::graph {

/// Where the nodes of a graph are drawn: linked ones near each other, all apart, parts that nothing
/// links beside each other. The same input gives the same result.
/// Thread: one at a time.
class Layout {
public:
    Layout();
    ~Layout();
    Layout(const Layout&) = delete;
    Layout& operator=(const Layout&) = delete;

    /// Begins anew, or goes on from where nodes were: `known` has one entry for each node, nullopt
    /// for those that are new, which get a place near their neighbours; empty: all are new. Pairs
    /// of a node with itself or with an index beyond the nodes are left out; doubles count once.
    /// Afterwards `positions` are readable already, if not settled.
    void setGraph(
        std::size_t nodes,
        std::span<const Pair> links,
        std::span<const std::optional<Point>> known);
    /// One iteration. False: it has settled, and nothing moves any more.
    bool step();
    /// Holds a node where somebody puts it; others give way at the next steps.
    void hold(std::uint32_t node, Point where);
    void release(std::uint32_t node);

    const Positions& positions() const;
    bool settled() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace weft::graph
