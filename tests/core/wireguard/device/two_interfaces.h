// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/poller.h"
#include "core/crypto/x25519.h"
#include "core/wireguard/device/packet_loop.h"
#include "tests/core/wireguard/packet/packets.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_tun.h"
#include "tests/support/loopback_path.h"
#include "tests/support/seeded_random.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace weft::tests {

/// An interface without a thread: a test turns its loop.
struct LoopNode {
    LoopNode(
        LoopbackNetwork& network,
        const FakeClock& clock,
        std::uint8_t number,
        const wireguard::ParallelOptions& parallel = {})
        : random(number)
        , key(crypto::X25519PrivateKey::generate(random))
        , endpoint{net::IpAddress::v4(0xC0000200U + number), 51820}
        , path(network.open(endpoint))
        , engine({}, random, {clock.now(), clock.wallNow()})
        , poller(*base::createPoller())
        , loop(tun, engine, *poller, clock, parallel) {
        EXPECT_TRUE(loop.watch().ok());
        EXPECT_TRUE(loop.addPath(*path).ok());
        loop.setMtu(1420);
        const auto bytes = key.bytes().reveal();
        EXPECT_TRUE(engine.setPrivateKey(crypto::SecretBytes(bytes), loop.now()).ok());
        engine.setUp(true, loop.now());
    }

    SeededRandom random;
    crypto::X25519PrivateKey key;
    net::Endpoint endpoint;
    std::unique_ptr<LoopbackPath> path;
    FakeTun tun;
    wireguard::Engine engine;
    std::unique_ptr<base::Poller> poller;
    wireguard::PacketLoop loop;
};

/// Hosts 1 and 2, which know each other.
class TwoInterfaces : public ::testing::Test {
public:
    explicit TwoInterfaces(const wireguard::ParallelOptions& parallel = {})
        : left(network, clock, 1, parallel), right(network, clock, 2, parallel) {
        introduce(left, right, 2);
        introduce(right, left, 1);
    }

    void introduce(LoopNode& node, const LoopNode& other, std::uint8_t host) {
        wireguard::PeerSettings peer;
        peer.key = other.key.publicKey();
        peer.endpoint = wireguard::PathAddress{.address = {.remote = other.endpoint}};
        // Packets of the tests come from 10.0.0.x and go to 10.0.1.x.
        peer.allowedIps = {
            net::IpPrefix(net::IpAddress::v4(0x0A000000U + host), 32),
            net::IpPrefix(net::IpAddress::v4(0x0A000100U + host), 32)};
        EXPECT_TRUE(node.engine.applyPeer(peer, node.loop.now()).ok());
    }

    /// Lets both work until neither has anything left to do.
    void settle() {
        for (int turns = 0; turns < 60; ++turns) {
            work(left);
            work(right);
        }
    }
    /// One turn, and those that take what other threads work on.
    static void work(LoopNode& node) {
        EXPECT_TRUE(node.loop.turn(Duration::zero()).ok());
        while (node.loop.isPacketUnderWay()) {
            EXPECT_TRUE(node.loop.turn(std::chrono::seconds(20)).ok());
        }
    }

    /// A packet has crossed, so that there is a session and nothing of the start is left over.
    void establish() {
        left.tun.inject(packet(1, 2, 100));
        settle();
        ASSERT_EQ(right.tun.takeWritten().size(), 1U);
    }

    static wireguard::testing::Bytes packet(
        std::uint8_t from, std::uint8_t to, std::size_t payload, std::uint32_t sequence = 1000) {
        wireguard::testing::PacketSpec spec;
        spec.sourceHost = from;
        spec.destinationHost = to;
        spec.sequence = sequence;
        spec.payload = wireguard::testing::someBytes(payload);
        return wireguard::testing::makePacket(spec);
    }

    std::uint64_t drops(const LoopNode& node, wireguard::DropReason reason) const {
        return node.engine.statistics().drops[reason];
    }

    FakeClock clock;
    LoopbackNetwork network;
    LoopNode left;
    LoopNode right;
};

}  // namespace weft::tests
