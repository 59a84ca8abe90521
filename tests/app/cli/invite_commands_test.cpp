// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/invitation_code.h"
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
    // U+202E byte by byte, so that no editor obeys it.
    const std::string rightToLeft = {'\xE2', '\x80', '\xAE'};

    EXPECT_THAT(Weftctl("hostile").run({"invite", "list"}).out, Not(HasSubstr(rightToLeft)));
}

TEST(InviteRevoke, RevokesOne) {
    EXPECT_EQ(Weftctl("home").run({"invite", "revoke", "inv-7f3a"}).code, kExitOk);
    EXPECT_EQ(Weftctl("home").run({"invite", "revoke", "inv-none"}).code, kExitNotFound);
}

/// A code that ends `lifetime` after the clock of the tests.
std::string codeWith(Duration lifetime) {
    const tests::FakeClock clock;
    const mesh::InvitationCode code{
        .invitationId = "inv-7f3a",
        .secret = "sixteen byte key",
        .authorityFingerprint = std::string(32, '\x3b'),
        .expiresAt = clock.wallNow() + std::chrono::duration_cast<WallTime::duration>(lifetime),
        .addresses = {"192.0.2.14:8443", "home.example.org:8443"}};
    return code.toString();
}

TEST(InviteOpen, ShowsWhatACodeSaysWithoutADaemon) {
    Weftctl weftctl("not-running");

    const Result result = weftctl.run({"invite", "open", codeWith(std::chrono::hours(24))});

    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_THAT(
        result.out,
        AllOf(
            HasSubstr("inv-7f3a"),
            HasSubstr("home.example.org:8443"),
            HasSubstr("3b3b3b3b"),
            HasSubstr("in 24 h"),
            Not(HasSubstr("sixteen"))));
    EXPECT_EQ(weftctl.lastSocket(), "") << "a daemon was asked";
}

TEST(InviteOpen, TakesACodeAsPeoplePasteIt) {
    Weftctl weftctl("not-running");
    const std::string code = codeWith(std::chrono::hours(1));
    weftctl.input = "  weft:" + code.substr(0, 20) + " " + code.substr(20) + "\n";

    EXPECT_EQ(weftctl.run({"invite", "open", "-", "-o", "json"}).code, kExitOk);
}

TEST(InviteOpen, SaysWhatIsWrongWithACode) {
    Weftctl weftctl("not-running");
    const std::string code = codeWith(std::chrono::hours(1));

    const Result junk = weftctl.run({"invite", "open", "junk"});
    const Result damaged = weftctl.run({"invite", "open", code.substr(0, code.size() - 3)});
    const Result newer = weftctl.run({"invite", "open", "weft2-" + code.substr(6)});

    EXPECT_EQ(junk.code, kExitUsage);
    EXPECT_THAT(junk.err, HasSubstr("not an invitation code"));
    EXPECT_EQ(damaged.code, kExitUsage);
    EXPECT_THAT(damaged.err, HasSubstr("incomplete or mistyped"));
    EXPECT_EQ(newer.code, kExitUsage);
    EXPECT_THAT(newer.err, HasSubstr("newer version"));
}

TEST(InviteOpen, SaysThatACodeIsOver) {
    Weftctl weftctl("not-running");
    const std::string code = codeWith(-std::chrono::hours(2));

    const Result people = weftctl.run({"invite", "open", code});
    const Result programs = weftctl.run({"invite", "open", code, "-o", "json"});

    EXPECT_THAT(people.out, AllOf(HasSubstr("Expired"), HasSubstr("2 h ago")));
    EXPECT_THAT(people.err, HasSubstr("ask for a new one"));
    EXPECT_TRUE(YAML::Load(programs.out)["expired"].as<bool>());
}

}  // namespace
}  // namespace weft::cli
