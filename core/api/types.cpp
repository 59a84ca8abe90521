// SPDX-License-Identifier: Apache-2.0
#include "core/api/types.h"

#include <algorithm>

namespace weft::api {

bool Capabilities::has(const std::string& feature) const {
    return std::ranges::find(features, feature) != features.end();
}

const Profile* DaemonState::findProfile(const ProfileId& id) const {
    const auto found = std::ranges::find(profiles, id, &Profile::id);
    return found == profiles.end() ? nullptr : &*found;
}

const Connection* DaemonState::findConnection(const ProfileId& id) const {
    const auto found = std::ranges::find(connections, id, &Connection::profileId);
    return found == connections.end() ? nullptr : &*found;
}

Freshness freshnessOf(const std::optional<WallTime>& lastHandshake, WallTime now) {
    if (!lastHandshake) {
        return Freshness::Never;
    }
    const auto age = now - *lastHandshake;
    if (age <= kFreshFor) {
        return Freshness::Fresh;
    }
    return age <= kStaleFor ? Freshness::Stale : Freshness::Gone;
}

Freshness freshnessOf(const LifeSigns& signs, WallTime now) {
    const auto byHandshake = freshnessOf(signs.lastHandshake, now);
    const bool isSilent = signs.keepalive > std::chrono::seconds::zero() && signs.lastHeard
                          && now - *signs.lastHeard > kHeardWithin;
    return byHandshake == Freshness::Fresh && isSilent ? Freshness::Stale : byHandshake;
}

}  // namespace weft::api
