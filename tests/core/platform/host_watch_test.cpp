// SPDX-License-Identifier: Apache-2.0
#include "core/platform/host_watch.h"

#include "core/platform/host_system.h"
#include "tests/core/platform/linux_fixture.h"

#include <asio/io_context.hpp>

#include <chrono>
#include <string>

namespace weft::platform {
namespace {

using namespace std::chrono_literals;

class HostWatchTest : public LinuxNetworkTest {
protected:
    /// Whether something is told within ten seconds.
    bool isTold() {
        const auto end = std::chrono::steady_clock::now() + 10s;
        context_.restart();
        while (told_ == 0 && std::chrono::steady_clock::now() < end) {
            context_.run_one_for(100ms);
        }
        return std::exchange(told_, 0) > 0;
    }
    /// What is told already, and nothing that comes later.
    void takeAll() {
        context_.restart();
        while (context_.poll() > 0) {
        }
        told_ = 0;
    }

    asio::io_context context_;
    int told_ = 0;
};

TEST_F(HostWatchTest, TellsOfLinksAddressesRoutesForwardingAndFilters) {
    const auto host = createHostSystem();
    const auto watch = watchHost(context_, [this] { ++told_; });
    ASSERT_TRUE(watch.ok()) << toString(watch.status());

    const auto tun = open({.name = "weft0"});
    EXPECT_TRUE(isTold()) << "link";
    takeAll();
    ASSERT_EQ(addAddress("weft0", prefix("10.1.0.1/32")), okStatus());
    EXPECT_TRUE(isTold()) << "address";
    ASSERT_EQ(setUp("weft0", true), okStatus());
    takeAll();
    ASSERT_EQ(host->addRoute({prefix("10.2.0.0/16"), "weft0", {}}), okStatus());
    EXPECT_TRUE(isTold()) << "route";
    takeAll();
    ASSERT_EQ(host->set({"net/ipv4/ip_forward", "1"}), okStatus());
    EXPECT_TRUE(isTold()) << "forwarding";
    takeAll();
    FirewallRules rules;
    rules.tunnels.push_back({"weft0", {}, {}, true, false});
    ASSERT_EQ(host->setFirewall("weft", rules), okStatus());
    EXPECT_TRUE(isTold()) << "filter";
}

TEST_F(HostWatchTest, TellsNothingOnceItIsGone) {
    {
        const auto watch = watchHost(context_, [this] { ++told_; });
        ASSERT_TRUE(watch.ok()) << toString(watch.status());
        const auto tun = open({.name = "weft0"});
    }
    context_.restart();
    context_.run();
    EXPECT_EQ(told_, 0);
}

}  // namespace
}  // namespace weft::platform
