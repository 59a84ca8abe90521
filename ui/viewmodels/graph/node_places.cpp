// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/graph/node_places.h"

#include <cmath>
#include <utility>

namespace weft::viewmodels {
namespace {

using graph::Point;

/// Seeds of a sunflower: even, and the same each time.
Point onSpiral(std::size_t number) {
    constexpr float kGoldenAngle = 2.39996323F;
    const auto turn = static_cast<float>(number);
    const float radius = 0.8F * std::sqrt(turn);
    return {radius * std::cos(turn * kGoldenAngle), radius * std::sin(turn * kGoldenAngle)};
}

}  // namespace

NodePlaces::NodePlaces(QObject* parent)
    : QObject(parent), positions_(std::make_shared<const graph::Positions>()), mailbox_(this) {}

NodePlaces::~NodePlaces() {
    runner_.reset();
    mailbox_.close();
}

void NodePlaces::setQuiet(bool quiet) {
    quiet_ = quiet;
    if (runner_) {
        runner_->setQuiet(quiet);
    }
}

void NodePlaces::setGraph(
    const std::vector<std::string>& ids, const std::vector<graph::Pair>& links) {
    if (ids == ids_ && links == links_) {
        return;
    }
    std::unordered_map<std::string, Point> before;
    before.reserve(ids_.size());
    for (std::size_t i = 0; i < ids_.size(); ++i) {
        before.emplace(ids_[i], (*positions_)[i]);
    }
    std::vector<std::optional<Point>> known;
    known.reserve(ids.size());
    for (const std::string& id : ids) {
        const auto found = before.find(id);
        known.push_back(found == before.end() ? std::nullopt : std::optional<Point>(found->second));
    }
    ids_ = ids;
    links_ = links;
    positions_ = std::make_shared<const graph::Positions>(placesFor(known, links));
    if (!runner_) {
        // The result is only a pointer: small enough to wait in the queue of the main thread.
        runner_ = std::make_unique<graph::LayoutRunner>([this](graph::LayoutRunner::Result result) {
            mailbox_.post([this, result = std::move(result)] { take(result); });
        });
        runner_->setQuiet(quiet_);
    }
    settled_ = false;
    ++layouts_;
    graph_ = runner_->setGraph(ids.size(), links, known);
}

void NodePlaces::forget() {
    ids_.clear();
    links_.clear();
    positions_ = std::make_shared<const graph::Positions>();
}

void NodePlaces::clear() {
    if (!ids_.empty()) {
        setGraph({}, {});
    }
}

void NodePlaces::hold(std::uint32_t node, Point where) {
    if (runner_ && node < ids_.size()) {
        settled_ = false;
        runner_->hold(node, where);
    }
}

void NodePlaces::release(std::uint32_t node) {
    if (runner_ && node < ids_.size()) {
        runner_->release(node);
    }
}

void NodePlaces::take(const graph::LayoutRunner::Result& result) {
    if (result.graph != graph_ || !result.positions || result.positions->size() != ids_.size()) {
        return;
    }
    positions_ = result.positions;
    settled_ = result.isSettled;
    Q_EMIT changed();
}

graph::Positions NodePlaces::placesFor(
    const std::vector<std::optional<Point>>& known, const std::vector<graph::Pair>& links) const {
    // A new node begins at one of its neighbours, a little beside it; the layout moves it from
    // there.
    std::vector<std::optional<Point>> beside(known.size());
    for (const auto& [one, other] : links) {
        if (one < known.size() && other < known.size()) {
            beside[one] = known[other] ? known[other] : beside[one];
            beside[other] = known[one] ? known[one] : beside[other];
        }
    }
    graph::Positions places;
    places.reserve(known.size());
    for (std::size_t i = 0; i < known.size(); ++i) {
        const Point around = beside[i].value_or(Point{});
        const Point off = beside[i] ? onSpiral(1 + i % 8) : onSpiral(i);
        places.push_back(known[i].value_or(Point{around.x + off.x, around.y + off.y}));
    }
    return places;
}

}  // namespace weft::viewmodels
