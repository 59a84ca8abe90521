// SPDX-License-Identifier: Apache-2.0
#include "ui/graph/detail/arrangement.h"
#include "ui/graph/detail/arrivals.h"
#include "ui/graph/detail/plane.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <utility>

namespace weft::graph::detail {
namespace {

/// A level with more than this share of the next finer one's nodes is not worth its time.
constexpr double kWorthShare = 0.95;
/// Known places beyond are taken for none: floats are too coarse there.
constexpr float kFarthest = 1e5F;
/// Known places that all lie this close together say nothing.
constexpr float kSpot = 1e-3F;
/// A known part that is smaller or larger than wanted by less than this keeps its size.
constexpr float kSizeSlack = 1.5F;
/// By more than this it gets the right one at once, else by a little.
constexpr float kSizeWrong = 5;
constexpr float kSizeStep = 1.01F;
/// A part of this many nodes is laid out anew when it has more unrest; one that has settled has a
/// tenth, places at random have twice as much.
constexpr std::uint32_t kManyNodes = 32;
constexpr float kMuchUnrest = 0.15F;

/// Known parts are too close when this much around each would meet.
constexpr Point kTouch{0.2F, 0.2F};

bool isOneSpot(
    std::span<const std::optional<Point>> known, const std::vector<std::uint8_t>& isKnown) {
    std::optional<Box> box;
    std::size_t count = 0;
    for (std::size_t node = 0; node < isKnown.size(); ++node) {
        if (isKnown[node] != 0) {
            const Box own{*known[node], *known[node]};
            box = box ? joined(*box, own) : own;
            ++count;
        }
    }
    return count > 1 && length(box->high - box->low) < kSpot;
}

}  // namespace

Arrangement::Arrangement(
    std::size_t nodes, std::span<const Pair> links, std::span<const std::optional<Point>> known)
    : isSettled_(nodes == 0), isShown_(false) {
    std::vector<std::uint8_t> isKnown(nodes);
    for (std::size_t node = 0; node < std::min(nodes, known.size()); ++node) {
        isKnown[node] = isUsable(known[node]) ? 1 : 0;
    }
    if (isOneSpot(known, isKnown)) {
        isKnown.assign(nodes, 0);
    }
    number(links, known, std::move(isKnown));
    untangleParts();
    coarsen();
    enterLevel();
}

bool Arrangement::isUsable(const std::optional<Point>& place) {
    return place && isFinite(*place) && std::abs(place->x) <= kFarthest
           && std::abs(place->y) <= kFarthest;
}

/// Parts that turn out to lie badly are fresh, which the numbering has to know.
void Arrangement::number(
    std::span<const Pair> links,
    std::span<const std::optional<Point>> known,
    std::vector<std::uint8_t> isKnown) {
    do {
        graph_ = numbered(isKnown, links);
        finest() = std::move(graph_.level);
        parts_.assign(finest().parts(), {});
        isHeld_.assign(finest().nodes(), 0);
    } while (!goOnFrom(known, isKnown));
}

/// False: some of what was known is of no use, and so not known any more.
bool Arrangement::goOnFrom(
    std::span<const std::optional<Point>> known, std::vector<std::uint8_t>& isKnown) {
    std::vector<std::uint8_t> isPlaced(finest().nodes());
    for (std::uint32_t node = 0; node < isPlaced.size(); ++node) {
        const auto outside = graph_.outside[node];
        if (isKnown[outside] != 0) {
            isPlaced[node] = 1;
            finest().places[node] = *known[outside];
        }
    }
    separate(finest());
    bool isGood = true;
    for (auto part = fresh(); part < parts_.size(); ++part) {
        if (goOn(part, isPlaced)) {
            continue;
        }
        isGood = false;
        const auto& first = finest().firstOfPart;
        for (auto node = first[part]; node < first[part + 1]; ++node) {
            isKnown[graph_.outside[node]] = 0;
        }
    }
    return isGood;
}

bool Arrangement::goOn(std::size_t part, std::vector<std::uint8_t>& isPlaced) {
    if (sizeOf(part) < 2) {
        return true;
    }
    forgetStrays(finest(), part, isPlaced);
    placeArrivals(finest(), part, isPlaced);
    auto fit = relaxation_.fit(finest(), part);
    auto growth = relaxation_.wantedGrowth(finest(), part);
    if (growth > kSizeWrong || growth < 1 / kSizeWrong) {
        grow(finest(), part, growth);
        fit = relaxation_.fit(finest(), part);
        growth = relaxation_.wantedGrowth(finest(), part);
    }
    if (sizeOf(part) >= kManyNodes && fit.unrest > kMuchUnrest) {
        return false;
    }
    const bool isRight = growth < kSizeSlack && growth > 1 / kSizeSlack;
    growth = isRight ? 1 : std::clamp(growth, 1 / kSizeStep, kSizeStep);
    grow(finest(), part, growth);
    parts_[part].strength = fit.strength * growth * growth * growth;
    return true;
}

/// Parts that have come to lie on a larger one, as when a link went, get a place beside it.
void Arrangement::untangleParts() {
    std::vector<std::size_t> order(parts_.size() - fresh());
    std::iota(order.begin(), order.end(), fresh());
    std::ranges::stable_sort(
        order, std::greater<>(), [this](std::size_t part) { return sizeOf(part); });
    std::vector<Box> bare;
    for (const auto part : order) {
        auto box = boxOf(finest(), part);
        bare.push_back({box.low + kMargin - kTouch, box.high - kMargin + kTouch});
    }
    std::vector<bool> isLoose(order.size());
    std::vector<Box> loose;
    const auto found = overlapping(bare);
    for (const auto at : found) {
        isLoose[at] = true;
        loose.push_back(boxOf(finest(), order[at]));
    }
    std::vector<Box> fixed;
    for (std::size_t at = 0; at < order.size(); ++at) {
        if (!isLoose[at]) {
            fixed.push_back(boxOf(finest(), order[at]));
        }
    }
    const auto moves = packed(fixed, loose);
    for (std::size_t at = 0; at < found.size(); ++at) {
        parts_[order[found[at]]].glide = moves[at];
    }
}

void Arrangement::coarsen() {
    for (std::size_t part = 0; part < fresh(); ++part) {
        const auto measures = measure(finest(), part);
        if (measures.pairs > 0) {
            parts_[part].strength = static_cast<float>(measures.links / measures.pairs);
        }
    }
    while (fresh() > 0) {
        auto next = coarser(levels_.back(), fresh());
        const auto nodes = static_cast<double>(levels_.back().firstOfPart[fresh()]);
        if (static_cast<double>(next.nodes()) > kWorthShare * nodes) {
            break;
        }
        levels_.push_back(std::move(next));
    }
    auto& coarsest = levels_.back();
    for (std::size_t part = 0; part < fresh(); ++part) {
        const auto begin = coarsest.firstOfPart[part];
        for (auto node = begin; node < coarsest.firstOfPart[part + 1]; ++node) {
            coarsest.places[node] = sunflower(node - begin) * std::sqrt(coarsest.masses[node]);
        }
    }
    current_ = levels_.size() - 1;
}

}  // namespace weft::graph::detail
