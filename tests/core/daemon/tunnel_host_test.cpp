// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/tunnel_host.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace weft::daemon {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using weft::local::v1::CheckItem;
using weft::local::v1::Connection;
using weft::local::v1::Problem;

net::IpPrefix prefix(const std::string& text) {
    return *net::IpPrefix::parse(text);
}

TunnelPeer peer(const std::string& endpoint, std::vector<net::IpPrefix> allowedIps) {
    TunnelPeer result;
    result.key.bytes.front() = static_cast<std::uint8_t>(endpoint.size());
    if (!endpoint.empty()) {
        result.endpoint = *net::Endpoint::parse(endpoint);
    }
    result.allowedIps = std::move(allowedIps);
    return result;
}

TEST(TunnelHost, RoutesTheMeshAsAWholeAndWhatLiesBeyondIt) {
    TunnelHost host(true, true);
    EXPECT_TRUE(host.setNetworks({prefix("10.5.1.7/16"), prefix("fd00::1/48")}));
    EXPECT_TRUE(host.setPeers(
        {peer("192.0.2.1:51820", {prefix("10.5.0.2/32"), prefix("192.168.7.0/24")}),
         peer("", {prefix("fd00::2/112"), prefix("fd77::/64")})}));

    const auto wishes = host.wishes();

    EXPECT_THAT(
        wishes.routes,
        ElementsAre(
            prefix("10.5.0.0/16"),
            prefix("fd00::/48"),
            prefix("192.168.7.0/24"),
            prefix("fd77::/64")));
    EXPECT_THAT(wishes.betweenPeers, IsEmpty()) << "nobody's way leads over this node";
}

TEST(TunnelHost, PassesOnOnlyTheFamiliesThatSeveralPeersHaveWhereWaysLeadOverIt) {
    TunnelHost host(true, true);
    host.setNetworks({prefix("10.5.0.0/16"), prefix("fd00::/48")});
    host.setPeers(
        {peer("", {prefix("10.5.0.2/32"), prefix("fd00::2/112")}),
         peer("", {prefix("10.5.0.3/32")})});
    EXPECT_TRUE(host.setTransit(true));
    EXPECT_FALSE(host.setTransit(true));

    EXPECT_THAT(host.wishes().betweenPeers, ElementsAre(net::Family::V4));

    EXPECT_TRUE(host.setTransit(false));
    EXPECT_THAT(host.wishes().betweenPeers, IsEmpty());
}

TEST(TunnelHost, RoutesPrivateNetworksAlone) {
    TunnelHost host(true, true);
    host.setNetworks({prefix("10.5.0.0/16")});
    host.setPeers({peer(
        "",
        {prefix("0.0.0.0/0"),
         prefix("::/0"),
         prefix("127.0.0.0/8"),
         prefix("::1/128"),
         prefix("169.254.0.0/16"),
         prefix("fe80::/10"),
         prefix("224.0.0.0/4"),
         prefix("ff00::/8"),
         prefix("0.0.0.0/8"),
         prefix("0.0.0.0/1"),
         prefix("128.0.0.0/1"),
         prefix("64.0.0.0/2"),
         prefix("2000::/3"),
         prefix("8000::/1"),
         prefix("168.0.0.0/6"),
         prefix("172.0.0.0/8"),
         prefix("203.0.113.0/24"),
         prefix("203.0.113.7/32"),
         prefix("2001:db8::/32"),
         // Wider than the mesh: it would take the mesh's own addresses along.
         prefix("10.0.0.0/8")})});

    EXPECT_THAT(host.wishes().routes, ElementsAre(prefix("10.5.0.0/16")));

    host.setOffered(
        {prefix("0.0.0.0/0"),
         prefix("127.0.0.0/8"),
         prefix("168.0.0.0/6"),
         prefix("169.254.169.254/32"),
         prefix("192.168.1.0/24")});
    EXPECT_THAT(host.wishes().offered, ElementsAre(prefix("0.0.0.0/0"), prefix("192.168.1.0/24")));
}

TEST(TunnelHost, RoutesWhatSomebodyAgreedToByATableOfItsOwn) {
    TunnelHost host(true, false);
    host.setNetworks({prefix("10.5.0.0/16")});
    host.setKept({*net::IpAddress::parse("198.51.100.7")});
    EXPECT_TRUE(host.setAgreed(
        {prefix("0.0.0.0/0"), prefix("::/0"), prefix("192.168.7.0/24"), prefix("127.0.0.0/8")}));
    const std::vector<TunnelPeer> peers{peer(
        "",
        {prefix("0.0.0.0/0"),
         prefix("::/0"),
         prefix("192.168.7.0/24"),
         prefix("203.0.113.0/24"),
         prefix("127.0.0.0/8")})};
    EXPECT_TRUE(host.setPeers(peers));

    EXPECT_THAT(host.wishes().outer, ElementsAre(prefix("0.0.0.0/0")));
    EXPECT_THAT(
        host.wishes().routes,
        ElementsAre(prefix("10.5.0.0/16"), prefix("0.0.0.0/0"), prefix("192.168.7.0/24")));
    EXPECT_EQ(host.wishes().kept.size(), 1U);

    host.setAgreed({prefix("203.0.113.0/24")});
    EXPECT_TRUE(host.setPeers(peers));
    EXPECT_THAT(host.wishes().outer, ElementsAre(prefix("203.0.113.0/24")));
    host.setAgreed({});
    host.setPeers(peers);
    EXPECT_THAT(host.wishes().kept, IsEmpty()) << "nothing leads elsewhere";
}

TEST(TunnelHost, LeavesOutAFamilyThatIsNotInUse) {
    TunnelHost host(true, false);
    host.setNetworks({prefix("10.5.0.0/16"), prefix("fd00::/48")});
    host.setPeers({peer("", {prefix("fd77::/64"), prefix("192.168.7.0/24")})});

    EXPECT_THAT(host.wishes().routes, ElementsAre(prefix("10.5.0.0/16"), prefix("192.168.7.0/24")));
}

TEST(TunnelHost, LetsNoEndpointOfAPeerDecideWhereAnAddressIs) {
    TunnelHost host(true, true);
    host.setNetworks({prefix("10.5.0.0/16")});
    host.setPeers(
        {peer("10.5.0.2:1", {prefix("10.5.0.9/32")}),
         peer("192.168.7.9:51820", {prefix("192.168.7.0/24")})});

    EXPECT_THAT(host.wishes().kept, IsEmpty());
}

TEST(TunnelHost, SaysWhetherSomethingDiffers) {
    TunnelHost host(true, true);
    EXPECT_TRUE(host.setPeers({peer("", {prefix("192.168.7.0/24")})}));
    EXPECT_FALSE(host.setPeers({peer("", {prefix("192.168.7.0/24")})}));
    EXPECT_TRUE(host.setOffered({prefix("192.168.1.0/24")}));
    EXPECT_FALSE(host.setOffered({prefix("192.168.1.0/24")}));
    EXPECT_TRUE(host.setNetworks({prefix("10.5.0.0/16")}));
    EXPECT_FALSE(host.setNetworks({prefix("10.5.0.0/16")}));
}

TEST(TunnelHost, SaysWhatHelpsAndNotToDoMore) {
    using platform::HostPart;
    const auto remedy = [](HostPart part, Status status) {
        return remedyFor({part, "10.5.0.0/16", std::move(status)});
    };

    EXPECT_THAT(
        remedy(HostPart::Routes, alreadyExists("taken")), HasSubstr("Disconnect the other mesh"));
    EXPECT_THAT(remedy(HostPart::Routes, resourceExhausted("too many")), HasSubstr("fewer routes"));
    EXPECT_THAT(
        remedy(HostPart::Collision, failedPrecondition("taken")),
        HasSubstr("weftctl routes accept 10.5.0.0/16"));
    for (const auto part :
         {HostPart::Routes, HostPart::Collision, HostPart::Firewall, HostPart::Forwarding}) {
        EXPECT_THAT(remedy(part, unavailable("busy")), Not(HasSubstr("connect again")))
            << "it is tried again by itself";
    }
}

TEST(TunnelHost, DoesNotCryWhenNobodyNeedsTheFilter) {
    TunnelHost host(true, true);
    host.setNetworks({prefix("10.5.0.0/16")});
    const std::vector<platform::HostProblem> noFilter{
        {platform::HostPart::Firewall, "", failedPrecondition("nft is missing")}};
    host.note(host.wishes(), noFilter);
    Connection state;
    state.set_state(Connection::STATE_CONNECTED);

    host.describe(state, "weft0");

    EXPECT_EQ(state.state(), Connection::STATE_CONNECTED);
    EXPECT_EQ(state.checklist(0).state(), CheckItem::STATE_OK);
    EXPECT_EQ(state.problems(0).severity(), Problem::SEVERITY_INFO);

    host.setOffered({prefix("192.168.1.0/24")});
    host.note(host.wishes(), noFilter);
    host.describe(state, "weft0");
    EXPECT_EQ(state.state(), Connection::STATE_DEGRADED);
}

}  // namespace
}  // namespace weft::daemon
