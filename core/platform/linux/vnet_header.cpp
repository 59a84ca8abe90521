// SPDX-License-Identifier: Apache-2.0
#include "core/platform/linux/vnet_header.h"

namespace weft::platform::detail {
namespace {

using Kind = Offload::Kind;

constexpr std::uint8_t kNeedsChecksum = 1;
constexpr std::uint8_t kNotSegmented = 0;
constexpr std::uint8_t kTcp4 = 1;
constexpr std::uint8_t kTcp6 = 4;
constexpr std::uint8_t kUdp = 5;
/// Set beside a kind of TCP when the packet carries a congestion flag, which the kind covers.
constexpr std::uint8_t kWithEcn = 0x80;

constexpr std::size_t kTcpHeaderBytes = 20;
constexpr std::size_t kTcpLengthAt = 12;
constexpr std::size_t kUdpHeaderBytes = 8;

std::optional<Kind> kindOf(std::uint8_t segmentation, std::span<const std::uint8_t> packet) {
    const bool isV6 = !packet.empty() && packet[0] >> 4U == 6;
    switch (segmentation & ~kWithEcn) {
    case kNotSegmented:
        return Kind::None;
    case kTcp4:
        return Kind::Tcp4;
    case kTcp6:
        return Kind::Tcp6;
    case kUdp:
        return isV6 ? Kind::Udp6 : Kind::Udp4;
    default:
        return std::nullopt;
    }
}

/// The length of both headers, with the transport header from `start` on; 0 when they do not fit.
std::size_t headersOf(Kind kind, std::size_t start, std::span<const std::uint8_t> packet) {
    if (kind == Kind::Udp4 || kind == Kind::Udp6) {
        return start + kUdpHeaderBytes <= packet.size() ? start + kUdpHeaderBytes : 0;
    }
    if (start + kTcpHeaderBytes > packet.size()) {
        return 0;
    }
    const std::size_t tcp = std::size_t{packet[start + kTcpLengthAt]} >> 4U << 2U;
    return tcp >= kTcpHeaderBytes && start + tcp <= packet.size() ? start + tcp : 0;
}

}  // namespace

std::optional<Offload> readVnetHeader(
    const VnetHeader& header, std::span<const std::uint8_t> packet) {
    const auto kind = kindOf(header.segmentation, packet);
    if (!kind) {
        return std::nullopt;
    }
    Offload offload;
    offload.kind = *kind;
    if ((header.flags & kNeedsChecksum) != 0) {
        const std::size_t end =
            std::size_t{header.checksumStart} + header.checksumOffset + sizeof(std::uint16_t);
        if (end > packet.size()) {
            return std::nullopt;
        }
        offload.needsChecksum = true;
        offload.checksumStart = header.checksumStart;
        offload.checksumOffset = header.checksumOffset;
    }
    if (*kind == Kind::None) {
        return offload;
    }
    const std::size_t headers = headersOf(*kind, header.checksumStart, packet);
    if (!offload.needsChecksum || header.segmentBytes == 0 || headers == 0) {
        return std::nullopt;
    }
    offload.segmentBytes = header.segmentBytes;
    offload.headerBytes = static_cast<std::uint16_t>(headers);
    return offload;
}

VnetHeader writeVnetHeader(const Offload& offload) {
    VnetHeader header;
    if (offload.needsChecksum) {
        header.flags = kNeedsChecksum;
        header.checksumStart = offload.checksumStart;
        header.checksumOffset = offload.checksumOffset;
    }
    switch (offload.kind) {
    case Kind::None:
        return header;
    case Kind::Tcp4:
        header.segmentation = kTcp4;
        break;
    case Kind::Tcp6:
        header.segmentation = kTcp6;
        break;
    case Kind::Udp4:
    case Kind::Udp6:
        header.segmentation = kUdp;
        break;
    }
    header.segmentBytes = offload.segmentBytes;
    header.headerBytes = offload.headerBytes;
    return header;
}

}  // namespace weft::platform::detail
