// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/tunnel/network_listeners.h"

#include "tests/support/manual_loop.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>

namespace weft::daemon {
namespace {

using namespace std::chrono_literals;
using platform::HostAddress;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

HostAddress at(const char* interface, const char* address) {
    HostAddress result;
    result.address = *net::IpPrefix::parse(address);
    result.interface = interface;
    result.isRunning = true;
    return result;
}

platform::OuterWay wayBy(const char* gateway) {
    return {
        .family = net::Family::V4, .interface = "eth0", .gateway = *net::IpAddress::parse(gateway)};
}

class NetworkListenersTest : public testing::Test {
protected:
    NetworkListenersTest() {
        listeners_.emplace(
            loop_, [this] { return host_; }, [this] { return ways_; });
        handle_ = listeners_->add(
            loop_, [this](const NetworkChange& change) { told_.push_back(change); });
        loop_.advance(10s);
    }

    tests::ManualLoop loop_;
    StatusOr<std::vector<HostAddress>> host_ = std::vector{at("eth0", "192.0.2.7/24")};
    StatusOr<std::vector<platform::OuterWay>> ways_ = std::vector{wayBy("192.0.2.1")};
    std::optional<NetworkListeners> listeners_;
    std::vector<NetworkChange> told_;
    Subscription handle_;
};

TEST_F(NetworkListenersTest, TellOfAnAddressThatMovedOnceThingsHaveSettled) {
    host_ = std::vector<HostAddress>();
    listeners_->onChange();
    loop_.advance(100ms);
    host_ = std::vector{at("wlan0", "192.0.2.7/24")};
    listeners_->onChange();
    EXPECT_THAT(told_, IsEmpty());

    loop_.advance(NetworkListeners::kSettle);

    ASSERT_THAT(told_, SizeIs(1));
    EXPECT_THAT(told_[0].addresses, ElementsAre(at("wlan0", "192.0.2.7/24")));
    EXPECT_FALSE(told_[0].hasSlept);
}

TEST_F(NetworkListenersTest, TellOfAnotherRouterThoughTheAddressesAreTheSame) {
    ways_ = std::vector{wayBy("192.0.2.254")};
    listeners_->onChange();
    loop_.advance(NetworkListeners::kSettle);
    ASSERT_THAT(told_, SizeIs(1));
    EXPECT_THAT(told_[0].addresses, ElementsAre(at("eth0", "192.0.2.7/24")));

    listeners_->onChange();
    loop_.advance(10s);

    EXPECT_THAT(told_, SizeIs(1)) << "nothing else has changed";
}

TEST_F(NetworkListenersTest, SayNothingOfWhatOthersDoNotSee) {
    auto tunnel = at("weft0", "172.16.0.1/32");
    tunnel.isPointToPoint = true;
    host_ = std::vector{at("eth0", "192.0.2.7/24"), tunnel, at("veth1", "fe80::3/64")};

    listeners_->onChange();
    loop_.advance(10s);

    EXPECT_THAT(told_, IsEmpty());
}

TEST_F(NetworkListenersTest, TellAtMostOnceASecondHoweverMuchHappens) {
    for (int i = 0; i < 50; ++i) {
        host_ = std::vector{at("eth0", i % 2 == 0 ? "192.0.2.8/24" : "192.0.2.9/24")};
        listeners_->onChange();
        loop_.advance(60ms);
    }

    EXPECT_GE(told_.size(), 1U);
    EXPECT_LE(told_.size(), 4U) << "in three seconds";
}

TEST_F(NetworkListenersTest, TellOfASleepAtOnceThoughNothingElseHasChanged) {
    listeners_->onSleep();
    loop_.runPosted();

    ASSERT_THAT(told_, SizeIs(1));
    EXPECT_TRUE(told_[0].hasSlept);
    EXPECT_THAT(told_[0].addresses, SizeIs(1));
}

TEST_F(NetworkListenersTest, TellNobodyWhoHasGone) {
    listeners_->onSleep();
    handle_.cancel();
    loop_.runPosted();
    listeners_->onSleep();
    loop_.runPosted();

    EXPECT_THAT(told_, IsEmpty());
}

TEST_F(NetworkListenersTest, MayGoBeforeTheHandles) {
    listeners_.reset();
    handle_.cancel();

    EXPECT_THAT(told_, IsEmpty());
}

TEST_F(NetworkListenersTest, HaveNoAddressesWhileTheSystemTellsNone) {
    host_ = unavailable("netlink: out of memory");

    EXPECT_THAT(listeners_->addresses(), IsEmpty());
}

}  // namespace
}  // namespace weft::daemon
