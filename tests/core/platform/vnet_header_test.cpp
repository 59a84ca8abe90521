// SPDX-License-Identifier: Apache-2.0
#include "core/platform/linux/vnet_header.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace weft::platform::detail {
namespace {

using Kind = Offload::Kind;

/// A packet of `size` bytes whose TCP header starts at `transportStart` and has `tcpBytes`.
std::vector<std::uint8_t> packetOf(
    int version, std::size_t size, std::size_t transportStart, unsigned tcpBytes = 20) {
    std::vector<std::uint8_t> packet(size);
    if (!packet.empty()) {
        packet[0] = static_cast<std::uint8_t>(version << 4);
    }
    if (transportStart + 12 < size) {
        packet[transportStart + 12] = static_cast<std::uint8_t>(tcpBytes / 4 << 4U);
    }
    return packet;
}

VnetHeader headerOf(std::uint8_t segmentation, std::uint16_t start, std::uint16_t offset) {
    return {
        .flags = 1,
        .segmentation = segmentation,
        .headerBytes = 9999,
        .segmentBytes = 1380,
        .checksumStart = start,
        .checksumOffset = offset};
}

TEST(VnetHeader, IsReadAsOnePacketWhenItSaysNothing) {
    EXPECT_EQ(readVnetHeader({}, packetOf(4, 100, 20)), Offload());
}

TEST(VnetHeader, IsReadAsAnOwedChecksum) {
    const auto offload = readVnetHeader(headerOf(0, 20, 6), packetOf(4, 100, 20));

    ASSERT_TRUE(offload.has_value());
    EXPECT_EQ(offload->kind, Kind::None);
    EXPECT_TRUE(offload->needsChecksum);
    EXPECT_EQ(offload->checksumStart, 20);
    EXPECT_EQ(offload->checksumOffset, 6);
    EXPECT_EQ(offload->segmentBytes, 0);
}

TEST(VnetHeader, IsReadWithTheHeadersMeasured) {
    const auto tcp4 = readVnetHeader(headerOf(1, 20, 16), packetOf(4, 9000, 20, 32));
    ASSERT_TRUE(tcp4.has_value());
    EXPECT_EQ(tcp4->kind, Kind::Tcp4);
    EXPECT_EQ(tcp4->headerBytes, 52);
    EXPECT_EQ(tcp4->segmentBytes, 1380);

    // With the congestion mark, and the longest TCP header.
    const auto tcp6 = readVnetHeader(headerOf(0x84, 40, 16), packetOf(6, 9000, 40, 60));
    ASSERT_TRUE(tcp6.has_value());
    EXPECT_EQ(tcp6->kind, Kind::Tcp6);
    EXPECT_EQ(tcp6->headerBytes, 100);

    EXPECT_EQ(readVnetHeader(headerOf(5, 20, 6), packetOf(4, 9000, 20))->kind, Kind::Udp4);
    const auto udp6 = readVnetHeader(headerOf(5, 40, 6), packetOf(6, 9000, 40));
    EXPECT_EQ(udp6->kind, Kind::Udp6);
    EXPECT_EQ(udp6->headerBytes, 48);
}

TEST(VnetHeader, MakesNoSenseOutsideThePacket) {
    EXPECT_FALSE(readVnetHeader(headerOf(0, 99, 0), packetOf(4, 100, 20)).has_value());
    EXPECT_TRUE(readVnetHeader(headerOf(0, 98, 0), packetOf(4, 100, 20)).has_value());
    EXPECT_FALSE(readVnetHeader(headerOf(0, 0xFFFF, 0xFFFF), packetOf(4, 100, 20)).has_value());
    EXPECT_FALSE(readVnetHeader(headerOf(1, 90, 2), packetOf(4, 100, 90)).has_value());
    EXPECT_FALSE(readVnetHeader(headerOf(5, 93, 2), packetOf(4, 100, 93)).has_value());
    EXPECT_FALSE(readVnetHeader(headerOf(0, 0, 0), {}).has_value());
}

TEST(VnetHeader, MakesNoSenseWithImpossibleParts) {
    const auto packet = packetOf(4, 9000, 20);
    // Fragments of UDP, which nobody offers us, and kinds that do not exist.
    for (const std::uint8_t segmentation : std::vector<std::uint8_t>{2, 3, 6, 0x7F}) {
        EXPECT_FALSE(readVnetHeader(headerOf(segmentation, 20, 6), packet).has_value());
    }
    auto noSegment = headerOf(1, 20, 16);
    noSegment.segmentBytes = 0;
    EXPECT_FALSE(readVnetHeader(noSegment, packet).has_value());
    auto noChecksum = headerOf(1, 20, 16);
    noChecksum.flags = 0;
    EXPECT_FALSE(readVnetHeader(noChecksum, packet).has_value());
    // TCP headers shorter than TCP's, and longer than the packet.
    EXPECT_FALSE(readVnetHeader(headerOf(1, 20, 16), packetOf(4, 9000, 20, 16)).has_value());
    EXPECT_FALSE(readVnetHeader(headerOf(1, 20, 16), packetOf(4, 45, 20, 60)).has_value());
}

TEST(VnetHeader, ComesBackAsItWasWritten) {
    const auto packet = packetOf(4, 9000, 20, 32);
    const Offload tcp{
        .kind = Kind::Tcp4,
        .needsChecksum = true,
        .segmentBytes = 1360,
        .headerBytes = 52,
        .checksumStart = 20,
        .checksumOffset = 16};
    EXPECT_EQ(readVnetHeader(writeVnetHeader(tcp), packet), tcp);

    auto udp = tcp;
    udp.kind = Kind::Udp4;
    udp.headerBytes = 28;
    udp.checksumOffset = 6;
    EXPECT_EQ(readVnetHeader(writeVnetHeader(udp), packet), udp);
    EXPECT_EQ(readVnetHeader(writeVnetHeader({}), packet), Offload());
}

}  // namespace
}  // namespace weft::platform::detail
