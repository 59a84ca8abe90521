// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/session/types.h"

#include <numeric>

namespace weft::wireguard {

std::string_view nameOf(DropReason reason) {
    static constexpr std::array<std::string_view, kDropReasons> kNames{
        "malformed_message",
        "bad_mac1",
        "unknown_index",
        "refused_handshake",
        "replayed_initiation",
        "initiation_too_soon",
        "cookie_demanded",
        "cookie_budget",
        "rate_limited",
        "handshake_queue_full",
        "refused_cookie",
        "bad_authentication",
        "replayed",
        "expired_session",
        "malformed_inner",
        "wrong_source",
        "no_route",
        "no_endpoint",
        "no_private_key",
        "staged_overflow",
        "staged_expired",
        "outbox_full",
        "congestion",
        "host_refused",
        "roaming_budget",
        "denied"};
    const auto at = static_cast<std::size_t>(reason);
    return at < kNames.size() ? kNames[at] : std::string_view{"unknown"};
}

std::uint64_t DropCounters::total() const {
    return std::accumulate(counts_.begin(), counts_.end(), std::uint64_t{0});
}

}  // namespace weft::wireguard
