// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/wireguard/session/engine.h"
#include "tests/support/seeded_random.h"

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace weft::tests {

/// A datagram on its way between two nodes.
struct Datagram {
    std::vector<std::uint8_t> bytes;
    net::Endpoint from;
    net::Endpoint to;
    std::uint8_t trafficClass = 0;
    /// 1 to 4, the first byte.
    int type() const { return bytes.empty() ? 0 : bytes.front(); }
};

/// One engine with an address and what went in and out of it.
class Node {
public:
    Node(std::uint32_t number, wireguard::EngineOptions options, wireguard::Moment start);

    /// Throws the engine away, sessions and all, and makes a new one with the same key.
    void restart(wireguard::Moment start);

    std::uint32_t number;
    wireguard::EngineOptions options;
    net::Endpoint endpoint;
    net::IpAddress inner;
    SeededRandom random;
    crypto::SecretBytes privateKey;
    wireguard::PeerKey key;
    std::unique_ptr<wireguard::Engine> engine;
    /// The settings of its peers, for a restart.
    std::vector<wireguard::PeerSettings> peers;
    /// How far the time of day of this node is off.
    Duration wallOffset{};

    /// Marks of the inner packets that came out of the tunnel, in order.
    std::vector<std::uint32_t> received;
    std::vector<std::uint8_t> receivedClasses;
    /// Messages sent and taken in, by type; bytes of all.
    std::array<int, 5> sentByType{};
    std::array<int, 5> gotByType{};
    std::size_t sentBytes = 0;
    std::size_t gotBytes = 0;
    std::vector<wireguard::Event> events;
};

/// An IPv4 packet of `bytes` with a mark in its payload.
std::vector<std::uint8_t> markedPacket(
    const net::IpAddress& from, const net::IpAddress& to, std::uint32_t mark, std::size_t bytes);

/// Engines and a network between them, with the time in the hand of the test. Everything random
/// comes from the seed.
class World {
public:
    explicit World(std::uint64_t seed = 1);

    Node& addNode(wireguard::EngineOptions options = {});
    /// Makes `node` know `other`; with `endpoint` it can begin.
    wireguard::PeerIndex introduce(
        Node& node, const Node& other, bool endpoint = true, std::uint16_t keepalive = 0);
    void introduceBoth(Node& left, Node& right);
    wireguard::PeerIndex apply(Node& node, wireguard::PeerSettings settings);
    /// The settings by which a node knows another.
    static wireguard::PeerSettings settingsFor(const Node& other, bool endpoint = true);
    wireguard::PeerIndex indexOf(const Node& node, const Node& other) const;
    wireguard::PeerStatistics statisticsOf(const Node& node, const Node& other) const;

    /// An inner packet goes into the tunnel of `from`.
    void send(Node& from, const Node& to, std::uint32_t mark, std::size_t bytes = 100);
    void sendInner(Node& from, const std::vector<std::uint8_t>& packet);
    /// Hands datagrams to a node as one run, now.
    void inject(Node& to, const Datagram& datagram);

    /// Time passes: datagrams arrive, engines are advanced exactly when they ask for it.
    void run(Duration time);
    /// Lets everything that is under way arrive; for a network without delay no time passes.
    void settle();
    void restart(Node& node);
    wireguard::Moment momentOf(const Node& node) const;
    TimePoint now() const { return now_; }
    /// Calls of advance() since the start.
    int advances() const { return advances_; }

    // What the network does to datagrams.
    double loss = 0;
    double duplication = 0;
    Duration delay{};
    /// Random, on top, which reorders.
    Duration delaySpread{};
    /// May alter a datagram; false drops it.
    std::function<bool(Datagram&)> filter;
    /// Everything that was ever sent, when `keep` is set.
    bool keep = false;
    std::vector<Datagram> history;
    std::mt19937_64 dice;

private:
    void collect(Node& node);
    void collectAll();
    void post(const Datagram& datagram);
    void arrive(const Datagram& datagram);
    std::optional<TimePoint> nextTime() const;

    TimePoint now_;
    WallTime wall_;
    std::vector<std::unique_ptr<Node>> nodes_;
    std::multimap<TimePoint, Datagram> underWay_;
    int advances_ = 0;
};

}  // namespace weft::tests
