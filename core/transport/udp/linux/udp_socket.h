// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/base/unique_fd.h"
#include "core/net/ip_address.h"
#include "core/transport/udp_path.h"

#include <cstdint>
#include <optional>

namespace weft::transport::detail {

/// One bound socket of one family.
struct UdpSocket {
    base::UniqueFd fd;
    net::Family family = net::Family::V4;
    /// Whether the system cuts runs for us.
    bool segments = false;
};

/// The sockets of a path, on one port.
struct UdpSocketPair {
    std::optional<UdpSocket> v4;
    std::optional<UdpSocket> v6;
    /// Beside each, for control datagrams, where the system sorts; either both or none.
    std::optional<UdpSocket> controlV4;
    std::optional<UdpSocket> controlV6;
    /// For those of sources that are expected.
    std::optional<UdpSocket> expectedV4;
    std::optional<UdpSocket> expectedV6;
    std::uint16_t port = 0;
};

/// Opens and binds what the options ask for, on `port` (0: any that both families have free).
/// Errors: as openUdpPath.
StatusOr<UdpSocketPair> openUdpSockets(const UdpOptions& options, std::uint16_t port);

/// Lets the system sort what comes to the sockets of `pair`, in place of what was sorted before.
/// Whatever it refuses is left out: without the control sockets everything comes to the other.
/// Nobody is expected.
void sortReceived(UdpSocketPair& pair, const UdpOptions& options, const DatagramSorting& sorting);

/// Marks what leaves by both sockets. Errors: kPermissionDenied.
Status setMark(const UdpSocketPair& sockets, std::uint32_t mark);

}  // namespace weft::transport::detail
