// SPDX-License-Identifier: Apache-2.0
#include "ui/graph/detail/arrangement.h"

#include "ui/graph/detail/plane.h"

#include <algorithm>
#include <cmath>

namespace weft::graph::detail {
namespace {

constexpr Schedule kCoarse{50, 0.5F, 0.02F};
constexpr Schedule kFine{150, 0.5F, 0.005F};
/// A small graph gets more steps: as many as this, or moves of single nodes.
constexpr int kMostSteps = 400;
constexpr int kMoves = 1'500'000;
/// What goes on from known places.
constexpr Schedule kGoingOn{100, 0.5F, 0.005F};
/// At these steps of the finest level a fresh part gets the size in which it can be read.
constexpr int kFirstSizing = 30;
constexpr int kSecondSizing = 70;
/// When no node of a part goes farther, it rests.
constexpr float kRest = 0.003F;
/// Of the way that a part still has to glide, what it goes in a step.
constexpr float kGlide = 0.1F;

}  // namespace

float Schedule::shareAt(int step) const {
    const auto time = static_cast<float>(step) / static_cast<float>(steps);
    return first * std::pow(last / first, time);
}

Schedule Arrangement::schedule() const {
    if (!isFine()) {
        return kCoarse;
    }
    if (fresh() == 0) {
        return kGoingOn;
    }
    auto schedule = kFine;
    const auto moves = kMoves / static_cast<int>(levels_.front().nodes());
    schedule.steps = std::clamp(moves, kFine.steps, kMostSteps);
    return schedule;
}

bool Arrangement::isSizing() const {
    return isFine() && (iteration_ == kFirstSizing || iteration_ == kSecondSizing);
}

void Arrangement::step() {
    if (isSettled_) {
        return;
    }
    bool isMoving = false;
    const auto count = isFine() ? parts_.size() : fresh();
    for (std::size_t part = 0; part < count; ++part) {
        auto& own = parts_[part];
        if (!own.isResting && sizeOf(part) > 1) {
            moveNodes(part);
            isMoving = isMoving || !own.isResting;
        }
        if (!(own.glide == Point{})) {
            glide(part, kGlide);
            isMoving = true;
        }
    }
    if (isSizing()) {
        packFresh();
    }
    isShown_ = false;
    ++iteration_;
    if (!isMoving || iteration_ >= schedule().steps) {
        leaveLevel();
    }
}

void Arrangement::moveNodes(std::size_t part) {
    auto& own = parts_[part];
    const bool isFresh = part < fresh();
    const Drive drive{
        .strength = own.strength,
        .makesRoom = isFine() && (!isFresh || iteration_ > kFirstSizing),
        .limit = schedule().shareAt(iteration_) * own.unit};
    const std::span<const std::uint8_t> held(isHeld_);
    const auto farthest =
        relaxation_.step(levels_[current_], part, drive, isFine() ? held : held.subspan(0, 0));
    if (isFresh && isSizing()) {
        fitSize(part);
    }
    own.isResting = isFine() && farthest < kRest && (!isFresh || iteration_ > kSecondSizing);
}

void Arrangement::fitSize(std::size_t part) {
    auto& own = parts_[part];
    const auto growth = iteration_ == kFirstSizing ? growthForLinks(measure(finest(), part))
                                                   : relaxation_.wantedGrowth(finest(), part);
    grow(finest(), part, growth);
    own.strength *= growth * growth * growth;
    own.unit *= growth;
}

void Arrangement::glide(std::size_t part, float share) {
    constexpr float kNear = 0.01F;
    auto& rest = parts_[part].glide;
    const auto way = length(rest) < kNear ? rest : rest * share;
    rest = rest - way;
    const auto& first = finest().firstOfPart;
    for (auto node = first[part]; node < first[part + 1]; ++node) {
        finest().places[node] += way;
    }
    keepHeld();
}

/// The places of the level are rough: it has been reached just now.
void Arrangement::enterLevel() {
    auto& level = levels_[current_];
    for (std::size_t part = 0; part < fresh(); ++part) {
        if (sizeOf(part) < 2) {
            continue;
        }
        auto& own = parts_[part];
        const auto measures = measure(level, part);
        const auto growth = growthFor(measures, own.strength);
        grow(level, part, growth);
        own.unit = growth * static_cast<float>(std::cbrt(measures.cubes / measures.links));
    }
    packFresh();
    iteration_ = 0;
}

void Arrangement::leaveLevel() {
    if (!isFine()) {
        placeByParents(levels_[current_ - 1], levels_[current_]);
        --current_;
        enterLevel();
        return;
    }
    for (std::size_t part = 0; part < parts_.size(); ++part) {
        glide(part, 1);
    }
    packFresh();
    graph_.freshParts = 0;
    levels_.resize(1);
    isSettled_ = true;
}

Box Arrangement::boxOf(const Level& level, std::size_t part) const {
    const auto begin = level.firstOfPart[part];
    Box box{level.places[begin], level.places[begin]};
    for (auto node = begin; node < level.firstOfPart[part + 1]; ++node) {
        box = joined(box, {level.places[node], level.places[node]});
    }
    const auto& glide = parts_[part].glide;
    return {box.low - kMargin + glide, box.high + kMargin + glide};
}

/// Puts the fresh parts beside the others and each other.
void Arrangement::packFresh() {
    std::vector<Box> fixed;
    std::vector<Box> loose;
    for (std::size_t part = 0; part < parts_.size() && fresh() > 0; ++part) {
        if (part < fresh()) {
            loose.push_back(boxOf(levels_[current_], part));
        } else {
            fixed.push_back(boxOf(finest(), part));
        }
    }
    const auto moves = packed(fixed, loose);
    auto& level = levels_[current_];
    for (std::size_t part = 0; part < fresh(); ++part) {
        for (auto node = level.firstOfPart[part]; node < level.firstOfPart[part + 1]; ++node) {
            level.places[node] += moves[part];
        }
    }
    keepHeld();
}

void Arrangement::keepHeld() {
    for (const auto& [node, where] : held_) {
        finest().places[node] = where;
    }
    isShown_ = false;
}

void Arrangement::hold(std::uint32_t node, Point where) {
    const auto inside = graph_.inside[node];
    isHeld_[inside] = 1;
    held_[inside] = where;
    wake(inside);
}

void Arrangement::release(std::uint32_t node) {
    const auto inside = graph_.inside[node];
    if (isHeld_[inside] != 0) {
        isHeld_[inside] = 0;
        held_.erase(inside);
        wake(inside);
    }
}

/// Others of its part are to give way.
void Arrangement::wake(std::uint32_t node) {
    const auto& first = finest().firstOfPart;
    const auto part = std::ranges::upper_bound(first, node) - first.begin() - 1;
    parts_[static_cast<std::size_t>(part)].isResting = false;
    isSettled_ = false;
    if (isFine()) {
        iteration_ = fresh() > 0 ? std::min(iteration_, kSecondSizing + 1) : 0;
        keepHeld();
    }
}

/// On coarser levels each node is shown about where it will be put.
const Positions& Arrangement::positions() {
    if (!isShown_) {
        for (auto level = current_; level > 0; --level) {
            placeByParents(levels_[level - 1], levels_[level]);
        }
        keepHeld();
        shown_.resize(finest().nodes());
        for (std::size_t node = 0; node < shown_.size(); ++node) {
            shown_[graph_.outside[node]] = finest().places[node];
        }
        isShown_ = true;
    }
    return shown_;
}

}  // namespace weft::graph::detail
