// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace weft::wireguard {

// The messages of the WireGuard paper, section 5.4, as they cross the wire. Integers are
// little-endian. Pure. Thread: any.

/// The first byte; the three bytes after it are zero.
enum class MessageType : std::uint8_t {
    Initiation = 1,
    Response = 2,
    CookieReply = 3,
    Transport = 4,
};

inline constexpr std::size_t kInitiationBytes = 148;
inline constexpr std::size_t kResponseBytes = 92;
inline constexpr std::size_t kCookieReplyBytes = 64;
/// Type, receiver index and counter, before the sealed packet.
inline constexpr std::size_t kTransportHeaderBytes = 16;
inline constexpr std::size_t kTagBytes = 16;
/// A keepalive: a header and a sealed packet of no bytes.
inline constexpr std::size_t kTransportMinBytes = kTransportHeaderBytes + kTagBytes;
/// MAC1 and MAC2 at the end of an initiation or a response.
inline constexpr std::size_t kMacBytes = 16;
inline constexpr std::size_t kBothMacsBytes = 2 * kMacBytes;

/// What a datagram claims to be: the type is known, the reserved bytes are zero, and the length is
/// exactly that of the type (for transport data: at least that of a keepalive).
std::optional<MessageType> messageTypeOf(std::span<const std::uint8_t> datagram);

struct TransportHeader {
    std::uint32_t receiverIndex = 0;
    std::uint64_t counter = 0;
};

/// nullopt when `datagram` is no transport message by `messageTypeOf`.
std::optional<TransportHeader> readTransportHeader(std::span<const std::uint8_t> datagram);
void writeTransportHeader(
    std::span<std::uint8_t, kTransportHeaderBytes> out, const TransportHeader& header);

/// The index that the sender of an initiation or response chose. 0 for what is too short.
std::uint32_t senderIndexOf(std::span<const std::uint8_t> handshakeMessage);
/// The index that the receiver of a response, cookie reply or transport message chose. 0 for what
/// is too short or an initiation.
std::uint32_t receiverIndexOf(std::span<const std::uint8_t> datagram);

}  // namespace weft::wireguard
