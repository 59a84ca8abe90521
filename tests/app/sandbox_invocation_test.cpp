// SPDX-License-Identifier: Apache-2.0
#include "app/daemon/sandbox_invocation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace weft::app {
namespace {

using daemon::sandbox::kLeastNodes;
using daemon::sandbox::kMostNodes;
using ::testing::HasSubstr;

TEST(ReadSandboxInvocation, HasDefaults) {
    const auto invocation = readSandboxInvocation({}, {});

    ASSERT_TRUE(invocation.ok()) << invocation.status();
    EXPECT_EQ(invocation->options.nodes, daemon::sandbox::kUsualNodes);
    EXPECT_EQ(invocation->options.parent, "/tmp");
    EXPECT_TRUE(invocation->options.socket.empty());
    EXPECT_FALSE(invocation->endsWithInput);
}

TEST(ReadSandboxInvocation, TakesValuesInBothForms) {
    const auto invocation = readSandboxInvocation(
        {"--seed=18446744073709551615", "--nodes", "60", "--socket=/run/s", "--ends-with-input"},
        {});

    ASSERT_TRUE(invocation.ok()) << invocation.status();
    EXPECT_EQ(invocation->options.seed, 18446744073709551615U);
    EXPECT_EQ(invocation->options.nodes, 60U);
    EXPECT_EQ(invocation->options.socket, "/run/s");
    EXPECT_TRUE(invocation->endsWithInput);
}

TEST(ReadSandboxInvocation, SaysWhatIsWrong) {
    const std::vector<std::pair<std::vector<std::string>, std::string>> cases{
        {{"--nodes=x"}, "--nodes"},
        {{"--nodes="}, "--nodes"},
        {{"--nodes=-3"}, "--nodes"},
        {{"--nodes=30x"}, "--nodes"},
        {{"--nodes=" + std::to_string(kMostNodes + 1)}, "200"},
        {{"--nodes=" + std::to_string(kLeastNodes - 1)}, "3 to 200"},
        {{"--nodes"}, "no value"},
        {{"--seed=18446744073709551616"}, "--seed"},
        {{"--sed=1"}, "--sed"},
        {{"status"}, "no value"}};
    for (const auto& [arguments, text] : cases) {
        const Status status = readSandboxInvocation(arguments, {}).status();
        EXPECT_EQ(status.code(), StatusCode::kInvalidArgument) << arguments.front();
        EXPECT_THAT(std::string(messageOf(status)), HasSubstr(text)) << arguments.front();
    }
}

TEST(ReadSandboxInvocation, PrefersTheFolderOfTheSession) {
    const auto parentIn = [](const Environment& environment) {
        return readSandboxInvocation({}, environment).value().options.parent;
    };

    EXPECT_EQ(parentIn({{"XDG_RUNTIME_DIR", "/run/user/7"}, {"TMPDIR", "/var/t"}}), "/run/user/7");
    EXPECT_EQ(parentIn({{"TMPDIR", "/var/t"}}), "/var/t");
    EXPECT_EQ(parentIn({{"XDG_RUNTIME_DIR", "relative"}}), "/tmp");
}

TEST(SandboxHelp, NamesEveryOption) {
    EXPECT_TRUE(readSandboxInvocation({"--help"}, {}).value().help);
    for (const char* option : {"--socket", "--nodes", "--seed", "--ends-with-input"}) {
        EXPECT_THAT(sandboxHelp(), HasSubstr(option));
    }
}

}  // namespace
}  // namespace weft::app
