// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/packet/inner_packet.h"

#include <algorithm>
#include <array>

namespace weft::wireguard {
namespace {

/// RFC 8200, section 4.
constexpr std::uint8_t kHopByHop = 0;
constexpr std::uint8_t kRouting = 43;
constexpr std::uint8_t kFragment = 44;
constexpr std::uint8_t kDestinationOptions = 60;
/// Section 4.1 recommends at most seven in one packet.
constexpr int kMaxExtensionHeaders = 8;
constexpr std::size_t kFragmentHeaderBytes = 8;

/// RFC 791: the offset and the flag that more follows, without "do not fragment".
constexpr unsigned kV4FragmentMask = 0x3fff;
/// RFC 8200, section 4.5.
constexpr unsigned kV6FragmentMask = 0xfff9;

unsigned word(std::span<const std::uint8_t> bytes, std::size_t at) {
    return static_cast<unsigned>(bytes[at]) << 8U | bytes[at + 1];
}

std::optional<InnerPacket> parseV4(std::span<const std::uint8_t> bytes) {
    if (bytes.size() < kV4HeaderBytes) {
        return std::nullopt;
    }
    const std::size_t headerBytes = (bytes[0] & 0x0fU) * std::size_t{4};
    const std::size_t totalBytes = word(bytes, 2);
    if (headerBytes < kV4HeaderBytes || totalBytes < headerBytes || totalBytes > bytes.size()) {
        return std::nullopt;
    }
    InnerPacket packet;
    packet.bytes = bytes.first(totalBytes);
    packet.family = net::Family::V4;
    packet.protocol = bytes[9];
    packet.trafficClass = bytes[1];
    packet.fragment = (word(bytes, 6) & kV4FragmentMask) != 0;
    packet.transportOffset = headerBytes;
    return packet;
}

bool isExtensionHeader(std::uint8_t number) {
    return number == kHopByHop || number == kRouting || number == kDestinationOptions
           || number == kFragment;
}

/// What follows the headers of IPv6.
struct Transport {
    std::size_t offset = kV6HeaderBytes;
    std::uint8_t protocol = 0;
    bool fragment = false;
};

/// Goes on from the header at `transport.offset` to what no longer is one of IPv6; nullopt when a
/// header does not fit.
std::optional<Transport> behindExtensionHeaders(
    std::span<const std::uint8_t> packet, Transport transport) {
    for (int count = 0; count <= kMaxExtensionHeaders; ++count) {
        const auto next = transport.protocol;
        if (!isExtensionHeader(next)) {
            return transport;
        }
        const auto header = packet.subspan(transport.offset);
        if (header.size() < kFragmentHeaderBytes) {
            return std::nullopt;
        }
        // A fragment header has a reserved byte where the others have their length.
        const auto headerBytes =
            next == kFragment ? kFragmentHeaderBytes : (header[1] + std::size_t{1}) * 8;
        if (header.size() < headerBytes) {
            return std::nullopt;
        }
        transport.protocol = header[0];
        transport.offset += headerBytes;
        if (next == kFragment) {
            const auto place = word(header, 2) & kV6FragmentMask;
            transport.fragment = transport.fragment || place != 0;
            if ((place & ~1U) != 0) {
                return transport;  // not the first part: no header follows, whatever the number
                                   // says
            }
        }
    }
    return std::nullopt;
}

std::optional<InnerPacket> parseV6(std::span<const std::uint8_t> bytes) {
    if (bytes.size() < kV6HeaderBytes) {
        return std::nullopt;
    }
    const std::size_t totalBytes = kV6HeaderBytes + word(bytes, 4);
    if (totalBytes > bytes.size()) {
        return std::nullopt;
    }
    Transport transport;
    transport.protocol = bytes[6];
    // Nearly no packet has one.
    if (isExtensionHeader(transport.protocol)) {
        const auto behind = behindExtensionHeaders(bytes.first(totalBytes), transport);
        if (!behind) {
            return std::nullopt;
        }
        transport = *behind;
    }
    InnerPacket packet;
    packet.bytes = bytes.first(totalBytes);
    packet.family = net::Family::V6;
    packet.protocol = transport.protocol;
    packet.trafficClass = static_cast<std::uint8_t>(word(bytes, 0) >> 4U);
    packet.fragment = transport.fragment;
    packet.transportOffset = transport.offset;
    return packet;
}

net::IpAddress addressOf(std::span<const std::uint8_t> bytes) {
    if (bytes.size() == 4) {
        return net::IpAddress::v4(
            static_cast<std::uint32_t>(word(bytes, 0)) << 16U | word(bytes, 2));
    }
    std::array<std::uint8_t, 16> copy{};
    std::copy_n(bytes.begin(), copy.size(), copy.begin());
    return net::IpAddress::v6(copy);
}

}  // namespace

net::IpAddress InnerPacket::sourceAddress() const {
    return addressOf(source());
}

net::IpAddress InnerPacket::destinationAddress() const {
    return addressOf(destination());
}

std::optional<InnerPacket> parseInner(std::span<const std::uint8_t> bytes) {
    if (bytes.empty()) {
        return std::nullopt;
    }
    switch (bytes[0] >> 4U) {
    case 4:
        return parseV4(bytes);
    case 6:
        return parseV6(bytes);
    default:
        return std::nullopt;
    }
}

}  // namespace weft::wireguard
