// SPDX-License-Identifier: Apache-2.0
// The kernel as the judge: what its sockets send through a tunnel device is cut, swaps source and
// destination, is joined again and goes back to sockets of the same kernel.
#include "core/base/poller.h"
#include "core/base/unique_fd.h"
#include "core/platform/interface_setup.h"
#include "core/platform/tun.h"
#include "core/wireguard/packet/coalescer.h"
#include "core/wireguard/packet/segmenter.h"
#include "tests/core/wireguard/packet/packets.h"
#include "tests/support/own_network.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <memory>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <sys/socket.h>
#include <sys/time.h>

namespace weft::wireguard {
namespace {

using platform::TunDevice;
using testing::Bytes;
using testing::someBytes;

/// Nothing here takes this long; without it a lost packet would hold the test for ever.
constexpr timeval kPatience{20, 0};

/// Sends everything of the device back to it. Runs on a thread of its own while it lives.
class Mirror final : public PacketSink {
public:
    explicit Mirror(TunDevice& tun) : tun_(tun), coalescer_(tun.offloads(), *this) {
        EXPECT_EQ(poller_->add(tun.readable(), 0), okStatus());
        thread_ = std::thread([this] { run(); });
    }
    Mirror(const Mirror&) = delete;
    Mirror& operator=(const Mirror&) = delete;
    ~Mirror() { stop(); }

    void stop() {
        isStopped_ = true;
        poller_->wake();
        if (thread_.joinable()) {
            thread_.join();
        }
    }
    /// After `stop`.
    const CoalescerCounters& counters() const { return coalescer_.counters(); }
    std::size_t faults() const { return faults_; }

    void write(const platform::TunPacket& packet) override {
        EXPECT_EQ(tun_.write(packet), okStatus());
    }

private:
    void run() {
        Bytes buffer(platform::kTunReadBytes);
        while (!isStopped_) {
            auto packet = tun_.read(buffer);
            if (!packet.ok()) {
                ADD_FAILURE() << weft::toString(packet.status());
                return;
            }
            if (packet->has_value()) {
                mirror(**packet);
            } else {
                static_cast<void>(poller_->wait(std::nullopt));
            }
        }
    }

    void mirror(const platform::ReadPacket& packet) {
        Segmenter segmenter(packet.bytes, packet.offload);
        faults_ += segmenter.fault() == SegmentFault::None ? 0U : 1U;
        std::vector<Bytes> segments;
        for (auto next = segmenter.next(); !next.empty(); next = segmenter.next()) {
            segments.emplace_back(next.begin(), next.end());
        }
        for (auto& segment : segments) {
            const bool v4 = segment[0] >> 4U == 4;
            const auto source = std::span(segment).subspan(v4 ? 12 : 8, v4 ? 4 : 16);
            std::swap_ranges(source.begin(), source.end(), source.end());
            coalescer_.add(segment);
        }
        coalescer_.flush();
    }

    TunDevice& tun_;
    Coalescer coalescer_;
    std::unique_ptr<base::Poller> poller_ = base::createPoller().value();
    std::atomic<bool> isStopped_ = false;
    std::size_t faults_ = 0;
    std::thread thread_;
};

struct SocketAddress {
    sockaddr_storage storage{};
    socklen_t length = sizeof(sockaddr_storage);

    sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage); }
};

/// The host's own address on the device, or the one that stands for it on the other side.
SocketAddress addressOf(bool v6, bool own, std::uint16_t port) {
    SocketAddress address;
    if (v6) {
        sockaddr_in6 in6{};
        in6.sin6_family = AF_INET6;
        in6.sin6_port = htons(port);
        EXPECT_EQ(::inet_pton(AF_INET6, own ? "fd07::1" : "fd07::2", &in6.sin6_addr), 1);
        std::memcpy(&address.storage, &in6, sizeof in6);
        address.length = sizeof in6;
    } else {
        sockaddr_in in4{};
        in4.sin_family = AF_INET;
        in4.sin_port = htons(port);
        EXPECT_EQ(::inet_pton(AF_INET, own ? "10.7.0.1" : "10.7.0.2", &in4.sin_addr), 1);
        std::memcpy(&address.storage, &in4, sizeof in4);
        address.length = sizeof in4;
    }
    return address;
}

base::UniqueFd boundSocket(bool v6, int type) {
    auto own = addressOf(v6, true, 0);
    base::UniqueFd socket(::socket(own.storage.ss_family, type | SOCK_CLOEXEC, 0));
    ::setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof kPatience);
    ::setsockopt(socket.get(), SOL_SOCKET, SO_SNDTIMEO, &kPatience, sizeof kPatience);
    EXPECT_EQ(::bind(socket.get(), own.get(), own.length), 0);
    return socket;
}

std::uint16_t portOf(const base::UniqueFd& socket) {
    SocketAddress bound;
    EXPECT_EQ(::getsockname(socket.get(), bound.get(), &bound.length), 0);
    // The port is at the same place in both families.
    sockaddr_in in4{};
    std::memcpy(&in4, &bound.storage, sizeof in4);
    return ntohs(in4.sin_port);
}

/// What stands for the socket on the other side of the device.
SocketAddress imageOf(const base::UniqueFd& socket, bool v6) {
    return addressOf(v6, false, portOf(socket));
}

/// Waits until the host takes what is sent to its own address: with IPv6 it drops that for some
/// milliseconds after the device is up.
bool isHostReady(bool v6) {
    constexpr int kAttempts = 1000;
    constexpr timeval kMoment{0, 10'000};
    const auto socket = boundSocket(v6, SOCK_DGRAM);
    ::setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &kMoment, sizeof kMoment);
    auto own = addressOf(v6, true, portOf(socket));
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
        char byte = 'x';
        ::sendto(socket.get(), &byte, 1, 0, own.get(), own.length);
        if (::recv(socket.get(), &byte, 1, 0) == 1) {
            return true;
        }
    }
    return false;
}

Bytes readStream(const base::UniqueFd& listener, std::size_t most) {
    const base::UniqueFd stream(::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
    ::setsockopt(stream.get(), SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof kPatience);
    Bytes all(most + 1);
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

void sendStream(const base::UniqueFd& stream, std::span<const std::uint8_t> bytes) {
    while (!bytes.empty()) {
        const auto count = ::send(stream.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
        ASSERT_GT(count, 0);
        bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
    ::shutdown(stream.get(), SHUT_WR);
}

/// With IPv6 or without.
class KernelTest : public tests::InOwnNetwork<::testing::TestWithParam<bool>> {
protected:
    void SetUp() override {
        InOwnNetwork::SetUp();
        if (IsSkipped()) {
            return;
        }
        auto tun = platform::openTun({});
        ASSERT_EQ(tun.status(), okStatus());
        tun_ = *std::move(tun);
        for (const auto* const text : {"10.7.0.1/24", "fd07::1/64"}) {
            const auto prefix = net::IpPrefix::parse(text).value();
            ASSERT_EQ(platform::addAddress(tun_->name(), prefix), okStatus());
        }
        ASSERT_EQ(platform::setUp(tun_->name(), true), okStatus());
        ASSERT_TRUE(isHostReady(GetParam()));
    }

    std::unique_ptr<TunDevice> tun_;
};

TEST_P(KernelTest, TakesAStreamOfTcpThatWasCutAndJoined) {
    const bool v6 = GetParam();
    const auto sent = someBytes(std::size_t{8} << 20U);
    const auto listener = boundSocket(v6, SOCK_STREAM);
    ASSERT_EQ(::listen(listener.get(), 1), 0);
    const auto client = boundSocket(v6, SOCK_STREAM);
    Bytes received;
    Mirror mirror(*tun_);

    std::thread server([&] { received = readStream(listener, sent.size()); });
    auto far = imageOf(listener, v6);
    EXPECT_EQ(::connect(client.get(), far.get(), far.length), 0);
    sendStream(client, sent);
    server.join();
    mirror.stop();

    const bool same = received == sent;
    EXPECT_TRUE(same) << received.size() << " bytes of " << sent.size();
    EXPECT_EQ(mirror.faults(), 0U);
    EXPECT_EQ(mirror.counters().badChecksums, 0U);
    EXPECT_EQ(mirror.counters().malformed, 0U);
    EXPECT_EQ(tun_->counters().refusedWrites, 0U);
    if (v6 ? tun_->offloads().tcp6 : tun_->offloads().tcp4) {
        EXPECT_LT(mirror.counters().writes * 3, mirror.counters().packets);
    }
}

TEST_P(KernelTest, TakesARunOfUdpThatWasCutAndJoined) {
    constexpr int kSegment = 1000;
    constexpr std::size_t kWholeDatagrams = 40;
    constexpr std::size_t kLastBytes = 77;
    const bool v6 = GetParam();
    const auto sent = someBytes(kSegment * kWholeDatagrams + kLastBytes);
    const auto receiver = boundSocket(v6, SOCK_DGRAM);
    const auto sender = boundSocket(v6, SOCK_DGRAM);
    if (::setsockopt(sender.get(), IPPROTO_UDP, UDP_SEGMENT, &kSegment, sizeof kSegment) != 0) {
        GTEST_SKIP() << "this kernel cuts no runs of UDP";
    }
    Mirror mirror(*tun_);

    auto far = imageOf(receiver, v6);
    ASSERT_EQ(
        ::sendto(sender.get(), sent.data(), sent.size(), 0, far.get(), far.length),
        static_cast<ssize_t>(sent.size()));
    Bytes received;
    Bytes datagram(65'536);
    for (std::size_t count = 0; count <= kWholeDatagrams; ++count) {
        const auto size = ::recv(receiver.get(), datagram.data(), datagram.size(), 0);
        ASSERT_EQ(size, count < kWholeDatagrams ? kSegment : static_cast<ssize_t>(kLastBytes));
        received.insert(received.end(), datagram.begin(), datagram.begin() + size);
    }
    mirror.stop();

    const bool same = received == sent;
    EXPECT_TRUE(same);
    EXPECT_EQ(mirror.faults(), 0U);
    EXPECT_EQ(mirror.counters().badChecksums, 0U);
    EXPECT_EQ(tun_->counters().refusedWrites, 0U);
    if (v6 ? tun_->offloads().udp6 : tun_->offloads().udp4) {
        EXPECT_EQ(tun_->counters().superWrites, 1U);
    }
}

INSTANTIATE_TEST_SUITE_P(Families, KernelTest, ::testing::Bool(), [](const auto& which) {
    return which.param ? "v6" : "v4";
});

}  // namespace
}  // namespace weft::wireguard
