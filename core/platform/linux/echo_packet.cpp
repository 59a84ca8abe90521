// SPDX-License-Identifier: Apache-2.0
#include "core/platform/linux/echo_packet.h"

#include <algorithm>

namespace weft::platform::detail {
namespace {

constexpr std::uint8_t kRequestV4 = 8;
constexpr std::uint8_t kReplyV4 = 0;
constexpr std::uint8_t kRequestV6 = 128;
constexpr std::uint8_t kReplyV6 = 129;
constexpr std::size_t kChecksumAt = 2;
constexpr std::size_t kIdentifierAt = 4;
constexpr std::size_t kSequenceAt = 6;
constexpr std::size_t kShortestIpv4Header = 20;

void put16(std::span<std::uint8_t> bytes, std::size_t at, std::uint16_t value) {
    bytes[at] = static_cast<std::uint8_t>(value >> 8U);
    bytes[at + 1] = static_cast<std::uint8_t>(value & 0xffU);
}

std::uint16_t get16(std::span<const std::uint8_t> bytes, std::size_t at) {
    return static_cast<std::uint16_t>((bytes[at] << 8U) | bytes[at + 1]);
}

/// RFC 1071, over an even count of bytes.
std::uint16_t checksumOf(std::span<const std::uint8_t> bytes) {
    std::uint32_t sum = 0;
    for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
        sum += get16(bytes, at);
    }
    while (sum > 0xffffU) {
        sum = (sum & 0xffffU) + (sum >> 16U);
    }
    return static_cast<std::uint16_t>(~sum);
}

}  // namespace

EchoPacket echoRequest(
    net::Family family, std::uint16_t identifier, std::uint16_t sequence, const EchoToken& token) {
    static_assert(sizeof(EchoToken) <= kEchoPayloadBytes);
    EchoPacket packet{};
    packet[0] = family == net::Family::V4 ? kRequestV4 : kRequestV6;
    put16(packet, kIdentifierAt, identifier);
    put16(packet, kSequenceAt, sequence);
    std::ranges::copy(token, packet.begin() + kEchoHeaderBytes);
    if (family == net::Family::V4) {
        put16(packet, kChecksumAt, checksumOf(packet));
    }
    return packet;
}

std::optional<std::uint16_t> sequenceOfReply(
    net::Family family, std::span<const std::uint8_t> message, const EchoToken& token) {
    if (message.size() < kEchoHeaderBytes + token.size()) {
        return std::nullopt;
    }
    const bool isReply =
        message[0] == (family == net::Family::V4 ? kReplyV4 : kReplyV6) && message[1] == 0;
    const bool isOurs = std::ranges::equal(message.subspan(kEchoHeaderBytes, token.size()), token);
    return isReply && isOurs ? std::optional(get16(message, kSequenceAt)) : std::nullopt;
}

std::optional<std::uint16_t> sequenceOfRequest(
    net::Family family, std::span<const std::uint8_t> message) {
    const auto type = family == net::Family::V4 ? kRequestV4 : kRequestV6;
    if (message.size() < kEchoHeaderBytes || message[0] != type || message[1] != 0) {
        return std::nullopt;
    }
    return get16(message, kSequenceAt);
}

std::span<const std::uint8_t> behindIpv4Header(std::span<const std::uint8_t> packet) {
    if (packet.size() < kShortestIpv4Header || packet[0] >> 4U != 4) {
        return {};
    }
    const std::size_t header = std::size_t{packet[0] & 0x0fU} * 4;
    if (header < kShortestIpv4Header || packet.size() < header) {
        return {};
    }
    return packet.subspan(header);
}

}  // namespace weft::platform::detail
