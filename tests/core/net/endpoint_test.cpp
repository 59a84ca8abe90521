// SPDX-License-Identifier: Apache-2.0
#include "core/net/endpoint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace weft::net {
namespace {

using testing::HasSubstr;

TEST(Endpoint, RoundTripsItsText) {
    for (const auto* const text :
         {"10.0.0.1:8443", "[fd00::1]:8443", "0.0.0.0:0", "[::]:65535", "[::ffff:1.2.3.4]:1"}) {
        const auto endpoint = Endpoint::parse(text);
        ASSERT_TRUE(endpoint.ok()) << text;
        EXPECT_EQ(endpoint->toString(), text);
    }
}

TEST(Endpoint, RefusesWhatIsNoAddressAndPort) {
    for (const auto* const text : {
             "",
             ":",
             ":8443",
             "10.0.0.1",
             "10.0.0.1:",
             "10.0.0.1:65536",
             "10.0.0.1:99999",
             "10.0.0.1:100000",
             "10.0.0.1:-1",
             "10.0.0.1:+1",
             "10.0.0.1:01",
             "10.0.0.1: 1",
             "10.0.0.1:1 ",
             "10.0.0.1:http",
             "10.0.0.1:1:2",
             "[10.0.0.1]:1",
             "fd00::1:8443",
             "fd00::1",
             "[fd00::1]",
             "[fd00::1]8443",
             "[fd00::1",
             "[fd00::1]:",
             "[fd00::1%eth0]:1",
             "[[fd00::1]]:1",
             "[]:1",
             "fd00::1]:1",
             "host:1",
         }) {
        EXPECT_EQ(Endpoint::parse(text).status().code(), StatusCode::kInvalidArgument) << text;
    }
}

TEST(Endpoint, SaysThatIpv6BelongsInBrackets) {
    EXPECT_THAT(messageOf(Endpoint::parse("fd00::1:8443").status()), HasSubstr("brackets"));
    EXPECT_THAT(messageOf(HostPort::parse("fd00::1:8443").status()), HasSubstr("brackets"));
}

TEST(HostPort, TakesNamesAndAddresses) {
    struct Case {
        const char* text;
        HostPort expected;
    };
    const Case cases[] = {
        {"node.example:8443", {"node.example", 8443}},
        {"node.example.:8443", {"node.example.", 8443}},
        {"node:8443", {"node", 8443}},
        {"under_score-1:1", {"under_score-1", 1}},
        {"10.0.0.1:8443", {"10.0.0.1", 8443}},
        {"[::]:8443", {"::", 8443}},
        {"[fd00::1]:0", {"fd00::1", 0}},
        {":8443", {"", 8443}},
        {"1a:2", {"1a", 2}},
    };
    for (const auto& [text, expected] : cases) {
        const auto parsed = HostPort::parse(text);
        ASSERT_TRUE(parsed.ok()) << text << ' ' << messageOf(parsed.status());
        EXPECT_EQ(*parsed, expected) << text;
        EXPECT_EQ(parsed->toString(), text);
    }
}

TEST(HostPort, FillsInTheDefaultPort) {
    EXPECT_EQ(HostPort::parse("node.example", 8443).value(), (HostPort{"node.example", 8443}));
    EXPECT_EQ(HostPort::parse("[fd00::1]", 8443).value(), (HostPort{"fd00::1", 8443}));
    EXPECT_EQ(HostPort::parse("node.example:1", 8443).value(), (HostPort{"node.example", 1}));
    EXPECT_EQ(HostPort::parse("node.example").status().code(), StatusCode::kInvalidArgument);
}

TEST(HostPort, RefusesWhatIsNeither) {
    const std::string longLabel(64, 'a');
    std::string longName;
    for (int i = 0; i < 85; ++i) {
        longName += "ab.";
    }
    const std::string texts[] = {
        "",
        ":",
        "[]:1",
        "node:",
        "node:x",
        "node:65536",
        "node:1:2",
        "node:1/path",
        "https://node:1",
        "user@node:1",
        "two words:1",
        " node:1",
        "node :1",
        "-node:1",
        "node-:1",
        "a..b:1",
        ".a:1",
        ".:1",
        "256.0.0.1:1",
        "1.2.3:1",
        "12345:1",
        "büro:1",
        "no\nde:1",
        "[node]:1",
        "[10.0.0.1]:1",
        "fd00::1",
        "::1",
        "[fe80::1%eth0]:1",
        longLabel + ":1",
        longName + "a:1",
        std::string("a\0b:1", 5),
    };
    for (const auto& text : texts) {
        EXPECT_EQ(HostPort::parse(text, 8443).status().code(), StatusCode::kInvalidArgument)
            << text;
    }
}

TEST(HostPort, TakesTheLongestNames) {
    const std::string label(63, 'a');
    const auto name = label + '.' + label + '.' + label + '.' + std::string(61, 'b');
    ASSERT_EQ(name.size(), 253U);

    EXPECT_TRUE(HostPort::parse(name + ":1").ok());
    EXPECT_FALSE(HostPort::parse("c" + name + ":1").ok());
    EXPECT_FALSE(HostPort::parse(name + "b:1").ok());
}

}  // namespace
}  // namespace weft::net
