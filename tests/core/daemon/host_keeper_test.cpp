// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/tunnel/host_keeper.h"

#include "tests/core/platform/host/fake_host.h"
#include "tests/support/manual_loop.h"
#include "tests/support/temp_dir.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace weft::daemon {
namespace {

using namespace std::chrono_literals;
using platform::HostProblem;
using testing::IsEmpty;
using testing::SizeIs;
using tests::prefix;

class HostKeeperTest : public testing::Test {
protected:
    HostKeeperTest() {
        host_.addInterface("weft0");
        host_.addInterface("weft1");
    }

    std::vector<HostProblem> want(const std::string& interface, const std::string& network) {
        platform::TunnelWishes wishes;
        wishes.interface = interface;
        wishes.routes = {prefix(network)};
        return keeper_.want(
            wishes,
            {[this, interface](const std::vector<HostProblem>& problems) {
                 told_.emplace_back(interface, problems.size());
             },
             [this] { ++restored_; }});
    }
    bool isRouted() const {
        return host_.picture.ourRoutes.contains({prefix("10.1.0.0/16"), "weft0", {}});
    }

    tests::FakeHost host_;
    tests::TempDir folder_;
    tests::ManualLoop loop_;
    platform::HostNetwork network_{host_, folder_.path() / "host.journal", "weft"};
    HostKeeper keeper_{network_, loop_};
    std::vector<std::pair<std::string, std::size_t>> told_;
    int restored_ = 0;
};

TEST_F(HostKeeperTest, TellsWhatKeepsTheHostFromBeingLockedAndWhenItIs) {
    std::vector<std::size_t> told;
    host_.firewallAnswer = failedPrecondition("nft is missing");

    keeper_.lock("home", {}, [&told](const auto& problems) { told.push_back(problems.size()); });
    host_.firewallAnswer = okStatus();
    loop_.advance(HostKeeper::kFirstRetry);

    EXPECT_THAT(told, testing::ElementsAre(1U, 0U));
    EXPECT_TRUE(host_.picture.rules.at("weft").lockdown);
    host_.changeRulesFromOutside("weft");
    keeper_.onChange();
    loop_.advance(HostKeeper::kLeastPause);
    EXPECT_TRUE(host_.picture.rules.at("weft").lockdown) << "without any tunnel";
    keeper_.unlock("home");
    EXPECT_THAT(host_.picture.rules, IsEmpty());
}

TEST_F(HostKeeperTest, PutsBackWhatIsLostSoonAfterAChangeIsTold) {
    EXPECT_THAT(want("weft0", "10.1.0.0/16"), IsEmpty());
    host_.picture.ourRoutes.clear();

    keeper_.onChange();
    loop_.advance(HostKeeper::kSettle - 1ms);
    EXPECT_FALSE(isRouted());
    loop_.advance(1ms);

    EXPECT_TRUE(isRouted());
    EXPECT_EQ(restored_, 1);
    EXPECT_THAT(told_, IsEmpty()) << "the tunnel never missed it";
}

TEST_F(HostKeeperTest, LooksEveryHalfMinuteEvenWhenNothingIsTold) {
    EXPECT_THAT(want("weft0", "10.1.0.0/16"), IsEmpty());
    for (int round = 0; round < 3; ++round) {
        host_.picture.ourRoutes.clear();
        loop_.advance(HostKeeper::kInterval);
        EXPECT_TRUE(isRouted());
    }

    keeper_.forget("weft0");
    const int before = restored_;
    loop_.advance(2 * HostKeeper::kInterval);
    EXPECT_EQ(restored_, before) << "nothing is left to look after";
}

TEST_F(HostKeeperTest, LooksOnceInAWhileHoweverMuchIsTold) {
    EXPECT_THAT(want("weft0", "10.1.0.0/16"), IsEmpty());
    for (int told = 0; told < 1000; ++told) {
        keeper_.onChange();
        loop_.advance(10ms);
    }
    EXPECT_GE(restored_, 4);
    EXPECT_LE(restored_, 6) << "ten seconds";
}

TEST_F(HostKeeperTest, TriesAgainWithLongerAndLongerPausesAndTellsWhenItIsDone) {
    host_.routeAnswer = unavailable("the network is down");
    EXPECT_THAT(want("weft0", "10.1.0.0/16"), SizeIs(1));
    const auto attempts = host_.changes;
    loop_.advance(1s);
    EXPECT_EQ(host_.changes, attempts + 1);
    loop_.advance(1s);
    EXPECT_EQ(host_.changes, attempts + 1);
    loop_.advance(1s);
    EXPECT_EQ(host_.changes, attempts + 2);
    loop_.advance(60min);
    EXPECT_LT(host_.changes, attempts + 130) << "every half minute in the end";
    EXPECT_THAT(told_, IsEmpty()) << "nothing new";

    host_.routeAnswer = okStatus();
    loop_.advance(HostKeeper::kInterval);

    EXPECT_TRUE(isRouted());
    EXPECT_THAT(told_, testing::ElementsAre(std::pair(std::string("weft0"), 0U)));
}

TEST_F(HostKeeperTest, TellsATunnelWhatChangesBecauseOfAnother) {
    EXPECT_THAT(want("weft0", "10.1.0.0/16"), IsEmpty());
    EXPECT_THAT(want("weft1", "10.1.2.0/24"), SizeIs(1));

    keeper_.forget("weft0");

    EXPECT_THAT(told_, testing::ElementsAre(std::pair(std::string("weft1"), 0U)));
}

}  // namespace
}  // namespace weft::daemon
