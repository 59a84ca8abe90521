// SPDX-License-Identifier: Apache-2.0
// weftctl with the real weftd as its sandbox.
#include "app/cli/sandbox_process.h"

#include "app/cli/run.h"
#include "core/control/controller.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace weft::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

struct Run {
    int code = -1;
    std::string out{};
    std::string err{};
};

StatusOr<std::unique_ptr<RunningSandbox>> startSandbox(const std::vector<std::string>& options) {
    WEFT_ASSIGN_OR_RETURN(auto started, SandboxProcess::start(WEFT_TEST_WEFTD, options));
    return std::unique_ptr<RunningSandbox>(std::move(started));
}

Run run(const std::vector<std::string>& arguments) {
    std::ostringstream out;
    std::ostringstream err;
    std::istringstream in;
    const base::SystemClock clock;
    const Surroundings around{
        .out = out,
        .err = err,
        .in = in,
        .clock = clock,
        .connect = [](const auto& socket, auto) { return control::connectLocal(socket); },
        .startSandbox = startSandbox};
    const int code = runCommandLine(arguments, around);
    return {.code = code, .out = out.str(), .err = err.str()};
}

TEST(SandboxProcess, IsThereUntilItGoes) {
    auto sandbox = SandboxProcess::start(WEFT_TEST_WEFTD, {"--nodes=3"});
    ASSERT_TRUE(sandbox.ok()) << sandbox.status();
    const auto socket = (*sandbox)->socket();
    EXPECT_TRUE(std::filesystem::exists(socket));

    sandbox->reset();

    EXPECT_FALSE(std::filesystem::exists(socket.parent_path()));
}

TEST(SandboxProcess, TellsAWrongOptionFromAFailure) {
    EXPECT_EQ(
        SandboxProcess::start(WEFT_TEST_WEFTD, {"--nodes=2"}).status().code(),
        StatusCode::kInvalidArgument);
    EXPECT_EQ(
        SandboxProcess::start(WEFT_TEST_WEFTD, {"--socket=/proc/nowhere/socket"}).status().code(),
        StatusCode::kUnavailable);
    EXPECT_EQ(SandboxProcess::start("/nowhere", {}).status().code(), StatusCode::kUnavailable);
}

TEST(SandboxCommand, ShowsAMeshOfTheSizeThatWasAskedFor) {
    const auto result = run({"sandbox", "--nodes", "12", "--", "get", "nodes", "-o", "json"});

    ASSERT_EQ(result.code, kExitOk) << result.err;
    std::size_t nodes = 0;
    for (auto at = result.out.find("\"zone\""); at != std::string::npos;
         at = result.out.find("\"zone\"", at + 1)) {
        ++nodes;
    }
    EXPECT_EQ(nodes, 12U) << result.out;
}

TEST(SandboxCommand, LosesTheTunnelOfAPairThatARuleCuts) {
    const auto before = run({"sandbox", "--", "status"});
    ASSERT_EQ(before.code, kExitOk) << before.err;
    EXPECT_THAT(before.out, HasSubstr("sandbox0 is up"));

    const auto cut = run({"sandbox", "--",       "put",        "acl",  "no-nas",     "--priority",
                          "5000",    "--deny",   "--src-node", "desk", "--dst-node", "home-nas",
                          ";",       "explain",  "access",     "desk", "home-nas",   ";",
                          "ping",    "home-nas", "--count",    "1"});

    EXPECT_NE(cut.code, kExitOk);
    EXPECT_THAT(cut.out, HasSubstr("rule no-nas denies"));
    EXPECT_THAT(cut.err, HasSubstr("no-nas"));
}

TEST(SandboxCommand, AnswersPings) {
    const auto result = run({"sandbox", "--nodes", "3", "--", "ping", "relay-fra", "-c", "1"});

    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_THAT(result.out, HasSubstr("1 received"));
    EXPECT_THAT(result.out, Not(HasSubstr("no answer")));
}

}  // namespace
}  // namespace weft::cli
