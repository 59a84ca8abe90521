// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/net/ip_address.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

/// Packets for tests, and a slow reader of them that shares no code with what is tested.
namespace weft::wireguard::testing {

using Bytes = std::vector<std::uint8_t>;

inline constexpr std::uint8_t kFin = 0x01;
inline constexpr std::uint8_t kSyn = 0x02;
inline constexpr std::uint8_t kRst = 0x04;
inline constexpr std::uint8_t kPsh = 0x08;
inline constexpr std::uint8_t kAck = 0x10;
inline constexpr std::uint8_t kUrg = 0x20;
inline constexpr std::uint8_t kEce = 0x40;
inline constexpr std::uint8_t kCwr = 0x80;

/// A packet to be made. What UDP does not have is ignored for it.
struct PacketSpec {
    net::Family family = net::Family::V4;
    std::uint8_t protocol = 6;
    std::uint8_t sourceHost = 1;
    std::uint8_t destinationHost = 2;
    std::uint16_t sourcePort = 40000;
    std::uint16_t destinationPort = 443;
    std::uint8_t trafficClass = 0;
    std::uint8_t hops = 64;
    std::uint16_t id = 0x1234;
    bool dontFragment = true;
    std::uint32_t flowLabel = 0x12345;
    Bytes ipOptions;             ///< IPv4 options or whole IPv6 extension headers
    std::uint8_t extension = 0;  ///< the first extension header when `ipOptions` is not empty
    std::uint32_t sequence = 1000;
    std::uint32_t acknowledgement = 5000;
    std::uint8_t flags = kAck;
    std::uint16_t window = 501;
    Bytes tcpOptions;
    Bytes payload;
    bool udpChecksum = true;
};

/// The bytes of `spec` with right lengths and checksums.
Bytes makePacket(const PacketSpec& spec);

/// `count` bytes that follow from `seed`.
Bytes someBytes(std::size_t count, std::uint8_t seed = 1);

/// RFC 1071 word by word: 0 for bytes that hold their own right checksum.
std::uint16_t slowChecksum(std::span<const std::uint8_t> bytes);

/// Where the transport header of an IPv4 or IPv6 packet starts; IPv6 without extension headers.
std::size_t transportAt(std::span<const std::uint8_t> packet);

/// The sum of the pseudo header, as a kernel leaves it in a checksum field.
std::uint16_t slowPseudoSum(
    std::span<const std::uint8_t> packet, std::size_t transportStart, std::uint8_t protocol);

/// What is wrong with the lengths and checksums of a TCP or UDP packet; empty when nothing is.
std::string faultOf(std::span<const std::uint8_t> packet);

std::uint16_t wordAt(std::span<const std::uint8_t> bytes, std::size_t at);
std::uint32_t longAt(std::span<const std::uint8_t> bytes, std::size_t at);
void putWord(std::span<std::uint8_t> bytes, std::size_t at, unsigned value);
void putLong(std::span<std::uint8_t> bytes, std::size_t at, std::uint32_t value);

}  // namespace weft::wireguard::testing
