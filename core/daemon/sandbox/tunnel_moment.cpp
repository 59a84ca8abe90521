// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/sandbox/tunnel_moment.h"

#include <algorithm>

namespace weft::daemon::sandbox {
namespace {

// Messages of WireGuard (its paper, section 5.4).
constexpr std::uint64_t kInitiationBytes = 148;
constexpr std::uint64_t kResponseBytes = 92;
/// A peer that is there is heard of at least so often.
constexpr std::chrono::seconds kHeardEvery{2};

std::uint64_t countOf(Duration time, Duration every) {
    return static_cast<std::uint64_t>(std::max(time, Duration::zero()) / every);
}

/// The handshakes from `begin` to `end`, the first of them at once.
struct Handshakes {
    std::uint64_t count = 0;
    std::optional<Duration> last;
};

Handshakes handshakesBetween(Duration begin, Duration end) {
    if (end < begin) {
        return {};
    }
    const auto more = countOf(end - begin, kRekeyEvery);
    return {more + 1, begin + static_cast<std::int64_t>(more) * Duration(kRekeyEvery)};
}

/// Of the visit at `now`, and of those before it since `begin`.
void addHandshakes(const Presence& presence, Duration begin, Duration now, TunnelMoment& moment) {
    const auto last = presence.visitAt(now);
    const auto here = handshakesBetween(std::max(last.from, begin), std::min(last.to, now));
    moment.handshakes = here.count;
    moment.lastHandshake = here.last;
    std::uint64_t visits = here.count > 0 ? 1 : 0;
    if (last.from > begin) {
        const auto first = presence.visitAt(begin);
        const auto there = handshakesBetween(begin, first.to);
        const auto whole = handshakesBetween(Duration::zero(), first.to - first.from).count;
        const auto between = static_cast<std::uint64_t>(presence.visitsBetween(first, last));
        moment.handshakes += there.count + between * whole;
        visits += between + (there.count > 0 ? 1 : 0);
    }
    moment.rekeys = moment.handshakes - visits;
}

}  // namespace

TunnelMoment tunnelAt(
    const SimulatedNode& self, const SimulatedNode& node, Duration since, Duration now) {
    TunnelMoment moment;
    if (!canMeet(self, node)) {
        moment.sent = countOf(now - since, kTryEvery) * kInitiationBytes;
        return moment;
    }
    const auto begin =
        since + (since == Duration::zero() ? node.firstHandshake : roundTrip(self, node));
    if (now < begin) {
        moment.sent = kInitiationBytes;
        return moment;
    }
    const auto& presence = node.presence;
    addHandshakes(presence, begin, now, moment);
    const auto from = presence.timeThere(begin);
    const auto to = presence.timeThere(now);
    const auto away = (now - begin) - (to - from);
    moment.received =
        node.received.bytes(to) - node.received.bytes(from) + moment.handshakes * kResponseBytes;
    moment.sent = node.sent.bytes(to) - node.sent.bytes(from)
                  + (moment.handshakes + countOf(away, kTryEvery)) * kInitiationBytes;
    if (moment.lastHandshake) {
        const auto heard = std::min(presence.visitAt(now).to, now - now % Duration(kHeardEvery));
        moment.lastHeard = std::max(*moment.lastHandshake, heard);
    }
    return moment;
}

}  // namespace weft::daemon::sandbox
