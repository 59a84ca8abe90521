// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/graph/geometry.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace weft::graph {

/// Runs a Layout on a thread of its own, which sleeps once it has settled.
/// Thread: one at a time; `changed` runs on the layout's thread.
class LayoutRunner {
public:
    /// What `changed` is told: whose graph it is, and where its nodes are.
    struct Result {
        std::uint64_t graph = 0;
        std::shared_ptr<const Positions> positions;
        bool isSettled = false;
    };

    /// `changed` comes at most every 16 ms, at the end too, and not after the destructor, which may
    /// run within it.
    explicit LayoutRunner(std::function<void(Result)> changed);
    ~LayoutRunner();
    LayoutRunner(const LayoutRunner&) = delete;
    LayoutRunner& operator=(const LayoutRunner&) = delete;

    /// As Layout::setGraph; what was under way is left, and no node is held any more. Returns the
    /// number of this graph. Does not wait for the thread.
    std::uint64_t setGraph(
        std::size_t nodes, std::vector<Pair> links, std::vector<std::optional<Point>> known);
    void hold(std::uint32_t node, Point where);
    void release(std::uint32_t node);
    /// Without motion: nothing comes before it has settled.
    void setQuiet(bool quiet);

private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace weft::graph
