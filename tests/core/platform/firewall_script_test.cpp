// SPDX-License-Identifier: Apache-2.0
#include "core/platform/linux/firewall_script.h"

#include <gtest/gtest.h>

#include <string>

namespace weft::platform::detail {
namespace {

net::IpPrefix prefix(const std::string& text) {
    return *net::IpPrefix::parse(text);
}

TEST(FirewallScript, RemovesItsTableWhenThereAreNoRules) {
    EXPECT_EQ(
        *firewallScript("weft", {}),
        "add table inet weft\n"
        "delete table inet weft\n");
}

TEST(FirewallScript, DropsAllThatATunnelSendsOnWithoutTrackingConnections) {
    FirewallRules rules;
    rules.tunnels.push_back({"weft0", {}, {}, true, false});

    EXPECT_EQ(
        *firewallScript("weft", rules),
        "add table inet weft\n"
        "delete table inet weft\n"
        "table inet weft {\n"
        "  chain forward {\n"
        "    type filter hook forward priority filter; policy accept;\n"
        "    iifname \"weft0\" oifname \"weft0\" drop\n"
        "    iifname \"weft0\" drop\n"
        "  }\n"
        "}\n");
}

TEST(FirewallScript, LetsPassWhatIsOfferedAndNothingElseOfWhatItOpened) {
    FirewallRules rules;
    rules.tunnels.push_back(
        {"weft0",
         {{prefix("192.168.1.7/24"), "lan0"},
          {prefix("fd01::/64"), "lan0"},
          {prefix("10.0.0.0/8"), "lan0"},
          {prefix("10.1.0.0/16"), "lan0"}},
         {net::Family::V4},
         true,
         false});
    rules.opened.push_back({net::Family::V4, "lan0"});
    rules.opened.push_back({net::Family::V6, ""});

    EXPECT_EQ(
        *firewallScript("weft", rules),
        "add table inet weft\n"
        "delete table inet weft\n"
        "table inet weft {\n"
        "  chain forward {\n"
        "    type filter hook forward priority filter; policy accept;\n"
        "    iifname \"weft0\" oifname \"weft0\" meta nfproto ipv4 accept\n"
        "    iifname \"weft0\" oifname \"weft0\" drop\n"
        "    iifname \"weft0\" ct direction reply ct state established,related accept\n"
        "    oifname \"weft0\" ct direction reply ct state established,related accept\n"
        "    iifname \"weft0\" ct status dnat accept\n"
        "    iifname \"weft0\" oifname \"lan0\" ip daddr { 10.0.0.0/8, 192.168.1.0/24 } accept\n"
        "    iifname \"weft0\" oifname \"lan0\" ip6 daddr { fd01::/64 } accept\n"
        "    iifname \"lan0\" oifname \"weft0\" ip saddr { 10.0.0.0/8, 192.168.1.0/24 } accept\n"
        "    iifname \"lan0\" oifname \"weft0\" ip6 saddr { fd01::/64 } accept\n"
        "    iifname \"weft0\" drop\n"
        "    iifname \"lan0\" meta nfproto ipv4 drop\n"
        "    meta nfproto ipv6 drop\n"
        "  }\n"
        "  chain redirects {\n"
        "    type filter hook output priority filter; policy accept;\n"
        "    oifname \"weft0\" icmp type redirect drop\n"
        "  }\n"
        "  chain postrouting {\n"
        "    type nat hook postrouting priority srcnat; policy accept;\n"
        "    iifname \"weft0\" oifname \"lan0\" ip daddr { 10.0.0.0/8, 192.168.1.0/24 } "
        "masquerade\n"
        "    iifname \"weft0\" oifname \"lan0\" ip6 daddr { fd01::/64 } masquerade\n"
        "  }\n"
        "}\n");
}

TEST(FirewallScript, OffersTheInternetWithoutTheNetworksBesideIt) {
    FirewallRules rules;
    rules.tunnels.push_back(
        {"weft0",
         {{prefix("0.0.0.0/0"), "wan0"},
          {prefix("192.168.1.0/24"), "wan0"},
          {prefix("::/0"), "wan0"}},
         {},
         true,
         false});

    const auto script = *firewallScript("weft", rules);

    const std::string four =
        "ip daddr != { 0.0.0.0/8, 10.0.0.0/8, 100.64.0.0/10, 127.0.0.0/8, 169.254.0.0/16, "
        "172.16.0.0/12, 192.168.0.0/16, 224.0.0.0/3 } ";
    for (const auto& rule :
         {R"(iifname "weft0" oifname "wan0" )" + four + "accept\n",
          R"(iifname "weft0" oifname "wan0" )" + four + "masquerade\n",
          std::string("ip6 daddr != { ::/127, fc00::/7, fe80::/10, ff00::/8 } accept\n"),
          std::string("oifname \"wan0\" ip daddr { 192.168.1.0/24 } accept\n"),
          std::string("iifname \"wan0\" oifname \"weft0\" ip saddr { 192.168.1.0/24 } accept\n")}) {
        EXPECT_NE(script.find(rule), std::string::npos) << rule << script;
    }
    EXPECT_EQ(script.find("saddr !="), std::string::npos) << "nobody calls in from the Internet\n"
                                                          << script;
}

TEST(FirewallScript, LocksTheHostButForTunnelsAndWhatKeepsThemGoing) {
    FirewallRules rules;
    rules.lockdown = Lockdown{
        {"weft0"},
        {*net::IpAddress::parse("198.51.100.8"), *net::IpAddress::parse("198.51.100.7")}};

    const auto script = *firewallScript("weft", rules);

    const auto output = script.find("type filter hook output priority filter");
    const auto forward = script.find("type filter hook forward", output);
    const auto reject = script.find("reject with icmpx type admin-prohibited\n", output);
    ASSERT_NE(forward, std::string::npos) << script;
    ASSERT_LT(reject, forward) << script;
    for (const auto* const rule :
         {"oifname \"lo\" accept\n",
          "oifname \"weft0\" accept\n",
          "meta mark 0x5765 accept\n",
          "udp sport 68 udp dport 67 accept\n",
          "ip daddr { 198.51.100.7, 198.51.100.8 } accept\n"}) {
        EXPECT_LT(script.find(rule, output), reject) << rule << script;
    }
    EXPECT_EQ(script.find("mark", forward), std::string::npos)
        << "what is passed on carries no mark of ours\n"
        << script;
    rules.lockdown->tunnels = {"weft*"};
    EXPECT_EQ(firewallScript("weft", rules).status().code(), StatusCode::kInvalidArgument);
}

TEST(FirewallScript, LocksTheNetworksOfTheMeshButForWhatOfThemIsBesideTheHost) {
    FirewallRules rules;
    rules.lockdown = Lockdown{{"weft0"}, {}};
    rules.lockdown->tunnelsOnly = {prefix("172.16.0.0/12"), prefix("fd10::/48")};
    rules.lockdown->beside = {prefix("172.16.5.0/24")};

    const auto script = *firewallScript("weft", rules);

    // In both hooks: first the tunnel, then what is beside, and private ones after the mesh's.
    const auto forward = script.find("type filter hook forward", script.find("chain passing"));
    for (const auto from : {script.find("chain locked"), forward}) {
        const auto refused =
            from == forward ? std::string("drop\n") : "reject with icmpx type admin-prohibited\n";
        std::size_t last = from;
        for (const auto& rule :
             {std::string("oifname \"weft0\" accept\n"),
              std::string("ip daddr 172.16.5.0/24 accept\n"),
              "ip daddr 172.16.0.0/12 " + refused,
              "ip6 daddr fd10::/48 " + refused,
              std::string("ip daddr { 10.0.0.0/8")}) {
            const auto found = script.find(rule, last);
            ASSERT_NE(found, std::string::npos) << rule << script;
            last = found;
        }
    }
    EXPECT_LT(script.find("meta mark"), script.find("172.16.0.0/12"))
        << "an endpoint may have an address of another mesh\n"
        << script;
}

TEST(FirewallScript, LetsNothingPassFromOneTunnelToAnother) {
    FirewallRules rules;
    for (const auto* const name : {"weft0", "weft1", "weft2"}) {
        rules.tunnels.push_back({name, {{prefix("192.168.1.0/24"), "lan0"}}, {}, false, true});
    }

    const auto script = *firewallScript("weft", rules);

    const auto firstAccept = script.find("accept\n");
    for (const auto* const rule :
         {"iifname \"weft0\" oifname { \"weft1\", \"weft2\" } drop\n",
          "iifname \"weft1\" oifname { \"weft0\", \"weft2\" } drop\n",
          "iifname \"weft2\" oifname { \"weft0\", \"weft1\" } drop\n"}) {
        EXPECT_LT(script.find(rule), firstAccept) << script;
    }
}

TEST(FirewallScript, TakesNoNameThatMeansAnother) {
    FirewallRules rules;
    rules.tunnels.push_back({"a\"b", {}, {}, true, false});
    EXPECT_EQ(firewallScript("weft", rules).status().code(), StatusCode::kInvalidArgument);
    rules.tunnels.front().tunnel = "weft*";
    EXPECT_EQ(firewallScript("weft", rules).status().code(), StatusCode::kInvalidArgument);

    rules.tunnels.front().tunnel = "we{ft0";
    rules.tunnels.front().offered = {{prefix("10.0.0.0/8"), "lan0"}};
    EXPECT_TRUE(firewallScript("weft", rules).ok());
    rules.tunnels.front().offered.front().interface = "lan*";
    EXPECT_EQ(firewallScript("weft", rules).status().code(), StatusCode::kInvalidArgument);
    rules.tunnels.front().offered.clear();
    rules.opened.push_back({net::Family::V4, "x; y"});
    EXPECT_EQ(firewallScript("weft", rules).status().code(), StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace weft::platform::detail
