// SPDX-License-Identifier: Apache-2.0
#include "ui/graph/detail/relaxation.h"

#include "ui/graph/detail/plane.h"

#include <algorithm>
#include <cmath>

namespace weft::graph::detail {
namespace {

/// Both ends of a link move at the same time: to go by less than all of it keeps them from
/// swinging.
constexpr float kDamping = 2;
/// How much a link of length 1 pulls is 1.
constexpr float kRoomStrength = 2;
constexpr float kTiny = 1e-9F;

/// What the links of a node do to it.
struct Spring {
    Point pull;
    float stiffness = 0;
    /// The pulls of all, whatever their directions.
    float work = 0;
};

Spring springAt(const Level& level, std::uint32_t node) {
    const auto here = level.places[node];
    Spring sum;
    for (const auto& arc : level.arcsOf(node)) {
        const auto way = level.places[arc.to] - here;
        const auto far = length(way);
        const auto tension = arc.weight * far;
        sum.pull += way * tension;
        sum.stiffness += tension;
        sum.work += tension * far;
    }
    return sum;
}

float medianWork(std::span<const Spring> springs) {
    std::vector<float> works;
    for (const auto& spring : springs) {
        works.push_back(spring.work);
    }
    const auto middle = works.begin() + static_cast<std::ptrdiff_t>(works.size() / 2);
    std::ranges::nth_element(works, middle);
    return *middle;
}

Point middleOf(const Level& level, std::size_t part) {
    Point sum;
    float count = 0;
    for (auto node = level.firstOfPart[part]; node < level.firstOfPart[part + 1]; ++node) {
        sum += level.places[node];
        ++count;
    }
    return sum * (1 / std::max(count, 1.0F));
}

}  // namespace

float Relaxation::step(
    Level& level, std::size_t part, const Drive& drive, std::span<const std::uint8_t> held) {
    push(level, part, drive.makesRoom ? kRoomStrength / drive.strength : 0.0F);
    const auto begin = level.firstOfPart[part];
    const auto end = level.firstOfPart[part + 1];
    for (auto node = begin; node < end; ++node) {
        const auto spring = springAt(level, node);
        auto& push = push_[node - begin];
        const auto weight = drive.strength * level.masses[node];
        const auto total = spring.pull + push * weight;
        const auto stiffness =
            kDamping * spring.stiffness + weight * stiffness_[node - begin] + kTiny;
        push = total * (1 / stiffness);
    }
    return move(level, part, drive.limit, held);
}

float Relaxation::move(
    Level& level, std::size_t part, float limit, std::span<const std::uint8_t> held) {
    const auto begin = level.firstOfPart[part];
    float farthest = 0;
    Point sum;
    bool isHeld = false;
    for (std::size_t at = 0; at < push_.size(); ++at) {
        auto& way = push_[at];
        const auto far = length(way);
        if (!held.empty() && held[begin + at] != 0) {
            isHeld = true;
            way = {};
            continue;
        }
        farthest = std::max(farthest, far);
        way = far > limit ? way * (limit / far) : way;
        sum += way;
    }
    // Stiff nodes go less far than others, so that a part would wander off.
    const auto drift = isHeld ? Point{} : sum * (1 / static_cast<float>(push_.size()));
    for (std::size_t at = 0; at < push_.size(); ++at) {
        level.places[begin + at] += push_[at] - drift;
    }
    return farthest;
}

void Relaxation::push(const Level& level, std::size_t part, float closeness) {
    const auto begin = level.firstOfPart[part];
    const auto count = level.firstOfPart[part + 1] - begin;
    push_.resize(count);
    stiffness_.resize(count);
    repulsion_.compute(
        std::span(level.places).subspan(begin, count),
        std::span(level.masses).subspan(begin, count),
        closeness,
        push_,
        stiffness_);
}

Fit Relaxation::fit(const Level& level, std::size_t part) {
    constexpr float kAtLeast = 0.1F;
    push(level, part, kRoomStrength);
    const auto withRoom = push_;
    push(level, part, 0);
    std::vector<Spring> springs;
    for (auto node = level.firstOfPart[part]; node < level.firstOfPart[part + 1]; ++node) {
        springs.push_back(springAt(level, node));
        auto& spring = springs.back();
        const auto at = node - level.firstOfPart[part];
        spring.pull += withRoom[at] - push_[at];
    }
    // At rest, pull and room together are the push times the strength at each node. Where more is
    // at work than usual a node counts less, so that a new link that is far too long says little.
    const auto usual = medianWork(springs) + kTiny;
    double product = 0;
    double square = 0;
    for (std::size_t at = 0; at < push_.size(); ++at) {
        const double work = springs[at].work + usual;
        product -= dot(springs[at].pull, push_[at]) / (work * work);
        square += dot(push_[at], push_[at]) / (work * work);
    }
    const auto measures = measure(level, part);
    const auto plain = measures.cubes / measures.pairs;
    const auto found = product / std::max<double>(square, kTiny);
    Fit fit;
    fit.strength = static_cast<float>(std::clamp(found, kAtLeast * std::min(plain, 1.0), plain));
    for (std::size_t at = 0; at < push_.size(); ++at) {
        const auto force = length(springs[at].pull + push_[at] * fit.strength);
        fit.unrest += std::min(1.0F, force / (springs[at].work + usual));
    }
    fit.unrest /= static_cast<float>(push_.size());
    return fit;
}

float Relaxation::wantedGrowth(const Level& level, std::size_t part) const {
    constexpr float kSpacing = 0.3F;
    // Nodes that are on one spot for another reason than size.
    constexpr float kMostForRoom = 100;
    const auto room = kSpacing / std::max(repulsion_.spacing(), kTiny);
    return std::max(growthForLinks(measure(level, part)), std::min(room, kMostForRoom));
}

Measures measure(const Level& level, std::size_t part) {
    Measures sums;
    double mass = 0;
    double squares = 0;
    for (auto node = level.firstOfPart[part]; node < level.firstOfPart[part + 1]; ++node) {
        const double own = level.masses[node];
        mass += own;
        squares += own * own;
        for (const auto& arc : level.arcsOf(node)) {
            const double far = length(level.places[arc.to] - level.places[node]);
            // Each link is seen from both ends.
            const double weight = arc.weight / 2;
            sums.links += weight;
            sums.lengths += weight * far;
            sums.cubes += weight * far * far * far;
        }
    }
    sums.pairs = (mass * mass - squares) / 2;
    return sums;
}

void grow(Level& level, std::size_t part, float factor) {
    const auto middle = middleOf(level, part);
    for (auto node = level.firstOfPart[part]; node < level.firstOfPart[part + 1]; ++node) {
        level.places[node] = middle + (level.places[node] - middle) * factor;
    }
}

float growthForLinks(const Measures& measures) {
    constexpr double kMost = 1e6;
    return static_cast<float>(
        std::min(measures.links / std::max<double>(measures.lengths, kTiny), kMost));
}

float growthFor(const Measures& measures, float strength) {
    const auto has = std::max(measures.cubes, 1e-12);
    return static_cast<float>(std::cbrt(strength * measures.pairs / has));
}

}  // namespace weft::graph::detail
