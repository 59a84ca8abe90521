// SPDX-License-Identifier: Apache-2.0
#include "core/services/server/byte_allowance.h"

// Not <netinet/tcp.h>: its tcp_info ends before the counters of bytes.
#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace weft::services {

std::uint64_t receivedBytes(int socket) {
    tcp_info info{};
    socklen_t length = sizeof info;
    if (::getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &length) != 0) {
        return 0;
    }
    return info.tcpi_bytes_received;
}

}  // namespace weft::services
