// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/packet/coalescer.h"

#include "core/wireguard/packet/inner_packet.h"
#include "tests/core/wireguard/packet/packets.h"
#include "tests/core/wireguard/packet/recording_sink.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <list>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

namespace weft::wireguard {
namespace {

using platform::Offload;
using platform::TunOffloads;
using testing::Bytes;
using ::testing::ElementsAre;
using testing::kAllOffloads;
using testing::makePacket;
using testing::PacketSpec;
using testing::RecordingSink;
using ::testing::SizeIs;
using testing::someBytes;

class CoalescerTest : public ::testing::Test {
protected:
    void add(const Bytes& packet) {
        kept_.push_back(packet);
        EXPECT_TRUE(coalescer_.add(kept_.back()));
    }
    void add(const PacketSpec& spec) { add(makePacket(spec)); }

    /// Passes on what was added and gives how many packets went into each write.
    std::vector<std::size_t> sizes() {
        coalescer_.flush();
        return sink_.sizes();
    }

    RecordingSink sink_;
    Coalescer coalescer_{kAllOffloads, sink_};

private:
    /// The coalescer refers to them until it is flushed.
    std::list<Bytes> kept_;
};

PacketSpec specOf(net::Family family, std::uint8_t protocol, std::size_t payloadBytes = 100) {
    PacketSpec spec;
    spec.family = family;
    spec.protocol = protocol;
    spec.payload = someBytes(payloadBytes);
    return spec;
}

/// The packet that follows `spec` in its flow.
PacketSpec after(const PacketSpec& spec, std::size_t payloadBytes) {
    auto next = spec;
    next.id = static_cast<std::uint16_t>(spec.id + 1);
    next.sequence += static_cast<std::uint32_t>(spec.payload.size());
    next.payload = someBytes(payloadBytes, 3);
    return next;
}

PacketSpec after(const PacketSpec& spec) {
    return after(spec, spec.payload.size());
}

/// All of `specs` as one packet whose checksum is left to the device.
Bytes joined(const std::vector<PacketSpec>& specs) {
    auto whole = specs.front();
    whole.payload.clear();
    for (const auto& spec : specs) {
        whole.payload.insert(whole.payload.end(), spec.payload.begin(), spec.payload.end());
        whole.flags |= spec.flags;
    }
    auto bytes = makePacket(whole);
    const auto start = testing::transportAt(bytes);
    testing::putWord(
        bytes,
        start + (whole.protocol == kProtocolTcp ? 16 : 6),
        testing::slowPseudoSum(bytes, start, whole.protocol));
    return bytes;
}

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

/// A change to the second packet of two that keeps it from being joined with the first.
struct Difference {
    std::string name;
    std::function<void(PacketSpec&)> change;
};

std::vector<Difference> differences() {
    return {
        {"service class", [](PacketSpec& s) { s.trafficClass ^= 0x10; }},
        {"congestion mark", [](PacketSpec& s) { s.trafficClass ^= 0x01; }},
        {"hops", [](PacketSpec& s) { --s.hops; }},
        {"source port", [](PacketSpec& s) { ++s.sourcePort; }},
        {"destination port", [](PacketSpec& s) { ++s.destinationPort; }},
        {"source", [](PacketSpec& s) { ++s.sourceHost; }},
        {"destination", [](PacketSpec& s) { ++s.destinationHost; }},
        {"longer payload", [](PacketSpec& s) { s.payload.push_back(1); }},
        {"no payload", [](PacketSpec& s) { s.payload.clear(); }},
    };
}

std::vector<Difference> tcpDifferences() {
    auto all = differences();
    const std::vector<Difference> more = {
        {"acknowledgement", [](PacketSpec& s) { ++s.acknowledgement; }},
        {"window", [](PacketSpec& s) { ++s.window; }},
        {"gap", [](PacketSpec& s) { ++s.sequence; }},
        {"repetition", [](PacketSpec& s) { s.sequence -= 100; }},
        {"options", [](PacketSpec& s) { s.tcpOptions[11] ^= 1U; }},
        {"more options", [](PacketSpec& s) { s.tcpOptions.resize(16); }},
        {"ECE", [](PacketSpec& s) { s.flags |= testing::kEce; }},
        {"CWR", [](PacketSpec& s) { s.flags |= testing::kCwr; }},
        {"URG", [](PacketSpec& s) { s.flags |= testing::kUrg; }},
        {"SYN", [](PacketSpec& s) { s.flags |= testing::kSyn; }},
        {"RST", [](PacketSpec& s) { s.flags |= testing::kRst; }},
        {"no ACK", [](PacketSpec& s) { s.flags = 0; }},
    };
    all.insert(all.end(), more.begin(), more.end());
    return all;
}

/// Adds a packet and its successor with each of `all` and expects both alone.
void expectAlone(const PacketSpec& first, const std::vector<Difference>& all) {
    for (const auto& difference : all) {
        auto second = after(first);
        difference.change(second);
        auto packets = std::vector{makePacket(first), makePacket(second)};
        const auto before = packets;
        RecordingSink sink;
        Coalescer coalescer(kAllOffloads, sink);

        coalescer.add(packets[0]);
        coalescer.add(packets[1]);
        coalescer.flush();

        EXPECT_THAT(sink.sizes(), ElementsAre(1, 1)) << difference.name;
        EXPECT_THAT(sink.packets(), ::testing::UnorderedElementsAreArray(before))
            << difference.name;
    }
}

TEST_F(CoalescerTest, JoinsNothingThatDiffers) {
    for (const auto family : {net::Family::V4, net::Family::V6}) {
        auto tcp = specOf(family, kProtocolTcp);
        tcp.tcpOptions = {1, 1, 8, 10, 1, 2, 3, 4, 5, 6, 7, 8};
        expectAlone(tcp, tcpDifferences());
        expectAlone(specOf(family, kProtocolUdp), differences());
        // Without a difference it does join, so that what is said above means something.
        RecordingSink sink;
        Coalescer coalescer(kAllOffloads, sink);
        auto one = makePacket(tcp);
        auto two = makePacket(after(tcp));
        coalescer.add(one);
        coalescer.add(two);
        coalescer.flush();
        EXPECT_THAT(sink.sizes(), ElementsAre(2));
    }
}

TEST_F(CoalescerTest, LooksAtTheFlowLabelOfIpv6) {
    expectAlone(specOf(net::Family::V6, kProtocolTcp), {{"flow label", [](PacketSpec& s) {
                                                             s.flowLabel ^= 1U;
                                                         }}});
}

TEST_F(CoalescerTest, LooksAtTheIdentificationWhereItMeansSomething) {
    auto first = specOf(net::Family::V4, kProtocolUdp);
    first.dontFragment = false;
    expectAlone(
        first,
        {{"identification", [](PacketSpec& s) { ++s.id; }},
         {"do not fragment", [](PacketSpec& s) { s.dontFragment = true; }}});

    add(first);
    add(after(first));
    EXPECT_THAT(sizes(), ElementsAre(2));
    sink_.writes.clear();

    first.dontFragment = true;
    auto second = after(first);
    second.id = first.id;
    add(first);
    add(second);
    EXPECT_THAT(sizes(), ElementsAre(2));
}

TEST_F(CoalescerTest, JoinsNothingWithAWrongChecksum) {
    const auto damage = [](const PacketSpec& spec, std::size_t at) {
        auto packet = makePacket(spec);
        packet[at] ^= 0x40U;
        return packet;
    };
    for (const auto protocol : {kProtocolTcp, kProtocolUdp}) {
        const auto first = specOf(net::Family::V4, protocol);
        const auto second = after(first);
        const auto third = after(second);
        const std::size_t inPayload = 60;
        const std::size_t inHeaderChecksum = 10;
        for (const auto at : {inPayload, inHeaderChecksum}) {
            sink_.writes.clear();
            const auto badSecond = damage(second, at);
            add(first);
            add(badSecond);
            add(third);
            EXPECT_THAT(sizes(), ElementsAre(1, 1, 1));
            EXPECT_EQ(sink_.writes[1].bytes, badSecond);

            sink_.writes.clear();
            const auto badFirst = damage(first, at);
            add(badFirst);
            add(second);
            add(third);
            EXPECT_THAT(sizes(), ElementsAre(1, 2));
            EXPECT_EQ(sink_.writes[0].bytes, badFirst);
        }
    }
    EXPECT_EQ(coalescer_.counters().badChecksums, 8U);
}

TEST_F(CoalescerTest, JoinsNoUdpWithoutChecksum) {
    auto first = specOf(net::Family::V4, kProtocolUdp);
    first.udpChecksum = false;
    add(first);
    add(after(first));

    EXPECT_THAT(sizes(), ElementsAre(1, 1));
}

TEST_F(CoalescerTest, JoinsNoPacketWithOptionsOrExtensionHeaders) {
    auto v4 = specOf(net::Family::V4, kProtocolTcp);
    v4.ipOptions = {1, 1, 1, 0};
    add(v4);
    add(after(v4));
    auto v6 = specOf(net::Family::V6, kProtocolTcp);
    v6.extension = 60;
    v6.ipOptions = {kProtocolTcp, 0, 1, 4, 0, 0, 0, 0};
    add(v6);
    add(after(v6));

    EXPECT_THAT(sizes(), ElementsAre(1, 1, 1, 1));
}

TEST_F(CoalescerTest, JoinsNoFragmentAndKeepsItsPlace) {
    auto first = specOf(net::Family::V4, kProtocolUdp);
    first.dontFragment = false;
    const auto second = after(first);
    const auto third = after(second);
    auto fragment = makePacket(second);
    testing::putWord(fragment, 6, 0x2000);
    testing::putWord(fragment, 10, 0);
    testing::putWord(fragment, 10, testing::slowChecksum(std::span(fragment).first(20)));
    add(first);
    add(fragment);
    add(third);

    EXPECT_THAT(sizes(), ElementsAre(1, 1, 1));
    EXPECT_EQ(sink_.writes[0].bytes, makePacket(first));
    EXPECT_EQ(sink_.writes[1].bytes, fragment);
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
