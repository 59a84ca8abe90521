// SPDX-License-Identifier: Apache-2.0
// The kinds of device that run the suite of TunDevice.
#include "core/base/unique_fd.h"
#include "core/platform/interface_setup.h"
#include "core/platform/linux/link.h"
#include "core/platform/tun.h"
#include "tests/conformance/tun_device_suite.h"
#include "tests/support/fake_tun.h"
#include "tests/support/network_namespace.h"

#include <array>
#include <deque>
#include <utility>

#include <arpa/inet.h>
#include <sys/socket.h>

namespace weft::tests {
namespace {

using platform::Offload;
using platform::TunOffloads;

class FakeHost final : public TunHost {
public:
    explicit FakeHost(const TunOffloads& offloads) : tun_(offloads) {}

    platform::TunDevice& tun() override { return tun_; }
    std::uint16_t port() override { return 5000; }
    void send(const std::string& payload) override {
        tun_.inject(udpPacket({kHostAddress, port(), kFarAddress, kFarPort}, payload, false));
    }
    std::optional<std::string> receive() override {
        for (const auto& packet : tun_.takeWritten()) {
            std::string rest(
                packet.bytes.begin() + std::ptrdiff_t{kUdp4HeaderBytes}, packet.bytes.end());
            const std::size_t segment = packet.offload.kind == Offload::Kind::None
                                            ? rest.size()
                                            : packet.offload.segmentBytes;
            for (; !rest.empty(); rest.erase(0, std::min(segment, rest.size()))) {
                arrived_.push_back(rest.substr(0, segment));
            }
        }
        if (arrived_.empty()) {
            return std::nullopt;
        }
        auto first = std::move(arrived_.front());
        arrived_.pop_front();
        return first;
    }
    void setUp(bool up) override { tun_.setUp(up); }
    void remove() override { tun_.remove(); }

private:
    FakeTun tun_;
    std::deque<std::string> arrived_;
};

sockaddr_in addressOf(std::uint32_t address, std::uint16_t port) {
    sockaddr_in out{};
    out.sin_family = AF_INET;
    out.sin_addr.s_addr = htonl(address);
    out.sin_port = htons(port);
    return out;
}

/// A device of this machine in a network namespace of its own.
class LinuxHost final : public TunHost {
public:
    explicit LinuxHost(std::unique_ptr<platform::TunDevice> tun) : tun_(std::move(tun)) {
        const auto address = net::IpPrefix(net::IpAddress::v4(kHostAddress), 24);
        EXPECT_EQ(platform::addAddress(tun_->name(), address), okStatus());
        setUp(true);
        socket_.reset(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
        auto own = addressOf(kHostAddress, 0);
        socklen_t length = sizeof own;
        auto* const any = reinterpret_cast<sockaddr*>(&own);
        EXPECT_EQ(::bind(socket_.get(), any, sizeof own), 0);
        EXPECT_EQ(::getsockname(socket_.get(), any, &length), 0);
        port_ = ntohs(own.sin_port);
    }

    platform::TunDevice& tun() override { return *tun_; }
    std::uint16_t port() override { return port_; }
    void send(const std::string& payload) override {
        const auto far = addressOf(kFarAddress, kFarPort);
        const auto* const any = reinterpret_cast<const sockaddr*>(&far);
        EXPECT_EQ(
            ::sendto(socket_.get(), payload.data(), payload.size(), 0, any, sizeof far),
            static_cast<ssize_t>(payload.size()));
    }
    std::optional<std::string> receive() override {
        std::array<char, 65'536> buffer{};
        const auto count = ::recv(socket_.get(), buffer.data(), buffer.size(), 0);
        return count < 0
                   ? std::nullopt
                   : std::optional(std::string(buffer.data(), static_cast<std::size_t>(count)));
    }
    void setUp(bool up) override { EXPECT_EQ(platform::setUp(tun_->name(), up), okStatus()); }
    void remove() override {
        const auto index = platform::interfaceIndex(tun_->name());
        ASSERT_EQ(index.status(), okStatus());
        EXPECT_EQ(platform::detail::removeLink(*index, "removing"), okStatus());
    }

private:
    std::unique_ptr<platform::TunDevice> tun_;
    base::UniqueFd socket_;
    std::uint16_t port_ = 0;
};

std::unique_ptr<TunHost> createFake(const TunOffloads& offloads) {
    return std::make_unique<FakeHost>(offloads);
}

std::unique_ptr<TunHost> createLinux(const TunOffloads& offloads) {
    if (!enterNewNetwork()) {
        return nullptr;
    }
    platform::TunOptions options;
    options.offloads = offloads;
    auto tun = platform::openTun(options);
    EXPECT_EQ(tun.status(), okStatus());
    return tun.ok() ? std::make_unique<LinuxHost>(*std::move(tun)) : nullptr;
}

constexpr TunOffloads kTcpOnly{.checksum = true, .tcp4 = true, .tcp6 = true};
constexpr TunOffloads kChecksumOnly{.checksum = true};
constexpr TunOffloads kNothing{};

INSTANTIATE_TEST_SUITE_P(
    Kinds,
    TunDeviceSuite,
    testing::Values(
        TunKind{"fake", platform::kAllTunOffloads, createFake},
        TunKind{"fake_plain", kNothing, createFake},
        TunKind{"linux", platform::kAllTunOffloads, createLinux},
        TunKind{"linux_tcp_only", kTcpOnly, createLinux},
        TunKind{"linux_checksum_only", kChecksumOnly, createLinux},
        TunKind{"linux_plain", kNothing, createLinux}),
    [](const auto& kind) { return kind.param.name; });

}  // namespace
}  // namespace weft::tests
