// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/noise/messages.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <vector>

namespace weft::wireguard {
namespace {

std::vector<std::uint8_t> message(std::uint8_t type, std::size_t length) {
    std::vector<std::uint8_t> bytes(length);
    if (length > 0) {
        bytes[0] = type;
    }
    return bytes;
}

TEST(MessageTypeOf, TakesEachTypeAtItsLengthOnly) {
    for (std::size_t length = 0; length <= 200; ++length) {
        EXPECT_EQ(messageTypeOf(message(1, length)) == MessageType::Initiation, length == 148);
        EXPECT_EQ(messageTypeOf(message(2, length)) == MessageType::Response, length == 92);
        EXPECT_EQ(messageTypeOf(message(3, length)) == MessageType::CookieReply, length == 64);
        EXPECT_EQ(messageTypeOf(message(4, length)) == MessageType::Transport, length >= 32);
        EXPECT_FALSE(messageTypeOf(message(0, length)).has_value());
        EXPECT_FALSE(messageTypeOf(message(5, length)).has_value());
    }
}

TEST(MessageTypeOf, WantsTheReservedBytesZero) {
    for (const std::size_t at : {1U, 2U, 3U}) {
        auto bytes = message(4, 32);
        bytes[at] = 1;
        EXPECT_FALSE(messageTypeOf(bytes).has_value()) << at;
    }
}

TEST(TransportHeader, IsLittleEndianOnTheWire) {
    std::vector<std::uint8_t> bytes(kTransportMinBytes, 0xee);

    writeTransportHeader(
        std::span(bytes).first<kTransportHeaderBytes>(),
        {.receiverIndex = 0x04030201, .counter = 0x0c0b0a0908070605});

    const std::vector<std::uint8_t> expected{
        4, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 0xee};
    EXPECT_TRUE(std::equal(expected.begin(), expected.end(), bytes.begin()));
    const auto header = readTransportHeader(bytes);
    ASSERT_TRUE(header.has_value());
    EXPECT_EQ(header->receiverIndex, 0x04030201U);
    EXPECT_EQ(header->counter, 0x0c0b0a0908070605U);
    EXPECT_EQ(receiverIndexOf(bytes), 0x04030201U);
}

TEST(TransportHeader, IsNotReadFromOtherMessages) {
    EXPECT_FALSE(readTransportHeader(message(4, kTransportMinBytes - 1)).has_value());
    EXPECT_FALSE(readTransportHeader(message(1, kInitiationBytes)).has_value());
    EXPECT_FALSE(readTransportHeader({}).has_value());
}

TEST(Indices, StandWhereTheTypeHasThem) {
    auto initiation = message(1, kInitiationBytes);
    initiation[4] = 7;
    EXPECT_EQ(senderIndexOf(initiation), 7U);
    EXPECT_EQ(receiverIndexOf(initiation), 0U);

    auto response = message(2, kResponseBytes);
    response[4] = 7;
    response[8] = 9;
    EXPECT_EQ(senderIndexOf(response), 7U);
    EXPECT_EQ(receiverIndexOf(response), 9U);

    auto cookieReply = message(3, kCookieReplyBytes);
    cookieReply[4] = 9;
    EXPECT_EQ(receiverIndexOf(cookieReply), 9U);
    EXPECT_EQ(senderIndexOf({}), 0U);
    EXPECT_EQ(receiverIndexOf({}), 0U);
}

}  // namespace
}  // namespace weft::wireguard
