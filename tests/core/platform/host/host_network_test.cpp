// SPDX-License-Identifier: Apache-2.0
#include "core/platform/host/host_network.h"

#include "core/base/file.h"
#include "tests/core/platform/host/fake_host.h"
#include "tests/support/temp_dir.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace weft::platform {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using tests::address;
using tests::FakeHost;
using tests::HostPicture;
using tests::prefix;

TunnelWishes wishes(const std::string& interface) {
    TunnelWishes result;
    result.interface = interface;
    result.routes = {prefix("10.1.0.0/16"), prefix("fd10::/48")};
    return result;
}

TunnelWishes site(const std::string& interface) {
    auto result = wishes(interface);
    result.offered = {prefix("192.168.1.0/24")};
    result.betweenPeers = {net::Family::V4, net::Family::V6};
    return result;
}

class HostNetworkTest : public testing::Test {
protected:
    HostNetworkTest() { host_.addInterface("weft0"); }

    std::unique_ptr<HostNetwork> make() {
        return std::make_unique<HostNetwork>(host_, journal(), "weft");
    }
    std::filesystem::path journal() const { return folder_.path() / "host.journal"; }
    bool hasJournal() const { return std::filesystem::exists(journal()); }

    FakeHost host_;
    tests::TempDir folder_;
};

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

TEST_F(HostNetworkTest, KeepsForTheFirstMeshAllThatOverlaps) {
    host_.addInterface("weft1");
    auto network = make();
    // Not who comes first by name.
    EXPECT_THAT(network->want(wishes("weft1")), IsEmpty());
    auto late = wishes("weft0");
    late.routes = {prefix("10.1.200.0/24"), prefix("10.0.0.0/8"), prefix("10.2.0.0/16")};

    const auto problems = network->want(late);

    ASSERT_THAT(problems, SizeIs(2));
    EXPECT_EQ(problems[0].subject, "10.1.200.0/24");
    EXPECT_EQ(problems[1].subject, "10.0.0.0/8");
    EXPECT_THAT(messageOf(problems[1].status), HasSubstr("overlaps 10.1.0.0/16"));
    EXPECT_TRUE(host_.picture.ourRoutes.contains({prefix("10.2.0.0/16"), "weft0", {}}));
    EXPECT_THAT(network->problemsOf("weft1"), IsEmpty()) << "it misses nothing";

    network->forget("weft1");
    EXPECT_THAT(network->problemsOf("weft0"), IsEmpty());
    EXPECT_TRUE(host_.picture.ourRoutes.contains({prefix("10.0.0.0/8"), "weft0", {}}));
}

TEST_F(HostNetworkTest, LeavesTheNetworksThatTheHostReachesOverItsRouters) {
    host_.picture.foreignRoutes.insert({prefix("10.0.0.0/8"), "lan0", address("192.168.1.254")});
    host_.picture.foreignRoutes.insert({prefix("0.0.0.0/1"), "wan0", address("203.0.113.1")});
    auto network = make();

    const auto problems = network->want(wishes("weft0"));

    ASSERT_THAT(problems, SizeIs(1)) << "half of all addresses is as good as a default route";
    EXPECT_EQ(problems[0].part, HostPart::Collision);
    EXPECT_EQ(problems[0].interface, "weft0");
    const auto text = messageOf(problems[0].status);
    EXPECT_THAT(text, HasSubstr("10.0.0.0/8"));
    EXPECT_THAT(text, HasSubstr("192.168.1.254"));
    EXPECT_THAT(host_.picture.ourRoutes, ElementsAre(HostRoute{prefix("fd10::/48"), "weft0", {}}));

    auto agreed = wishes("weft0");
    agreed.agreed = {prefix("0.0.0.0/0")};
    EXPECT_THAT(network->want(agreed), SizeIs(1)) << "that is not what was agreed to";
    agreed.agreed = {prefix("10.0.0.0/12")};
    EXPECT_THAT(network->want(agreed), IsEmpty());
}

TEST_F(HostNetworkTest, SuggestsARangeThatIsFree) {
    host_.picture.foreignRoutes.insert({prefix("10.1.0.0/16"), "lan0", {}});
    host_.picture.foreignRoutes.insert({prefix("10.87.0.0/17"), "lan0", {}});

    const auto problems = make()->want(wishes("weft0"));

    ASSERT_THAT(problems, SizeIs(1));
    EXPECT_THAT(messageOf(problems[0].status), HasSubstr("such as 10.88.0.0/16"));
}

TEST_F(HostNetworkTest, SaysThatTwoMeshesWantTheSameRange) {
    host_.addInterface("weft1");
    auto network = make();
    EXPECT_THAT(network->want(wishes("weft0")), IsEmpty());
    auto other = wishes("weft1");
    other.routes = {prefix("10.1.0.0/16"), prefix("10.2.0.0/16")};

    const auto problems = network->want(other);

    ASSERT_THAT(problems, SizeIs(1));
    EXPECT_EQ(problems[0].part, HostPart::Routes);
    EXPECT_EQ(problems[0].subject, "10.1.0.0/16");
    EXPECT_THAT(messageOf(problems[0].status), HasSubstr("weft0"));
    EXPECT_TRUE(host_.picture.ourRoutes.contains({prefix("10.2.0.0/16"), "weft1", {}}));
}

TEST_F(HostNetworkTest, DoesNotTakeTheHostsOwnNetworkWithoutConsent) {
    auto greedy = wishes("weft0");
    greedy.routes = {
        prefix("192.168.1.0/24"),
        prefix("192.168.2.128/25"),
        prefix("192.168.0.0/16"),
        prefix("fd01::/64"),
        prefix("203.0.112.0/20"),
        prefix("198.51.100.0/24")};
    auto network = make();

    const auto problems = network->want(greedy);

    std::vector<std::string> subjects;
    for (const auto& problem : problems) {
        EXPECT_EQ(problem.part, HostPart::Collision);
        subjects.push_back(problem.subject);
    }
    EXPECT_THAT(subjects, ElementsAre("192.168.1.0/24", "192.168.2.128/25", "fd01::/64"));
    EXPECT_THAT(messageOf(problems.front().status), HasSubstr("lan0"));
    EXPECT_THAT(host_.picture.ourRoutes, SizeIs(3)) << "wider ones, and parts of the Internet";

    greedy.agreed = {prefix("192.168.2.128/25")};
    EXPECT_THAT(network->want(greedy), SizeIs(2));
    EXPECT_TRUE(host_.picture.ourRoutes.contains({prefix("192.168.2.128/25"), "weft0", {}}));
}

/// As one who has agreed to have everything sent to a peer.
TunnelWishes everything(const std::string& interface) {
    auto all = wishes(interface);
    all.routes.push_back(prefix("0.0.0.0/0"));
    all.outer = {prefix("0.0.0.0/0")};
    all.kept = {address("198.51.100.7"), address("2001:db8::7")};
    return all;
}

TEST_F(HostNetworkTest, SendsEverythingUnmarkedOutByATableOfItsOwn) {
    const HostPicture before = host_.picture;
    auto network = make();

    EXPECT_THAT(network->want(everything("weft0")), IsEmpty());

    EXPECT_TRUE(
        host_.picture.ourRoutes.contains({prefix("0.0.0.0/0"), "weft0", {}, RouteTable::Outer}));
    EXPECT_TRUE(host_.picture.ourRoutes.contains({prefix("10.1.0.0/16"), "weft0", {}}));
    EXPECT_THAT(
        host_.picture.lookups,
        ElementsAre(
            LookupRule{net::Family::V4, LookupRule::Kind::Kept, address("198.51.100.7")},
            LookupRule{net::Family::V4, LookupRule::Kind::MainFirst},
            LookupRule{net::Family::V4, LookupRule::Kind::OuterNext}))
        << "the other family is routed as before";
    EXPECT_EQ(host_.picture.settings.at("ipv4/wan0/rp_filter"), "2");

    EXPECT_THAT(network->want(wishes("weft0")), IsEmpty());
    EXPECT_THAT(host_.picture.lookups, IsEmpty());
    EXPECT_EQ(host_.picture.settings, before.settings);
    network->forget("weft0");
    EXPECT_EQ(host_.picture, before);
}

TEST_F(HostNetworkTest, LooksTheTableUpOnlyWhileItIsWhole) {
    host_.beforeChange = [this] {
        const bool isRouted =
            host_.picture.ourRoutes.contains({prefix("0.0.0.0/0"), "weft0", {}, RouteTable::Outer});
        EXPECT_TRUE(isRouted || host_.picture.lookups.empty());
    };
    auto network = make();

    network->want(everything("weft0"));
    EXPECT_THAT(host_.picture.lookups, SizeIs(3));
    network->want(wishes("weft0"));

    EXPECT_THAT(host_.picture.lookups, IsEmpty());
}

TEST_F(HostNetworkTest, PutsBackRulesThatSomebodyTookAway) {
    auto network = make();
    network->want(everything("weft0"));
    const HostPicture wanted = host_.picture;

    host_.picture.lookups.erase({net::Family::V4, LookupRule::Kind::OuterNext});
    std::erase_if(host_.picture.ourRoutes, [](const HostRoute& each) {
        return each.table == RouteTable::Outer;
    });
    host_.picture.settings["ipv4/wan0/rp_filter"] = "1";
    network->reconcile();

    EXPECT_EQ(host_.picture, wanted);
}

TEST_F(HostNetworkTest, LetsOneTunnelHaveEverything) {
    host_.addInterface("weft1");
    auto network = make();
    EXPECT_THAT(network->want(everything("weft0")), IsEmpty());

    auto other = everything("weft1");
    other.routes = {prefix("10.2.0.0/16"), prefix("0.0.0.0/0")};
    const auto problems = network->want(other);

    ASSERT_THAT(problems, SizeIs(1));
    EXPECT_EQ(problems[0].subject, "0.0.0.0/0");
    EXPECT_THAT(messageOf(problems[0].status), HasSubstr("weft0"));
    network->forget("weft0");
    EXPECT_TRUE(
        host_.picture.ourRoutes.contains({prefix("0.0.0.0/0"), "weft1", {}, RouteTable::Outer}));
}

TEST_F(HostNetworkTest, GivesANetworkToTheTunnelForWhichSomebodyAgreedToIt) {
    host_.addInterface("weft1");
    auto network = make();
    EXPECT_THAT(network->want(wishes("weft0")), IsEmpty());

    auto other = wishes("weft1");
    other.routes = {prefix("10.1.0.0/16"), prefix("10.1.7.0/24")};
    EXPECT_THAT(network->want(other), SizeIs(2));
    other.agreed = {prefix("10.1.7.0/24")};
    EXPECT_THAT(network->want(other), SizeIs(1));
    EXPECT_TRUE(host_.picture.ourRoutes.contains({prefix("10.1.7.0/24"), "weft1", {}}));
    EXPECT_THAT(network->problemsOf("weft0"), IsEmpty()) << "it keeps the rest";

    other.agreed = {prefix("10.1.0.0/16")};
    EXPECT_THAT(network->want(other), IsEmpty());
    EXPECT_TRUE(host_.picture.ourRoutes.contains({prefix("10.1.0.0/16"), "weft1", {}}));
    EXPECT_THAT(network->problemsOf("weft0"), SizeIs(1)) << "who came first has lost it";
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

TEST_F(HostNetworkTest, GuardsWhatItCouldNotClose) {
    auto network = make();
    EXPECT_THAT(network->want(site("weft0")), IsEmpty());
    host_.setAnswer = unavailable("busy");

    EXPECT_THAT(network->forget("weft0"), testing::Not(IsEmpty()));

    const auto guards = testing::UnorderedElementsAre(
        OpenedForwarding{net::Family::V4, "weft0"},
        OpenedForwarding{net::Family::V4, "lan0"},
        OpenedForwarding{net::Family::V6, ""});
    EXPECT_THAT(host_.picture.rules.at("weft").opened, guards);

    EXPECT_THAT(make()->recover(), testing::Not(IsEmpty()));
    EXPECT_THAT(host_.picture.rules.at("weft").opened, guards) << "the next program knows too";

    host_.setAnswer = okStatus();
    EXPECT_THAT(make()->recover(), IsEmpty());
    EXPECT_THAT(host_.picture.rules, IsEmpty());
    EXPECT_EQ(host_.picture.settings.at("ipv4/lan0/forwarding"), "0");
}

TEST_F(HostNetworkTest, UndoesTheGoodLinesOfADamagedJournal) {
    {
        auto killed = make();
        EXPECT_THAT(killed->want(site("weft0")), IsEmpty());
    }
    auto text = *base::readFile(journal(), 100'000);
    text.insert(text.find('\n') + 1, "route nowhere\n");
    ASSERT_TRUE(base::writeFileAtomically(journal(), text).ok());

    EXPECT_THAT(make()->recover(), SizeIs(1));

    EXPECT_EQ(host_.picture.settings.at("ipv4/lan0/forwarding"), "0");
    EXPECT_THAT(host_.picture.ourRoutes, IsEmpty());
    EXPECT_THAT(host_.picture.rules, IsEmpty());
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

TEST_F(HostNetworkTest, ChangesNothingThatItCouldNotNote) {
    auto network = std::make_unique<HostNetwork>(host_, folder_.path() / "no" / "journal", "weft");
    const HostPicture before = host_.picture;

    const auto problems = network->want(site("weft0"));

    ASSERT_THAT(problems, testing::Not(IsEmpty()));
    EXPECT_EQ(problems[0].part, HostPart::Journal);
    EXPECT_EQ(host_.picture, before);
}

TunnelWishes many(const std::string& interface, std::uint32_t first, std::size_t count) {
    TunnelWishes result;
    result.interface = interface;
    for (std::uint32_t number = 0; number < count; ++number) {
        result.routes.push_back(net::IpPrefix::host(net::IpAddress::v4(first + number)));
    }
    return result;
}

TEST_F(HostNetworkTest, RoutesTheFirstNetworksOfATunnelThatHasTooMany) {
    auto network = make();
    EXPECT_THAT(network->want(many("weft0", 0x0A000000, kMostTunnelRoutes)), IsEmpty());
    EXPECT_THAT(host_.picture.ourRoutes, SizeIs(kMostTunnelRoutes));

    const auto problems = network->want(many("weft0", 0x0A000000, kMostTunnelRoutes + 1));

    ASSERT_THAT(problems, SizeIs(1));
    EXPECT_EQ(problems[0].status.code(), StatusCode::kResourceExhausted);
    EXPECT_THAT(host_.picture.ourRoutes, SizeIs(kMostTunnelRoutes));
}

TEST_F(HostNetworkTest, LetsNoTunnelTakeTheRoutesOfThoseBeforeIt) {
    auto network = make();
    for (std::uint32_t number = 0; number < 4; ++number) {
        const auto name = "weft" + std::to_string(number);
        host_.addInterface(name);
        network->want(many(name, 0x0A000000 + (number << 16U), kMostTunnelRoutes));
    }
    host_.addInterface("weft4");

    auto last = wishes("weft4");
    last.routes = {prefix("10.200.0.0/16"), prefix("fd10::/48")};
    const auto late = network->want(last);

    EXPECT_THAT(network->problemsOf("weft0"), IsEmpty());
    ASSERT_THAT(late, SizeIs(2));
    EXPECT_EQ(late[0].status.code(), StatusCode::kResourceExhausted);
    EXPECT_LT(host_.picture.ourRoutes.size(), kMostHostChanges);
}

TEST_F(HostNetworkTest, ForgetsWhatAnotherRunOfTheSystemChanged) {
    HostChanges old;
    old.run = "before the last boot";
    old.changes.emplace_back(ChangedSetting{"ipv4/lan0/forwarding", "0", "1"});
    ASSERT_TRUE(HostJournal(journal()).write(old).ok());
    host_.picture.settings["ipv4/lan0/forwarding"] = "1";

    EXPECT_THAT(make()->recover(), IsEmpty());

    EXPECT_EQ(host_.picture.settings.at("ipv4/lan0/forwarding"), "1");
    EXPECT_FALSE(hasJournal());
}

TEST_F(HostNetworkTest, RemovesItsFilterEvenWhenTheJournalIsDestroyed) {
    host_.picture.rules["weft"].tunnels.push_back({"weft0", {}, {}, true, false});
    ASSERT_TRUE(base::writeFileAtomically(journal(), "weft-host-journal/1 run\nset").ok());

    const auto problems = make()->recover();

    ASSERT_THAT(problems, SizeIs(1));
    EXPECT_THAT(problems[0].subject, HasSubstr("unreadable"));
    EXPECT_THAT(host_.picture.rules, IsEmpty());
    EXPECT_FALSE(hasJournal());
}

TEST_F(HostNetworkTest, TriesAgainWhatItCouldNotUndo) {
    auto network = make();
    EXPECT_THAT(network->want(site("weft0")), IsEmpty());
    host_.setAnswer = unavailable("busy");

    EXPECT_THAT(network->forget("weft0"), testing::Not(IsEmpty()));
    EXPECT_TRUE(hasJournal());
    network.reset();
    host_.setAnswer = okStatus();

    EXPECT_THAT(make()->recover(), IsEmpty());
    EXPECT_EQ(host_.picture.settings.at("ipv4/lan0/forwarding"), "0");
    EXPECT_FALSE(hasJournal());
}

TEST_F(HostNetworkTest, PutsBackWhatOthersTookAway) {
    auto network = make();
    EXPECT_THAT(network->want(site("weft0")), IsEmpty());
    const HostPicture wanted = host_.picture;
    host_.picture.ourRoutes.clear();
    host_.picture.settings["ipv4/lan0/forwarding"] = "0";

    network->reconcile();

    EXPECT_EQ(host_.picture, wanted);
    EXPECT_THAT(network->problems(), IsEmpty());
    const auto changes = host_.changes;
    network->reconcile();
    EXPECT_EQ(host_.changes, changes) << "all is as it should be";
}

TEST_F(HostNetworkTest, ForwardsNothingWhileItsFilterIsLostAndLoadsItAgain) {
    auto network = make();
    EXPECT_THAT(network->want(site("weft0")), IsEmpty());
    const HostPicture wanted = host_.picture;
    host_.picture.rules.clear();
    bool wasClosed = false;
    host_.beforeChange = [&] {
        const bool isOpen = host_.picture.settings.at("ipv4/lan0/forwarding") == "1"
                            || host_.picture.settings.at("ipv6/forwarding") == "1";
        if (!isOpen) {
            wasClosed = true;
        } else if (wasClosed) {
            EXPECT_TRUE(host_.picture.rules.contains("weft")) << "opened before it filtered";
        }
    };

    network->reconcile();

    EXPECT_TRUE(wasClosed);
    EXPECT_EQ(host_.picture, wanted);
}

TEST_F(HostNetworkTest, LoadsAFilterAgainThatWasChangedOrWhoseLoadingWasCutOff) {
    auto network = make();
    EXPECT_THAT(network->want(wishes("weft0")), IsEmpty());
    host_.changeRulesFromOutside("weft");
    network->reconcile();
    EXPECT_THAT(host_.picture.rules.at("weft").tunnels, SizeIs(1));

    host_.firewallAnswer = deadlineExceeded("nft had not ended");
    EXPECT_THAT(network->want(site("weft0")), testing::Not(IsEmpty()));
    host_.firewallAnswer = okStatus();
    const auto loads = host_.firewallLoads;
    EXPECT_THAT(network->want(wishes("weft0")), IsEmpty());
    EXPECT_GT(host_.firewallLoads, loads) << "nobody knows what is loaded";
}

TEST_F(HostNetworkTest, GivesUpWhatOthersHaveForwardedMeanwhile) {
    auto network = make();
    auto offering = site("weft0");
    offering.betweenPeers.clear();
    EXPECT_THAT(network->want(offering), IsEmpty());
    EXPECT_THAT(host_.picture.rules.at("weft").opened, SizeIs(1));

    host_.forwardAll();
    network->reconcile();

    EXPECT_THAT(host_.picture.rules.at("weft").opened, IsEmpty())
        << "what the others forward is not dropped";
    EXPECT_TRUE(host_.picture.rules.at("weft").tunnels.front().answers);
    EXPECT_THAT(network->forgetAll(), IsEmpty());
    EXPECT_EQ(host_.picture.settings.at("ipv4/lan0/forwarding"), "1");
}

TEST_F(HostNetworkTest, LeavesWhatOthersTurnedOnAfterItWasKilled) {
    {
        auto killed = make();
        EXPECT_THAT(killed->want(site("weft0")), IsEmpty());
    }
    host_.forwardAll();

    EXPECT_THAT(make()->recover(), IsEmpty());

    EXPECT_EQ(host_.picture.settings.at("ipv4/lan0/forwarding"), "1");
    EXPECT_THAT(host_.picture.rules, IsEmpty());
}

TEST_F(HostNetworkTest, ChangesNothingBeforeAJournalThatCannotBeReadIsUndone) {
    std::filesystem::create_directory(journal());
    auto network = make();
    EXPECT_THAT(network->recover(), SizeIs(1));
    const HostPicture before = host_.picture;

    EXPECT_THAT(network->want(site("weft0")), testing::Not(IsEmpty()));
    EXPECT_EQ(host_.picture, before);

    std::filesystem::remove(journal());
    network->reconcile();
    EXPECT_THAT(network->problems(), IsEmpty());
    EXPECT_THAT(host_.picture.ourRoutes, SizeIs(2));
}

/// Several wishes in turn, as a connection has them: up, changed, another beside, away.
void live(HostNetwork& network, FakeHost& host) {
    host.addInterface("weft0");
    network.want(wishes("weft0"));
    network.want(site("weft0"));
    network.lock("home", {});
    host.addInterface("weft1");
    auto other = site("weft1");
    other.routes = {prefix("10.2.0.0/16"), prefix("0.0.0.0/0")};
    other.outer = {prefix("0.0.0.0/0")};
    other.offered = {prefix("192.168.2.0/24"), prefix("fd01::/64")};
    other.kept = {address("198.51.100.7")};
    network.want(other);
    network.want(wishes("weft0"));
    network.unlock("home");
    network.forget("weft1");
    host.removeInterface("weft1");
    network.forget("weft0");
    host.removeInterface("weft0");
}

TEST(HostNetworkKills, EveryMomentIsUndoneByTheNextStart) {
    std::size_t moments = 0;
    for (const bool after : {false, true}) {
        for (std::size_t at = 0;; ++at) {
            FakeHost host;
            const HostPicture before = host.picture;
            const tests::TempDir folder;
            const auto path = folder.path() / "host.journal";
            host.killAt = at;
            host.killAfter = after;
            bool ended = false;
            try {
                HostNetwork program(host, path, "weft");
                live(program, host);
                ended = true;
            } catch (const tests::Killed&) {
                ++moments;
            }
            host.killAt.reset();
            // Interfaces go with the program.
            host.removeInterface("weft0");
            host.removeInterface("weft1");

            HostNetwork next(host, path, "weft");
            EXPECT_THAT(next.recover(), IsEmpty());

            ASSERT_EQ(host.picture, before) << "killed at change " << at << " after " << after;
            ASSERT_FALSE(std::filesystem::exists(path));
            if (ended) {
                break;
            }
        }
    }
    EXPECT_GT(moments, 40U);
}

}  // namespace
}  // namespace weft::platform
