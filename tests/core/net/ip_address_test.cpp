// SPDX-License-Identifier: Apache-2.0
#include "core/net/ip_address.h"

#include "tests/support/random_seed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <random>
#include <set>
#include <string>

#include <arpa/inet.h>

namespace weft::net {
namespace {

using testing::HasSubstr;

IpAddress parse(std::string_view text) {
    auto address = IpAddress::parse(text);
    EXPECT_TRUE(address.ok()) << text;
    return address.value_or(IpAddress());
}

TEST(IpAddress, IsTheUnspecifiedIpv4AddressByDefault) {
    EXPECT_EQ(IpAddress().toString(), "0.0.0.0");
    EXPECT_TRUE(IpAddress().isUnspecified());
}

TEST(IpAddress, RoundTripsCanonicalText) {
    for (const auto* const text : {
             "0.0.0.0",
             "10.0.0.1",
             "255.255.255.255",
             "::",
             "::1",
             "1::",
             "fd00::1",
             "2001:db8::1:0:0:1",
             "2001:db8:0:1:1:1:1:1",
             "fdfd:e82c:4973:ff73:2ac4:40f5:1a35:0",
             "::ffff:10.0.0.1",
             "1:2:3:4:5:6:7:8",
         }) {
        EXPECT_EQ(parse(text).toString(), text);
    }
}

/// RFC 5952 section 4: lower case, no leading zeros, the longest run of zeros, the first of equals,
/// never one group alone.
TEST(IpAddress, WritesTheOneRecommendedForm) {
    const std::pair<const char*, const char*> forms[] = {
        {"2001:DB8::1", "2001:db8::1"},
        {"2001:0db8:0000:0000:0000:0000:0000:0001", "2001:db8::1"},
        {"2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},
        {"2001:0:0:1:0:0:0:1", "2001:0:0:1::1"},
        {"2001:db8::1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},
        {"0:0:0:0:0:0:0:0", "::"},
        {"1:0:0:0:0:0:0:0", "1::"},
        {"::1.2.3.4", "::102:304"},
        {"::FFFF:1.2.3.4", "::ffff:1.2.3.4"},
        {"::ffff:102:304", "::ffff:1.2.3.4"},
        {"64:ff9b::1.2.3.4", "64:ff9b::102:304"},
        {"1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"},
        {"::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"},
    };
    for (const auto& [given, written] : forms) {
        EXPECT_EQ(parse(given).toString(), written) << given;
    }
}

TEST(IpAddress, RefusesWhatIsNoAddress) {
    for (const auto* const text : {
             "",
             " ",
             "1.2.3",
             "1.2.3.4.5",
             "1.2.3.",
             ".1.2.3",
             "1..2.3",
             "256.0.0.1",
             "01.2.3.4",
             "1.2.3.04",
             "0x1.2.3.4",
             "+1.2.3.4",
             "1.2.3.-4",
             "1.2.3.4 ",
             " 1.2.3.4",
             "1.2.3.4\n",
             "1.2.3.1000",
             "16909060",
             ":",
             ":::",
             "1",
             "1:2:3:4:5:6:7",
             "1:2:3:4:5:6:7:8:9",
             "1:2:3:4:5:6:7:8::",
             "::1:2:3:4:5:6:7:8",
             "1::2::3",
             ":1::2",
             "1::2:",
             "1:2:3:4:5:6:7:",
             ":1:2:3:4:5:6:7",
             "12345::",
             "g::",
             "0x1::",
             "-1::",
             "[::1]",
             "fe80::1%eth0",
             "fe80::1%1",
             "::1/128",
             "1.2.3.4::",
             "::1.2.3.4:5",
             "::1.2.3",
             "::1.2.3.256",
             "::01.2.3.4",
             "1:2:3:4:5:6:7:1.2.3.4",
             "1.2.3.4/32",
             "invalid IP",
             "localhost",
             "0000:0000:0000:0000:0000:0000:255.255.255.2555",
         }) {
        const auto address = IpAddress::parse(text);
        ASSERT_EQ(address.status().code(), StatusCode::kInvalidArgument) << text;
    }
    EXPECT_FALSE(IpAddress::parse(std::string_view("1.2.3.4\0", 8)).ok());
    EXPECT_FALSE(IpAddress::parse(std::string(100'000, ':')).ok());
}

TEST(IpAddress, ErrorShowsTheTextMadeSafe) {
    EXPECT_THAT(messageOf(IpAddress::parse("10.0\n").status()), HasSubstr("\"10.0\\x0a\""));
}

TEST(IpAddress, AgreesWithTheSystemOnRandomAddresses) {
    const auto seed = weft::tests::randomSeed();
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    for (std::size_t round = 0; round < 2000; ++round) {
        std::array<std::uint8_t, 16> bytes{};
        for (std::size_t i = 0; i < bytes.size(); i += 2) {
            // Many zero groups, so that runs of them appear.
            const bool zero = random() % 2 == 0;
            bytes[i] = zero ? 0 : static_cast<std::uint8_t>(random() % 3);
            bytes[i + 1] = zero ? 0 : static_cast<std::uint8_t>(random());
        }
        const auto address = IpAddress::v6(bytes);
        const auto text = address.toString();

        std::array<std::uint8_t, 16> system{};
        ASSERT_EQ(::inet_pton(AF_INET6, text.c_str(), system.data()), 1) << text;
        ASSERT_EQ(system, bytes) << text;
        ASSERT_EQ(IpAddress::parse(text).value(), address) << text;
        std::array<char, INET6_ADDRSTRLEN> systemText{};
        ::inet_ntop(AF_INET6, bytes.data(), systemText.data(), systemText.size());
        ASSERT_EQ(IpAddress::parse(systemText.data()).value(), address) << systemText.data();
    }
}

TEST(IpAddress, ParsesExactlyWhatTheSystemDoesOnRandomText) {
    const auto seed = weft::tests::randomSeed();
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    constexpr std::string_view kAlphabet = "0123456789abF:::...";
    std::size_t accepted = 0;
    for (std::size_t round = 0; round < 25'000; ++round) {
        std::string text(1 + random() % 12, '\0');
        for (auto& each : text) {
            each = kAlphabet[random() % kAlphabet.size()];
        }
        std::array<std::uint8_t, 16> system{};
        const bool v4 = ::inet_pton(AF_INET, text.c_str(), system.data()) == 1;
        const bool v6 = ::inet_pton(AF_INET6, text.c_str(), system.data()) == 1;
        const auto ours = IpAddress::parse(text);
        ASSERT_EQ(ours.ok(), v4 || v6) << text;
        accepted += ours.ok() ? 1U : 0U;
    }
    EXPECT_GT(accepted, 10U);
}

TEST(IpAddress, KnowsItsBytes) {
    EXPECT_THAT(parse("1.2.3.4").bytes(), testing::ElementsAre(1, 2, 3, 4));
    EXPECT_EQ(parse("1.2.3.4").v4Value(), 0x01020304U);
    EXPECT_EQ(IpAddress::v4(0x01020304), parse("1.2.3.4"));
    EXPECT_EQ(parse("::1").bytes().size(), 16U);
    EXPECT_EQ(parse("1.2.3.4").bits(), 32);
    EXPECT_EQ(parse("::1").bits(), 128);
}

TEST(IpAddress, KnowsItsKind) {
    const auto is = [](bool (IpAddress::*kind)() const, const char* text) {
        return (parse(text).*kind)();
    };
    for (const auto* const text : {"127.0.0.1", "127.255.0.1", "::1"}) {
        EXPECT_TRUE(is(&IpAddress::isLoopback, text)) << text;
    }
    for (const auto* const text : {"128.0.0.1", "::2", "1::1", "::", "::ffff:127.0.0.1"}) {
        EXPECT_FALSE(is(&IpAddress::isLoopback, text)) << text;
    }
    for (const auto* const text : {"169.254.0.1", "fe80::1", "febf::1"}) {
        EXPECT_TRUE(is(&IpAddress::isLinkLocal, text)) << text;
    }
    for (const auto* const text : {"169.255.0.1", "fec0::1", "fe00::1"}) {
        EXPECT_FALSE(is(&IpAddress::isLinkLocal, text)) << text;
    }
    for (const auto* const text : {"224.0.0.1", "239.255.255.255", "ff02::1"}) {
        EXPECT_TRUE(is(&IpAddress::isMulticast, text)) << text;
    }
    for (const auto* const text : {"223.0.0.1", "240.0.0.1", "fe00::1"}) {
        EXPECT_FALSE(is(&IpAddress::isMulticast, text)) << text;
    }
    for (const auto* const text :
         {"10.0.0.0",
          "172.16.0.0",
          "172.31.255.255",
          "192.168.1.1",
          "100.64.0.0",
          "100.127.0.0",
          "fc00::",
          "fdff::1"}) {
        EXPECT_TRUE(is(&IpAddress::isPrivate, text)) << text;
    }
    for (const auto* const text :
         {"11.0.0.0",
          "172.15.0.0",
          "172.32.0.0",
          "192.169.0.0",
          "100.63.0.0",
          "100.128.0.0",
          "fe00::",
          "fb00::"}) {
        EXPECT_FALSE(is(&IpAddress::isPrivate, text)) << text;
    }
    EXPECT_TRUE(is(&IpAddress::isUnspecified, "::"));
    EXPECT_FALSE(is(&IpAddress::isUnspecified, "0.0.0.1"));
}

TEST(IpAddress, UnmapsOnlyMappedAddresses) {
    EXPECT_EQ(parse("::ffff:10.0.0.1").unmapped(), parse("10.0.0.1"));
    for (const auto* const text : {"::10.0.0.1", "::fffe:a00:1", "1::ffff:a00:1", "10.0.0.1"}) {
        EXPECT_EQ(parse(text).unmapped(), parse(text)) << text;
    }
}

TEST(IpAddress, OrdersByFamilyThenValue) {
    const std::set<IpAddress> ordered{
        parse("::1"), parse("10.0.0.2"), parse("::"), parse("10.0.0.1"), parse("255.0.0.0")};

    std::vector<std::string> texts;
    for (const auto& each : ordered) {
        texts.push_back(each.toString());
    }
    EXPECT_THAT(texts, testing::ElementsAre("10.0.0.1", "10.0.0.2", "255.0.0.0", "::", "::1"));
    EXPECT_NE(parse("::a00:1"), parse("10.0.0.1"));
}

}  // namespace
}  // namespace weft::net
