// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/packet/inner_packet.h"

#include "tests/core/wireguard/packet/packets.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <tuple>

namespace weft::wireguard {
namespace {

using testing::Bytes;
using testing::makePacket;
using testing::PacketSpec;
using testing::putWord;
using testing::someBytes;

net::IpAddress address(std::string_view text) {
    return net::IpAddress::parse(text).value();
}

PacketSpec specOf(net::Family family) {
    PacketSpec spec;
    spec.family = family;
    spec.trafficClass = 0xb9;
    spec.payload = someBytes(100);
    return spec;
}

/// An IPv6 packet with `headers` between the IP header and 20 bytes of payload.
Bytes withExtensions(std::uint8_t first, const Bytes& headers) {
    auto spec = specOf(net::Family::V6);
    spec.extension = first;
    spec.ipOptions = headers;
    return makePacket(spec);
}

TEST(InnerPacket, ReadsIpv4) {
    const auto bytes = makePacket(specOf(net::Family::V4));

    const auto packet = parseInner(bytes);

    ASSERT_TRUE(packet);
    EXPECT_TRUE(packet->isV4());
    EXPECT_EQ(packet->bytes.size(), 140U);
    EXPECT_EQ(packet->protocol, kProtocolTcp);
    EXPECT_EQ(packet->dscp(), 0x2e);
    EXPECT_EQ(packet->ecn(), Ecn::Capable1);
    EXPECT_FALSE(packet->fragment);
    EXPECT_EQ(packet->transportOffset, 20U);
    EXPECT_EQ(packet->sourceAddress(), address("10.0.0.1"));
    EXPECT_EQ(packet->destinationAddress(), address("10.0.1.2"));
    EXPECT_EQ(packet->addresses().size(), 8U);
    EXPECT_EQ(packet->addresses().data(), packet->source().data());
}

TEST(InnerPacket, ReadsIpv6) {
    const auto bytes = makePacket(specOf(net::Family::V6));

    const auto packet = parseInner(bytes);

    ASSERT_TRUE(packet);
    EXPECT_FALSE(packet->isV4());
    EXPECT_EQ(packet->bytes.size(), 160U);
    EXPECT_EQ(packet->protocol, kProtocolTcp);
    EXPECT_EQ(packet->trafficClass, 0xb9);
    EXPECT_EQ(packet->transportOffset, 40U);
    EXPECT_EQ(packet->sourceAddress(), address("fd00::1"));
    EXPECT_EQ(packet->destinationAddress(), address("fd00::2"));
    EXPECT_EQ(packet->addresses().size(), 32U);
}

TEST(InnerPacket, LeavesOutWhatFollowsThePacket) {
    for (const auto family : {net::Family::V4, net::Family::V6}) {
        auto bytes = makePacket(specOf(family));
        const auto size = bytes.size();
        bytes.resize(size + 15);

        const auto packet = parseInner(bytes);

        ASSERT_TRUE(packet);
        EXPECT_EQ(packet->bytes.size(), size);
    }
}

TEST(InnerPacket, RefusesEveryPacketThatIsCutOff) {
    for (const auto family : {net::Family::V4, net::Family::V6}) {
        const auto bytes = makePacket(specOf(family));
        for (std::size_t size = 0; size < bytes.size(); ++size) {
            // Memory of its own, so that a sanitizer sees a byte too far.
            const Bytes cut(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
            EXPECT_FALSE(parseInner(cut)) << size << " of " << bytes.size();
        }
        EXPECT_TRUE(parseInner(bytes));
    }
}

TEST(InnerPacket, RefusesEveryOtherVersion) {
    auto bytes = makePacket(specOf(net::Family::V4));
    for (unsigned version = 0; version < 16; ++version) {
        bytes[0] = static_cast<std::uint8_t>(version << 4U | 5U);
        const bool readable = parseInner(bytes).has_value();
        EXPECT_EQ(readable, version == 4) << version;
    }
}

TEST(InnerPacket, RefusesIpv4LengthsThatContradict) {
    const auto good = makePacket(specOf(net::Family::V4));
    const auto with = [&good](unsigned headerWords, unsigned total) {
        auto bytes = good;
        bytes[0] = static_cast<std::uint8_t>(0x40 | headerWords);
        putWord(bytes, 2, total);
        return parseInner(bytes).has_value();
    };

    EXPECT_FALSE(with(4, 140)) << "a header below 20 bytes";
    EXPECT_FALSE(with(0, 140));
    EXPECT_FALSE(with(5, 141)) << "longer than what is there";
    EXPECT_FALSE(with(5, 65535));
    EXPECT_FALSE(with(5, 19)) << "shorter than its header";
    EXPECT_FALSE(with(5, 0));
    EXPECT_FALSE(with(15, 59));
    EXPECT_TRUE(with(15, 60));
    EXPECT_TRUE(with(5, 20)) << "a header alone";
}

TEST(InnerPacket, CountsIpv4Options) {
    auto spec = specOf(net::Family::V4);
    spec.ipOptions = {7, 7, 4, 0, 0, 0, 0, 0};

    const auto bytes = makePacket(spec);
    const auto packet = parseInner(bytes);

    ASSERT_TRUE(packet);
    EXPECT_EQ(packet->transportOffset, 28U);
}

TEST(InnerPacket, TellsFragmentsOfIpv4) {
    auto bytes = makePacket(specOf(net::Family::V4));
    const auto with = [&bytes](unsigned flags) {
        putWord(bytes, 6, flags);
        return parseInner(bytes)->fragment;
    };

    EXPECT_FALSE(with(0x0000));
    EXPECT_FALSE(with(0x4000)) << "do not fragment";
    EXPECT_TRUE(with(0x2000)) << "more follow";
    EXPECT_TRUE(with(0x0001)) << "the last part";
    EXPECT_TRUE(with(0x3fff));
}

TEST(InnerPacket, SkipsExtensionHeadersUpToTheTransport) {
    // Hop-by-hop of 8 bytes, routing of 24, destination options of 8.
    Bytes headers = {43, 0, 1, 4, 0, 0, 0, 0};
    const Bytes routing = {60, 2, 4, 0};
    headers.insert(headers.end(), routing.begin(), routing.end());
    headers.resize(32);
    const Bytes options = {17, 0, 1, 4, 0, 0, 0, 0};
    headers.insert(headers.end(), options.begin(), options.end());

    const auto bytes = withExtensions(0, headers);
    const auto packet = parseInner(bytes);

    ASSERT_TRUE(packet);
    EXPECT_EQ(packet->protocol, kProtocolUdp);
    EXPECT_EQ(packet->transportOffset, 80U);
    EXPECT_FALSE(packet->fragment);
}

TEST(InnerPacket, TellsFragmentsOfIpv6) {
    const auto with = [](std::uint8_t upper, std::uint8_t lower) {
        const auto bytes = withExtensions(44, {6, 0xff, upper, lower, 0, 0, 0, 1});
        const auto packet = parseInner(bytes);
        return packet ? std::tuple(packet->fragment, packet->protocol, packet->transportOffset)
                      : std::tuple(false, std::uint8_t{0}, std::size_t{0});
    };

    EXPECT_EQ(with(0, 0), std::tuple(false, kProtocolTcp, 48U)) << "the only part";
    EXPECT_EQ(with(0, 6), std::tuple(false, kProtocolTcp, 48U)) << "reserved bits";
    EXPECT_EQ(with(0, 1), std::tuple(true, kProtocolTcp, 48U)) << "the first part";
    EXPECT_EQ(with(0, 8), std::tuple(true, kProtocolTcp, 48U)) << "the last part";
}

TEST(InnerPacket, ReadsNoHeaderInALaterPartOfAnIpv6Packet) {
    // The number says that an extension header follows, but that one was in the first part.
    const auto bytes = withExtensions(44, {60, 0, 0x10, 1, 0, 0, 0, 1});

    const auto packet = parseInner(bytes);

    ASSERT_TRUE(packet);
    EXPECT_EQ(packet->transportOffset, 48U);
    EXPECT_TRUE(packet->fragment);
}

TEST(InnerPacket, RefusesExtensionHeadersThatDoNotFit) {
    auto spec = specOf(net::Family::V6);
    spec.extension = 60;
    spec.payload = {};
    spec.ipOptions = {6, 3, 1, 4, 0, 0, 0, 0};
    const auto fits = makePacket(spec);
    spec.ipOptions[1] = 200;
    const auto tooLong = makePacket(spec);
    auto onlyPart = fits;
    onlyPart.resize(47);
    putWord(onlyPart, 4, 7);

    EXPECT_FALSE(parseInner(tooLong));
    EXPECT_FALSE(parseInner(onlyPart));
    EXPECT_FALSE(parseInner(fits)) << "32 bytes of options in 28";
}

TEST(InnerPacket, RefusesAJumbogram) {
    auto bytes = withExtensions(0, {6, 0, 0xc2, 4, 0, 1, 0, 0});
    putWord(bytes, 4, 0);

    EXPECT_FALSE(parseInner(bytes));
}

TEST(InnerPacket, StopsAfterEightExtensionHeaders) {
    const auto chain = [](std::size_t count) {
        Bytes headers(count * 8);
        for (std::size_t index = 0; index < count; ++index) {
            headers[index * 8] = index + 1 == count ? 6 : 60;
        }
        return parseInner(withExtensions(60, headers)).has_value();
    };

    EXPECT_TRUE(chain(8));
    EXPECT_FALSE(chain(9));
}

}  // namespace
}  // namespace weft::wireguard
