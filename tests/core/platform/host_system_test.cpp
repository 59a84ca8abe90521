// SPDX-License-Identifier: Apache-2.0
#include "core/platform/host_system.h"

#include "core/base/file.h"
#include "core/platform/host/host_network.h"
#include "core/platform/linux/program.h"
#include "tests/core/platform/linux_fixture.h"
#include "tests/support/temp_dir.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

namespace weft::platform {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

/// A host with a tunnel weft0 and a network "lan" behind it.
class HostSystemTest : public LinuxNetworkTest {
protected:
    void SetUp() override {
        LinuxNetworkTest::SetUp();
        if (IsSkipped()) {
            return;
        }
        tun_ = open({.name = "weft0"});
        lan_ = open({.name = "lan"});
        ASSERT_EQ(addAddress("weft0", prefix("10.1.0.1/32")), okStatus());
        ASSERT_EQ(addAddress("lan", prefix("192.168.7.1/24")), okStatus());
        ASSERT_EQ(addAddress("lan", prefix("fd07::1/64")), okStatus());
        ASSERT_EQ(setUp("weft0", true), okStatus());
        ASSERT_EQ(setUp("lan", true), okStatus());
    }

    static HostRoute route(
        const char* destination,
        const std::string& interface,
        std::optional<net::IpAddress> gateway = {}) {
        return {prefix(destination), interface, gateway};
    }

    static net::IpAddress address(const char* text) { return net::IpAddress::parse(text).value(); }

    std::vector<HostRoute> ours() const {
        std::vector<HostRoute> routes;
        for (const auto& each : host_->routes().value_or(std::vector<ListedRoute>())) {
            if (each.isOurs) {
                routes.push_back(each.route);
            }
        }
        std::ranges::sort(routes);
        return routes;
    }

    /// Whether packets to there leave by this interface; `to` as ip(8) wants it.
    static bool leads(const std::string& to, const std::string& interface) {
        const auto said = detail::runProgram(
            "/bin/sh",
            {"-c", "/usr/sbin/ip route get " + to + " | grep -q ' dev " + interface + " '"},
            {},
            10s);
        return said.ok() && said->exitCode == 0;
    }

    bool hasTable() const {
        const auto listed =
            detail::runProgram("/usr/sbin/nft", {"list", "table", "inet", "weft"}, {}, 10s);
        return listed.ok() && listed->exitCode == 0;
    }

    std::unique_ptr<TunDevice> tun_;
    std::unique_ptr<TunDevice> lan_;
    std::unique_ptr<HostSystem> host_ = createHostSystem();
};

TEST_F(HostSystemTest, AddsRoutesAndRemovesThemAndOnlyThose) {
    const auto direct = route("10.1.0.0/16", "weft0");
    const auto six = route("fd10::/48", "weft0");
    const auto farther = route("203.0.113.9/32", "lan", address("192.168.7.254"));
    for (const auto& each : {direct, six, farther}) {
        EXPECT_EQ(host_->addRoute(each), okStatus()) << each.destination.toString();
    }

    EXPECT_THAT(ours(), ElementsAre(direct, farther, six));
    EXPECT_EQ(host_->addRoute(direct).code(), StatusCode::kAlreadyExists);
    EXPECT_EQ(host_->addRoute(six).code(), StatusCode::kAlreadyExists);
    EXPECT_EQ(host_->removeRoute(route("192.168.7.0/24", "lan")).code(), StatusCode::kNotFound)
        << "the system's own route";

    for (const auto& each : {direct, six, farther}) {
        EXPECT_EQ(host_->removeRoute(each), okStatus()) << each.destination.toString();
        EXPECT_EQ(host_->removeRoute(each).code(), StatusCode::kNotFound);
    }
    EXPECT_THAT(ours(), IsEmpty());
}

TEST_F(HostSystemTest, SaysWhyARouteCannotBe) {
    EXPECT_EQ(host_->addRoute(route("10.1.0.0/16", "weft7")).code(), StatusCode::kNotFound);
    EXPECT_EQ(host_->removeRoute(route("10.1.0.0/16", "weft7")).code(), StatusCode::kNotFound);
    const auto unreachable = host_->addRoute(route("10.1.0.0/16", "lan", address("172.31.255.1")));
    EXPECT_FALSE(unreachable.ok());
    EXPECT_THAT(messageOf(unreachable), HasSubstr("10.1.0.0/16"));
}

TEST_F(HostSystemTest, KnowsTheWayThatPacketsTakeWithoutOurs) {
    ASSERT_EQ(host_->addRoute(route("0.0.0.0/1", "weft0")), okStatus());

    const auto routes = host_->routes().value();

    const auto* const near = routeTo(address("192.168.7.9"), routes);
    ASSERT_NE(near, nullptr);
    EXPECT_EQ(near->interface, "lan");
    const auto* const six = routeTo(address("fd07::9"), routes);
    ASSERT_NE(six, nullptr);
    EXPECT_EQ(six->interface, "lan");
    EXPECT_EQ(routeTo(address("198.51.100.8"), routes), nullptr);
}

TEST_F(HostSystemTest, ForwardsBetweenTheTunnelAndWhatIsOffered) {
    const tests::TempDir folder;
    TunnelWishes wishes;
    wishes.interface = "weft0";
    wishes.routes = {prefix("10.1.0.0/16"), prefix("fd10::/48")};
    wishes.offered = {prefix("192.168.7.0/24"), prefix("fd07::/64")};
    const auto forwarding = [this] {
        return host_->setting("net/ipv4/conf/lan/forwarding").value();
    };
    const auto sixSwitches = host_->forwardingSwitches(net::Family::V6, {"weft0", "lan"}).value();
    ASSERT_THAT(sixSwitches, Not(IsEmpty()));
    const auto six = sixSwitches.back().setting;
    HostNetwork network(*host_, folder.path() / "host.journal", "weft");

    EXPECT_THAT(network.want(wishes), IsEmpty());

    EXPECT_EQ(forwarding(), "1");
    EXPECT_EQ(host_->setting("net/ipv4/conf/weft0/forwarding").value(), "1");
    EXPECT_EQ(host_->setting(six.name).value(), six.value);
    EXPECT_TRUE(hasTable());
    EXPECT_THAT(ours(), SizeIs(2));

    EXPECT_THAT(network.forgetAll(), IsEmpty());
    EXPECT_EQ(forwarding(), "0");
    EXPECT_EQ(host_->setting(six.name).value(), "0");
    EXPECT_FALSE(hasTable());
    EXPECT_THAT(ours(), IsEmpty());
}

TEST_F(HostSystemTest, UndoesWhatAKilledProgramLeft) {
    const tests::TempDir folder;
    const auto journal = folder.path() / "host.journal";
    TunnelWishes wishes;
    wishes.interface = "weft0";
    wishes.offered = {prefix("192.168.7.0/24")};
    {
        HostNetwork killed(*host_, journal, "weft");
        EXPECT_THAT(killed.want(wishes), IsEmpty());
    }
    EXPECT_TRUE(hasTable());
    tun_.reset();

    HostNetwork next(*host_, journal, "weft");
    EXPECT_THAT(next.recover(), IsEmpty());

    EXPECT_FALSE(hasTable());
    EXPECT_EQ(host_->setting("net/ipv4/conf/lan/forwarding").value(), "0");
    EXPECT_THAT(ours(), IsEmpty());
}

TEST_F(HostSystemTest, LooksUpATableOfItsOwnForWhatIsNotMarked) {
    const HostRoute everywhere{prefix("0.0.0.0/0"), "weft0", {}, RouteTable::Outer};
    const std::vector<LookupRule> rules{
        {net::Family::V4, LookupRule::Kind::Kept, address("198.51.100.7")},
        {net::Family::V4, LookupRule::Kind::MainFirst},
        {net::Family::V4, LookupRule::Kind::OuterNext},
        {net::Family::V6, LookupRule::Kind::Kept, address("2001:db8::7")},
        {net::Family::V6, LookupRule::Kind::MainFirst},
        {net::Family::V6, LookupRule::Kind::OuterNext}};
    ASSERT_EQ(host_->addRoute(route("0.0.0.0/0", "lan", address("192.168.7.9"))), okStatus());
    ASSERT_EQ(host_->addRoute(everywhere), okStatus());
    for (const auto& each : rules) {
        ASSERT_EQ(host_->addLookup(each), okStatus());
        EXPECT_EQ(host_->addLookup(each), okStatus()) << "as it was left by another run";
    }

    EXPECT_EQ(host_->lookups().value(), rules);
    EXPECT_TRUE(leads("203.0.113.9", "weft0"));
    EXPECT_TRUE(leads("203.0.113.9 mark 0x5765", "lan"));
    EXPECT_TRUE(leads("198.51.100.7", "lan"));
    EXPECT_TRUE(leads("192.168.7.5", "lan"));

    for (const auto& each : rules) {
        EXPECT_EQ(host_->removeLookup(each), okStatus());
        EXPECT_EQ(host_->removeLookup(each).code(), StatusCode::kNotFound);
    }
    EXPECT_THAT(host_->lookups().value(), IsEmpty());
    EXPECT_TRUE(leads("203.0.113.9", "lan"));
    EXPECT_EQ(host_->removeRoute(everywhere), okStatus());
}

TEST_F(HostSystemTest, LoadsTheRulesThatLockTheHost) {
    FirewallRules rules;
    rules.tunnels.push_back(
        {"weft0", {{prefix("0.0.0.0/0"), "lan"}, {prefix("::/0"), "lan"}}, {}, true, false});
    rules.lockdown = Lockdown{{"weft0"}, {address("198.51.100.7"), address("2001:db8::7")}};
    rules.lockdown->tunnelsOnly = {prefix("10.1.0.0/16"), prefix("fd10::/48")};
    rules.lockdown->beside = {prefix("10.1.5.0/24"), prefix("10.1.5.128/25")};

    EXPECT_EQ(host_->setFirewall("weft", rules), okStatus());

    EXPECT_TRUE(hasTable());
    EXPECT_EQ(host_->setFirewall("weft", {}), okStatus());
    EXPECT_FALSE(hasTable());
}

TEST_F(HostSystemTest, SaysWhatToInstallWhenThereIsNoFilter) {
    const auto without = createHostSystem({.filterProgram = "/usr/sbin/no-nft"});
    FirewallRules rules;
    rules.tunnels.push_back({"weft0", {{prefix("192.168.7.0/24"), "lan"}}, {}, true, true});

    const Status set = without->setFirewall("weft", rules);

    EXPECT_EQ(set.code(), StatusCode::kFailedPrecondition);
    EXPECT_THAT(messageOf(set), HasSubstr("nftables"));
}

TEST_F(HostSystemTest, ReadsAndWritesSettingsOfTheNetworkAlone) {
    EXPECT_EQ(
        host_->setting("net/ipv4/conf/weft9/forwarding").status().code(), StatusCode::kNotFound);
    EXPECT_EQ(host_->set({"net/ipv4/conf/weft9/forwarding", "1"}).code(), StatusCode::kNotFound);
    for (const auto* const name :
         {"kernel/hostname", "net/../kernel/hostname", "/etc/passwd", "net/", ""}) {
        EXPECT_EQ(host_->setting(name).status().code(), StatusCode::kInvalidArgument) << name;
        EXPECT_EQ(host_->set({name, "1"}).code(), StatusCode::kInvalidArgument) << name;
    }
}

TEST_F(HostSystemTest, KnowsWhetherItsFilterWasChangedFromOutside) {
    EXPECT_EQ(host_->firewallState("weft").status().code(), StatusCode::kNotFound);
    FirewallRules rules;
    rules.tunnels.push_back({"weft0", {{prefix("192.168.7.0/24"), "lan"}}, {}, true, true});
    rules.tunnels.push_back({"lan", {}, {net::Family::V6}, true, false});
    const auto nft = [](const char* words) {
        EXPECT_EQ(detail::runProgram("/usr/sbin/nft", {"-f", "-"}, words, 10s)->exitCode, 0)
            << words;
    };
    ASSERT_EQ(host_->setFirewall("weft", rules), okStatus());
    const auto loaded = host_->firewallState("weft");
    ASSERT_TRUE(loaded.ok()) << toString(loaded.status());

    nft("add table inet other\nadd chain inet other some\n");
    EXPECT_EQ(*host_->firewallState("weft"), *loaded) << "what others have is not ours";
    nft("flush chain inet weft forward\n");
    EXPECT_NE(host_->firewallState("weft").value_or(*loaded), *loaded);
    nft("flush ruleset\n");
    EXPECT_EQ(host_->firewallState("weft").status().code(), StatusCode::kNotFound);
}

TEST_F(HostSystemTest, KnowsHowToKeepATunnelFromBeingForwarded) {
    const auto closing = [this](net::Family family) {
        return host_->closingSettings(family, "weft0");
    };
    EXPECT_THAT(closing(net::Family::V4).value(), IsEmpty());
    ASSERT_EQ(host_->set({"net/ipv4/ip_forward", "1"}), okStatus());
    EXPECT_THAT(
        closing(net::Family::V4).value(),
        ElementsAre(HostSetting{"net/ipv4/conf/weft0/forwarding", "0"}));
    EXPECT_THAT(closing(net::Family::V6).value(), IsEmpty());
    ASSERT_EQ(host_->set({"net/ipv6/conf/all/forwarding", "1"}), okStatus());
    EXPECT_EQ(closing(net::Family::V6).status().code(), StatusCode::kFailedPrecondition);
}

TEST_F(HostSystemTest, FiltersAsAnOrdinaryUserWithTheRight) {
    onThread([this] {
        constexpr uid_t kNobody = 65'534;
        ASSERT_TRUE(tests::becomeUserWithNetworkRights(kNobody));
        FirewallRules rules;
        rules.tunnels.push_back({"weft0", {{prefix("192.168.7.0/24"), "lan"}}, {}, true, true});
        EXPECT_EQ(host_->setFirewall("weft", rules), okStatus());
        EXPECT_EQ(host_->addRoute(route("10.1.0.0/16", "weft0")), okStatus());
    });
    EXPECT_TRUE(hasTable());
}

TEST_F(HostSystemTest, SaysWhichRightIsMissing) {
    onThread([] {
        ASSERT_TRUE(tests::dropNetworkRights());
        const auto host = createHostSystem();
        EXPECT_EQ(
            host->addRoute({prefix("10.1.0.0/16"), "weft0", {}}).code(),
            StatusCode::kPermissionDenied);
        FirewallRules rules;
        rules.tunnels.push_back({"weft0", {}, {net::Family::V4}, true, false});
        const Status set = host->setFirewall("weft", rules);
        EXPECT_EQ(set.code(), StatusCode::kPermissionDenied) << toString(set);
        EXPECT_THAT(messageOf(set), HasSubstr("CAP_NET_ADMIN"));
    });
}

}  // namespace
}  // namespace weft::platform
