// SPDX-License-Identifier: Apache-2.0
#include "core/platform/host_addresses.h"

#include "core/platform/sleep_watch.h"
#include "tests/core/platform/linux_fixture.h"

#include <asio/io_context.hpp>

#include <algorithm>
#include <cstdlib>
#include <string>

namespace weft::platform {
namespace {

using testing::AllOf;
using testing::Field;

class HostAddressesTest : public LinuxNetworkTest {
protected:
    static void run(const std::string& command) {
        ASSERT_EQ(std::system(command.c_str()), 0) << command;  // NOLINT(cert-env33-c)
    }
    static std::optional<HostAddress> find(const char* text) {
        const auto all = hostAddresses();
        EXPECT_TRUE(all.ok()) << toString(all.status());
        const auto found = std::ranges::find(*all, prefix(text), &HostAddress::address);
        return found == all->end() ? std::nullopt : std::optional(*found);
    }
};

TEST_F(HostAddressesTest, HaveTheirNetworkAndWhatTheirInterfaceIs) {
    run("ip link add lan0 type veth peer lan1 && ip link set lan0 up && ip link set lan1 up && ip link set lo up");
    run("ip addr add 192.0.2.7/24 dev lan0");
    const auto tun = open({.name = "weft0"});
    ASSERT_EQ(addAddress("weft0", prefix("10.1.0.1/32")), okStatus());

    const auto lan = find("192.0.2.7/24");
    ASSERT_TRUE(lan);
    EXPECT_EQ(lan->interface, "lan0");
    EXPECT_TRUE(lan->isRunning);
    EXPECT_FALSE(lan->isPointToPoint || lan->isLoopback || lan->isTentative || lan->isDeprecated);
    EXPECT_TRUE(find("127.0.0.1/8")->isLoopback);
    EXPECT_TRUE(find("10.1.0.1/32")->isPointToPoint);
    run("ip link set lan0 down");
    EXPECT_FALSE(find("192.0.2.7/24")->isRunning);
}

TEST_F(HostAddressesTest, SayWhatIsNotMeantForOthers) {
    run("ip link add lan0 type veth peer lan1 && ip link set lan0 up && ip link set lan1 up");
    run("ip addr add 2001:db8::1/64 dev lan0 nodad");
    run("ip addr add 2001:db8::2/64 dev lan0 nodad preferred_lft 0");
    run("ip addr add 192.0.2.7/24 dev lan0 && ip addr add 192.0.2.8/24 dev lan0");

    EXPECT_FALSE(find("2001:db8::1/64")->isDeprecated);
    EXPECT_TRUE(find("2001:db8::2/64")->isDeprecated);
    EXPECT_FALSE(find("192.0.2.8/24")->isTemporary) << "a second one of a network is as good";
}

TEST_F(HostAddressesTest, AreOnlySoMany) {
    run("ip link add lan0 type veth peer lan1");
    run("for i in $(seq 0 1024); do echo addr add 10.9.$((i / 256)).$((i % 256))/32 dev lan0; done"
        " | ip -batch -");

    const auto all = hostAddresses();

    ASSERT_TRUE(all.ok());
    EXPECT_EQ(all->size(), kMostHostAddresses);
}

TEST_F(HostAddressesTest, SleepIsWatchedWithoutARight) {
    asio::io_context context;
    const auto watch = watchSleep(context, [](Duration /*slept*/) {});

    ASSERT_TRUE(watch.ok()) << toString(watch.status());
    EXPECT_EQ(context.poll(), 0U) << "nobody slept";
}

}  // namespace
}  // namespace weft::platform
