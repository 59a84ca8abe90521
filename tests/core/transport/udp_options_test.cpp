// SPDX-License-Identifier: Apache-2.0
#include "core/transport/udp_path.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace weft::transport {
namespace {

using testing::HasSubstr;

TEST(UdpOptions, AreValidByDefault) {
    EXPECT_EQ(UdpOptions{}.validate(), okStatus());
}

TEST(UdpOptions, NameTheOptionThatMakesNoSense) {
    EXPECT_THAT(
        messageOf(UdpOptions{.wantsV4 = false, .wantsV6 = false}.validate()), HasSubstr("wantsV4"));
    EXPECT_THAT(messageOf(UdpOptions{.receiveBuffers = 0}.validate()), HasSubstr("receiveBuffers"));
    EXPECT_THAT(
        messageOf(UdpOptions{.receiveBuffers = 65}.validate()), HasSubstr("receiveBuffers"));
    EXPECT_THAT(
        messageOf(UdpOptions{.socketBufferBytes = 1}.validate()), HasSubstr("socketBufferBytes"));
}

TEST(DatagramAddress, IsEqualOnlyWhenTheWayOnOurSideIsToo) {
    DatagramAddress address{.remote = net::Endpoint::parse("192.0.2.1:51820").value()};
    EXPECT_TRUE(address.isSourceFree());
    EXPECT_EQ(address.toString(), "192.0.2.1:51820");

    auto pinned = address;
    pinned.local = net::IpAddress::parse("10.0.0.7").value();
    pinned.interface = 3;
    EXPECT_NE(pinned, address);
    EXPECT_EQ(pinned.toString(), "192.0.2.1:51820 via 10.0.0.7 on 3");

    pinned.freeSource();
    EXPECT_EQ(pinned, address);
}

}  // namespace
}  // namespace weft::transport
