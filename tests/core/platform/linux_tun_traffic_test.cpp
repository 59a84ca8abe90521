// SPDX-License-Identifier: Apache-2.0
// Streams of the host through a tunnel interface. A reflector at the device swaps source and
// destination, so that two sockets of the host speak to each other across it.
#include "core/base/poller.h"
#include "core/base/unique_fd.h"
#include "tests/core/platform/linux_fixture.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstring>
#include <ostream>
#include <span>
#include <thread>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <sys/socket.h>
#include <sys/time.h>

namespace weft::platform {
namespace {

/// Nothing here takes this long; without it a lost packet would hold the test for ever.
constexpr timeval kPatience{20, 0};

struct Family {
    std::size_t sourceAt;
    std::size_t addressBytes;
    std::size_t headerBytes;
    std::size_t protocolAt;
};
constexpr Family kV4{12, 4, 20, 9};
constexpr Family kV6{8, 16, 40, 6};

const Family& familyOf(std::span<const std::uint8_t> packet) {
    return packet[0] >> 4U == 6 ? kV6 : kV4;
}

/// Whether the checksum of a TCP or UDP packet is right: with it everything sums up to all ones.
bool hasGoodChecksum(std::span<const std::uint8_t> packet) {
    const auto& family = familyOf(packet);
    const auto transport = packet.subspan(family.headerBytes);
    std::uint64_t sum = packet[family.protocolAt] + transport.size();
    const auto add = [&](std::span<const std::uint8_t> bytes) {
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            sum += std::uint64_t{bytes[i]} << (i % 2 == 0 ? 8U : 0U);
        }
    };
    add(packet.subspan(family.sourceAt, 2 * family.addressBytes));
    add(transport);
    while (sum > 0xFFFF) {
        sum = (sum & 0xFFFFU) + (sum >> 16U);
    }
    return sum == 0xFFFF;
}

/// Sends every packet of the host back with its addresses swapped, which leaves all checksums as
/// they are. Runs on a thread of its own while it lives.
class Reflector {
public:
    explicit Reflector(TunDevice& tun) : tun_(tun) {
        EXPECT_EQ(poller_->add(tun.readable(), 0), okStatus());
        thread_ = std::thread([this] { run(); });
    }
    Reflector(const Reflector&) = delete;
    Reflector& operator=(const Reflector&) = delete;
    ~Reflector() { stop(); }

    void stop() {
        isStopped_ = true;
        poller_->wake();
        if (thread_.joinable()) {
            thread_.join();
        }
    }
    /// After `stop`.
    std::size_t badChecksums() const { return badChecksums_; }
    std::size_t longest() const { return longest_; }
    std::size_t failedWrites() const { return failedWrites_; }

private:
    void run() {
        std::vector<std::uint8_t> buffer(kTunReadBytes);
        while (!isStopped_) {
            auto packet = tun_.read(buffer);
            if (!packet.ok()) {
                ADD_FAILURE() << toString(packet.status());
                return;
            }
            if (!packet->has_value()) {
                static_cast<void>(poller_->wait(std::nullopt));
                continue;
            }
            reflect(**packet);
        }
    }

    void reflect(const ReadPacket& packet) {
        const auto bytes = packet.bytes;
        const auto& family = familyOf(bytes);
        if (bytes.size() <= family.headerBytes) {
            return;
        }
        longest_ = std::max(longest_, bytes.size());
        badChecksums_ += packet.offload.needsChecksum || hasGoodChecksum(bytes) ? 0 : 1;
        const auto source = bytes.subspan(family.sourceAt, family.addressBytes);
        std::ranges::swap_ranges(
            source, bytes.subspan(family.sourceAt + family.addressBytes, family.addressBytes));
        // Headers and payload apart, as a coalescer has them.
        const std::size_t headers =
            packet.offload.kind == Offload::Kind::None ? bytes.size() : packet.offload.headerBytes;
        const std::array<std::span<const std::uint8_t>, 2> pieces{
            bytes.first(headers), bytes.subspan(headers)};
        failedWrites_ += tun_.write({pieces, packet.offload}).ok() ? 0 : 1;
    }

    TunDevice& tun_;
    std::unique_ptr<base::Poller> poller_ = base::createPoller().value();
    std::atomic<bool> isStopped_ = false;
    std::size_t badChecksums_ = 0;
    std::size_t longest_ = 0;
    std::size_t failedWrites_ = 0;
    std::thread thread_;
};

struct SocketAddress {
    sockaddr_storage bytes{};
    socklen_t length = 0;

    sockaddr* get() { return reinterpret_cast<sockaddr*>(&bytes); }
};

SocketAddress address(const char* host, std::uint16_t port) {
    SocketAddress out;
    if (std::strchr(host, ':') != nullptr) {
        sockaddr_in6 v6{};
        v6.sin6_family = AF_INET6;
        v6.sin6_port = htons(port);
        EXPECT_EQ(::inet_pton(AF_INET6, host, &v6.sin6_addr), 1);
        std::memcpy(&out.bytes, &v6, sizeof v6);
        out.length = sizeof v6;
    } else {
        sockaddr_in v4{};
        v4.sin_family = AF_INET;
        v4.sin_port = htons(port);
        EXPECT_EQ(::inet_pton(AF_INET, host, &v4.sin_addr), 1);
        std::memcpy(&out.bytes, &v4, sizeof v4);
        out.length = sizeof v4;
    }
    return out;
}

base::UniqueFd boundSocket(const char* host, int type) {
    auto own = address(host, 0);
    base::UniqueFd socket(::socket(own.bytes.ss_family, type | SOCK_CLOEXEC, 0));
    ::setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof kPatience);
    ::setsockopt(socket.get(), SOL_SOCKET, SO_SNDTIMEO, &kPatience, sizeof kPatience);
    EXPECT_EQ(::bind(socket.get(), own.get(), own.length), 0);
    return socket;
}

std::uint16_t portOf(const base::UniqueFd& socket) {
    SocketAddress own;
    own.length = sizeof own.bytes;
    EXPECT_EQ(::getsockname(socket.get(), own.get(), &own.length), 0);
    // The port is at the same place in both families.
    sockaddr_in v4{};
    std::memcpy(&v4, &own.bytes, sizeof v4);
    return ntohs(v4.sin_port);
}

std::vector<std::uint8_t> pattern(std::size_t bytes) {
    std::vector<std::uint8_t> out(bytes);
    std::uint32_t state = 7;
    for (auto& byte : out) {
        state = state * 1664525U + 1013904223U;
        byte = static_cast<std::uint8_t>(state >> 24U);
    }
    return out;
}

/// Waits until the host takes what is sent to its address: for IPv6 the system sees to that in the
/// background once the interface is up, and drops until then.
bool isHostReady(const char* host) {
    constexpr int kAttempts = 1000;
    constexpr timeval kMoment{0, 10'000};
    const auto socket = boundSocket(host, SOCK_DGRAM);
    ::setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &kMoment, sizeof kMoment);
    auto own = address(host, portOf(socket));
    for (int i = 0; i < kAttempts; ++i) {
        char byte = 'x';
        ::sendto(socket.get(), &byte, 1, 0, own.get(), own.length);
        if (::recv(socket.get(), &byte, 1, 0) == 1) {
            return true;
        }
    }
    return false;
}

struct Case {
    const char* name;
    TunOffloads offloads;
    bool v6;
};

void PrintTo(const Case& which, std::ostream* out) {
    *out << which.name;
}

class LinuxTunTrafficTest : public LinuxNetworkTest, public testing::WithParamInterface<Case> {
protected:
    void SetUp() override {
        LinuxNetworkTest::SetUp();
        if (IsSkipped()) {
            return;
        }
        tun_ = open({.offloads = GetParam().offloads});
        ASSERT_NE(tun_, nullptr);
        ASSERT_EQ(addAddress(tun_->name(), prefix("10.7.0.1/24")), okStatus());
        ASSERT_EQ(addAddress(tun_->name(), prefix("fd07::1/64")), okStatus());
        ASSERT_EQ(setUp(tun_->name(), true), okStatus());
        ASSERT_TRUE(isHostReady(ours()));
    }

    const char* ours() const { return GetParam().v6 ? "fd07::1" : "10.7.0.1"; }
    const char* theirs() const { return GetParam().v6 ? "fd07::2" : "10.7.0.2"; }

    std::unique_ptr<TunDevice> tun_;
};

std::vector<std::uint8_t> readAll(const base::UniqueFd& listener, std::size_t most) {
    const base::UniqueFd stream(::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
    EXPECT_TRUE(stream.valid());
    ::setsockopt(stream.get(), SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof kPatience);
    std::vector<std::uint8_t> all(most + 1);
    std::size_t got = 0;
    while (got < all.size()) {
        const auto count = ::recv(stream.get(), all.data() + got, all.size() - got, 0);
        if (count <= 0) {
            break;
        }
        got += static_cast<std::size_t>(count);
    }
    all.resize(got);
    return all;
}

void writeAll(const base::UniqueFd& stream, std::span<const std::uint8_t> bytes) {
    while (!bytes.empty()) {
        const auto count = ::send(stream.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
        ASSERT_GT(count, 0) << std::strerror(errno);
        bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
}

TEST_P(LinuxTunTrafficTest, CarriesAStreamOfTcpWhole) {
    const auto sent = pattern(std::size_t{8} << 20U);
    const auto listener = boundSocket(ours(), SOCK_STREAM);
    ASSERT_EQ(::listen(listener.get(), 1), 0);
    const auto client = boundSocket(ours(), SOCK_STREAM);
    Reflector reflector(*tun_);
    std::vector<std::uint8_t> received;

    std::thread server([&] { received = readAll(listener, sent.size()); });
    auto far = address(theirs(), portOf(listener));
    EXPECT_EQ(::connect(client.get(), far.get(), far.length), 0) << std::strerror(errno);
    writeAll(client, sent);
    ::shutdown(client.get(), SHUT_WR);
    server.join();
    reflector.stop();

    EXPECT_TRUE(received == sent) << received.size() << " bytes of " << sent.size();
    EXPECT_EQ(reflector.badChecksums(), 0U);
    EXPECT_EQ(reflector.failedWrites(), 0U);
    const auto counters = tun_->counters();
    EXPECT_EQ(counters.malformedReads, 0U);
    const auto agreed = tun_->offloads();
    if (GetParam().v6 ? agreed.tcp6 : agreed.tcp4) {
        EXPECT_GT(counters.superReads, 0U);
        EXPECT_GT(counters.superWrites, 0U);
        EXPECT_GT(reflector.longest(), 10'000U);
    } else {
        EXPECT_EQ(counters.superReads, 0U);
        EXPECT_LE(reflector.longest(), 1420U);
    }
}

TEST_P(LinuxTunTrafficTest, CarriesARunOfUdpWhole) {
    constexpr int kSegment = 1000;
    constexpr std::size_t kDatagrams = 40;
    const auto sent = pattern(kSegment * kDatagrams);
    const auto receiver = boundSocket(ours(), SOCK_DGRAM);
    const auto sender = boundSocket(ours(), SOCK_DGRAM);
    if (::setsockopt(sender.get(), IPPROTO_UDP, UDP_SEGMENT, &kSegment, sizeof kSegment) != 0) {
        GTEST_SKIP() << "this kernel cuts no runs of UDP";
    }
    Reflector reflector(*tun_);

    auto far = address(theirs(), portOf(receiver));
    ASSERT_EQ(
        ::sendto(sender.get(), sent.data(), sent.size(), 0, far.get(), far.length),
        static_cast<ssize_t>(sent.size()));
    std::vector<std::uint8_t> received;
    for (std::size_t i = 0; i < kDatagrams; ++i) {
        std::array<std::uint8_t, 65'536> datagram{};
        ASSERT_EQ(::recv(receiver.get(), datagram.data(), datagram.size(), 0), kSegment);
        received.insert(received.end(), datagram.begin(), datagram.begin() + kSegment);
    }
    reflector.stop();

    EXPECT_TRUE(received == sent);
    EXPECT_EQ(reflector.badChecksums(), 0U);
    const auto agreed = tun_->offloads();
    const bool isWhole = GetParam().v6 ? agreed.udp6 : agreed.udp4;
    EXPECT_EQ(tun_->counters().superReads, isWhole ? 1U : 0U);
    EXPECT_EQ(tun_->counters().superWrites, isWhole ? 1U : 0U);
}

constexpr TunOffloads kTcpOnly{.checksum = true, .tcp4 = true, .tcp6 = true};
constexpr TunOffloads kChecksumOnly{.checksum = true};
constexpr TunOffloads kNothing{};

INSTANTIATE_TEST_SUITE_P(
    Offloads,
    LinuxTunTrafficTest,
    testing::Values(
        Case{"all_v4", kAllTunOffloads, false},
        Case{"all_v6", kAllTunOffloads, true},
        Case{"tcp_only_v4", kTcpOnly, false},
        Case{"tcp_only_v6", kTcpOnly, true},
        Case{"checksum_only_v4", kChecksumOnly, false},
        Case{"checksum_only_v6", kChecksumOnly, true},
        Case{"nothing_v4", kNothing, false},
        Case{"nothing_v6", kNothing, true}),
    [](const auto& which) { return which.param.name; });

}  // namespace
}  // namespace weft::platform
