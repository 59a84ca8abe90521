// SPDX-License-Identifier: Apache-2.0
#include "core/services/server/arrivals.h"

#include "core/services/server/sockets.h"
#include "tests/support/network_namespace.h"

#include <gtest/gtest.h>

#include <thread>

#include <fcntl.h>
#include <net/if.h>
#include <netinet/in.h>

namespace weft::services {
namespace {

const net::Endpoint kRemote = *net::Endpoint::parse("172.16.0.2:40000");
const Arrival kTunnel{*net::IpAddress::parse("172.16.0.1"), 7};
const Arrival kNeighbour{*net::IpAddress::parse("172.16.0.1"), 2};

TEST(Arrivals, KnowsAConnectionUntilItIsRemoved) {
    Arrivals arrivals;
    arrivals.add(5, kRemote, kTunnel);

    EXPECT_EQ(arrivals.of(kRemote), kTunnel);
    EXPECT_EQ(arrivals.of(*net::Endpoint::parse("172.16.0.2:40001")), std::nullopt);
    arrivals.remove(5);
    EXPECT_EQ(arrivals.of(kRemote), std::nullopt);
}

TEST(Arrivals, KnowsNothingWhenTwoConnectionsCouldPassForEachOther) {
    Arrivals arrivals;
    arrivals.add(5, kRemote, kTunnel);
    arrivals.add(6, kRemote, kNeighbour);

    EXPECT_EQ(arrivals.of(kRemote), std::nullopt);
    arrivals.remove(5);
    EXPECT_EQ(arrivals.of(kRemote), kNeighbour);
}

TEST(Arrivals, TakesADescriptorThatIsUsedAgainForTheNewConnection) {
    Arrivals arrivals;
    arrivals.add(5, kRemote, kTunnel);
    arrivals.add(5, kRemote, kNeighbour);

    EXPECT_EQ(arrivals.of(kRemote), kNeighbour);
}

/// A connection over loopback to `target`, accepted by a listener on `address`.
Arrival arrivalOver(const std::string& address, std::uint32_t target) {
    base::UniqueFd listener;
    EXPECT_EQ(listenOn(*net::IpAddress::parse(address), 0, "", &listener), 0);
    const base::UniqueFd client(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(portOf(listener.get()));
    to.sin_addr.s_addr = htonl(target);
    EXPECT_EQ(::connect(client.get(), reinterpret_cast<const sockaddr*>(&to), sizeof to), 0);
    const base::UniqueFd accepted(::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
    return arrivalOf(accepted.get());
}

TEST(ArrivalOf, TellsAddressAndInterface) {
    const Arrival expected{*net::IpAddress::parse("127.16.0.1"), ::if_nametoindex("lo")};

    EXPECT_EQ(arrivalOver("0.0.0.0", 0x7F100001), expected);
    EXPECT_EQ(arrivalOver("::", 0x7F100001), expected) << "IPv4 through a socket of IPv6";
}

TEST(BindToInterface, TiesASocketToOneInterface) {
    const base::UniqueFd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const unsigned loopback = ::if_nametoindex("lo");
    int bound = 0;
    socklen_t size = sizeof bound;

    ASSERT_TRUE(bindToInterface(socket.get(), loopback));

    ASSERT_EQ(::getsockopt(socket.get(), SOL_SOCKET, SO_BINDTOIFINDEX, &bound, &size), 0);
    EXPECT_EQ(static_cast<unsigned>(bound), loopback);
    EXPECT_FALSE(bindToInterface(-1, loopback));
}

TEST(BindToInterface, NeedsNoRightsForASocketThatIsTiedAlready) {
    const base::UniqueFd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const unsigned loopback = ::if_nametoindex("lo");
    ASSERT_TRUE(bindToInterface(socket.get(), loopback));
    bool dropped = false;
    bool again = false;
    bool elsewhere = true;

    // The rights are those of a thread.
    std::thread([&] {
        dropped = tests::dropNetworkRights();
        again = bindToInterface(socket.get(), loopback);
        elsewhere = bindToInterface(socket.get(), loopback + 1);
    }).join();

    ASSERT_TRUE(dropped);
    EXPECT_TRUE(again);
    EXPECT_FALSE(elsewhere);
}

TEST(HoldSocket, StaysWithTheSocketThatWasLookedAtWhenItsNumberIsUsedAgain) {
    base::UniqueFd first(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    base::UniqueFd second(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const auto inode = inodeOf(first.get());
    ASSERT_TRUE(inode);

    const auto own = holdSocket(first.get(), *inode);
    ASSERT_TRUE(own.valid());
    ASSERT_EQ(::dup3(second.get(), first.get(), O_CLOEXEC), first.get());

    EXPECT_EQ(inodeOf(own.get()), inode);
    EXPECT_NE(inodeOf(first.get()), inode);
    EXPECT_FALSE(holdSocket(first.get(), *inode).valid()) << "the number is another's";
    EXPECT_EQ(errno, EBADF);
    EXPECT_FALSE(holdSocket(-1, *inode).valid());
}

}  // namespace
}  // namespace weft::services
