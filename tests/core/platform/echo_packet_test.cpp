// SPDX-License-Identifier: Apache-2.0
#include "core/platform/linux/echo_packet.h"

#include <gtest/gtest.h>

#include <vector>

namespace weft::platform::detail {
namespace {

using net::Family;

constexpr EchoToken kToken{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

std::vector<std::uint8_t> replyTo(Family family, std::uint16_t sequence) {
    const auto packet = echoRequest(family, 7, sequence, kToken);
    std::vector<std::uint8_t> reply(packet.begin(), packet.end());
    reply[0] = family == Family::V4 ? 0 : 129;
    return reply;
}

TEST(EchoPacket, FindsTheSequenceOfItsOwnReply) {
    for (const auto family : {Family::V4, Family::V6}) {
        EXPECT_EQ(sequenceOfReply(family, replyTo(family, 0xabcd), kToken), 0xabcd);
    }
}

TEST(EchoPacket, PassesOverEveryReplyThatIsNotItsOwn) {
    auto other = kToken;
    other.back() ^= 1U;
    const auto reply = replyTo(Family::V4, 1);

    EXPECT_EQ(sequenceOfReply(Family::V4, reply, other), std::nullopt) << "another token";
    EXPECT_EQ(sequenceOfReply(Family::V6, reply, kToken), std::nullopt) << "another family";
    EXPECT_EQ(
        sequenceOfReply(Family::V4, echoRequest(Family::V4, 7, 1, kToken), kToken), std::nullopt)
        << "a request";
    auto coded = reply;
    coded[1] = 1;
    EXPECT_EQ(sequenceOfReply(Family::V4, coded, kToken), std::nullopt) << "another code";
}

TEST(EchoPacket, TakesNothingFromAPacketThatIsTooShort) {
    const auto reply = replyTo(Family::V6, 1);
    const std::size_t enough = kEchoHeaderBytes + kToken.size();
    for (std::size_t size = 0; size < enough; ++size) {
        EXPECT_EQ(sequenceOfReply(Family::V6, std::span(reply).first(size), kToken), std::nullopt)
            << size;
    }
    EXPECT_EQ(sequenceOfReply(Family::V6, std::span(reply).first(enough), kToken), 1);
}

TEST(EchoPacket, FindsTheSequenceOfARequestThatCameBackInAnError) {
    for (const auto family : {Family::V4, Family::V6}) {
        const auto request = echoRequest(family, 7, 300, kToken);

        EXPECT_EQ(sequenceOfRequest(family, std::span(request).first(8)), 300);
        EXPECT_EQ(sequenceOfRequest(family, std::span(request).first(7)), std::nullopt);
        EXPECT_EQ(sequenceOfRequest(family, replyTo(family, 1)), std::nullopt);
    }
}

TEST(EchoPacket, HasTheChecksumThatIpv4Asks) {
    const auto packet = echoRequest(Family::V4, 0x1234, 1, kToken);
    std::uint32_t sum = 0;
    for (std::size_t at = 0; at < packet.size(); at += 2) {
        sum += static_cast<std::uint32_t>((packet.at(at) << 8U) | packet.at(at + 1));
    }
    while (sum > 0xffffU) {
        sum = (sum & 0xffffU) + (sum >> 16U);
    }

    EXPECT_EQ(sum, 0xffffU);
}

TEST(EchoPacket, LooksBehindIpv4HeadersOfAnyLength) {
    std::vector<std::uint8_t> packet(32);
    const auto behind = [&packet] { return behindIpv4Header(packet).size(); };

    packet[0] = 0x45;
    EXPECT_EQ(behind(), 12U);
    packet[0] = 0x48;
    EXPECT_EQ(behind(), 0U) << "a header and nothing behind it";
    packet[0] = 0x4f;
    EXPECT_EQ(behind(), 0U) << "a header that is longer than the packet";
    packet[0] = 0x44;
    EXPECT_EQ(behind(), 0U) << "a header that is too short";
    packet[0] = 0x65;
    EXPECT_EQ(behind(), 0U) << "another version";
    EXPECT_TRUE(behindIpv4Header({}).empty());
}

}  // namespace
}  // namespace weft::platform::detail
