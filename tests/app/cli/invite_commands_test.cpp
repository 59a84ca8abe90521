// SPDX-License-Identifier: Apache-2.0
#include "tests/app/cli/weftctl.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <yaml-cpp/yaml.h>

namespace weft::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;

TEST(InviteCreate, PrintsTheCodeAloneForScripts) {
    const Result result = Weftctl("home").run({"invite", "create", "-q"});

    EXPECT_EQ(result.code, kExitOk);
    EXPECT_THAT(result.out, MatchesRegex("weft1-[A-Za-z0-9_-]+\n"));
    EXPECT_EQ(result.err, "");
}

TEST(InviteCreate, TellsPeopleWhatItIs) {
    const Result result = Weftctl("home").run(
        {"invite", "create", "--note", "Office phone", "--node-id", "phone", "--expires", "2h"});

    EXPECT_THAT(
        result.out, AllOf(HasSubstr("weft1-"), HasSubstr("Office phone"), HasSubstr("phone")));
    EXPECT_THAT(result.err, HasSubstr("weftctl join CODE"));
}

TEST(InviteCreate, DrawsTheCode) {
    const Result result = Weftctl("home").run({"invite", "create", "--qr"});

    EXPECT_THAT(result.out, HasSubstr("\xE2\x96\x88\xE2\x96\x88\xE2\x96\x88\xE2\x96\x88"));
}

TEST(InviteCreate, GivesProgramsCodeAndRecord) {
    const YAML::Node node = YAML::Load(Weftctl("home").run({"invite", "create", "-o", "json"}).out);

    EXPECT_EQ(node["code"].as<std::string>().rfind("weft1-", 0), 0U);
    EXPECT_EQ(node["invitation"]["state"].as<std::string>(), "open");
}

TEST(InviteCreate, NeedsAConnectionAndTheRight) {
    EXPECT_EQ(Weftctl("off").run({"invite", "create"}).code, kExitPrecondition);
    EXPECT_EQ(Weftctl("read-only").run({"invite", "create"}).code, kExitDenied);
    EXPECT_EQ(Weftctl("home").run({"invite", "create", "-p", "nowhere"}).code, kExitNotFound);
}

TEST(InviteList, ShowsStatesAndHidesNothing) {
    const Result result = Weftctl("home").run({"invite", "list"});

    EXPECT_EQ(
        result.out,
        "ID        STATE    FOR             EXPIRES   USED BY         NOTE\n"
        "inv-7f3a  open     laptop-support  in 21 h   -               Laptop of support\n"
        "inv-51c0  used     -               in 21 h   tablet-kitchen  Kitchen tablet\n"
        "inv-0b9e  expired  -               26 h ago  -               -\n");
}

TEST(InviteList, KeepsForeignTextHarmless) {
    EXPECT_THAT(Weftctl("hostile").run({"invite", "list"}).out, Not(HasSubstr("\xE2\x80\xAE")));
}

TEST(InviteRevoke, RevokesOne) {
    EXPECT_EQ(Weftctl("home").run({"invite", "revoke", "inv-7f3a"}).code, kExitOk);
    EXPECT_EQ(Weftctl("home").run({"invite", "revoke", "inv-none"}).code, kExitNotFound);
}

TEST(InviteOpen, ShowsWhatACodeSays) {
    const Result open = Weftctl("first-run").run({"invite", "open", "weft1-abc"});
    EXPECT_THAT(open.out, AllOf(HasSubstr("home.example.org:8443"), HasSubstr("3b0c4429")));

    const Result expired = Weftctl("first-run").run({"invite", "open", "weft1-expired"});
    EXPECT_THAT(expired.out, HasSubstr("Expired"));
    EXPECT_EQ(Weftctl("first-run").run({"invite", "open", "junk"}).code, kExitUsage);
}

}  // namespace
}  // namespace weft::cli
