// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands/commands.h"
#include "core/base/file.h"
#include "tests/app/cli/weftctl.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <yaml-cpp/yaml.h>

namespace weft::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(Report, WritesAZipForItsOwner) {
    const tests::TempDir folder;
    const auto path = folder / "report.zip";

    const Result result = Weftctl("home").run({"report", path.string()});

    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_THAT(result.out, AllOf(HasSubstr("report.zip"), HasSubstr("redaction addresses")));
    EXPECT_THAT(result.err, AllOf(HasSubstr("Asking for members of Home"), HasSubstr("the log")));
    const auto file = base::readFileWithOwner(path, 1 << 20);
    ASSERT_TRUE(file.ok()) << file.status();
    EXPECT_THAT(file->bytes, StartsWith("PK"));
    EXPECT_EQ(file->mode, base::kPrivateFileMode);
}

TEST(Report, ReplacesAFileOnlyWhenAsked) {
    const tests::TempDir folder;
    const auto path = folder / "report.zip";
    ASSERT_EQ(base::writeFileAtomically(path, "mine"), okStatus());

    const Result refused = Weftctl("home").run({"report", path.string()});
    EXPECT_NE(refused.code, kExitOk);
    EXPECT_THAT(refused.err, HasSubstr("--force"));
    EXPECT_EQ(base::readFile(path, 100).value(), "mine");

    EXPECT_EQ(Weftctl("home").run({"report", path.string(), "--force"}).code, kExitOk);
    EXPECT_THAT(base::readFile(path, 1 << 20).value(), StartsWith("PK"));
}

TEST(Report, ShowsWhatItWouldWrite) {
    const Result usual = Weftctl("home").run({"report", "--preview"});
    EXPECT_EQ(usual.code, kExitOk) << usual.err;
    EXPECT_THAT(
        usual.out,
        AllOf(
            HasSubstr("=== mesh-1-peers: Members of mesh 1\n"),
            HasSubstr("node nas\n"),
            HasSubstr("ip-1"),
            Not(HasSubstr("203.0.113."))));

    const Result strict = Weftctl("home").run({"report", "--preview", "--redact", "strict"});
    EXPECT_THAT(strict.out, AllOf(Not(HasSubstr("node nas\n")), HasSubstr("node node-")));

    const Result full =
        Weftctl("home").run({"report", "--preview", "--redact", "full", "-o", "json"});
    const YAML::Node sections = YAML::Load(full.out);
    EXPECT_EQ(sections[0]["name"].as<std::string>(), "program");
    EXPECT_THAT(full.out, HasSubstr("203.0.113."));
}

TEST(Report, GoesOnWhenAPartCannotBeHad) {
    Weftctl weftctl("home");
    weftctl.prepare = [](tests::FakeController& daemon) {
        daemon.failNext(tests::FakeCall::NameService, unavailable("nobody answers for names"));
    };

    const Result result = weftctl.run({"report", "--preview"});

    EXPECT_EQ(result.code, kExitOk);
    EXPECT_THAT(result.out, HasSubstr("This could not be had: nobody answers for names"));
    EXPECT_THAT(result.out, HasSubstr("=== log: Log"));
}

TEST(Report, SaysWhyWithoutAMeshAndForThoseWhoMayOnlyLook) {
    EXPECT_THAT(
        Weftctl("off").run({"report", "--preview"}).out,
        HasSubstr("This could not be had: not connected"));
    const Result readOnly = Weftctl("read-only").run({"report", "--preview"});
    EXPECT_EQ(readOnly.code, kExitOk);
    EXPECT_THAT(readOnly.out, HasSubstr("=== log: Log\nThis could not be had"));
}

TEST(Report, SaysWhatIsWrong) {
    EXPECT_EQ(Weftctl("home").run({"report", "--redact", "some"}).code, kExitUsage);
    const Result nowhere = Weftctl("home").run({"report", "/nowhere/at/all/report.zip"});
    EXPECT_NE(nowhere.code, kExitOk);
    EXPECT_FALSE(nowhere.err.empty());
}

}  // namespace
}  // namespace weft::cli
