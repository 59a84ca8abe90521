// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transport/datagram_path.h"

#include <array>
#include <cstddef>
#include <cstdint>

#include <netinet/in.h>
#include <sys/socket.h>

namespace weft::transport::detail {

/// Room for everything that we write beside a message: source, traffic class, segment size.
inline constexpr std::size_t kSendControlBytes =
    CMSG_SPACE(sizeof(in6_pktinfo)) + CMSG_SPACE(sizeof(int)) + CMSG_SPACE(sizeof(std::uint16_t));
/// Room for everything that the system may write beside a message: the same and the count of what
/// it dropped.
inline constexpr std::size_t kReceiveControlBytes =
    CMSG_SPACE(sizeof(in6_pktinfo)) + 3 * CMSG_SPACE(sizeof(int));

using SendControl = std::array<std::uint8_t, kSendControlBytes>;

/// What goes beside an outgoing message.
struct SendExtras {
    /// nullptr: the system chooses the source.
    const DatagramAddress* source = nullptr;
    std::uint8_t trafficClass = 0;
    /// 0: one datagram.
    std::uint16_t segmentBytes = 0;
};

/// Writes `extras` for a socket of `family`; returns how many bytes of `out` they take.
std::size_t writeControl(net::Family family, const SendExtras& extras, SendControl& out);

/// What came beside an incoming message.
struct ReceiveExtras {
    net::IpAddress local{};
    std::uint32_t interface = 0;
    std::uint8_t trafficClass = 0;
    /// 0: one datagram.
    std::size_t segmentBytes = 0;
    /// All that the system dropped at this socket, modulo 2^32; 0 when it says nothing.
    std::uint32_t dropped = 0;
};

/// Reads what the system wrote; unknown parts are skipped.
ReceiveExtras readControl(const msghdr& message);

}  // namespace weft::transport::detail
