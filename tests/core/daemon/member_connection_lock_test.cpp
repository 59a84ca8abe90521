// SPDX-License-Identifier: Apache-2.0
// A member from whose host nothing leaves but to the mesh.
#include "core/daemon/detail/join_names.h"
#include "tests/core/daemon/member_connection_fixture.h"

#include <gmock/gmock.h>

#include <chrono>

namespace weft::daemon {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

TEST_F(MemberConnectionTest, LocksTheNetworksOfTheMeshOnceItKnowsThem) {
    giveCertificate(0h, 24h);
    spec_.lockdown = true;
    start();

    told_.waitFor([this](const Connection&) {
        const auto locks = tunnels_.locks();
        return locks.contains("home") && locks.at("home").networks.size() == 2;
    });

    const auto wishes = tunnels_.locks()["home"];
    EXPECT_THAT(wishes.kept, testing::Contains(net::IpAddress::v4(0x7F000001)));
    fixture_.onLoop([&] {
        const auto info = fixture_.host->info();
        EXPECT_THAT(
            wishes.networks,
            testing::ElementsAre(info.networkIpv4.masked(), info.networkIpv6.masked()));
    });
    connection_.reset();
    EXPECT_FALSE(tunnels_.locks().contains("home"));
}

TEST_F(MemberConnectionTest, IsLockedWithTheAddressesOfTheNamesAtWhichItJoins) {
    giveCertificate(0h, 24h);
    spec_.lockdown = true;
    spec_.options.mesh.joinAddresses.front().host = "localhost";
    spec_.options.mesh.useMeshDns = true;
    spec_.options.services.meshdns.forwarders = {*net::Endpoint::parse("198.51.100.53:53")};
    start();

    EXPECT_TRUE(isConnected(told_.waitFor(isConnected)));
    told_.waitFor([this](const Connection&) { return tunnels_.locks().contains("home"); });

    const auto kept = tunnels_.locks()["home"].kept;
    EXPECT_THAT(kept, testing::Contains(net::IpAddress::v4(0x7F000001)));
    EXPECT_THAT(kept, testing::Contains(*net::IpAddress::parse("198.51.100.53")));
    EXPECT_THAT(
        *base::readFile(folder_ / kJoinNamesFile, 1000), HasSubstr("localhost 127.0.0.1\n"));
}

TEST_F(MemberConnectionTest, JoinsWhereANameWasLastWhileNobodyCanBeAsked) {
    giveCertificate(0h, 24h);
    spec_.lockdown = true;
    // RFC 6761: nobody has an address for it.
    spec_.options.mesh.joinAddresses.front().host = "mesh.invalid";
    ASSERT_TRUE(
        base::writeFileAtomically(folder_ / kJoinNamesFile, "mesh.invalid 127.0.0.1\n").ok());

    start();

    const auto state = told_.waitFor(isConnected);
    EXPECT_TRUE(isConnected(state)) << state.ShortDebugString();
    EXPECT_THAT(tunnels_.locks()["home"].kept, testing::Contains(net::IpAddress::v4(0x7F000001)));
}

}  // namespace
}  // namespace weft::daemon
