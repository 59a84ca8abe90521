// SPDX-License-Identifier: Apache-2.0
#include "tests/core/wireguard/packet/coalescer_fixture.h"

#include <gmock/gmock.h>

namespace weft::wireguard {
namespace {

using platform::Offload;
using platform::TunOffloads;
using testing::Bytes;
using ::testing::ElementsAre;
using testing::makePacket;
using testing::PacketSpec;
using testing::RecordingSink;
using ::testing::SizeIs;

TEST_F(CoalescerTest, JoinsTcpOfBothFamilies) {
    for (const auto family : {net::Family::V4, net::Family::V6}) {
        sink_.writes.clear();
        const auto first = specOf(family, kProtocolTcp, 1360);
        const auto second = after(first);
        auto third = after(second, 77);
        third.flags |= testing::kPsh;
        add(first);
        add(second);
        EXPECT_THAT(sink_.writes, SizeIs(0));
        add(third);

        ASSERT_THAT(sink_.writes, SizeIs(1)) << "PSH ends the join at once";
        const auto& write = sink_.writes.front();
        const bool isV4 = family == net::Family::V4;
        EXPECT_EQ(write.bytes, joined({first, second, third}));
        EXPECT_EQ(write.offload.kind, isV4 ? Offload::Kind::Tcp4 : Offload::Kind::Tcp6);
        EXPECT_TRUE(write.offload.needsChecksum);
        EXPECT_EQ(write.offload.segmentBytes, 1360);
        EXPECT_EQ(write.offload.headerBytes, isV4 ? 40 : 60);
        EXPECT_EQ(write.offload.checksumStart, isV4 ? 20 : 40);
        EXPECT_EQ(write.offload.checksumOffset, 16);
    }
}

TEST_F(CoalescerTest, JoinsUdpOfBothFamilies) {
    for (const auto family : {net::Family::V4, net::Family::V6}) {
        sink_.writes.clear();
        const auto first = specOf(family, kProtocolUdp, 200);
        const auto second = after(first);
        const auto third = after(second, 13);
        add(first);
        add(second);
        add(third);

        ASSERT_THAT(sink_.writes, SizeIs(1)) << "a short one ends the join at once";
        const auto& write = sink_.writes.front();
        const bool isV4 = family == net::Family::V4;
        EXPECT_EQ(write.bytes, joined({first, second, third}));
        EXPECT_EQ(write.offload.kind, isV4 ? Offload::Kind::Udp4 : Offload::Kind::Udp6);
        EXPECT_EQ(write.offload.segmentBytes, 200);
        EXPECT_EQ(write.offload.headerBytes, isV4 ? 28 : 48);
        EXPECT_EQ(write.offload.checksumStart, isV4 ? 20 : 40);
        EXPECT_EQ(write.offload.checksumOffset, 6);
    }
}

TEST_F(CoalescerTest, PassesASinglePacketOnAsItIs) {
    auto packet = makePacket(specOf(net::Family::V4, kProtocolTcp));
    const auto before = packet;
    packet.resize(packet.size() + 12);
    add(packet);
    coalescer_.flush();
    coalescer_.flush();

    ASSERT_THAT(sink_.writes, SizeIs(1));
    EXPECT_EQ(sink_.writes.front().bytes, before) << "without the padding of the tunnel";
    EXPECT_EQ(sink_.writes.front().offload, Offload{});
}

TEST_F(CoalescerTest, EndsAJoinWithFin) {
    const auto first = specOf(net::Family::V6, kProtocolTcp);
    auto second = after(first);
    second.flags |= testing::kFin;
    const auto third = after(second);
    add(first);
    add(second);
    add(third);

    EXPECT_THAT(sizes(), ElementsAre(2, 1));
    EXPECT_EQ(sink_.writes.front().bytes, joined({first, second}));
}

TEST_F(CoalescerTest, StartsNoJoinWithAPacketThatEndsOne) {
    auto first = specOf(net::Family::V4, kProtocolTcp);
    first.flags |= testing::kPsh;
    add(first);
    EXPECT_THAT(sink_.writes, SizeIs(1));
    add(after(first));

    EXPECT_THAT(sizes(), ElementsAre(1, 1));
}

TEST_F(CoalescerTest, KeepsAnAcknowledgementBehindWhatItFollows) {
    const auto first = specOf(net::Family::V4, kProtocolTcp);
    const auto second = after(first);
    const auto empty = after(second, 0);
    add(first);
    add(second);
    add(empty);

    EXPECT_THAT(sizes(), ElementsAre(2, 1));
    EXPECT_EQ(sink_.writes.back().bytes, makePacket(empty));
}

TEST_F(CoalescerTest, JoinsFlowsThatAlternate) {
    std::vector<PacketSpec> flows;
    for (unsigned flow = 0; flow < Coalescer::kMaxFlows; ++flow) {
        auto spec = specOf(
            flow % 2 == 0 ? net::Family::V4 : net::Family::V6,
            flow % 3 == 0 ? kProtocolUdp : kProtocolTcp);
        spec.sourcePort = static_cast<std::uint16_t>(5000 + flow);
        flows.push_back(spec);
    }
    for (int round = 0; round < 5; ++round) {
        for (auto& flow : flows) {
            add(flow);
            flow = after(flow);
        }
    }

    EXPECT_THAT(sizes(), ElementsAre(5, 5, 5, 5, 5, 5, 5, 5));
}

TEST_F(CoalescerTest, EndsTheOldestJoinForOneFlowMore) {
    auto spec = specOf(net::Family::V4, kProtocolTcp);
    add(spec);
    for (unsigned flow = 1; flow <= Coalescer::kMaxFlows; ++flow) {
        EXPECT_THAT(sink_.writes, SizeIs(0));
        auto other = spec;
        other.sourcePort = static_cast<std::uint16_t>(5000 + flow);
        add(other);
    }

    ASSERT_THAT(sink_.writes, SizeIs(1));
    EXPECT_EQ(sink_.writes.front().bytes, makePacket(spec));
    EXPECT_THAT(sizes(), SizeIs(Coalescer::kMaxFlows + 1));
}

TEST_F(CoalescerTest, JoinsNoMoreSegmentsThanAKernelTakes) {
    auto spec = specOf(net::Family::V4, kProtocolUdp, 10);
    for (std::size_t count = 0; count < 2 * Coalescer::kMaxSegments + 3; ++count) {
        add(spec);
        spec = after(spec);
    }

    EXPECT_THAT(sizes(), ElementsAre(Coalescer::kMaxSegments, Coalescer::kMaxSegments, 3));
}

TEST_F(CoalescerTest, JoinsNoMoreBytesThanAPacketHolds) {
    for (const auto family : {net::Family::V4, net::Family::V6}) {
        sink_.writes.clear();
        auto spec = specOf(family, kProtocolTcp, 8191);
        for (int count = 0; count < 9; ++count) {
            add(spec);
            spec = after(spec);
        }

        EXPECT_THAT(sizes(), ElementsAre(7, 2));
        // A payload that fills the packet to the last byte.
        sink_.writes.clear();
        const std::size_t headers = family == net::Family::V4 ? 40 : 60;
        const auto half = specOf(family, kProtocolTcp, 33000);
        add(half);
        add(after(half, 65535 - headers - 33000));
        EXPECT_THAT(sizes(), ElementsAre(2));
        EXPECT_THAT(sink_.writes.front().bytes, SizeIs(65535));
        sink_.writes.clear();
        add(half);
        add(after(half, 65535 - headers - 33000 + 1));
        EXPECT_THAT(sizes(), ElementsAre(1, 1));
    }
}

TEST_F(CoalescerTest, JoinsOnlyWhatTheDeviceTakes) {
    const auto kinds = [](const TunOffloads& offloads) {
        RecordingSink sink;
        Coalescer coalescer(offloads, sink);
        std::list<Bytes> kept;
        for (const auto family : {net::Family::V4, net::Family::V6}) {
            for (const auto protocol : {kProtocolTcp, kProtocolUdp}) {
                const auto first = specOf(family, protocol);
                coalescer.add(kept.emplace_back(makePacket(first)));
                coalescer.add(kept.emplace_back(makePacket(after(first))));
                coalescer.flush();
            }
        }
        return sink.sizes();
    };

    EXPECT_THAT(kinds({}), ElementsAre(1, 1, 1, 1, 1, 1, 1, 1));
    EXPECT_THAT(kinds({.checksum = true, .tcp4 = true}), ElementsAre(2, 1, 1, 1, 1, 1, 1));
    EXPECT_THAT(kinds({.checksum = true, .udp4 = true}), ElementsAre(1, 1, 2, 1, 1, 1, 1));
    EXPECT_THAT(kinds({.checksum = true, .tcp6 = true}), ElementsAre(1, 1, 1, 1, 2, 1, 1));
    EXPECT_THAT(kinds({.checksum = true, .udp6 = true}), ElementsAre(1, 1, 1, 1, 1, 1, 2));
    EXPECT_THAT(
        kinds({.tcp4 = true, .tcp6 = true, .udp4 = true, .udp6 = true}),
        ElementsAre(1, 1, 1, 1, 1, 1, 1, 1))
        << "a join needs the checksum finished";
}

TEST_F(CoalescerTest, PassesOtherProtocolsOn) {
    auto spec = specOf(net::Family::V4, kProtocolTcp);
    add(spec);
    auto ping = makePacket(spec);
    ping[9] = 1;
    add(ping);
    add(after(spec));

    EXPECT_THAT(sizes(), ElementsAre(1, 2)) << "a ping does not part a flow";
}

TEST_F(CoalescerTest, PassesBrokenTransportHeadersOn) {
    auto tcp = makePacket(specOf(net::Family::V4, kProtocolTcp));
    tcp[32] = 0x40;
    add(tcp);
    auto udp = makePacket(specOf(net::Family::V6, kProtocolUdp));
    udp[45] ^= 1U;
    add(udp);
    Bytes cut(makePacket(specOf(net::Family::V4, kProtocolTcp)));
    cut.resize(27);
    testing::putWord(cut, 2, 27);
    add(cut);

    EXPECT_THAT(sizes(), ElementsAre(1, 1, 1));
}

TEST_F(CoalescerTest, DropsWhatIsNotIp) {
    Bytes noise = {0x12, 0x34};
    Bytes nothing;

    EXPECT_FALSE(coalescer_.add(noise));
    EXPECT_FALSE(coalescer_.add(nothing));
    coalescer_.flush();

    EXPECT_THAT(sink_.writes, SizeIs(0));
    EXPECT_EQ(coalescer_.counters().malformed, 2U);
    EXPECT_EQ(coalescer_.counters().packets, 0U);
}

}  // namespace
}  // namespace weft::wireguard
