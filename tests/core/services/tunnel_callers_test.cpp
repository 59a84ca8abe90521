// SPDX-License-Identifier: Apache-2.0
// Over real connections: the loopback interface stands for the tunnel.
#include "core/services/server/tunnel_callers.h"

#include "core/services/server/accept_gate.h"
#include "core/services/server/sockets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace weft::services {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class TunnelCallersTest : public ::testing::Test {
protected:
    /// A connection over loopback that `callers_` knows as that of `remote_`.
    void connect() {
        EXPECT_EQ(listenOn(*net::IpAddress::parse("127.0.0.1"), 0, "", &listener_), 0);
        client_.reset(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(portOf(listener_.get()));
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        EXPECT_EQ(::connect(client_.get(), reinterpret_cast<const sockaddr*>(&to), sizeof to), 0);
        if (accepted_.valid()) {
            callers_.remove(accepted_.get());
        }
        accepted_.reset(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
        callers_.add(accepted_.get(), *inodeOf(accepted_.get()), remote_);
    }
    std::vector<int> use(unsigned index) { return callers_.settle(callers_.announce(index)); }

    const net::Endpoint remote_ = *net::Endpoint::parse("127.0.0.1:40000");
    const net::IpAddress own_ = *net::IpAddress::parse("127.0.0.1");
    const unsigned loopback_ = ::if_nametoindex("lo");
    base::UniqueFd listener_;
    base::UniqueFd client_;
    base::UniqueFd accepted_;
    TunnelCallers callers_{[](int fd, ino_t inode, const auto& with) {
        const auto own = holdSocket(fd, inode);
        if (own.valid()) {
            with(own.get());
        }
        return own.valid();
    }};
};

TEST_F(TunnelCallersTest, KnowsTheAddressThatWasCalledThroughTheTunnel) {
    connect();
    EXPECT_EQ(callers_.callOf(remote_), std::nullopt);

    EXPECT_THAT(use(loopback_), IsEmpty());

    EXPECT_EQ(callers_.callOf(remote_), TunnelCall{own_})
        << "it came before the interface was known";
    callers_.remove(accepted_.get());
    EXPECT_EQ(callers_.callOf(remote_), std::nullopt);
}

TEST_F(TunnelCallersTest, BelievesNobodyFromTheMomentThatTheInterfaceGoes) {
    use(loopback_);
    connect();
    ASSERT_EQ(callers_.callOf(remote_), TunnelCall{own_});

    const auto news = callers_.announce(0);

    EXPECT_EQ(callers_.callOf(remote_), std::nullopt) << "before the gate has looked";
    EXPECT_THAT(callers_.settle(news), ElementsAre(accepted_.get()));
}

TEST_F(TunnelCallersTest, BelievesNoOldConnectionWhenTheNumberIsUsedAgain) {
    use(loopback_);
    connect();

    use(0);
    use(loopback_);
    EXPECT_EQ(callers_.callOf(remote_), std::nullopt);

    connect();
    ASSERT_EQ(callers_.callOf(remote_), TunnelCall{own_});
    EXPECT_THAT(use(loopback_), ElementsAre(accepted_.get())) << "nobody said that it went";
    EXPECT_EQ(callers_.callOf(remote_), std::nullopt);
}

TEST_F(TunnelCallersTest, BelievesNothingThatCameBeforeAnotherInterfaceWent) {
    connect();

    use(0);
    use(loopback_);

    EXPECT_EQ(callers_.callOf(remote_), std::nullopt);
}

TEST_F(TunnelCallersTest, TakesOldNewsForWhatItIs) {
    connect();
    const auto up = callers_.announce(loopback_);
    const auto gone = callers_.announce(0);

    callers_.settle(up);
    EXPECT_EQ(callers_.callOf(remote_), std::nullopt) << "it has gone meanwhile";

    EXPECT_THAT(callers_.settle(gone), ElementsAre(accepted_.get()));
}

const crypto::PublicKey kBravo({2});
const crypto::PublicKey kHub({3});

/// The packets from loopback's addresses come from the peer with this key.
std::shared_ptr<const TunnelPaths> pathsOver(const crypto::PublicKey& key) {
    return std::make_shared<const TunnelPaths>(
        std::vector<TunnelPaths::Path>{{*net::IpPrefix::parse("127.0.0.1/32"), key}});
}

class TunnelSenderTest : public TunnelCallersTest {
protected:
    TunnelSenderTest() {
        use(loopback_);
        give(kBravo);
    }
    void expect(const crypto::PublicKey& key) { callers_.expectPaths(++number_, pathsOver(key)); }
    void give(const crypto::PublicKey& key) {
        expect(key);
        callers_.settlePaths(number_);
    }
    std::optional<crypto::PublicKey> sender() const { return callers_.callOf(remote_)->sender; }

    std::uint64_t number_ = 0;
};

TEST_F(TunnelSenderTest, IsThePeerThatLeadsToTheAddress) {
    connect();
    EXPECT_EQ(sender(), kBravo);

    give(kBravo);

    EXPECT_EQ(sender(), kBravo) << "other peers may have changed";
}

TEST_F(TunnelSenderTest, IsOpenFromBeforeTheDeviceGetsAnotherAndForGood) {
    connect();

    expect(kHub);
    EXPECT_EQ(sender(), std::nullopt) << "the device may have taken it by now";
    callers_.settlePaths(number_);
    EXPECT_EQ(sender(), std::nullopt);
    give(kBravo);
    EXPECT_EQ(sender(), std::nullopt) << "another could send in between";

    connect();
    EXPECT_EQ(sender(), kBravo);
}

TEST_F(TunnelSenderTest, IsOpenForAConnectionThatBeganByThePathsBefore) {
    give(kHub);
    expect(kBravo);

    connect();
    callers_.settlePaths(number_);

    EXPECT_EQ(sender(), std::nullopt);
}

TEST_F(TunnelSenderTest, IsKnownWhenNobodyCouldSendBefore) {
    callers_.expectPaths(
        ++number_, std::make_shared<const TunnelPaths>(std::vector<TunnelPaths::Path>()));
    callers_.settlePaths(number_);
    connect();
    EXPECT_EQ(sender(), std::nullopt);

    expect(kBravo);
    connect();

    EXPECT_EQ(sender(), kBravo) << "the device is quicker than its word";
}

TEST_F(TunnelSenderTest, IsOpenOnceNothingLeadsThere) {
    connect();

    callers_.expectPaths(
        ++number_, std::make_shared<const TunnelPaths>(std::vector<TunnelPaths::Path>()));
    EXPECT_EQ(sender(), kBravo) << "nobody else can send";
    callers_.settlePaths(number_);

    EXPECT_EQ(sender(), std::nullopt);
}

TEST_F(TunnelSenderTest, GoesWithTheInterface) {
    connect();

    use(0);
    use(loopback_);
    connect();

    EXPECT_EQ(sender(), std::nullopt);
    callers_.settlePaths(number_);
    EXPECT_EQ(sender(), std::nullopt) << "that was the device before";
}

constexpr int kMostTries = 1000;

/// A gate on loopback, which is its tunnel, that accepts nobody before it is started.
class TunnelAtTheGate : public ::testing::Test {
protected:
    TunnelAtTheGate() {
        AcceptGate::Options options;
        options.listen = {"127.0.0.1", 0};
        options.protocol = AcceptGate::Protocol::Http2;
        gate_ = *AcceptGate::open(
            options,
            [](int descriptor) { const base::UniqueFd own(descriptor); },
            [](const net::Endpoint& /*remote*/) { return std::uint64_t{0}; });
        gate_->setTunnelInterface(::if_nametoindex("lo"));
    }

    /// Where the connection comes from.
    static net::Endpoint connect(const base::UniqueFd& client, std::uint16_t port) {
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        EXPECT_EQ(::connect(client.get(), reinterpret_cast<const sockaddr*>(&to), sizeof to), 0);
        sockaddr_storage own{};
        socklen_t size = sizeof own;
        EXPECT_EQ(::getsockname(client.get(), reinterpret_cast<sockaddr*>(&own), &size), 0);
        return endpointOf(own);
    }
    /// Once the gate has seen that one.
    std::optional<TunnelCall> callOf(const net::Endpoint& remote) const {
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        auto call = gate_->tunnelCall(remote);
        while (!call && std::chrono::steady_clock::now() < end) {
            std::this_thread::yield();
            call = gate_->tunnelCall(remote);
        }
        return call;
    }
    void give(std::uint64_t number, const crypto::PublicKey& key) {
        gate_->expectTunnelPaths(number, pathsOver(key));
    }

    std::unique_ptr<AcceptGate> gate_;
    const base::UniqueFd early_{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
};

TEST_F(TunnelAtTheGate, OldPathsCountUntilWhoCameByThemIsAccepted) {
    give(1, kHub);
    const auto waiting = connect(early_, gate_->port());

    give(2, kBravo);
    gate_->settleTunnelPaths(2);
    gate_->start();

    ASSERT_TRUE(callOf(waiting));
    EXPECT_EQ(callOf(waiting)->sender, std::nullopt) << "it began while the hub led there";
    // One that comes while the gate still empties its queue may be taken for one that waited.
    std::optional<TunnelCall> later;
    for (int tries = 0; tries < kMostTries && (!later || later->sender != kBravo); ++tries) {
        const base::UniqueFd late(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        later = callOf(connect(late, gate_->port()));
        ASSERT_TRUE(later);
    }
    EXPECT_EQ(later->sender, kBravo);
}

}  // namespace
}  // namespace weft::services
