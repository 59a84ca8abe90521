// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/net/ip_address.h"
#include "core/wireguard/packet/ecn.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace weft::wireguard {

/// Protocol numbers as IANA assigns them.
inline constexpr std::uint8_t kProtocolTcp = 6;
inline constexpr std::uint8_t kProtocolUdp = 17;

inline constexpr std::size_t kV4HeaderBytes = 20;
inline constexpr std::size_t kV6HeaderBytes = 40;

/// What the IP headers of a packet say. Refers to the packet's bytes.
struct InnerPacket {
    /// The packet without what followed it, such as the padding of a tunnel.
    std::span<const std::uint8_t> bytes;
    net::Family family = net::Family::V4;
    /// Of what is at `transportOffset`. For IPv6: after the extension headers.
    std::uint8_t protocol = 0;
    /// DSCP and ECN (RFC 2474, RFC 3168).
    std::uint8_t trafficClass = 0;
    /// A part of a larger packet. What is at `transportOffset` is a transport header in the first
    /// part only.
    bool fragment = false;
    /// Bytes of the IP header with its options or extension headers; at most `bytes.size()`.
    std::size_t transportOffset = 0;

    Ecn ecn() const { return ecnOf(trafficClass); }
    std::uint8_t dscp() const { return trafficClass >> 2U; }
    bool isV4() const { return family == net::Family::V4; }

    /// Network order, 4 or 16 bytes.
    std::span<const std::uint8_t> source() const {
        return isV4() ? bytes.subspan(12, 4) : bytes.subspan(8, 16);
    }
    std::span<const std::uint8_t> destination() const {
        return isV4() ? bytes.subspan(16, 4) : bytes.subspan(24, 16);
    }
    net::IpAddress sourceAddress() const;
    net::IpAddress destinationAddress() const;
    /// From the transport header on.
    std::span<const std::uint8_t> transport() const { return bytes.subspan(transportOffset); }
    /// Source and destination together, as pseudoHeaderSum wants them.
    std::span<const std::uint8_t> addresses() const {
        return isV4() ? bytes.subspan(12, 8) : bytes.subspan(8, 32);
    }
};

/// Reads the IP headers at the start of `bytes`; nullopt when they are malformed: neither version,
/// cut off, a header or total length that contradicts another or what is there (RFC 791, section
/// 3.1; RFC 8200, section 3), an extension header that does not fit, or more than eight of them.
/// Bytes after the packet are allowed. The checksum of an IPv4 header is not verified: who handed
/// in the packet has authenticated it. Jumbograms (RFC 2675) are longer than any tunnel packet and
/// are malformed here.
/// Thread: any, no state. Cost: no allocation.
std::optional<InnerPacket> parseInner(std::span<const std::uint8_t> bytes);

}  // namespace weft::wireguard
