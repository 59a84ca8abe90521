// SPDX-License-Identifier: Apache-2.0
#include "core/net/ip_prefix.h"

#include "tests/support/random_seed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>

namespace weft::net {
namespace {

IpPrefix parse(std::string_view text) {
    auto prefix = IpPrefix::parse(text);
    EXPECT_TRUE(prefix.ok()) << text;
    return prefix.value_or(IpPrefix());
}

IpAddress address(std::string_view text) {
    return IpAddress::parse(text).value();
}

TEST(IpPrefix, KeepsHostBitsInItsText) {
    for (const auto* const text : {
             "10.1.2.3/8",
             "0.0.0.0/0",
             "172.16.0.1/32",
             "fdfd:e82c:4973::/32",
             "fdfd:e82c:4973:ff73:2ac4:40f5:1a35:0/112",
             "::/0",
             "::1/128",
         }) {
        EXPECT_EQ(parse(text).toString(), text);
    }
}

TEST(IpPrefix, RefusesWhatIsNoPrefix) {
    for (const auto* const text : {
             "",
             "/",
             "10.0.0.0",
             "10.0.0.0/",
             "/8",
             "10.0.0.0/33",
             "10.0.0.0/-1",
             "10.0.0.0/+8",
             "10.0.0.0/08",
             "10.0.0.0/00",
             "10.0.0.0/8 ",
             "10.0.0.0/ 8",
             "10.0.0.0/8/8",
             "10.0.0.0/255.0.0.0",
             "10.0.0/8",
             "::/129",
             "::/1000",
             "::/4294967296",
             "fe80::1%eth0/64",
             "[::]/0",
             "invalid Prefix",
         }) {
        EXPECT_EQ(IpPrefix::parse(text).status().code(), StatusCode::kInvalidArgument) << text;
    }
    EXPECT_FALSE(IpPrefix::parse(std::string_view("::/1\0", 5)).ok());
}

TEST(IpPrefix, ClampsItsLength) {
    EXPECT_EQ(IpPrefix(address("10.0.0.1"), 99).length(), 32);
    EXPECT_EQ(IpPrefix(address("::1"), 999).length(), 128);
    EXPECT_EQ(IpPrefix(address("::1"), -1).length(), 0);
    EXPECT_EQ(IpPrefix::host(address("10.0.0.1")).toString(), "10.0.0.1/32");
    EXPECT_EQ(IpPrefix::host(address("::1")).toString(), "::1/128");
}

TEST(IpPrefix, MasksItsHostBits) {
    EXPECT_EQ(parse("10.255.255.255/8").masked(), parse("10.0.0.0/8"));
    EXPECT_EQ(parse("10.255.255.255/9").masked(), parse("10.128.0.0/9"));
    EXPECT_EQ(parse("1.2.3.4/0").masked(), parse("0.0.0.0/0"));
    EXPECT_EQ(parse("1.2.3.4/32").masked(), parse("1.2.3.4/32"));
    EXPECT_EQ(parse("fdfd:e82c:4973::/32").masked(), parse("fdfd:e82c::/32"));
    EXPECT_EQ(parse("ffff::ffff/127").masked(), parse("ffff::fffe/127"));
}

TEST(IpPrefix, ContainsAddressesOfItsFamilyAlone) {
    EXPECT_TRUE(parse("10.0.0.0/8").contains(address("10.255.0.1")));
    EXPECT_FALSE(parse("10.0.0.0/8").contains(address("11.0.0.0")));
    EXPECT_TRUE(parse("0.0.0.0/0").contains(address("1.2.3.4")));
    EXPECT_FALSE(parse("0.0.0.0/0").contains(address("::1")));
    EXPECT_FALSE(parse("::/0").contains(address("1.2.3.4")));
    EXPECT_FALSE(parse("::/0").contains(IpAddress()));
    // The first 32 bits count, whatever stands below them.
    EXPECT_TRUE(parse("fdfd:e82c:4973::/32").contains(address("fdfd:e82c:ffff::1")));
    EXPECT_TRUE(parse("::1/128").contains(address("::1")));
    EXPECT_FALSE(parse("::1/128").contains(address("::2")));
}

TEST(IpPrefix, ContainsPrefixesThatAreNotShorter) {
    EXPECT_TRUE(parse("10.0.0.0/8").contains(parse("10.1.0.0/16")));
    EXPECT_TRUE(parse("10.0.0.0/8").contains(parse("10.9.9.9/8")));
    EXPECT_FALSE(parse("10.1.0.0/16").contains(parse("10.0.0.0/8")));
    EXPECT_FALSE(parse("0.0.0.0/0").contains(parse("::/0")));
}

TEST(IpPrefix, OverlapsInEitherOrder) {
    EXPECT_TRUE(parse("10.0.0.0/8").overlaps(parse("10.1.0.0/16")));
    EXPECT_TRUE(parse("10.1.0.0/16").overlaps(parse("10.0.0.0/8")));
    EXPECT_FALSE(parse("10.0.0.0/16").overlaps(parse("10.1.0.0/16")));
    EXPECT_FALSE(parse("0.0.0.0/0").overlaps(parse("::/0")));
}

TEST(IpPrefix, KnowsTheDefaultRoute) {
    EXPECT_TRUE(parse("0.0.0.0/0").isDefaultRoute());
    EXPECT_TRUE(parse("::/0").isDefaultRoute());
    EXPECT_FALSE(parse("0.0.0.0/1").isDefaultRoute());
}

TEST(IpPrefix, RoundTripsAndContainsItsMaskAtRandom) {
    const auto seed = weft::tests::randomSeed();
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    for (std::size_t round = 0; round < 5000; ++round) {
        std::array<std::uint8_t, 16> bytes{};
        for (auto& each : bytes) {
            each = static_cast<std::uint8_t>(random());
        }
        const auto host = round % 2 == 0 ? IpAddress::v6(bytes)
                                         : IpAddress::v4(static_cast<std::uint32_t>(random()));
        const IpPrefix prefix(host, static_cast<int>(random() % 129));

        ASSERT_EQ(IpPrefix::parse(prefix.toString()).value(), prefix);
        ASSERT_TRUE(prefix.contains(prefix.address()));
        ASSERT_TRUE(prefix.contains(prefix.masked()) && prefix.masked().contains(prefix));
        ASSERT_EQ(prefix.masked().masked(), prefix.masked());
    }
}

}  // namespace
}  // namespace weft::net
