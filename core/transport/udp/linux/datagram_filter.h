// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/unique_fd.h"
#include "core/net/endpoint.h"
#include "core/transport/datagram_sorting.h"
#include "core/transport/udp/linux/udp_socket.h"

#include <span>

namespace weft::transport::detail {

// Programs for the filter machine of the system (classic BPF). The patterns are valid.

/// Lets `fd` take only what looks like one of the patterns. False when the system refuses.
bool attachAcceptFilter(const base::UniqueFd& fd, const DatagramSorting& sorting);
void detachFilter(const base::UniqueFd& fd);

/// Sorts what comes to the group of three sockets that `first` was the first to be bound of: bulk
/// to the first, control of strangers to the second, control of those who are expected to the
/// third. When anybody is expected, bulk of strangers is control. False when the system refuses.
bool attachGroupFilter(
    const UdpSocket& first,
    const DatagramSorting& sorting,
    std::span<const net::Endpoint> expected);

}  // namespace weft::transport::detail
