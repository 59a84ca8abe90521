// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands/commands.h"
#include "tests/app/cli/weftctl.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <yaml-cpp/yaml.h>

namespace weft::cli {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

TEST(RoutesList, ShowsWhereEachLeadsAndWhyOneIsNotUsed) {
    const Result result = Weftctl("home").run({"routes", "list"});

    EXPECT_EQ(result.code, kExitOk);
    EXPECT_THAT(result.out, StartsWith("NETWORK            FROM         STATE "));
    EXPECT_THAT(result.out, HasSubstr("\n172.16.0.0/12      the mesh     in use "));
    EXPECT_THAT(
        result.out,
        HasSubstr("\n0.0.0.0/0          nas          asks for a yes  Nobody here has agreed to it "
                  "yet.\n"));
    const auto document = YAML::Load(Weftctl("home").run({"routes", "list", "-o", "json"}).out);
    EXPECT_EQ(document[1]["node"].as<std::string>(), "nas");
    EXPECT_TRUE(document[1]["needsConsent"].as<bool>());
    EXPECT_THAT(
        Weftctl("home").run({"routes", "list", "-q"}).out,
        StartsWith("172.16.0.0/12\n0.0.0.0/0\n10.1.0.0/24\n"));
    EXPECT_EQ(Weftctl("off").run({"routes", "list"}).code, kExitPrecondition);
}

TEST(RoutesAccept, SaysWhatItDid) {
    EXPECT_EQ(
        Weftctl("home").run({"routes", "accept", "0.0.0.0/0", "--from", "nas"}).out,
        "0.0.0.0/0 from nas is accepted.\n");
    EXPECT_EQ(
        Weftctl("home").run({"routes", "refuse", "0.0.0.0/0"}).out, "0.0.0.0/0 is refused.\n");
    EXPECT_EQ(
        Weftctl("home").run({"routes", "forget", "0.0.0.0/0"}).out, "0.0.0.0/0 is forgotten.\n");
    const Result unknown = Weftctl("home").run({"routes", "accept", "::/0"});
    EXPECT_EQ(unknown.code, kExitNotFound);
    EXPECT_THAT(unknown.err, HasSubstr("::/0"));
    EXPECT_EQ(Weftctl("home").run({"routes", "accept"}).code, kExitUsage);
}

TEST(ProfilesLockdown, IsTurnedOnAndOff) {
    EXPECT_THAT(
        Weftctl("home").run({"profiles", "lockdown", "on"}).out, HasSubstr("nothing leaves"));
    EXPECT_THAT(
        Weftctl("home").run({"profiles", "lockdown", "off"}).out, HasSubstr("as they always do"));
    EXPECT_EQ(Weftctl("home").run({"profiles", "lockdown", "maybe"}).code, kExitUsage);
}

}  // namespace
}  // namespace weft::cli
