// SPDX-License-Identifier: Apache-2.0
#include "ui/graph/detail/arrivals.h"

#include "ui/graph/detail/plane.h"

#include <algorithm>
#include <limits>
#include <numbers>
#include <numeric>
#include <tuple>

namespace weft::graph::detail {
namespace {

/// Of a hub's neighbours it is enough to look at so many.
constexpr std::size_t kLookedAt = 256;

/// The places of nodes around `anchor`.
Positions placesAround(
    const Level& level, std::uint32_t anchor, const std::vector<std::uint8_t>& isPlaced) {
    Positions around;
    const auto add = [&](const Arc& arc) {
        if (isPlaced[arc.to] != 0 && around.size() < kLookedAt) {
            around.push_back(level.places[arc.to]);
        }
    };
    std::ranges::for_each(level.arcsOf(anchor), add);
    for (const auto& arc : level.arcsOf(anchor)) {
        if (around.size() >= kLookedAt) {
            break;
        }
        std::ranges::for_each(level.arcsOf(arc.to), add);
    }
    return around;
}

/// The length of a short one of the links of `anchor`.
float usualLength(
    const Level& level, std::uint32_t anchor, const std::vector<std::uint8_t>& isPlaced) {
    constexpr float kLeast = 0.8F;
    std::vector<float> lengths;
    for (const auto& arc : level.arcsOf(anchor)) {
        if (isPlaced[arc.to] != 0) {
            lengths.push_back(length(level.places[arc.to] - level.places[anchor]));
        }
    }
    if (lengths.empty()) {
        return kLeast;
    }
    const auto quarter = lengths.begin() + static_cast<std::ptrdiff_t>(lengths.size() / 4);
    std::ranges::nth_element(lengths, quarter);
    return std::max(*quarter, kLeast);
}

/// A spot beside `anchor`, in the direction in which there is most room.
Point beside(const Level& level, std::uint32_t anchor, const std::vector<std::uint8_t>& isPlaced) {
    constexpr int kDirections = 16;
    const auto here = level.places[anchor];
    const auto away = usualLength(level, anchor, isPlaced);
    const auto around = placesAround(level, anchor, isPlaced);
    Point best = here;
    float most = -1;
    for (int at = 0; at < kDirections; ++at) {
        const auto angle =
            2 * std::numbers::pi_v<float> * static_cast<float>(at) / kDirections + 0.1F;
        const auto spot = here + Point{std::cos(angle), std::sin(angle)} * away;
        auto room = std::numeric_limits<float>::max();
        for (const auto& other : around) {
            if (!(other == here)) {
                room = std::min(room, length(other - spot));
            }
        }
        if (room > most) {
            most = room;
            best = spot;
        }
    }
    return best;
}

}  // namespace

void placeArrivals(Level& level, std::size_t part, std::vector<std::uint8_t>& isPlaced) {
    std::vector<std::uint32_t> queue;
    for (auto node = level.firstOfPart[part]; node < level.firstOfPart[part + 1]; ++node) {
        if (isPlaced[node] != 0) {
            queue.push_back(node);
        }
    }
    std::vector<std::uint8_t> isWaiting(isPlaced);
    // The queue grows while it is walked; those with a place come first.
    for (std::size_t at = 0; at < queue.size(); ++at) {
        const auto node = queue[at];
        Point sum;
        float count = 0;
        auto anchor = node;
        for (const auto& arc : level.arcsOf(node)) {
            if (isPlaced[arc.to] != 0) {
                sum += level.places[arc.to];
                anchor = arc.to;
                ++count;
            } else if (isWaiting[arc.to] == 0) {
                isWaiting[arc.to] = 1;
                queue.push_back(arc.to);
            }
        }
        if (isPlaced[node] == 0) {
            level.places[node] = count > 1 ? sum * (1 / count) : beside(level, anchor, isPlaced);
            isPlaced[node] = 1;
        }
    }
}

void separate(Level& level) {
    constexpr float kApart = 0.1F;
    std::vector<std::uint32_t> order(level.nodes());
    std::iota(order.begin(), order.end(), 0U);
    const auto& places = level.places;
    std::ranges::sort(order, {}, [&places](std::uint32_t node) {
        return std::tuple(places[node].x, places[node].y, node);
    });
    for (std::size_t at = 0; at < order.size();) {
        const auto spot = places[order[at]];
        std::uint32_t number = 0;
        for (; at < order.size() && places[order[at]] == spot; ++at) {
            level.places[order[at]] = spot + sunflower(number++) * kApart;
        }
    }
}

}  // namespace weft::graph::detail
