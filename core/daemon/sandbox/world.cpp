// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/sandbox/world.h"

#include "core/daemon/sandbox/draw.h"

#include <fmt/format.h>

#include <cstddef>
#include <utility>

namespace weft::daemon::sandbox {

World::World(MeshPlan plan, TimePoint now) : plan_(std::move(plan)), begin_(now - kHistory) {
    for (const auto& node : plan_.nodes) {
        byId_.emplace(node.id, &node);
        byKey_.emplace(node.wireguardKey, &node);
    }
}

const SimulatedNode* World::find(const mesh::NodeId& id) const {
    const auto found = byId_.find(id);
    return found == byId_.end() ? nullptr : found->second;
}

const SimulatedNode* World::find(const crypto::WireGuardPublicKey& key) const {
    const auto found = byKey_.find(key);
    return found == byKey_.end() ? nullptr : found->second;
}

std::optional<World::Echo> World::echo(
    const net::IpAddress& target, std::uint64_t count, TimePoint now) const {
    constexpr std::uint64_t kThousand = 1000;
    // A line is a little slower now and then, never faster.
    constexpr double kMostJitter = 0.15;
    const auto way = ways_ ? ways_(target) : std::vector<mesh::NodeId>();
    Draw draw(plan_.seed, fmt::format("echo {} {}", target.toString(), count));
    Duration sum{};
    for (std::size_t at = 1; at < way.size(); ++at) {
        const auto* one = find(way[at - 1]);
        const auto* other = find(way[at]);
        if (one == nullptr || other == nullptr || !canMeet(*one, *other) || !isThere(*other, now)
            || draw.below(kThousand) < other->lostPerMille) {
            return std::nullopt;
        }
        const auto jitter = draw.between(1, 1 + kMostJitter);
        sum += std::chrono::duration_cast<Duration>(roundTrip(*one, *other) * jitter);
    }
    if (way.size() < 2) {
        return std::nullopt;
    }
    return Echo{.roundTrip = sum, .between = way.size() - 2};
}

}  // namespace weft::daemon::sandbox
