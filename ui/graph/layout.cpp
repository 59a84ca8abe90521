// SPDX-License-Identifier: Apache-2.0
#include "ui/graph/layout.h"

#include "ui/graph/detail/arrivals.h"
#include "ui/graph/detail/level.h"
#include "ui/graph/detail/packing.h"
#include "ui/graph/detail/plane.h"
#include "ui/graph/detail/relaxation.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace weft::graph {
namespace {

/// How many steps are made on a level, and how far a node goes at most in the first and the last of
/// them, as a share of the length of a link there.
struct Schedule {
    int steps = 0;
    float first = 0;
    float last = 0;

    float shareAt(int step) const {
        const auto time = static_cast<float>(step) / static_cast<float>(steps);
        return first * std::pow(last / first, time);
    }
};

constexpr Schedule kCoarse{50, 0.5F, 0.02F};
constexpr Schedule kFine{120, 0.5F, 0.005F};
/// What goes on from known places.
constexpr Schedule kGoingOn{100, 0.5F, 0.005F};
/// At these steps of the finest level a part gets the size in which it can be read.
constexpr int kFirstSizing = 30;
constexpr int kSecondSizing = 70;
/// A level with more than this share of the next finer one's nodes is not worth its time.
constexpr double kWorthShare = 0.95;
/// When no node of a part goes farther, it rests.
constexpr float kRest = 0.003F;
/// Known places beyond are taken for none: floats are too coarse there.
constexpr float kFarthest = 1e5F;
/// A known part that is smaller or larger than wanted by less than this keeps its size.
constexpr float kSizeSlack = 1.5F;
/// By more than this it gets the right one at once, else by a little.
constexpr float kSizeWrong = 5;
constexpr float kSizeStep = 1.01F;
/// Beside each part.
constexpr float kMargin = 0.75F;

bool isUsable(const std::optional<Point>& place) {
    return place && detail::isFinite(*place) && std::abs(place->x) <= kFarthest
           && std::abs(place->y) <= kFarthest;
}

}  // namespace

struct Layout::State {
    struct Part {
        float strength = 1;
        /// The length that links have, about.
        float unit = 1;
        bool isResting = false;
    };

    detail::Numbered graph;
    /// Behind the finest, which is the first, those of the fresh parts only.
    std::vector<detail::Level> levels{1};
    std::size_t current = 0;
    int iteration = 0;
    std::vector<Part> parts;
    /// By number in the finest level.
    std::vector<std::uint8_t> isHeld;
    std::map<std::uint32_t, Point> held;
    detail::Relaxation relaxation;
    bool isSettled = true;
    bool isShown = false;
    Positions shown;

    void start(
        std::size_t nodes,
        std::span<const Pair> links,
        std::span<const std::optional<Point>> known);
    void goOn(std::size_t part, std::vector<std::uint8_t>& isPlaced);
    void coarsen();
    void enterLevel();
    void fitSize(std::size_t part);
    void packFresh();
    void keepHeld();
    void finishLevel();
    void relax();
    void relaxPart(std::size_t part);
    void wake(std::uint32_t node);
    void show();

    detail::Level& finest() { return levels.front(); }
    std::size_t fresh() const { return graph.freshParts; }
    bool isFine() const { return current == 0; }
    const Schedule& schedule() const {
        return !isFine() ? kCoarse : fresh() > 0 ? kFine : kGoingOn;
    }
    std::uint32_t sizeOf(std::size_t part) const {
        const auto& first = levels[current].firstOfPart;
        return first[part + 1] - first[part];
    }
};

void Layout::State::start(
    std::size_t nodes, std::span<const Pair> links, std::span<const std::optional<Point>> known) {
    std::vector<std::uint8_t> isKnown(nodes);
    for (std::size_t node = 0; node < std::min(nodes, known.size()); ++node) {
        isKnown[node] = isUsable(known[node]) ? 1 : 0;
    }
    graph = detail::numbered(isKnown, links);
    finest() = std::move(graph.level);
    parts.resize(finest().parts());
    isHeld.assign(nodes, 0);
    std::vector<std::uint8_t> isPlaced(nodes);
    for (std::uint32_t node = 0; node < nodes; ++node) {
        const auto outside = graph.outside[node];
        if (isKnown[outside] != 0) {
            isPlaced[node] = 1;
            finest().places[node] = *known[outside];
        }
    }
    detail::separate(finest());
    for (auto part = fresh(); part < parts.size(); ++part) {
        goOn(part, isPlaced);
    }
    coarsen();
    enterLevel();
    isSettled = nodes == 0;
}

void Layout::State::goOn(std::size_t part, std::vector<std::uint8_t>& isPlaced) {
    detail::placeArrivals(finest(), part, isPlaced);
    if (sizeOf(part) < 2) {
        return;
    }
    auto& own = parts[part];
    own.strength = relaxation.fittingStrength(finest(), part);
    auto growth = relaxation.wantedGrowth(finest(), part);
    if (growth < kSizeWrong && growth > 1 / kSizeWrong) {
        const bool isRight = growth < kSizeSlack && growth > 1 / kSizeSlack;
        growth = isRight ? 1 : std::clamp(growth, 1 / kSizeStep, kSizeStep);
    }
    detail::grow(finest(), part, growth);
    own.strength *= growth * growth * growth;
}

void Layout::State::coarsen() {
    for (std::size_t part = 0; part < fresh(); ++part) {
        const auto measures = detail::measure(finest(), part);
        if (measures.pairs > 0) {
            parts[part].strength = static_cast<float>(measures.links / measures.pairs);
        }
    }
    while (fresh() > 0) {
        auto next = detail::coarser(levels.back(), fresh());
        const auto nodes = static_cast<double>(levels.back().firstOfPart[fresh()]);
        if (static_cast<double>(next.nodes()) > kWorthShare * nodes) {
            break;
        }
        levels.push_back(std::move(next));
    }
    auto& coarsest = levels.back();
    for (std::size_t part = 0; part < fresh(); ++part) {
        const auto begin = coarsest.firstOfPart[part];
        for (auto node = begin; node < coarsest.firstOfPart[part + 1]; ++node) {
            coarsest.places[node] =
                detail::sunflower(node - begin) * std::sqrt(coarsest.masses[node]);
        }
    }
    current = levels.size() - 1;
}

/// The places of the level are rough: it has been reached just now.
void Layout::State::enterLevel() {
    auto& level = levels[current];
    for (std::size_t part = 0; part < fresh(); ++part) {
        if (sizeOf(part) < 2) {
            continue;
        }
        auto& own = parts[part];
        const auto measures = detail::measure(level, part);
        const auto growth = detail::growthFor(measures, own.strength);
        detail::grow(level, part, growth);
        own.unit = growth * static_cast<float>(std::cbrt(measures.cubes / measures.links));
    }
    packFresh();
    iteration = 0;
}

/// Gives a part the size in which it can be read.
void Layout::State::fitSize(std::size_t part) {
    auto& own = parts[part];
    const auto growth = iteration == kFirstSizing
                            ? detail::growthForLinks(detail::measure(finest(), part))
                            : relaxation.wantedGrowth(finest(), part);
    detail::grow(finest(), part, growth);
    own.strength *= growth * growth * growth;
    own.unit *= growth;
}

void Layout::State::packFresh() {
    const auto boxOf = [](const detail::Level& level, std::size_t part) {
        const auto begin = level.firstOfPart[part];
        detail::Box box{level.places[begin], level.places[begin]};
        for (auto node = begin; node < level.firstOfPart[part + 1]; ++node) {
            box = detail::joined(box, {level.places[node], level.places[node]});
        }
        const Point margin{kMargin, kMargin};
        return detail::Box{box.low - margin, box.high + margin};
    };
    std::vector<detail::Box> fixed;
    std::vector<detail::Box> loose;
    for (std::size_t part = 0; part < parts.size(); ++part) {
        if (part < fresh()) {
            loose.push_back(boxOf(levels[current], part));
        } else {
            fixed.push_back(boxOf(finest(), part));
        }
    }
    const auto moves = detail::packed(fixed, loose);
    auto& level = levels[current];
    for (std::size_t part = 0; part < fresh(); ++part) {
        for (auto node = level.firstOfPart[part]; node < level.firstOfPart[part + 1]; ++node) {
            level.places[node] += moves[part];
        }
    }
    keepHeld();
}

void Layout::State::keepHeld() {
    if (isFine()) {
        for (const auto& [node, where] : held) {
            finest().places[node] = where;
        }
    }
    isShown = false;
}

void Layout::State::relax() {
    bool isMoving = false;
    const auto count = isFine() ? parts.size() : fresh();
    for (std::size_t part = 0; part < count; ++part) {
        if (!parts[part].isResting && sizeOf(part) > 1) {
            relaxPart(part);
            isMoving = isMoving || !parts[part].isResting;
        }
    }
    isShown = false;
    const bool isSizing =
        isFine() && fresh() > 0 && (iteration == kFirstSizing || iteration == kSecondSizing);
    if (isSizing) {
        packFresh();
    }
    ++iteration;
    if (!isMoving || iteration >= schedule().steps) {
        finishLevel();
    }
}

void Layout::State::relaxPart(std::size_t part) {
    auto& own = parts[part];
    const bool isFresh = part < fresh();
    const detail::Drive drive{
        .strength = own.strength,
        .makesRoom = isFine() && (!isFresh || iteration > kFirstSizing),
        .limit = schedule().shareAt(iteration) * own.unit};
    const std::span<const std::uint8_t> holding(isHeld);
    const auto farthest =
        relaxation.step(levels[current], part, drive, isFine() ? holding : holding.subspan(0, 0));
    if (isFine() && isFresh && (iteration == kFirstSizing || iteration == kSecondSizing)) {
        fitSize(part);
    }
    own.isResting = isFine() && farthest < kRest && (!isFresh || iteration > kSecondSizing);
}

void Layout::State::finishLevel() {
    if (!isFine()) {
        detail::placeByParents(levels[current - 1], levels[current]);
        --current;
        enterLevel();
        return;
    }
    packFresh();
    graph.freshParts = 0;
    levels.resize(1);
    isSettled = true;
}

/// Others of the part are to give way.
void Layout::State::wake(std::uint32_t node) {
    const auto& first = finest().firstOfPart;
    const auto part = std::ranges::upper_bound(first, node) - first.begin() - 1;
    parts[static_cast<std::size_t>(part)].isResting = false;
    isSettled = false;
    if (isFine()) {
        iteration = fresh() > 0 ? std::min(iteration, kSecondSizing + 1) : 0;
        keepHeld();
    }
}

void Layout::State::show() {
    if (isShown) {
        return;
    }
    for (auto level = current; level > 0; --level) {
        detail::placeByParents(levels[level - 1], levels[level]);
    }
    shown.resize(finest().nodes());
    for (std::size_t node = 0; node < shown.size(); ++node) {
        shown[graph.outside[node]] = finest().places[node];
    }
    isShown = true;
}

Layout::Layout() : state_(std::make_unique<State>()) {}
Layout::~Layout() = default;

void Layout::setGraph(
    std::size_t nodes, std::span<const Pair> links, std::span<const std::optional<Point>> known) {
    state_ = std::make_unique<State>();
    state_->start(nodes, links, known);
}

bool Layout::step() {
    if (!state_->isSettled) {
        state_->relax();
    }
    return !state_->isSettled;
}

void Layout::hold(std::uint32_t node, Point where) {
    if (node >= state_->isHeld.size() || !isUsable(where)) {
        return;
    }
    const auto inside = state_->graph.inside[node];
    state_->isHeld[inside] = 1;
    state_->held[inside] = where;
    state_->wake(inside);
}

void Layout::release(std::uint32_t node) {
    if (node >= state_->isHeld.size() || state_->isHeld[state_->graph.inside[node]] == 0) {
        return;
    }
    const auto inside = state_->graph.inside[node];
    state_->isHeld[inside] = 0;
    state_->held.erase(inside);
    state_->wake(inside);
}

const Positions& Layout::positions() const {
    state_->show();
    return state_->shown;
}

bool Layout::settled() const {
    return state_->isSettled;
}

}  // namespace weft::graph
