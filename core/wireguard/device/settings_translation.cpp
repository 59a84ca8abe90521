// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/device/settings_translation.h"

#include "core/platform/zone.h"

#include <algorithm>
#include <utility>

namespace weft::wireguard {
namespace {

/// The last word on a prefix counts.
void addSteps(const std::vector<AllowedIpChange>& steps, PeerSettings& settings) {
    const bool mixed = std::ranges::any_of(steps, &AllowedIpChange::remove);
    for (const auto& step : steps) {
        auto& to = step.remove ? settings.removedAllowedIps : settings.allowedIps;
        if (mixed && step.remove) {
            std::erase(settings.allowedIps, step.prefix);
        }
        to.push_back(step.prefix);
    }
}

}  // namespace

StatusOr<PeerSettings> settingsOf(PeerChange change) {
    PeerSettings settings;
    settings.key = change.key;
    settings.remove = change.remove;
    settings.updateOnly = change.updateOnly;
    settings.replaceAllowedIps = change.replaceAllowedIps;
    settings.presharedKey = std::move(change.presharedKey);
    if (change.endpoint) {
        settings.endpoint = PathAddress{.address = {.remote = change.endpoint->endpoint}};
        if (const auto& zone = change.endpoint->zone; !zone.empty()) {
            WEFT_ASSIGN_OR_RETURN(
                settings.endpoint->address.interface, platform::interfaceOfZone(zone));
        }
    }
    settings.persistentKeepalive = change.persistentKeepalive;
    addSteps(change.allowedIps, settings);
    return settings;
}

PeerState stateOf(PeerSnapshot snapshot) {
    PeerState state;
    state.key = snapshot.key;
    if (snapshot.presharedKey) {
        state.presharedKey = std::move(*snapshot.presharedKey);
    }
    if (snapshot.endpoint) {
        const auto& address = snapshot.endpoint->address;
        state.endpoint = ControlEndpoint{address.remote, {}};
        // Packets tell their interface for every source; only here it belongs to the remote.
        if (address.isOnLink() && address.interface != 0) {
            state.endpoint->zone = platform::zoneOf(address.interface);
        }
    }
    state.lastHandshake = snapshot.statistics.lastHandshake;
    state.sentBytes = snapshot.statistics.sentBytes;
    state.receivedBytes = snapshot.statistics.receivedBytes;
    state.persistentKeepalive = snapshot.persistentKeepalive;
    state.allowedIps = std::move(snapshot.allowedIps);
    return state;
}

}  // namespace weft::wireguard
