// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/tunnel_messages.h"

#include "core/config/value.h"
#include "core/daemon/detail/state_lines.h"

#include <google/protobuf/util/time_util.h>

#include <algorithm>

namespace weft::daemon {
namespace {

/// Go's time that was never set.
constexpr const char* kNever = "0001-01-01T00:00:00Z";

std::string timeText(const std::optional<WallTime>& time) {
    if (!time) {
        return kNever;
    }
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time->time_since_epoch());
    return google::protobuf::util::TimeUtil::ToString(
        google::protobuf::util::TimeUtil::SecondsToTimestamp(seconds.count()));
}

void addCandidates(const TunnelPeerStatistics& peer, weft::local::v1::TunnelPeer* message) {
    const auto add = [&](const net::Endpoint& place) {
        auto* candidate = message->add_candidates();
        candidate->set_endpoint(place.toString());
        candidate->set_in_use(place == peer.endpoint);
    };
    if (peer.endpoint && std::ranges::count(peer.candidates, *peer.endpoint) == 0) {
        // It came from there.
        add(*peer.endpoint);
    }
    std::ranges::for_each(peer.candidates, add);
}

}  // namespace

api::Freshness livenessOf(const TunnelPeerStatistics& peer, WallTime now) {
    return api::freshnessOf(
        {.lastHandshake = peer.lastHandshake,
         .lastHeard = peer.lastHeard,
         .keepalive = peer.keepalive},
        now);
}

weft::local::v1::Liveness toProto(api::Freshness freshness) {
    switch (freshness) {
    case api::Freshness::Never:
        return weft::local::v1::LIVENESS_NEVER;
    case api::Freshness::Fresh:
        return weft::local::v1::LIVENESS_FRESH;
    case api::Freshness::Stale:
        return weft::local::v1::LIVENESS_STALE;
    case api::Freshness::Gone:
        break;
    }
    return weft::local::v1::LIVENESS_GONE;
}

void toProto(const TunnelPeerStatistics& peer, weft::local::v1::TunnelPeer* message) {
    message->set_endpoint(peer.endpoint ? peer.endpoint->toString() : "");
    message->set_path(peer.path);
    if (peer.lastHandshake) {
        setTime(message->mutable_last_handshake(), *peer.lastHandshake);
    }
    message->set_receive_bytes(peer.receivedBytes);
    message->set_transmit_bytes(peer.sentBytes);
    message->set_handshakes(peer.handshakes);
    message->set_rekeys(peer.rekeys);
    message->set_keepalive_seconds(static_cast<std::uint32_t>(peer.keepalive.count()));
    for (const auto& prefix : peer.allowedIps) {
        message->add_allowed_ips(prefix.toString());
    }
    addCandidates(peer, message);
    for (const auto& drop : peer.drops) {
        auto* drops = message->add_drops();
        drops->set_reason(std::string(drop.reason));
        drops->set_packets(drop.packets);
    }
}

void toProto(const TunnelStatistics& tunnel, ::v1::InterfaceMetrics* message) {
    message->set_device_name(tunnel.facts.interfaceName);
    message->set_public_key(tunnel.publicKey.toBase64());
    for (const auto& address : tunnel.addresses) {
        const bool ipv4 = address.family() == net::Family::V4;
        (ipv4 ? message->mutable_address_v4() : message->mutable_address_v6())
            ->assign(address.toString());
    }
    message->set_type(tunnel.type);
    message->set_listen_port(tunnel.facts.listenPort);
    message->set_total_receive_bytes(tunnel.receivedBytes);
    message->set_total_transmit_bytes(tunnel.sentBytes);
    message->set_num_peers(static_cast<std::int32_t>(tunnel.peers.size()));
    for (const auto& peer : tunnel.peers) {
        auto* item = message->add_peers();
        item->set_public_key(peer.key.toBase64());
        item->set_endpoint(peer.endpoint ? peer.endpoint->toString() : "");
        item->set_persistent_keep_alive(config::formatDuration(peer.keepalive));
        item->set_last_handshake_time(timeText(peer.lastHandshake));
        for (const auto& prefix : peer.allowedIps) {
            item->add_allowed_ips(prefix.toString());
        }
        item->set_protocol_version(peer.protocolVersion);
        item->set_receive_bytes(peer.receivedBytes);
        item->set_transmit_bytes(peer.sentBytes);
    }
}

}  // namespace weft::daemon
