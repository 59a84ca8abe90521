// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/wireguard/packet/checksum.h"

#include <cstddef>
#include <cstdint>
#include <cstring>

/// Places in headers and words of them (RFC 791, RFC 8200, RFC 9293, RFC 768).
namespace weft::wireguard::detail {

inline constexpr std::size_t kV4LengthAt = 2;
inline constexpr std::size_t kV4IdAt = 4;
inline constexpr std::size_t kV4FragmentAt = 6;
inline constexpr std::size_t kV4HopsAt = 8;
inline constexpr std::size_t kV4ChecksumAt = 10;
inline constexpr std::size_t kV6LengthAt = 4;
inline constexpr std::size_t kV6HopsAt = 7;

inline constexpr std::size_t kTcpHeaderBytes = 20;
inline constexpr std::size_t kTcpSequenceAt = 4;
inline constexpr std::size_t kTcpAcknowledgementAt = 8;
inline constexpr std::size_t kTcpOffsetAt = 12;
inline constexpr std::size_t kTcpFlagsAt = 13;
inline constexpr std::size_t kTcpWindowAt = 14;
inline constexpr std::size_t kTcpChecksumAt = 16;
inline constexpr std::size_t kTcpUrgentAt = 18;

inline constexpr std::uint8_t kTcpFin = 0x01;
inline constexpr std::uint8_t kTcpPsh = 0x08;
inline constexpr std::uint8_t kTcpAck = 0x10;
inline constexpr std::uint8_t kTcpEce = 0x40;
inline constexpr std::uint8_t kTcpCwr = 0x80;

inline constexpr std::size_t kUdpHeaderBytes = 8;
inline constexpr std::size_t kUdpLengthAt = 4;
inline constexpr std::size_t kUdpChecksumAt = 6;

/// The largest IP packet that a length field of 16 bits can describe in both families.
inline constexpr std::size_t kMaxPacketBytes = 65535;

/// Words between the order of the wire and the machine's.
inline std::uint16_t readWord(const std::uint8_t* at) {
    return sumWord(loadWord(at));
}

inline void writeWord(std::uint8_t* at, std::size_t value) {
    storeWord(at, sumWord(static_cast<std::uint16_t>(value)));
}

inline std::uint32_t readLong(const std::uint8_t* at) {
    return static_cast<std::uint32_t>(readWord(at)) << 16U | readWord(at + 2);
}

inline void writeLong(std::uint8_t* at, std::uint32_t value) {
    writeWord(at, value >> 16U);
    writeWord(at + 2, value & 0xffffU);
}

}  // namespace weft::wireguard::detail
