// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/net/ip_address.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace weft::platform::detail {

/// What makes an echo request this program's: nobody else's answer carries it.
using EchoToken = std::array<std::uint8_t, 16>;

/// Type, code, checksum, identifier, sequence (RFC 792, RFC 4443).
inline constexpr std::size_t kEchoHeaderBytes = 8;
/// As much as ping(8) sends.
inline constexpr std::size_t kEchoPayloadBytes = 56;
using EchoPacket = std::array<std::uint8_t, kEchoHeaderBytes + kEchoPayloadBytes>;

/// With its checksum for IPv4; the kernel makes that of ICMPv6.
EchoPacket echoRequest(
    net::Family family, std::uint16_t identifier, std::uint16_t sequence, const EchoToken& token);

/// The sequence of a reply to a request with this token; nullopt for everything else. `message`
/// begins with the ICMP header.
std::optional<std::uint16_t> sequenceOfReply(
    net::Family family, std::span<const std::uint8_t> message, const EchoToken& token);

/// The sequence of a request that came back in an error, of which there may be no more than its
/// header.
std::optional<std::uint16_t> sequenceOfRequest(
    net::Family family, std::span<const std::uint8_t> message);

/// What follows the IPv4 header that a raw socket hands over; empty when it is no such packet.
std::span<const std::uint8_t> behindIpv4Header(std::span<const std::uint8_t> packet);

}  // namespace weft::platform::detail
