// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/wireguard/noise/identity.h"
#include "core/wireguard/noise/messages.h"
#include "tests/core/wireguard/session/world.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace weft::tests {

/// The wheel's tick: nothing is early, and late by less than this.
inline constexpr std::chrono::milliseconds kTick{10};

/// Two nodes that know each other.
class PairTest : public testing::Test {
protected:
    PairTest() { world.introduceBoth(left, right); }

    /// A session that `left` began, with all its messages arrived.
    void establish() {
        world.send(left, right, 1);
        world.settle();
        forgetCounts();
    }
    void forgetCounts() {
        for (auto* node : {&left, &right}) {
            node->sentByType = {};
            node->gotByType = {};
            node->sentBytes = 0;
            node->gotBytes = 0;
            node->events.clear();
            node->received.clear();
        }
    }
    static long eventsOf(const Node& node, wireguard::Event::Kind kind) {
        return std::ranges::count(node.events, kind, &wireguard::Event::kind);
    }
    static std::uint64_t drops(const Node& node, wireguard::DropReason reason) {
        return node.engine->statistics().drops[reason];
    }
    /// What came of a peer's settings.
    Status applied(Node& node, const wireguard::PeerSettings& settings) const {
        return node.engine->applyPeer(settings, world.momentOf(node)).status();
    }
    /// Settings of a peer that nobody is.
    static wireguard::PeerSettings peerNumber(std::uint32_t number) {
        wireguard::PeerSettings settings;
        settings.key.bytes[0] = static_cast<std::uint8_t>(number);
        settings.key.bytes[1] = static_cast<std::uint8_t>(number >> 8U);
        settings.key.bytes[31] = 0x40;
        return settings;
    }
    net::Endpoint endpointOf(const Node& node, const Node& other) const {
        return node.engine->endpointOf(world.indexOf(node, other))->address.remote;
    }
    /// What a stranger that knows the public key of `to` can make: the first MAC is right, the rest
    /// is noise.
    Datagram strangersInitiation(const Node& to, std::uint32_t source) {
        Datagram datagram;
        datagram.bytes.resize(wireguard::kInitiationBytes);
        noise.fill(std::span(datagram.bytes).subspan(4));
        datagram.bytes[0] = 1;
        wireguard::writeMac1(datagram.bytes, to.key);
        datagram.from = {net::IpAddress::v4(source), 1000};
        datagram.to = to.endpoint;
        return datagram;
    }
    /// The last message of a type that was sent; needs `world.keep`.
    Datagram lastOf(int type, const Node& from) const {
        const auto found = std::find_if(
            world.history.rbegin(), world.history.rend(), [&](const Datagram& datagram) {
                return datagram.type() == type && datagram.from == from.endpoint;
            });
        return found == world.history.rend() ? Datagram{} : *found;
    }

public:
    World world;
    SeededRandom noise{99};
    Node& left = world.addNode();
    Node& right = world.addNode();
};

}  // namespace weft::tests
