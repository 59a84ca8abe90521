// SPDX-License-Identifier: Apache-2.0
// A host from which nothing leaves but into the tunnels.
#include "core/platform/host/host_network.h"
#include "tests/core/platform/host/host_network_fixture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>

namespace weft::platform {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using tests::address;
using tests::HostPicture;
using tests::prefix;

TEST_F(HostNetworkTest, StaysLockedWithoutTunnelUntilNobodyWantsItAnyMore) {
    const HostPicture before = host_.picture;
    auto network = make();

    EXPECT_THAT(network->lock("home", {{address("198.51.100.7")}}), IsEmpty());
    network->want(wishes("weft0"));
    EXPECT_EQ(
        host_.picture.rules.at("weft").lockdown, (Lockdown{{"weft0"}, {address("198.51.100.7")}}));
    network->lock("work", {{address("198.51.100.8")}});
    network->forget("weft0");
    EXPECT_EQ(
        host_.picture.rules.at("weft").lockdown,
        (Lockdown{{}, {address("198.51.100.7"), address("198.51.100.8")}}));

    network->unlock("home");
    EXPECT_EQ(host_.picture.rules.at("weft").lockdown, (Lockdown{{}, {address("198.51.100.8")}}));
    network->unlock("work");

    EXPECT_EQ(host_.picture, before);
    EXPECT_FALSE(hasJournal());
}

TEST_F(HostNetworkTest, LocksTheNetworksOfTheMeshAlsoWithoutTunnel) {
    auto network = make();

    network->lock(
        "home",
        {{},
         {prefix("10.1.0.0/16"),
          prefix("192.168.0.0/16"),
          prefix("192.168.1.128/25"),
          prefix("fd10::/48")}});

    const auto lockdown = *host_.picture.rules.at("weft").lockdown;
    EXPECT_THAT(
        lockdown.tunnelsOnly,
        ElementsAre(prefix("10.1.0.0/16"), prefix("192.168.0.0/16"), prefix("fd10::/48")))
        << "what lies in a network beside this host is the host's";
    EXPECT_THAT(lockdown.beside, ElementsAre(prefix("192.168.1.0/24"), prefix("192.168.2.0/24")));
}

TEST_F(HostNetworkTest, ReachesSoManyNetworksBesideItWithinThoseOfAMeshAndNoMore) {
    for (std::size_t number = 0; number <= kMostNetworksBeside; ++number) {
        host_.picture.foreignRoutes.insert(
            {prefix(fmt::format("10.1.{}.0/24", number)), "lan0", {}});
    }
    auto network = make();

    network->lock("home", {{}, {prefix("10.1.0.0/16")}});

    EXPECT_THAT(host_.picture.rules.at("weft").lockdown->beside, SizeIs(kMostNetworksBeside));
}

TEST_F(HostNetworkTest, StaysLockedFromAKilledRunToTheNextOne) {
    const HostPicture before = host_.picture;
    {
        auto killed = make();
        killed->want(site("weft0"));
        killed->lock("home", {{address("198.51.100.7")}});
    }
    host_.removeInterface("weft0");
    std::size_t open = 0;
    host_.beforeChange = [&] { open += host_.picture.rules.at("weft").lockdown ? 0 : 1; };
    auto next = make();

    EXPECT_THAT(next->recover({{"home", {}}}), IsEmpty());
    EXPECT_EQ(host_.picture.rules.at("weft").lockdown, Lockdown{});
    EXPECT_THAT(next->lock("home", {{address("198.51.100.8")}}), IsEmpty());

    EXPECT_EQ(host_.picture.rules.at("weft").lockdown, (Lockdown{{}, {address("198.51.100.8")}}));
    EXPECT_EQ(open, 0U) << "something was done while the host was not locked";
    next->unlock("home");
    host_.addInterface("weft0");
    EXPECT_EQ(host_.picture, before);
}

TEST_F(HostNetworkTest, LocksNothingAtTheStartThatWasNotLocked) {
    auto network = make();

    EXPECT_THAT(network->recover({{"home", {}}}), IsEmpty());

    EXPECT_THAT(host_.picture.rules, IsEmpty());
    network->reconcile();
    EXPECT_THAT(host_.picture.rules, IsEmpty());
}

TEST_F(HostNetworkTest, SaysWhyItIsNotLocked) {
    host_.firewallAnswer = failedPrecondition("nft is not installed");
    auto network = make();

    ASSERT_THAT(network->lock("home", {}), SizeIs(1));
    host_.firewallAnswer = okStatus();
    network->reconcile();

    EXPECT_THAT(network->lockProblems(), IsEmpty());
    host_.changeRulesFromOutside("weft");
    network->reconcile();
    EXPECT_TRUE(host_.picture.rules.at("weft").lockdown);
}

}  // namespace
}  // namespace weft::platform
