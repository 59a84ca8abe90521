// SPDX-License-Identifier: Apache-2.0
// A founder as the daemon runs it, without a server: its interface and what it tells of it.
#include "core/daemon/founder_connection.h"

#include "core/base/file.h"
#include "core/daemon/detail/credentials.h"
#include "core/services/link/channel.h"
#include "tests/core/services/chat.h"
#include "tests/support/fake_tunnel.h"
#include "tests/support/temp_dir.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>

namespace weft::daemon {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsSupersetOf;
using Connection = weft::local::v1::Connection;

constexpr std::chrono::seconds kPatience{10};

class FounderConnectionTest : public ::testing::Test {
protected:
    FounderConnectionTest() {
        spec_.profileId = "home";
        spec_.kind = weft::local::v1::Profile::KIND_FOUNDER;
        spec_.folder = folder_.path();
        spec_.endpoints = {"192.0.2.10"};
        spec_.options.mesh.nodeId = "alpha";
        spec_.options.wireguard.keyFile = folder_ / kNodeKeyFile;
        spec_.options.storage.provider = config::StorageProvider::Memory;
        spec_.options.services.api.disabled = true;
    }
    ~FounderConnectionTest() override { connection_.reset(); }

    void start() {
        connection_ = std::make_unique<FounderConnection>(
            spec_,
            ConnectionEvents{
                [this](const Connection& state) { put(state); },
                [](const std::shared_ptr<const PeerList>&) {}},
            &tunnels_,
            &board_);
        connection_->start();
    }
    Connection waitFor(const std::function<bool(const Connection&)>& wanted) {
        const auto end = std::chrono::steady_clock::now() + kPatience;
        const base::MutexLock lock(mutex_);
        while (!wanted(state_) && std::chrono::steady_clock::now() < end) {
            changed_.waitUntil(mutex_, end);
        }
        return state_;
    }
    /// Until something was told that no earlier call has seen, at most until `end`.
    void waitForNews(std::chrono::steady_clock::time_point end) {
        const base::MutexLock lock(mutex_);
        while (told_ == seen_ && std::chrono::steady_clock::now() < end) {
            changed_.waitUntil(mutex_, end);
        }
        seen_ = told_;
    }
    StatusOr<::v1::MeshNode> ownNode() {
        return answer<::v1::MeshNode>([this](auto done) { connection_->ownNode(std::move(done)); });
    }
    template <typename T>
    StatusOr<T> answer(const std::function<void(Callback<T>)>& ask) {
        std::promise<StatusOr<T>> promise;
        ask([&promise](StatusOr<T> value) { promise.set_value(std::move(value)); });
        auto future = promise.get_future();
        return future.wait_for(kPatience) == std::future_status::ready
                   ? future.get()
                   : StatusOr<T>(deadlineExceeded("no answer"));
    }

    tests::TempDir folder_;
    ConnectionSpec spec_;
    tests::FakeTunnels tunnels_;
    MetricsBoard board_;
    std::unique_ptr<FounderConnection> connection_;

private:
    void put(const Connection& state) {
        {
            const base::MutexLock lock(mutex_);
            state_ = state;
            ++told_;
        }
        changed_.notifyAll();
    }

    base::Mutex mutex_;
    base::ConditionVariable changed_;
    Connection state_ WEFT_GUARDED_BY(mutex_);
    int told_ WEFT_GUARDED_BY(mutex_) = 0;
    int seen_ WEFT_GUARDED_BY(mutex_) = 0;
};

TEST_F(FounderConnectionTest, BringsItsInterfaceUpAndTellsTheRealPort) {
    tunnels_.giveWireguardPort(51822);
    start();

    const auto up = waitFor([](const Connection& state) { return state.has_tunnel(); });

    EXPECT_EQ(up.state(), Connection::STATE_CONNECTED);
    EXPECT_EQ(up.tunnel().listen_port(), 51822U);
    const auto log = tunnels_.newest();
    ASSERT_EQ(log.addresses.size(), 2U);
    EXPECT_EQ(log.addresses[0].toString(), up.address_ipv4());
    EXPECT_EQ(log.addresses[1].toString(), up.address_ipv6());
    const auto end = std::chrono::steady_clock::now() + kPatience;
    auto node = ownNode();
    while (node.ok() && node->wireguard_endpoints(0) != "192.0.2.10:51822"
           && std::chrono::steady_clock::now() < end) {
        waitForNews(end);
        node = ownNode();
    }
    ASSERT_TRUE(node.ok()) << node.status();
    EXPECT_THAT(node->wireguard_endpoints(), ElementsAre("192.0.2.10:51822"));
}

TEST_F(FounderConnectionTest, WritesTheAddressesOfItsHostIntoItsOwnRecord) {
    const auto at = [](const char* address) {
        platform::HostAddress result;
        result.address = *net::IpPrefix::parse(address);
        result.interface = "eth0";
        result.isRunning = true;
        return result;
    };
    spec_.endpoints.clear();
    spec_.options.global.detectEndpoints = true;
    tunnels_.setAddresses({at("198.51.100.10/24"), at("10.0.0.10/24")});
    start();
    waitFor([](const Connection& state) { return state.has_tunnel(); });
    auto node = ownNode();
    ASSERT_TRUE(node.ok()) << node.status();
    EXPECT_EQ(node->primary_endpoint(), "198.51.100.10");
    EXPECT_THAT(node->wireguard_endpoints(), ElementsAre("198.51.100.10:51820"));

    tunnels_.changeNetwork({.addresses = {at("203.0.113.10/24")}, .hasSlept = true});

    const auto end = std::chrono::steady_clock::now() + kPatience;
    while (node.ok() && node->primary_endpoint() != "203.0.113.10"
           && std::chrono::steady_clock::now() < end) {
        waitForNews(end);
        node = ownNode();
    }
    ASSERT_TRUE(node.ok()) << node.status();
    EXPECT_EQ(node->primary_endpoint(), "203.0.113.10");
    EXPECT_THAT(node->wireguard_endpoints(), ElementsAre("203.0.113.10:51820"));
    EXPECT_EQ(tunnels_.newest().timesSought, 1);
}

TEST_F(FounderConnectionTest, AnswersWithTheFiguresOfItsInterface) {
    start();
    waitFor([](const Connection& state) { return state.has_tunnel(); });

    const auto figures = answer<TunnelStatistics>(
        [this](auto done) { connection_->tunnelStatistics(std::move(done)); });

    ASSERT_TRUE(figures.ok()) << figures.status();
    EXPECT_EQ(figures->facts.interfaceName, "weft0");
}

TEST_F(FounderConnectionTest, TellsOthersOfItsInterface) {
    spec_.options.services.api.disabled = false;
    spec_.options.services.api.listenAddress = *net::HostPort::parse("127.0.0.1:0", 0);
    spec_.tlsMode = weft::local::v1::Profile::TLS_MODE_INSECURE;
    start();
    const auto up = waitFor([](const Connection& state) {
        return state.has_tunnel() && !state.listen_address().empty();
    });
    services::LinkOptions clear;
    clear.tls = services::TlsMode::Insecure;
    const auto channel =
        services::makeChannel(*net::HostPort::parse(up.listen_address(), 0), clear);

    std::string answer;
    const auto asked = tests::Chat(channel, "/v1.Node/GetStatus").ask("", &answer);

    ASSERT_TRUE(asked.ok()) << asked.error_message();
    ::v1::Status status;
    ASSERT_TRUE(status.ParseFromString(answer));
    EXPECT_EQ(status.interface_metrics().device_name(), "weft0");
    EXPECT_EQ(status.interface_metrics().address_v4(), up.address_ipv4());
    EXPECT_EQ(status.interface_metrics().address_v6(), up.address_ipv6());
}

TEST_F(FounderConnectionTest, KeepsTheMeshWithoutAnInterface) {
    tunnels_.refuse(notFound("there is no /dev/net/tun"));
    start();

    const auto degraded = waitFor(
        [](const Connection& state) { return state.state() == Connection::STATE_DEGRADED; });

    ASSERT_EQ(degraded.problems_size(), 1);
    EXPECT_THAT(degraded.problems(0).text(), HasSubstr("there is no /dev/net/tun"));
    const auto figures = answer<TunnelStatistics>(
        [this](auto done) { connection_->tunnelStatistics(std::move(done)); });
    EXPECT_EQ(figures.status().code(), StatusCode::kFailedPrecondition);
    const auto keys = answer<std::vector<std::string>>(
        [this](auto done) { connection_->listKeys("/registry/", std::move(done)); });
    EXPECT_TRUE(keys.ok()) << keys.status();
}

TEST_F(FounderConnectionTest, TakesTheInterfaceAwayBeforeItSaysThatItHasStopped) {
    start();
    waitFor([](const Connection& state) { return state.has_tunnel(); });

    const auto stopped = answer<bool>([this](const Callback<bool>& done) {
        connection_->stop(kPatience, [done](const Status& /*status*/) { done(true); });
    });

    ASSERT_TRUE(stopped.ok());
    EXPECT_TRUE(tunnels_.newest().gone);
}

TEST_F(FounderConnectionTest, ServesTheMeshAndSaysThatItsFiguresAreNotThere) {
    const auto other = services::MetricsEndpoint::start({"127.0.0.1", 0});
    ASSERT_TRUE(other.ok()) << other.status();
    spec_.options.services.metrics.enabled = true;
    spec_.options.services.metrics.listenAddress = {"127.0.0.1", (*other)->port()};
    start();

    const auto up = waitFor([](const Connection& state) { return state.has_tunnel(); });

    EXPECT_EQ(up.state(), Connection::STATE_CONNECTED);
    ASSERT_EQ(up.problems_size(), 1);
    EXPECT_THAT(up.problems(0).text(), HasSubstr("cannot serve metrics on 127.0.0.1:"));
    EXPECT_THAT(up.problems(0).remedy(), HasSubstr("services.metrics.listen-address"));
}

TEST_F(FounderConnectionTest, ItsCertificateNamesItsAddressesInTheMesh) {
    spec_.options.services.api.disabled = false;
    spec_.options.services.api.listenAddress = *net::HostPort::parse("127.0.0.1:0", 0);
    spec_.ownAuthority = true;
    start();

    const auto up =
        waitFor([](const Connection& state) { return !state.listen_address().empty(); });

    const auto text = base::readFile(folder_ / kCertificateFile, kMaxPemBytes);
    ASSERT_TRUE(text.ok()) << text.status();
    const auto certificate = crypto::inspectCertificate(*text);
    ASSERT_TRUE(certificate.ok()) << certificate.status();
    const auto bare = [](const std::string& prefix) {
        return net::IpPrefix::parse(prefix).value().address().toString();
    };
    EXPECT_THAT(
        certificate->ipAddresses,
        IsSupersetOf(
            {bare(up.address_ipv4()), bare(up.address_ipv6()), std::string("192.0.2.10")}));
}

}  // namespace
}  // namespace weft::daemon
