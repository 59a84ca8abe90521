// SPDX-License-Identifier: Apache-2.0
#include "core/net/network.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace weft::net {
namespace {

using testing::HasSubstr;

TEST(Network, IsWhatHasNoBitBehindItsLength) {
    for (const auto* const text : {"10.0.0.0/8", "10.1.2.3/32", "0.0.0.0/0", "fd00::/48", "::/0"}) {
        ASSERT_TRUE(parseNetwork(text).ok()) << text;
        EXPECT_EQ(parseNetwork(text)->toString(), text);
    }
}

TEST(Network, SaysWhatToWriteForAnAddressInsideOne) {
    const auto four = parseNetwork("10.0.0.1/8");
    EXPECT_EQ(four.status().code(), StatusCode::kInvalidArgument);
    EXPECT_EQ(
        messageOf(four.status()), "10.0.0.1/8 is an address inside a network: write 10.0.0.0/8");
    EXPECT_THAT(messageOf(parseNetwork("fd00::1/48").status()), HasSubstr("write fd00::/48"));
    EXPECT_EQ(parseNetwork("10.0.0.1").status().code(), StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace weft::net
