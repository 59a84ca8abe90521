// SPDX-License-Identifier: Apache-2.0
#include "ui/graph/layout.h"

#include "ui/graph/detail/arrangement.h"

namespace weft::graph {

struct Layout::State {
    std::size_t nodes = 0;
    detail::Arrangement arrangement;
};

Layout::Layout() : state_(std::make_unique<State>()) {}
Layout::~Layout() = default;

void Layout::setGraph(
    std::size_t nodes, std::span<const Pair> links, std::span<const std::optional<Point>> known) {
    state_->nodes = nodes;
    state_->arrangement = detail::Arrangement(nodes, links, known);
}

bool Layout::step() {
    state_->arrangement.step();
    return !state_->arrangement.isSettled();
}

void Layout::hold(std::uint32_t node, Point where) {
    if (node < state_->nodes && detail::Arrangement::isUsable(where)) {
        state_->arrangement.hold(node, where);
    }
}

void Layout::release(std::uint32_t node) {
    if (node < state_->nodes) {
        state_->arrangement.release(node);
    }
}

const Positions& Layout::positions() const {
    return state_->arrangement.positions();
}

bool Layout::settled() const {
    return state_->arrangement.isSettled();
}

}  // namespace weft::graph
