// SPDX-License-Identifier: Apache-2.0
#include "core/services/server/tunnel_callers.h"

#include "core/services/server/sockets.h"

namespace weft::services {

void TunnelCallers::add(int fd, ino_t inode, const net::Endpoint& remote) {
    Arrival arrival = arrivalOf(fd);
    const unsigned tunnel = tunnelInterface_;
    if (tunnel != 0 && arrival.interfaceIndex == tunnel && !bindToInterface(fd, tunnel)) {
        // The connection goes on, and proves nothing.
        arrival.interfaceIndex = 0;
    }
    arrivals_.add(fd, remote, arrival);
    known_[fd] = {inode, arrival.interfaceIndex};
}

void TunnelCallers::remove(int fd) {
    arrivals_.remove(fd);
    known_.erase(fd);
}

void TunnelCallers::use(unsigned index) {
    // Some may have come before this was told of the interface.
    for (const auto& [fd, known] : known_) {
        if (index == 0 || known.interfaceIndex != index) {
            continue;
        }
        bool bound = false;
        onSocket_(fd, known.inode, [index, &bound](int socket) {
            bound = bindToInterface(socket, index);
        });
        if (!bound) {
            arrivals_.remove(fd);
        }
    }
    tunnelInterface_ = index;
}

std::optional<net::IpAddress> TunnelCallers::called(const net::Endpoint& remote) const {
    const auto arrival = arrivals_.of(remote);
    const bool inTunnel =
        arrival && arrival->interfaceIndex != 0 && arrival->interfaceIndex == tunnelInterface_;
    return inTunnel ? std::optional(arrival->local) : std::nullopt;
}

}  // namespace weft::services
