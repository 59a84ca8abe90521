// SPDX-License-Identifier: Apache-2.0
#include "core/platform/outer_ways.h"

#include "tests/core/platform/linux_fixture.h"

#include <cstdlib>
#include <string>

namespace weft::platform {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class OuterWaysTest : public LinuxNetworkTest {
protected:
    void SetUp() override {
        LinuxNetworkTest::SetUp();
        if (IsSkipped()) {
            return;
        }
        run("ip link add lan0 type veth peer lan1 && ip link set lan0 up && ip link set lan1 up");
        run("ip addr add 192.0.2.7/24 dev lan0 && ip addr add 2001:db8::7/64 dev lan0 nodad");
    }
    static void run(const std::string& command) {
        // NOLINTNEXTLINE(cert-env33-c,concurrency-mt-unsafe): one thread, and words of its own
        ASSERT_EQ(std::system(command.c_str()), 0) << command;
    }
    static std::vector<OuterWay> ways() {
        const auto all = outerWays();
        EXPECT_TRUE(all.ok()) << toString(all.status());
        return all.ok() ? *all : std::vector<OuterWay>();
    }
    static OuterWay by(net::Family family, const char* gateway) {
        return {.family = family, .interface = "lan0", .gateway = *net::IpAddress::parse(gateway)};
    }
};

TEST_F(OuterWaysTest, AreNoneOfAHostWithoutARouter) {
    EXPECT_THAT(ways(), IsEmpty());
}

TEST_F(OuterWaysTest, NameTheRouterOfEachFamily) {
    run("ip route add default via 192.0.2.1 && ip -6 route add default via 2001:db8::1");
    EXPECT_THAT(
        ways(), ElementsAre(by(net::Family::V4, "192.0.2.1"), by(net::Family::V6, "2001:db8::1")));

    run("ip route replace default via 192.0.2.254 && ip -6 route del default");

    EXPECT_THAT(ways(), ElementsAre(by(net::Family::V4, "192.0.2.254")));
}

TEST_F(OuterWaysTest, GoAroundATunnelThatTakesEverything) {
    run("ip route add default via 192.0.2.1");
    const auto tun = open({.name = "weft0"});
    run("ip link set weft0 up && ip route add default dev weft0 table 22373");
    run("ip rule add not fwmark 0x5765 table 22373 priority 22372");

    EXPECT_THAT(ways(), ElementsAre(by(net::Family::V4, "192.0.2.1")));
}

}  // namespace
}  // namespace weft::platform
