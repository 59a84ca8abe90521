// SPDX-License-Identifier: Apache-2.0
// What is not joined with the packets before it.
#include "tests/core/wireguard/packet/coalescer_fixture.h"

#include <gmock/gmock.h>

#include <functional>
#include <string>

namespace weft::wireguard {
namespace {

using platform::Offload;
using ::testing::ElementsAre;
using testing::kAllOffloads;
using testing::makePacket;
using testing::PacketSpec;
using testing::RecordingSink;

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

}  // namespace
}  // namespace weft::wireguard
