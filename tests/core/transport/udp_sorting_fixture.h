// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/unique_fd.h"
#include "core/transport/udp_path.h"
#include "tests/support/syscall_filter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/syscall.h>

namespace weft::transport {

inline constexpr std::uint32_t kBulk = 0xB0000001;
inline constexpr std::uint32_t kControl = 0xC0000001;
inline constexpr std::uint32_t kNoise = 0x01020304;

/// Bulk has a tag in its eighth byte, control at least twenty bytes.
inline DatagramSorting sorting() {
    DatagramSorting result;
    result.bulk = {{8, {{.value = kBulk}, {.offset = 4, .mask = 0xff, .value = 0x77}}}};
    result.control = {{20, {{.value = kControl}}}};
    return result;
}

inline std::string datagram(std::uint32_t kind, std::size_t bytes, std::uint8_t tag = 0x77) {
    std::string made(bytes, '\0');
    for (std::size_t i = 0; i < std::min<std::size_t>(bytes, 4); ++i) {
        made[i] = static_cast<char>(kind >> (24 - 8 * i));
    }
    if (bytes > 7) {
        made[7] = static_cast<char>(tag);
    }
    return made;
}

class UdpSorting : public testing::Test {
protected:
    static std::unique_ptr<UdpPath> open(const UdpOptions& options = {}) {
        auto path = openUdpPath(options);
        EXPECT_EQ(path.status(), okStatus());
        return path.ok() ? *std::move(path) : nullptr;
    }
    /// Sends `datagram` so many times, one by one.
    void send(
        const UdpPath& to,
        const std::string& datagram,
        int times = 1,
        const char* host = "127.0.0.1") {
        DatagramAddress address;
        address.remote = {net::IpAddress::parse(host).value(), to.port()};
        const OutgoingRun run{
            .bytes = {reinterpret_cast<const std::uint8_t*>(datagram.data()), datagram.size()},
            .segmentBytes = datagram.size(),
            .to = &address};
        for (int i = 0; i < times; ++i) {
            ASSERT_TRUE(sender_->send({&run, 1}).isClean);
        }
    }
    /// How many datagrams of each size there are now: over loopback what was sent has come.
    static std::map<std::size_t, int> fetch(UdpPath& path) {
        std::map<std::size_t, int> sizes;
        for (auto runs = path.receive(); !runs.empty(); runs = path.receive()) {
            for (const auto& run : runs) {
                ++sizes[run.bytes.size()];
            }
        }
        return sizes;
    }
    /// One of each kind, with sizes of their own: 8 bulk, 20 control, the others nothing.
    void sendOneOfEach(const UdpPath& path, const char* host = "127.0.0.1") {
        send(path, datagram(kBulk, 8), 1, host);
        send(path, datagram(kBulk, 9, 0x78), 1, host);
        send(path, datagram(kBulk, 7), 1, host);
        send(path, datagram(kControl, 20), 1, host);
        send(path, datagram(kControl, 19), 1, host);
        send(path, datagram(kNoise, 100), 1, host);
        send(path, datagram(kNoise, 1), 1, host);
    }
    /// Whether another socket of this user that asks to share the port of `path` is let in.
    static bool isShared(const UdpPath& path) {
        const base::UniqueFd fd(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
        const int on = 1;
        ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEPORT, &on, sizeof on);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(path.port());
        return ::bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    }
    /// Runs `body` where the system refuses to set an option of sockets.
    static void without(int option, const std::function<void()>& body) {
        std::thread([&] {
            if (!tests::refuseSystemCall(
                    SYS_setsockopt,
                    ENOPROTOOPT,
                    {{.index = 1, .value = SOL_SOCKET},
                     {.index = 2, .value = static_cast<std::uint32_t>(option)}})) {
                GTEST_SKIP() << "this machine cannot filter system calls";
            }
            body();
        }).join();
    }

    std::unique_ptr<UdpPath> sender_ = open({.sending = UdpSending::Batch});
};

}  // namespace weft::transport
