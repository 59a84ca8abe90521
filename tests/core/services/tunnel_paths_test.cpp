// SPDX-License-Identifier: Apache-2.0
#include "core/services/server/tunnel_paths.h"

#include <gtest/gtest.h>

namespace weft::services {
namespace {

const crypto::PublicKey kBravo({2});
const crypto::PublicKey kHub({3});

net::IpAddress address(const char* text) {
    return *net::IpAddress::parse(text);
}

TunnelPaths::Path path(const char* prefix, const crypto::PublicKey& key) {
    return {*net::IpPrefix::parse(prefix), key};
}

std::shared_ptr<const TunnelPaths> pathsOf(const std::vector<TunnelPaths::Path>& paths) {
    return std::make_shared<const TunnelPaths>(paths);
}

std::shared_ptr<const TunnelPaths> over(const crypto::PublicKey& key) {
    return pathsOf({path("172.16.0.2/32", key)});
}

const net::IpAddress kAddress = address("172.16.0.2");

TEST(TunnelPaths, FollowTheLongestPrefix) {
    const TunnelPaths paths(
        {path("172.16.0.0/16", kHub),
         path("172.16.0.2/32", kBravo),
         path("fd00::2:5/112", kBravo),
         path("fd00::/48", kHub)});

    EXPECT_EQ(paths.size(), 4U);
    EXPECT_EQ(*paths.senderOf(address("172.16.0.2")), kBravo);
    EXPECT_EQ(*paths.senderOf(address("172.16.0.3")), kHub);
    EXPECT_EQ(*paths.senderOf(address("fd00::2:0")), kBravo);
    EXPECT_EQ(*paths.senderOf(address("fd00::2:ffff")), kBravo);
    EXPECT_EQ(*paths.senderOf(address("fd00::3:0")), kHub);
    EXPECT_EQ(paths.senderOf(address("172.17.0.2")), std::nullopt);
    EXPECT_EQ(paths.senderOf(address("fd01::2:0")), std::nullopt);
}

TEST(TunnelPaths, LeaveOpenWhatSeveralClaim) {
    const TunnelPaths paths(
        {path("172.16.0.2/32", kBravo),
         path("172.16.0.2/32", kHub),
         path("172.16.0.2/32", kBravo),
         path("172.16.0.3/32", kHub),
         path("172.16.0.3/32", kHub)});

    ASSERT_TRUE(paths.senderOf(address("172.16.0.2")));
    EXPECT_EQ(*paths.senderOf(address("172.16.0.2")), std::nullopt);
    EXPECT_EQ(*paths.senderOf(address("172.16.0.3")), kHub);
}

TEST(PathsInForce, AreBelievedAsFarAsTheyAgree) {
    PathsInForce paths;
    EXPECT_EQ(paths.onlySenderOf(kAddress), std::nullopt);

    paths.expect(1, over(kBravo));
    EXPECT_EQ(paths.onlySenderOf(kAddress), kBravo) << "before it there was nobody";
    paths.expect(2, pathsOf({}));
    EXPECT_EQ(paths.onlySenderOf(kAddress), kBravo);
    paths.expect(3, over(kHub));
    EXPECT_EQ(paths.onlySenderOf(kAddress), std::nullopt);
    paths.settle(2);
    EXPECT_EQ(paths.onlySenderOf(kAddress), kHub);
    paths.settle(1);
    EXPECT_EQ(paths.onlySenderOf(kAddress), kHub) << "is no news any more";
    paths.expect(3, over(kBravo));
    EXPECT_EQ(paths.onlySenderOf(kAddress), kHub) << "they are known";
    paths.clear();
    EXPECT_EQ(paths.onlySenderOf(kAddress), std::nullopt);
}

TEST(PathsInForce, BelieveNobodyWhereSeveralClaimTheAddress) {
    PathsInForce paths;

    paths.expect(1, pathsOf({path("172.16.0.2/32", kBravo), path("172.16.0.2/32", kHub)}));

    EXPECT_EQ(paths.onlySenderOf(kAddress), std::nullopt);
}

TEST(PathsInForce, BelieveNobodyWhileTooManyWait) {
    PathsInForce paths;
    std::uint64_t number = 0;
    for (; number <= PathsInForce::kMaxWaiting; ++number) {
        paths.expect(number, over(kBravo));
    }
    ASSERT_EQ(paths.onlySenderOf(kAddress), kBravo);

    paths.expect(number, over(kBravo));
    EXPECT_EQ(paths.onlySenderOf(kAddress), std::nullopt);
    paths.settle(number - 1);
    EXPECT_EQ(paths.onlySenderOf(kAddress), std::nullopt) << "those before are not kept";
    paths.expect(++number, over(kBravo));
    paths.settle(number - 1);
    EXPECT_EQ(paths.onlySenderOf(kAddress), std::nullopt);
    paths.settle(number);

    EXPECT_EQ(paths.onlySenderOf(kAddress), kBravo);
}

}  // namespace
}  // namespace weft::services
