// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/packet/segmenter.h"

#include "tests/core/wireguard/packet/packets.h"
#include "tests/support/random_seed.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace weft::wireguard {
namespace {

using platform::Offload;
using testing::Bytes;
using testing::makePacket;
using testing::PacketSpec;
using testing::putWord;
using testing::someBytes;

/// A packet as a kernel leaves it to be cut, and how.
struct Super {
    Bytes bytes;
    Offload offload;
};

Offload::Kind kindOf(const PacketSpec& spec) {
    const bool isV4 = spec.family == net::Family::V4;
    if (spec.protocol == kProtocolTcp) {
        return isV4 ? Offload::Kind::Tcp4 : Offload::Kind::Tcp6;
    }
    return isV4 ? Offload::Kind::Udp4 : Offload::Kind::Udp6;
}

Super superOf(const PacketSpec& spec, std::uint16_t segmentBytes) {
    Super super;
    super.bytes = makePacket(spec);
    const auto start = parseInner(super.bytes)->transportOffset;
    super.offload.kind = kindOf(spec);
    super.offload.segmentBytes = segmentBytes;
    super.offload.needsChecksum = true;
    super.offload.checksumStart = static_cast<std::uint16_t>(start);
    super.offload.checksumOffset = spec.protocol == kProtocolTcp ? 16 : 6;
    putWord(
        super.bytes,
        start + super.offload.checksumOffset,
        testing::slowPseudoSum(super.bytes, start, spec.protocol));
    return super;
}

/// What should come out: each packet made by itself.
std::vector<Bytes> expected(const PacketSpec& spec, std::size_t segmentBytes) {
    std::vector<Bytes> packets;
    const auto count =
        std::max<std::size_t>(1, (spec.payload.size() + segmentBytes - 1) / segmentBytes);
    for (std::size_t index = 0; index < count; ++index) {
        auto one = spec;
        const auto start = index * segmentBytes;
        const auto end = std::min(spec.payload.size(), start + segmentBytes);
        one.payload.assign(
            spec.payload.begin() + static_cast<std::ptrdiff_t>(start),
            spec.payload.begin() + static_cast<std::ptrdiff_t>(end));
        one.id = static_cast<std::uint16_t>(spec.id + index);
        one.sequence = spec.sequence + static_cast<std::uint32_t>(start);
        if (index != 0) {
            one.flags &= static_cast<std::uint8_t>(~testing::kCwr);
        }
        if (index + 1 != count) {
            one.flags &= static_cast<std::uint8_t>(~(testing::kFin | testing::kPsh));
        }
        packets.push_back(makePacket(one));
    }
    return packets;
}

std::vector<Bytes> cut(Super& super) {
    std::vector<Bytes> packets;
    Segmenter segmenter(super.bytes, super.offload);
    EXPECT_EQ(segmenter.fault(), SegmentFault::None) << toString(segmenter.fault());
    while (true) {
        const auto packet = segmenter.next();
        if (packet.empty()) {
            break;
        }
        packets.emplace_back(packet.begin(), packet.end());
    }
    EXPECT_EQ(packets.size(), segmenter.segments());
    return packets;
}

SegmentFault faultOf(const Bytes& bytes, const Offload& offload) {
    auto copy = bytes;
    Segmenter segmenter(copy, offload);
    if (segmenter.fault() != SegmentFault::None) {
        EXPECT_EQ(segmenter.segments(), 0U);
        EXPECT_TRUE(segmenter.next().empty());
        EXPECT_EQ(copy, bytes) << "a refused packet was changed";
    }
    return segmenter.fault();
}

PacketSpec specOf(net::Family family, std::uint8_t protocol, std::size_t payloadBytes) {
    PacketSpec spec;
    spec.family = family;
    spec.protocol = protocol;
    spec.payload = someBytes(payloadBytes);
    return spec;
}

TEST(Segmenter, CutsEveryKindIntoPacketsThatVerify) {
    for (const auto family : {net::Family::V4, net::Family::V6}) {
        for (const auto protocol : {kProtocolTcp, kProtocolUdp}) {
            const auto spec = specOf(family, protocol, 5 * 1360 + 77);
            auto super = superOf(spec, 1360);

            const auto packets = cut(super);

            EXPECT_EQ(packets, expected(spec, 1360));
            EXPECT_EQ(packets.size(), 6U);
            for (const auto& packet : packets) {
                EXPECT_EQ(testing::faultOf(packet), "");
            }
        }
    }
}

TEST(Segmenter, AgreesWithPacketsMadeOneByOne) {
    std::mt19937_64 random(tests::randomSeed());
    const auto below = [&random](std::size_t bound) {
        return static_cast<std::size_t>(random() % bound);
    };
    for (int round = 0; round < 150; ++round) {
        auto spec = specOf(
            random() % 2 == 0 ? net::Family::V4 : net::Family::V6,
            random() % 2 == 0 ? kProtocolTcp : kProtocolUdp,
            below(round % 10 == 0 ? 60000 : 3000));
        spec.id = static_cast<std::uint16_t>(random());
        spec.sequence = static_cast<std::uint32_t>(random());
        spec.flags = static_cast<std::uint8_t>(random());
        spec.trafficClass = static_cast<std::uint8_t>(random());
        spec.tcpOptions = someBytes(4 * below(11), 7);
        spec.ipOptions = someBytes(spec.family == net::Family::V4 ? 4 * below(11) : 0, 9);
        const auto segmentBytes = 1 + below(round % 4 == 0 ? 50 : 2000);
        auto super = superOf(spec, static_cast<std::uint16_t>(segmentBytes));

        ASSERT_EQ(cut(super), expected(spec, segmentBytes)) << "round " << round;
    }
}

TEST(Segmenter, SetsFlagsOnTheFirstAndTheLastOnly) {
    auto spec = specOf(net::Family::V4, kProtocolTcp, 300);
    spec.flags = testing::kAck | testing::kPsh | testing::kFin | testing::kCwr | testing::kEce;
    auto super = superOf(spec, 100);

    const auto packets = cut(super);

    ASSERT_EQ(packets.size(), 3U);
    EXPECT_EQ(packets[0][33], testing::kAck | testing::kCwr | testing::kEce);
    EXPECT_EQ(packets[1][33], testing::kAck | testing::kEce);
    EXPECT_EQ(packets[2][33], testing::kAck | testing::kEce | testing::kPsh | testing::kFin);
}

TEST(Segmenter, CountsOnPastTheEndOfSequenceAndIdentification) {
    auto spec = specOf(net::Family::V4, kProtocolTcp, 4000);
    spec.sequence = 0xffffff00U;
    spec.id = 0xffff;
    auto super = superOf(spec, 1000);

    const auto packets = cut(super);

    ASSERT_EQ(packets.size(), 4U);
    EXPECT_EQ(testing::longAt(packets[1], 24), 0x2e8U);
    EXPECT_EQ(testing::wordAt(packets[1], 4), 0U);
}

TEST(Segmenter, CutsTheLargestPackets) {
    for (const auto family : {net::Family::V4, net::Family::V6}) {
        const std::size_t room = family == net::Family::V4 ? 65535 - 40 : 65535 - 20;
        const auto spec = specOf(family, kProtocolTcp, room);
        auto super = superOf(spec, 1400);

        EXPECT_EQ(cut(super), expected(spec, 1400));
    }
}

TEST(Segmenter, CutsIpv6BehindExtensionHeaders) {
    auto spec = specOf(net::Family::V6, kProtocolTcp, 3000);
    spec.extension = 60;
    spec.ipOptions = {kProtocolTcp, 0, 1, 4, 0, 0, 0, 0};
    auto super = superOf(spec, 1300);

    EXPECT_EQ(cut(super), expected(spec, 1300));
}

TEST(Segmenter, LeavesOutWhatFollowsThePacket) {
    const auto spec = specOf(net::Family::V4, kProtocolUdp, 2500);
    auto super = superOf(spec, 1000);
    super.bytes.resize(super.bytes.size() + 99, 0xee);

    EXPECT_EQ(cut(super), expected(spec, 1000));
}

TEST(Segmenter, NeverLeavesUdpWithoutChecksum) {
    // A payload that makes the sum of the first datagram come out as zero.
    auto spec = specOf(net::Family::V4, kProtocolUdp, 4);
    spec.payload = {0, 0, 1, 2};
    auto one = spec;
    one.payload = {0, 0};
    const auto zero = makePacket(one);
    spec.payload[0] = zero[26];
    spec.payload[1] = zero[27];
    auto super = superOf(spec, 2);

    const auto packets = cut(super);

    EXPECT_EQ(testing::wordAt(packets[0], 26), 0xffff);
    EXPECT_EQ(packets, expected(spec, 2));
}

TEST(Segmenter, GivesAWholePacketOnceAndAsItIs) {
    const auto bytes = makePacket(specOf(net::Family::V6, kProtocolTcp, 900));
    Super super{bytes, {}};

    EXPECT_EQ(cut(super), std::vector<Bytes>{bytes});
}

TEST(Segmenter, FinishesTheChecksumOfAWholePacket) {
    for (const auto family : {net::Family::V4, net::Family::V6}) {
        for (const auto protocol : {kProtocolTcp, kProtocolUdp}) {
            const auto spec = specOf(family, protocol, 901);
            auto super = superOf(spec, 1000);
            super.offload.kind = Offload::Kind::None;
            super.offload.segmentBytes = 0;

            EXPECT_EQ(cut(super), std::vector<Bytes>{makePacket(spec)});
        }
    }
}

TEST(Segmenter, DoesNotBelieveTheHeaderLengthOfTheKernel) {
    const auto spec = specOf(net::Family::V4, kProtocolTcp, 3000);
    for (const unsigned stated : {0U, 1U, 39U, 41U, 1500U, 65535U}) {
        auto super = superOf(spec, 1000);
        super.offload.headerBytes = static_cast<std::uint16_t>(stated);

        EXPECT_EQ(cut(super), expected(spec, 1000)) << stated;
    }
}

TEST(Segmenter, RefusesAnOffloadThatContradictsThePacket) {
    const auto super = superOf(specOf(net::Family::V4, kProtocolTcp, 3000), 1000);
    const auto with = [&super](auto change) {
        auto offload = super.offload;
        change(offload);
        return faultOf(super.bytes, offload);
    };

    EXPECT_EQ(with([](Offload& o) { o.kind = Offload::Kind::Tcp6; }), SegmentFault::WrongKind);
    EXPECT_EQ(with([](Offload& o) { o.kind = Offload::Kind::Udp4; }), SegmentFault::WrongKind);
    EXPECT_EQ(with([](Offload& o) { o.segmentBytes = 0; }), SegmentFault::NoSegmentBytes);
    EXPECT_EQ(with([](Offload& o) { o.checksumStart = 24; }), SegmentFault::BadChecksumPlace);
    EXPECT_EQ(with([](Offload& o) { o.checksumOffset = 6; }), SegmentFault::BadChecksumPlace);
    EXPECT_EQ(with([](Offload&) {}), SegmentFault::None);
}

TEST(Segmenter, RefusesAChecksumThatIsNotInThePacket) {
    const auto bytes = makePacket(specOf(net::Family::V4, kProtocolUdp, 10));
    const auto with = [&bytes](std::uint16_t start, std::uint16_t offset) {
        Offload offload;
        offload.needsChecksum = true;
        offload.checksumStart = start;
        offload.checksumOffset = offset;
        return faultOf(bytes, offload);
    };

    EXPECT_EQ(with(20, 6), SegmentFault::None);
    EXPECT_EQ(with(20, 16), SegmentFault::None) << "the last two bytes";
    EXPECT_EQ(with(20, 17), SegmentFault::BadChecksumPlace);
    EXPECT_EQ(with(19, 6), SegmentFault::BadChecksumPlace) << "in the IP header";
    EXPECT_EQ(with(38, 0), SegmentFault::BadChecksumPlace);
    EXPECT_EQ(with(65535, 65535), SegmentFault::BadChecksumPlace);
}

TEST(Segmenter, RefusesMalformedHeaders) {
    const auto tcp = superOf(specOf(net::Family::V4, kProtocolTcp, 100), 50);
    const auto udp = superOf(specOf(net::Family::V6, kProtocolUdp, 100), 50);
    const auto with = [](const Super& super, std::size_t at, std::uint8_t value) {
        auto bytes = super.bytes;
        bytes[at] = value;
        return faultOf(bytes, super.offload);
    };

    EXPECT_EQ(with(tcp, 0, 0x55), SegmentFault::BadPacket);
    EXPECT_EQ(with(tcp, 2, 0xff), SegmentFault::BadPacket);
    EXPECT_EQ(with(tcp, 6, 0x20), SegmentFault::BadPacket) << "a fragment";
    EXPECT_EQ(with(tcp, 9, 47), SegmentFault::WrongKind);
    EXPECT_EQ(with(tcp, 32, 0x40), SegmentFault::BadTransport) << "a header of 16 bytes";
    EXPECT_EQ(with(udp, 45, 107), SegmentFault::BadTransport) << "a length that is not there";

    auto shortTcp = specOf(net::Family::V4, kProtocolTcp, 4);
    shortTcp.payload = {};
    auto cutOff = superOf(shortTcp, 50);
    cutOff.bytes[32] = 0x60;
    EXPECT_EQ(faultOf(cutOff.bytes, cutOff.offload), SegmentFault::BadTransport)
        << "options that are not there";
    cutOff.bytes.resize(39);
    putWord(cutOff.bytes, 2, 39);
    EXPECT_EQ(faultOf(cutOff.bytes, cutOff.offload), SegmentFault::BadTransport);
}

TEST(Segmenter, RefusesHeadersLongerThanItKeeps) {
    auto spec = specOf(net::Family::V6, kProtocolTcp, 100);
    spec.extension = 60;
    spec.ipOptions.assign(72, 0);
    spec.ipOptions[0] = kProtocolTcp;
    spec.ipOptions[1] = 8;
    const auto super = superOf(spec, 50);

    EXPECT_EQ(faultOf(super.bytes, super.offload), SegmentFault::BadTransport);
}

TEST(Segmenter, NamesEveryFault) {
    for (int fault = 0; fault <= static_cast<int>(SegmentFault::BadChecksumPlace); ++fault) {
        EXPECT_NE(toString(static_cast<SegmentFault>(fault)), "unknown");
    }
}

}  // namespace
}  // namespace weft::wireguard
