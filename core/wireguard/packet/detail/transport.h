// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/platform/offload.h"
#include "core/wireguard/packet/detail/layout.h"
#include "core/wireguard/packet/inner_packet.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace weft::wireguard::detail {

using Kind = platform::Offload::Kind;

constexpr bool isTcp(Kind kind) {
    return kind == Kind::Tcp4 || kind == Kind::Tcp6;
}

constexpr bool isV4(Kind kind) {
    return kind == Kind::Tcp4 || kind == Kind::Udp4;
}

/// None for what is neither TCP nor UDP.
inline Kind kindOf(const InnerPacket& packet) {
    if (packet.protocol == kProtocolTcp) {
        return packet.isV4() ? Kind::Tcp4 : Kind::Tcp6;
    }
    if (packet.protocol == kProtocolUdp) {
        return packet.isV4() ? Kind::Udp4 : Kind::Udp6;
    }
    return Kind::None;
}

/// Bytes of the TCP or UDP header at the start of `transport`, which is all that is behind the IP
/// header; 0 when it is cut off or contradicts that.
inline std::size_t transportHeaderBytes(std::span<const std::uint8_t> transport, bool tcp) {
    if (!tcp) {
        return transport.size() >= kUdpHeaderBytes
                       && readWord(&transport[kUdpLengthAt]) == transport.size()
                   ? kUdpHeaderBytes
                   : 0;
    }
    if (transport.size() < kTcpHeaderBytes) {
        return 0;
    }
    const std::size_t bytes = (transport[kTcpOffsetAt] >> 4U) * std::size_t{4};
    return bytes < kTcpHeaderBytes || bytes > transport.size() ? 0 : bytes;
}

}  // namespace weft::wireguard::detail
