// SPDX-License-Identifier: Apache-2.0
// What is forwarded, and what the filter lets pass.
#include "core/platform/host/host_network.h"

#include "tests/core/platform/host/host_network_fixture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace weft::platform {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using tests::HostPicture;
using tests::prefix;

TEST_F(HostNetworkTest, RoutesTheMeshIntoTheTunnelAndTakesItBack) {
    const HostPicture before = host_.picture;
    auto network = make();

    EXPECT_THAT(network->want(wishes("weft0")), IsEmpty());

    EXPECT_THAT(
        host_.picture.ourRoutes,
        ElementsAre(
            HostRoute{prefix("10.1.0.0/16"), "weft0", {}},
            HostRoute{prefix("fd10::/48"), "weft0", {}}));
    EXPECT_EQ(host_.picture.settings, before.settings);
    EXPECT_THAT(
        host_.picture.rules.at("weft").tunnels,
        ElementsAre(ForwardingRules{"weft0", {}, {}, true, false}))
        << "all that the mesh sends on is dropped";

    EXPECT_THAT(network->forget("weft0"), IsEmpty());
    EXPECT_EQ(host_.picture, before);
    EXPECT_FALSE(hasJournal());
}

TEST_F(HostNetworkTest, ForwardsOnlyWhatIsOfferedBetweenTheTunnelAndItsNetwork) {
    auto network = make();

    EXPECT_THAT(network->want(site("weft0")), IsEmpty());

    EXPECT_EQ(host_.picture.settings.at("ipv4/weft0/forwarding"), "1");
    EXPECT_EQ(host_.picture.settings.at("ipv4/lan0/forwarding"), "1");
    EXPECT_EQ(host_.picture.settings.at("ipv4/lan1/forwarding"), "0");
    EXPECT_EQ(host_.picture.settings.at("ipv4/wan0/forwarding"), "0");
    const auto& rules = host_.picture.rules.at("weft");
    EXPECT_THAT(
        rules.tunnels,
        ElementsAre(ForwardingRules{
            "weft0",
            {{prefix("192.168.1.0/24"), "lan0"}},
            {net::Family::V4, net::Family::V6},
            true,
            false}));
    EXPECT_THAT(
        rules.opened,
        testing::UnorderedElementsAre(
            OpenedForwarding{net::Family::V4, "lan0"}, OpenedForwarding{net::Family::V6, ""}));
}

TEST_F(HostNetworkTest, FiltersBeforeItForwardsAndUntilItForwardsNoMore) {
    const auto isOpen = [this] { return host_.picture.settings.at("ipv4/lan0/forwarding") == "1"; };
    const auto isGuarded = [this] {
        const auto rules = host_.picture.rules.find("weft");
        return rules != host_.picture.rules.end()
               && std::ranges::find(rules->second.opened, OpenedForwarding{net::Family::V4, "lan0"})
                      != rules->second.opened.end();
    };
    host_.beforeChange = [&] { EXPECT_TRUE(!isOpen() || isGuarded()); };
    auto network = make();

    EXPECT_THAT(network->want(site("weft0")), IsEmpty());
    EXPECT_TRUE(isOpen());
    EXPECT_THAT(network->want(wishes("weft0")), IsEmpty());

    EXPECT_FALSE(isOpen());
    EXPECT_THAT(host_.picture.rules.at("weft").opened, IsEmpty());
}

TEST_F(HostNetworkTest, LeavesASwitchThatWasOnAlready) {
    host_.picture.settings["ipv4/lan0/forwarding"] = "1";
    auto network = make();

    EXPECT_THAT(network->want(site("weft0")), IsEmpty());
    EXPECT_THAT(
        host_.picture.rules.at("weft").opened, ElementsAre(OpenedForwarding{net::Family::V6, ""}))
        << "what was forwarded before is not our business";
    network->forgetAll();

    EXPECT_EQ(host_.picture.settings.at("ipv4/lan0/forwarding"), "1");
}

TEST_F(HostNetworkTest, GoesOnListeningToRoutersOnlyWhereItForwardsItself) {
    auto network = make();
    EXPECT_THAT(network->want(site("weft0")), IsEmpty());
    EXPECT_THAT(network->want(site("weft0")), IsEmpty());
    EXPECT_EQ(host_.picture.settings.at("ipv6/lan0/accept_ra"), "2");
    EXPECT_THAT(network->forgetAll(), IsEmpty());
    EXPECT_EQ(host_.picture.settings.at("ipv6/lan0/accept_ra"), "1");

    // A router of its own accord does not listen, and shall not begin to.
    host_.picture.settings["ipv6/forwarding"] = "1";
    network = make();
    EXPECT_THAT(network->want(site("weft0")), IsEmpty());
    EXPECT_EQ(host_.picture.settings.at("ipv6/lan0/accept_ra"), "1");
}

TEST_F(HostNetworkTest, LeavesASwitchThatSomebodyElseTurnedMeanwhile) {
    auto network = make();
    EXPECT_THAT(network->want(site("weft0")), IsEmpty());

    host_.picture.settings["ipv6/forwarding"] = "2";
    network->forgetAll();

    EXPECT_EQ(host_.picture.settings.at("ipv6/forwarding"), "2");
    EXPECT_EQ(host_.picture.settings.at("ipv4/lan0/forwarding"), "0");
}

TEST_F(HostNetworkTest, TouchesOnlyWhatChanges) {
    auto network = make();
    EXPECT_THAT(network->want(site("weft0")), IsEmpty());
    const auto changes = host_.changes;

    EXPECT_THAT(network->want(site("weft0")), IsEmpty());
    EXPECT_EQ(host_.changes, changes);

    auto more = site("weft0");
    more.routes.push_back(prefix("10.9.0.0/24"));
    EXPECT_THAT(network->want(more), IsEmpty());
    EXPECT_EQ(host_.changes, changes + 1);
}

TEST_F(HostNetworkTest, KeepsAnotherTunnelsNetworkWhenOneGoes) {
    host_.addInterface("weft1");
    auto network = make();
    EXPECT_THAT(network->want(site("weft0")), IsEmpty());
    auto other = site("weft1");
    other.routes = {prefix("10.2.0.0/16")};
    EXPECT_THAT(network->want(other), IsEmpty());

    host_.removeInterface("weft0");
    EXPECT_THAT(network->forget("weft0"), IsEmpty());

    EXPECT_EQ(host_.picture.settings.at("ipv4/lan0/forwarding"), "1");
    EXPECT_EQ(host_.picture.rules.at("weft").tunnels.front().tunnel, "weft1");
    EXPECT_THAT(
        host_.picture.ourRoutes, ElementsAre(HostRoute{prefix("10.2.0.0/16"), "weft1", {}}));
}

TEST_F(HostNetworkTest, OffersTheInternetWhereItsOwnWayToEverywhereLeads) {
    auto exit = wishes("weft0");
    exit.offered = {prefix("0.0.0.0/0")};
    auto network = make();

    EXPECT_THAT(network->want(exit), IsEmpty());

    EXPECT_EQ(host_.picture.settings.at("ipv4/wan0/forwarding"), "1");
    EXPECT_EQ(host_.picture.settings.at("ipv4/lan0/forwarding"), "0");
    EXPECT_THAT(
        host_.picture.rules.at("weft").tunnels.front().offered,
        ElementsAre(ForwardedNetwork{prefix("0.0.0.0/0"), "wan0"}));
    exit.offered = {prefix("::/0")};
    EXPECT_THAT(network->want(exit), SizeIs(1)) << "it has no way there by IPv6";
}

TEST_F(HostNetworkTest, DoesTheRestWhenThereIsNoFilterAndForwardsNothing) {
    host_.firewallAnswer = failedPrecondition("nft is not installed");
    auto network = make();

    const auto problems = network->want(site("weft0"));

    ASSERT_THAT(problems, SizeIs(1));
    EXPECT_EQ(problems[0].part, HostPart::Firewall);
    EXPECT_EQ(host_.picture.settings.at("ipv4/lan0/forwarding"), "0");
    EXPECT_THAT(host_.picture.ourRoutes, SizeIs(2));

    host_.firewallAnswer = okStatus();
    EXPECT_THAT(network->want(site("weft0")), IsEmpty());
    EXPECT_EQ(host_.picture.settings.at("ipv4/lan0/forwarding"), "1");
}

TEST_F(HostNetworkTest, ClosesATunnelThatTheHostForwardsForWhileNothingFilters) {
    host_.forwardAll();
    const HostPicture before = host_.picture;
    host_.firewallAnswer = failedPrecondition("nft is not installed");
    auto network = make();

    ASSERT_THAT(network->want(wishes("weft0")), SizeIs(1));
    EXPECT_EQ(host_.picture.settings.at("ipv4/weft0/forwarding"), "0");
    EXPECT_EQ(host_.picture.settings.at("ipv4/lan0/forwarding"), "1");

    host_.firewallAnswer = okStatus();
    EXPECT_THAT(network->want(wishes("weft0")), IsEmpty());
    EXPECT_EQ(host_.picture.settings.at("ipv4/weft0/forwarding"), "1");
    EXPECT_THAT(network->forgetAll(), IsEmpty());
    EXPECT_EQ(host_.picture, before);
}

TEST_F(HostNetworkTest, SaysThatItCannotCloseWhatIsOnForTheWholeHost) {
    host_.picture.settings["ipv6/forwarding"] = "1";
    host_.firewallAnswer = failedPrecondition("nft is not installed");

    const auto problems = make()->want(wishes("weft0"));

    ASSERT_THAT(problems, SizeIs(2));
    EXPECT_EQ(problems[0].subject, "weft0");
    EXPECT_THAT(messageOf(problems[0].status), HasSubstr("IPv6"));
}

TEST_F(HostNetworkTest, HasOthersAnsweredOnlyWhereTheHostForwardsForThem) {
    auto network = make();
    EXPECT_THAT(network->want(site("weft0")), IsEmpty());
    EXPECT_THAT(network->want(site("weft0")), IsEmpty());
    EXPECT_FALSE(host_.picture.rules.at("weft").tunnels.front().answers) << "that is ours";
    EXPECT_THAT(network->forgetAll(), IsEmpty());

    host_.forwardAll();
    EXPECT_THAT(network->want(wishes("weft0")), IsEmpty());

    EXPECT_TRUE(host_.picture.rules.at("weft").tunnels.front().answers);
}

TEST_F(HostNetworkTest, OffersANetworkOnlyWhereItIs) {
    host_.picture.foreignRoutes.insert({prefix("192.168.2.0/25"), "lan0", {}});
    auto both = site("weft0");
    both.offered = {prefix("192.168.2.0/24")};

    EXPECT_THAT(make()->want(both), IsEmpty());

    EXPECT_THAT(
        host_.picture.rules.at("weft").tunnels.front().offered,
        ElementsAre(
            ForwardedNetwork{prefix("192.168.2.0/24"), "lan0"},
            ForwardedNetwork{prefix("192.168.2.0/24"), "lan1"}));
}

TEST_F(HostNetworkTest, SaysThatItHasNoWayToWhatItOffers) {
    auto lost = site("weft0");
    lost.offered = {prefix("fd77::/64")};
    auto network = make();

    const auto problems = network->want(lost);

    ASSERT_THAT(problems, SizeIs(1));
    EXPECT_EQ(problems[0].subject, "fd77::/64");
    EXPECT_EQ(problems[0].status.code(), StatusCode::kNotFound);
}

}  // namespace
}  // namespace weft::platform
