// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/packet/coalescer.h"
#include "core/wireguard/packet/inner_packet.h"
#include "tests/core/wireguard/packet/packets.h"
#include "tests/core/wireguard/packet/recording_sink.h"
#include "tests/support/random_seed.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <vector>

namespace weft::wireguard {
namespace {

using testing::Bytes;
using testing::makePacket;
using testing::PacketSpec;
using testing::RecordingSink;
using testing::someBytes;

/// A stream of packets of several flows with everything that happens to packets on their way.
class RandomTraffic {
public:
    explicit RandomTraffic(std::uint64_t seed) : random_(seed) {
        for (unsigned index = 0; index < kFlows; ++index) {
            PacketSpec flow;
            flow.family = chance(2) ? net::Family::V4 : net::Family::V6;
            flow.protocol = chance(3) ? kProtocolUdp : kProtocolTcp;
            flow.sourceHost = static_cast<std::uint8_t>(index);
            flow.dontFragment = !chance(3);
            flow.sequence = static_cast<std::uint32_t>(random_());
            flow.id = static_cast<std::uint16_t>(random_());
            flow.tcpOptions.resize(4 * (random_() % 4));
            flows_.push_back(flow);
            sizes_.push_back(1 + random_() % (chance(3) ? 50 : 1400));
        }
    }

    std::vector<Bytes> next(std::size_t count) {
        std::vector<Bytes> packets;
        while (packets.size() < count) {
            const auto index = random_() % kFlows;
            const auto burst = 1 + random_() % 12;
            for (std::size_t packet = 0; packet < burst; ++packet) {
                packets.push_back(nextOf(index));
            }
        }
        for (std::size_t at = 1; at < packets.size(); ++at) {
            if (chance(20)) {
                std::swap(packets[at - 1], packets[at]);
            }
        }
        return packets;
    }

private:
    static constexpr unsigned kFlows = 11;

    bool chance(unsigned oneIn) { return random_() % oneIn == 0; }

    Bytes nextOf(std::size_t index) {
        auto& flow = flows_[index];
        if (chance(30)) {
            sizes_[index] = 1 + random_() % 1400;
        }
        flow.payload = someBytes(sizes_[index], static_cast<std::uint8_t>(random_()));
        auto packet = flow;
        change(packet);
        flow.sequence += static_cast<std::uint32_t>(packet.payload.size());
        flow.id = static_cast<std::uint16_t>(flow.id + (chance(15) ? 7 : 1));
        auto bytes = makePacket(packet);
        damage(bytes);
        if (chance(4)) {
            bytes.resize(bytes.size() + random_() % 16, 0);
        }
        return bytes;
    }

    void change(PacketSpec& packet) {
        switch (random_() % 60) {
        case 0:
            packet.flags |= testing::kPsh;
            break;
        case 1:
            packet.flags |= testing::kFin;
            break;
        case 2:
            packet.flags |= static_cast<std::uint8_t>(random_());
            break;
        case 3:
            packet.trafficClass = static_cast<std::uint8_t>(random_());
            break;
        case 4:
            packet.hops = static_cast<std::uint8_t>(random_());
            break;
        case 5:
            ++packet.window;
            break;
        case 6:
            ++packet.acknowledgement;
            break;
        case 7:
            packet.payload.resize(random_() % (packet.payload.size() + 1));
            break;
        case 8:
            packet.udpChecksum = false;
            break;
        case 9:
            packet.ipOptions.resize(packet.family == net::Family::V4 ? 8 : 0);
            break;
        case 10:
            packet.tcpOptions.resize(8);
            break;
        case 11:
            packet.dontFragment = !packet.dontFragment;
            break;
        default:
            break;
        }
    }

    void damage(Bytes& bytes) {
        if (chance(40)) {
            // Not what decides where the packet ends.
            const std::size_t first = bytes[0] >> 4U == 4 ? 16 : 24;
            bytes[first + random_() % (bytes.size() - first)] ^=
                static_cast<std::uint8_t>(1U + random_() % 255);
        }
    }

    std::mt19937_64 random_;
    std::vector<PacketSpec> flows_;
    std::vector<std::size_t> sizes_;
};

/// What makes a flow: protocol, addresses, ports.
Bytes keyOf(const Bytes& packet) {
    const auto parsed = parseInner(packet);
    EXPECT_TRUE(parsed);
    Bytes key = {parsed->protocol};
    key.insert(key.end(), parsed->addresses().begin(), parsed->addresses().end());
    const auto ports = parsed->transport().first(4);
    key.insert(key.end(), ports.begin(), ports.end());
    return key;
}

/// Without padding, and without the identification where it means nothing.
Bytes normal(const Bytes& packet) {
    const auto parsed = parseInner(packet);
    EXPECT_TRUE(parsed);
    Bytes bytes(parsed->bytes.begin(), parsed->bytes.end());
    const bool valid = testing::slowChecksum(std::span(bytes).first(20)) == 0;
    if (parsed->isV4() && parsed->transportOffset == 20 && valid
        && testing::wordAt(bytes, 6) == 0x4000) {
        testing::putWord(bytes, 4, 0);
        testing::putWord(bytes, 10, 0);
    }
    return bytes;
}

std::map<Bytes, std::vector<Bytes>> byFlow(const std::vector<Bytes>& packets) {
    std::map<Bytes, std::vector<Bytes>> flows;
    for (const auto& packet : packets) {
        flows[keyOf(packet)].push_back(normal(packet));
    }
    return flows;
}

TEST(CoalescerProperty, WhatIsCutOutOfJoinsIsWhatWasJoined) {
    const auto seed = tests::randomSeed();
    std::size_t packetsIn = 0;
    std::size_t writes = 0;
    for (std::uint64_t round = 0; round < 25; ++round) {
        RandomTraffic traffic(seed + round);
        RecordingSink sink;
        Coalescer coalescer(testing::kAllOffloads, sink);
        std::vector<Bytes> before;
        for (int batch = 0; batch < 3; ++batch) {
            auto packets = traffic.next(60);
            before.insert(before.end(), packets.begin(), packets.end());
            for (auto& packet : packets) {
                ASSERT_TRUE(coalescer.add(packet));
            }
            coalescer.flush();
        }

        // Without printing hundreds of packets.
        const bool same = byFlow(sink.packets()) == byFlow(before);
        ASSERT_TRUE(same) << "round " << round;
        for (const auto& write : sink.writes) {
            ASSERT_LE(write.bytes.size(), 65535U);
        }
        packetsIn += before.size();
        writes += sink.writes.size();
        ASSERT_EQ(coalescer.counters().packets, before.size());
        ASSERT_EQ(coalescer.counters().writes, sink.writes.size());
    }
    EXPECT_LT(writes * 2, packetsIn) << "the traffic is such that joining pays";
}

}  // namespace
}  // namespace weft::wireguard
