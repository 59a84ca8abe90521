// SPDX-License-Identifier: Apache-2.0
// Which networks are routed into which tunnel.
#include "core/platform/host/host_network.h"
#include "tests/core/platform/host/host_network_fixture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace weft::platform {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using tests::address;
using tests::HostPicture;
using tests::prefix;

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
    EXPECT_THAT(messageOf(problems[0].status), HasSubstr("10.88.0.0/16 is free"));
    EXPECT_THAT(messageOf(problems[0].status), testing::Not(HasSubstr("range")))
        << "what helps is said once, beside it";
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

}  // namespace
}  // namespace weft::platform
