// SPDX-License-Identifier: Apache-2.0
#include "ui/graph/detail/arrivals.h"

#include "ui/graph/detail/plane.h"

#include <algorithm>
#include <limits>
#include <numbers>
#include <numeric>
#include <optional>
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

/// How far a node with a place is from the nearest of its neighbours that have one; nullopt: none
/// has.
std::optional<float> nearestOf(
    const Level& level, std::uint32_t node, const std::vector<std::uint8_t>& isPlaced) {
    std::optional<float> nearest;
    for (const auto& arc : level.arcsOf(node)) {
        if (isPlaced[arc.to] != 0) {
            const auto far = length(level.places[arc.to] - level.places[node]);
            nearest = std::min(nearest.value_or(far), far);
        }
    }
    return nearest;
}

/// Links longer than this are far too long.
float longLink(const Level& level, std::size_t part, const std::vector<std::uint8_t>& isPlaced) {
    constexpr float kTimes = 8;
    std::vector<float> all;
    for (auto node = level.firstOfPart[part]; node < level.firstOfPart[part + 1]; ++node) {
        const auto nearest = nearestOf(level, node, isPlaced);
        if (isPlaced[node] != 0 && nearest) {
            all.push_back(*nearest);
        }
    }
    if (all.empty()) {
        return 0;
    }
    const auto middle = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
    std::ranges::nth_element(all, middle);
    return kTimes * *middle;
}

/// The nodes of a part with a place in groups, which links that are not far too long hold together.
std::vector<std::vector<std::uint32_t>> groupsOf(
    const Level& level, std::size_t part, const std::vector<std::uint8_t>& isPlaced) {
    const auto tooLong = longLink(level, part, isPlaced);
    const auto begin = level.firstOfPart[part];
    const auto end = level.firstOfPart[part + 1];
    std::vector<std::uint8_t> isOpen(isPlaced.begin() + begin, isPlaced.begin() + end);
    std::vector<std::vector<std::uint32_t>> groups;
    const auto visit = [&](std::vector<std::uint32_t>& group, std::uint32_t node) {
        isOpen[node - begin] = 0;
        group.push_back(node);
    };
    const auto spread = [&](std::vector<std::uint32_t>& group, std::uint32_t node) {
        for (const auto& arc : level.arcsOf(node)) {
            const auto far = length(level.places[arc.to] - level.places[node]);
            if (isOpen[arc.to - begin] != 0 && far <= tooLong) {
                visit(group, arc.to);
            }
        }
    };
    for (auto node = begin; node < end; ++node) {
        if (isOpen[node - begin] != 0) {
            auto& group = groups.emplace_back();
            visit(group, node);
            // It grows while it is walked.
            for (std::size_t at = 0; at < group.size(); ++at) {
                spread(group, group[at]);
            }
        }
    }
    return groups;
}

/// Whether the links from a group to others pull it somewhere. Else it hangs between them, as the
/// middle of a large tree does.
bool isPulled(
    const Level& level,
    const std::vector<std::uint32_t>& group,
    const std::vector<std::uint8_t>& isPlaced) {
    constexpr float kShare = 0.5F;
    Point pull;
    float all = 0;
    for (const auto node : group) {
        for (const auto& arc : level.arcsOf(node)) {
            if (isPlaced[arc.to] != 0) {
                // Links within the group cancel out, and are short.
                const auto way = level.places[arc.to] - level.places[node];
                pull += way * length(way);
                all += dot(way, way);
            }
        }
    }
    return length(pull) > kShare * all;
}

}  // namespace

void forgetStrays(const Level& level, std::size_t part, std::vector<std::uint8_t>& isPlaced) {
    // The largest group stays in any case, and what is too large to be a stray.
    constexpr std::size_t kFew = 32;
    auto groups = groupsOf(level, part, isPlaced);
    const auto largest = std::ranges::max_element(groups, {}, &std::vector<std::uint32_t>::size);
    for (auto group = groups.begin(); group != groups.end(); ++group) {
        if (group == largest || group->size() > kFew || !isPulled(level, *group, isPlaced)) {
            continue;
        }
        for (const auto node : *group) {
            isPlaced[node] = 0;
        }
    }
}

void placeArrivals(Level& level, std::size_t part, std::vector<std::uint8_t>& isPlaced) {
    const auto begin = level.firstOfPart[part];
    const auto end = level.firstOfPart[part + 1];
    std::vector<std::uint32_t> queue;
    for (auto node = begin; node < end; ++node) {
        if (isPlaced[node] != 0) {
            queue.push_back(node);
        }
    }
    std::vector<std::uint8_t> isSeen(isPlaced.begin() + begin, isPlaced.begin() + end);
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
            } else if (isSeen[arc.to - begin] == 0) {
                isSeen[arc.to - begin] = 1;
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
