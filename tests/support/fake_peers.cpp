// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_peers.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <array>

namespace weft::tests {
namespace {

using namespace std::chrono_literals;

struct Sample {
    const char* id;
    const char* zone;
    api::ClusterStatus status;
    const char* endpoint;
    bool neighbour;
    std::uint32_t links;
    std::chrono::hours age;
};

constexpr std::array kSamples{
    Sample{"laptop", "home", api::ClusterStatus::Leader, "192.0.2.14", false, 5, 720h},
    Sample{"nas", "home", api::ClusterStatus::Node, "192.0.2.20", true, 4, 700h},
    Sample{"vps-fra", "cloud", api::ClusterStatus::Node, "203.0.113.7", true, 6, 690h},
    Sample{"vps-ams", "cloud", api::ClusterStatus::Node, "203.0.113.61", true, 6, 521h},
    Sample{"workstation", "office", api::ClusterStatus::Node, "", true, 3, 340h},
    Sample{"build-01", "office", api::ClusterStatus::Node, "198.51.100.9", true, 3, 320h},
    Sample{"build-02", "office", api::ClusterStatus::Node, "198.51.100.10", false, 2, 319h},
    Sample{"camera-door", "home", api::ClusterStatus::Node, "", false, 1, 205h},
    Sample{"phone-office", "", api::ClusterStatus::Node, "", false, 1, 72h},
    Sample{"pi-garden", "home", api::ClusterStatus::Node, "", false, 2, 49h},
    Sample{"printer-hall", "home", api::ClusterStatus::Node, "", false, 1, 26h},
    Sample{"tablet-kitchen", "home", api::ClusterStatus::Node, "", false, 1, 2h},
};

std::vector<api::Feature> featuresOf(std::size_t index) {
    std::vector<api::Feature> features{{"NODES", 8443}};
    if (index == 0) {
        features.push_back({"STORAGE_PROVIDER", 9000});
        features.push_back({"MEMBERSHIP", 8443});
        features.push_back({"MESH_API", 8443});
    }
    if (index == 2 || index == 3) {
        features.push_back({"MESH_API", 8443});
        features.push_back({"MESH_DNS", 53});
    }
    if (index == 5) {
        features.push_back({"METRICS", 8080});
    }
    return features;
}

/// One neighbour in every condition that there is.
api::PeerTunnel makeTunnel(const api::Peer& peer, std::size_t index, WallTime now) {
    api::PeerTunnel tunnel;
    tunnel.keepalive = 30s;
    tunnel.allowedIps = {peer.addressIpv4, peer.addressIpv6};
    switch (index % kSamples.size()) {
    case 1:
        tunnel.endpoint = "192.0.2.20:51820";
        tunnel.lastHandshake = now - 34s;
        tunnel.receivedBytes = 6'912'394'240;
        tunnel.sentBytes = 1'318'912'000;
        tunnel.handshakes = 21;
        tunnel.rekeys = 20;
        break;
    case 2:
        tunnel.endpoint = "203.0.113.7:51820";
        tunnel.lastHandshake = now - 101s;
        tunnel.receivedBytes = 88'421'120;
        tunnel.sentBytes = 12'740'608;
        tunnel.handshakes = 18;
        tunnel.rekeys = 16;
        tunnel.drops = {{"wrong_source", 3}, {"replayed", 41}};
        break;
    case 3:
        tunnel.endpoint = "203.0.113.61:51820";
        tunnel.lastHandshake = now - 6min;
        tunnel.receivedBytes = 1'204'224;
        tunnel.sentBytes = 2'310'144;
        tunnel.handshakes = 9;
        tunnel.rekeys = 8;
        tunnel.drops = {{"staged_expired", 12}};
        break;
    case 4:
        // It has called, from where nobody could have reached it.
        tunnel.endpoint = "198.51.100.77:49152";
        tunnel.lastHandshake = now - 12s;
        tunnel.receivedBytes = 742;
        tunnel.sentBytes = 1'812;
        tunnel.handshakes = 1;
        break;
    default:
        tunnel.endpoint = "198.51.100.9:51820";
        tunnel.drops = {{"staged_expired", 5}};
        break;
    }
    tunnel.path = "udp";
    return tunnel;
}

api::Peer makePeer(std::size_t index, WallTime now) {
    const Sample& sample = kSamples.at(index % kSamples.size());
    const std::size_t round = index / kSamples.size();
    api::Peer peer;
    peer.id = round == 0 ? sample.id : fmt::format("{}-{:04}", sample.id, round);
    peer.publicKey = fakePublicKey(index);
    peer.zone = sample.zone;
    peer.addressIpv4 = fmt::format("172.16.{}.{}/32", (index + 1) / 256, (index + 1) % 256);
    peer.addressIpv6 = fmt::format("fd5e:7ab1:c04:{:x}::/64", index + 1);
    if (*sample.endpoint != '\0') {
        peer.primaryEndpoint = sample.endpoint;
        peer.wireguardEndpoints = {fmt::format("{}:51820", sample.endpoint)};
    }
    peer.features = featuresOf(index);
    peer.joinedAt = now - sample.age - std::chrono::minutes(7 * (index % 8));
    peer.clusterStatus = index == 0 || sample.status != api::ClusterStatus::Leader
                             ? sample.status
                             : api::ClusterStatus::Node;
    peer.isSelf = index == 0;
    peer.isNeighbour = sample.neighbour;
    peer.neighbourCount = sample.links;
    if (peer.isNeighbour) {
        peer.tunnel = makeTunnel(peer, index, now);
    }
    if (index == 6) {
        peer.way = api::PeerWay{
            "relayed",
            "symmetric_nat",
            "A router shows a node under another port to everybody it talks to.",
            "Forward the WireGuard port on one of the routers."};
    }
    return peer;
}

static_assert(kSamples.size() == kFakeSamples);

}  // namespace

std::string fakePublicKey(std::size_t seed) {
    // The libp2p form of an Ed25519 key: a fixed head, then 32 bytes.
    std::string bytes("\x08\x05\x12\x20", 4);
    std::uint32_t word = static_cast<std::uint32_t>(seed) * 2654435761U + 12345U;
    for (int i = 0; i < 32; ++i) {
        word = word * 1664525U + 1013904223U;
        bytes.push_back(static_cast<char>(word >> 24U));
    }
    return base::base64Encode(bytes);
}

std::vector<api::Peer> fakePeers(std::size_t count, WallTime now) {
    std::vector<api::Peer> peers;
    peers.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        peers.push_back(makePeer(i, now));
    }
    return peers;
}

}  // namespace weft::tests
