// SPDX-License-Identifier: Apache-2.0
// An interface as weftd brings it up, in a network namespace of its own.
#include "core/daemon/tunnel/wireguard_interface.h"

#include "core/base/asio_loop.h"
#include "core/transport/udp_path.h"
#include "core/wireguard/noise/messages.h"
#include "tests/support/own_network.h"
#include "tests/support/syscall_filter.h"
#include "tests/support/temp_dir.h"

#include <gmock/gmock.h>

#include <cerrno>
#include <string>

#include <sys/syscall.h>
#include <sys/un.h>

namespace weft::daemon {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr auto kPatience = 20s;

class WireGuardInterfaceTest : public tests::InOwnNetwork<> {
protected:
    TunnelSettings settings() const {
        TunnelSettings settings;
        // The folder of control sockets is the machine's.
        settings.interfaceName = fmt::format("wt{}", ::getpid() % 1'000'000);
        settings.listenPort = 0;
        settings.privateKey = crypto::NodeKey::generate()->wireGuardPrivateKey();
        settings.addresses = {*net::IpPrefix::parse("172.16.0.1/32")};
        settings.stateFolder = folder_.path();
        return settings;
    }

    /// Whether the interface calls a peer that is reached at `path`.
    static bool calls(WireGuardInterface& interface, transport::UdpPath& path) {
        TunnelPeer peer;
        peer.key = *crypto::NodeKey::generate()->publicKey().wireGuardKey();
        peer.endpoint = net::Endpoint{net::IpAddress::v4(0x7F000001), path.port()};
        peer.keepalive = 25s;
        EXPECT_EQ(interface.setPeers({peer}), okStatus());
        const auto poller = base::createPoller().value();
        for (const auto& source : path.waitables()) {
            EXPECT_EQ(poller->add(source, 0), okStatus());
        }
        const auto limit = std::chrono::steady_clock::now() + kPatience;
        while (std::chrono::steady_clock::now() < limit) {
            for (const auto& run : path.receive()) {
                if (run.bytes.size() == wireguard::kInitiationBytes) {
                    return true;
                }
            }
            EXPECT_TRUE(poller->wait(1s).ok());
        }
        return false;
    }

    tests::TempDir folder_;
    base::SystemClock clock_;
};

TEST_F(WireGuardInterfaceTest, WorksWithoutAControlSocketAndSaysWhatHelps) {
    onThread([this] {
        ASSERT_TRUE(tests::refuseSystemCall(
            __NR_bind, EACCES, {{.index = 2, .value = sizeof(sockaddr_un)}}));
        base::AsioLoop work("work");
        WireGuardInterface interface(settings(), work, clock_, nullptr, nullptr, nullptr);
        const auto path = transport::openUdpPath({}).value();

        testing::internal::CaptureStderr();
        const auto facts = interface.open();
        const std::string said = testing::internal::GetCapturedStderr();

        ASSERT_TRUE(facts.ok()) << facts.status();
        EXPECT_THAT(
            said,
            AllOf(
                HasSubstr("no control socket for wg(8), the tunnel works without"),
                HasSubstr("name=" + facts->interfaceName),
                ContainsRegex("reason=binding .*Permission denied"),
                HasSubstr("systemd-tmpfiles --create weft.conf"),
                Not(ContainsRegex("\n.*\n"))));
        EXPECT_TRUE(calls(interface, *path));
        interface.close();
    });
}

TEST_F(WireGuardInterfaceTest, HasAControlSocketWhileItIsUp) {
    base::AsioLoop work("work");
    WireGuardInterface interface(settings(), work, clock_, nullptr, nullptr, nullptr);
    const auto path = transport::openUdpPath({}).value();

    const auto facts = interface.open();

    ASSERT_TRUE(facts.ok()) << facts.status();
    const auto socket =
        std::filesystem::path("/var/run/wireguard") / (facts->interfaceName + ".sock");
    EXPECT_TRUE(std::filesystem::is_socket(socket));
    EXPECT_TRUE(calls(interface, *path));
    interface.close();
    EXPECT_FALSE(std::filesystem::exists(socket));
}

TEST_F(WireGuardInterfaceTest, KeepsAPeerWhereItWasFoundAndCallsItWhereElseItMayBe) {
    base::AsioLoop work("work");
    WireGuardInterface interface(settings(), work, clock_, nullptr, nullptr, nullptr);
    ASSERT_TRUE(interface.open().ok());
    TunnelPeer peer;
    peer.key = *crypto::NodeKey::generate()->publicKey().wireGuardKey();
    const auto before = *net::Endpoint::parse("192.0.2.7:51820");
    const auto now = *net::Endpoint::parse("192.0.2.8:51820");
    const auto other = *net::Endpoint::parse("192.0.2.9:51820");
    peer.endpoint = before;
    ASSERT_EQ(interface.setPeers({peer}), okStatus());

    peer.endpoint = now;
    peer.candidates = {other};
    ASSERT_EQ(interface.setPeers({peer}), okStatus());

    const auto read = interface.statistics();
    ASSERT_TRUE(read.ok()) << read.status();
    ASSERT_EQ(read->peers.size(), 1U);
    EXPECT_EQ(read->peers[0].endpoint, before);
    EXPECT_EQ(read->peers[0].candidates, (std::vector{now, other}));
    EXPECT_EQ(interface.seekPeers(), okStatus());
    interface.close();
    EXPECT_EQ(interface.seekPeers().code(), StatusCode::kFailedPrecondition);
}

}  // namespace
}  // namespace weft::daemon
