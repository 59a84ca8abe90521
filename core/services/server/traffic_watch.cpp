// SPDX-License-Identifier: Apache-2.0
#include "core/services/server/traffic_watch.h"

#include <array>

// Not <netinet/tcp.h>: its tcp_info ends before the counters of bytes.
#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>

namespace weft::services {

TrafficWatch::TrafficWatch() : epoll_(::epoll_create1(EPOLL_CLOEXEC)) {}

void TrafficWatch::add(int socket) const {
    // One event for each arrival, whoever reads the bytes.
    epoll_event event{};
    event.events = EPOLLIN | EPOLLET;
    event.data.fd = socket;
    ::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, socket, &event);
}

std::vector<int> TrafficWatch::active() const {
    constexpr int kBatch = 128;
    std::array<epoll_event, kBatch> events{};
    std::vector<int> sockets;
    while (true) {
        const int count = ::epoll_wait(epoll_.get(), events.data(), kBatch, 0);
        for (int i = 0; i < count; ++i) {
            sockets.push_back(events[static_cast<std::size_t>(i)].data.fd);
        }
        // Edges that come again and again under a flood must not hold the thread here.
        if (count < kBatch || sockets.size() >= std::size_t{8} * kBatch) {
            return sockets;
        }
    }
}

std::uint64_t TrafficWatch::receivedBytes(int socket) {
    tcp_info info{};
    socklen_t length = sizeof info;
    if (::getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &length) != 0) {
        return 0;
    }
    return info.tcpi_bytes_received;
}

}  // namespace weft::services
