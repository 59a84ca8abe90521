// SPDX-License-Identifier: Apache-2.0
#include "core/platform/resolver/resolver_text.h"

#include <gmock/gmock.h>

namespace weft::platform::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const net::IpAddress kServer = *net::IpAddress::parse("172.16.0.1");
const net::IpAddress kOther = *net::IpAddress::parse("fd00::1");

TEST(ResolverText, HasAtMostThreeServersThatCanBeRead) {
    EXPECT_THAT(nameserversOf(""), IsEmpty());
    EXPECT_THAT(
        nameserversOf("# nameserver 10.0.0.9\nsearch a b\nnameserverx 10.0.0.9"), IsEmpty());
    EXPECT_THAT(
        nameserversOf("nameserver  10.0.0.1 \r\n\tnameserver fd00::1\nnameserver bad\n"
                      "nameserver fe80::1%eth0\nnameserver 10.0.0.3\nnameserver 10.0.0.4"),
        ElementsAre(
            *net::Endpoint::parse("10.0.0.1:53"),
            *net::Endpoint::parse("[fd00::1]:53"),
            *net::Endpoint::parse("10.0.0.3:53")));
}

TEST(ResolverText, PassesOverItsOwnLines) {
    const auto text =
        withServer("nameserver 10.0.0.1\nnameserver 10.0.0.2\nnameserver 10.0.0.3\n", kServer);

    EXPECT_EQ(nameserversOf(text).size(), kMostNameservers);
    EXPECT_EQ(nameserversOf(text).front(), *net::Endpoint::parse("10.0.0.1:53"));
}

TEST(ResolverText, HasTheDomainsOfTheLastLineThatNamesSome) {
    EXPECT_THAT(searchDomainsOf("nameserver 10.0.0.1\n"), IsEmpty());
    EXPECT_THAT(
        searchDomainsOf("domain old.example\nsearch Office.Example. lan\t.\n#search no.example\n"),
        ElementsAre("office.example", "lan"));
}

TEST(ResolverText, HasAtMostSixtyFourDomains) {
    std::string text = "search";
    for (std::size_t number = 0; number <= kMostSearchDomains; ++number) {
        text += " d" + std::to_string(number);
    }

    EXPECT_EQ(searchDomainsOf(text).size(), kMostSearchDomains);
}

TEST(ResolverText, IsToTheByteAsBeforeWithoutItsLine) {
    for (const std::string text :
         {"", "nameserver 10.0.0.1", "\n\n# weft\r\noptions rotate\n", "nameserver 10.0.0.1\n\n"}) {
        for (const auto& server : {kServer, kOther}) {
            const auto with = withServer(text, server);
            EXPECT_TRUE(isFirst(with, server)) << with;
            EXPECT_TRUE(with.ends_with(text)) << with;
            EXPECT_EQ(withoutServer(with, server), text);
        }
    }
}

TEST(ResolverText, HasOneLineOfItsOwnAtMost) {
    const auto text = withServer(withServer("nameserver 10.0.0.1\n", kOther), kServer);

    EXPECT_THAT(text, HasSubstr("nameserver 172.16.0.1 #"));
    EXPECT_EQ(text.find("fd00::1"), std::string::npos) << text;
}

TEST(ResolverText, TakesOutItsOwnLineAloneWhereverItStands) {
    const auto own = withServer("", kServer);
    const auto others = withServer("", kOther);

    EXPECT_EQ(
        withoutServer("nameserver 10.0.0.9\n" + own + others, kServer),
        "nameserver 10.0.0.9\n" + others);
    EXPECT_EQ(withoutServer("nameserver 172.16.0.1\n", kServer), "nameserver 172.16.0.1\n");
    EXPECT_EQ(withoutServers("a\n" + own + others + "b"), "a\nb");
}

TEST(ResolverText, IsNotFirstBehindAnother) {
    const auto own = withServer("", kServer);

    EXPECT_TRUE(isFirst("# nameserver 10.0.0.9\nsearch a\n" + own, kServer));
    EXPECT_FALSE(isFirst("nameserver 10.0.0.9\n" + own, kServer));
    EXPECT_FALSE(isFirst("", kServer));
}

}  // namespace
}  // namespace weft::platform::tests
