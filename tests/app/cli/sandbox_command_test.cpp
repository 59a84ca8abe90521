// SPDX-License-Identifier: Apache-2.0
#include "tests/app/cli/weftctl.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace weft::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// A sandbox that is one by its socket alone; the daemon of a scene answers there.
class NamedSandbox final : public RunningSandbox {
public:
    explicit NamedSandbox(int& ended) : ended_(ended) {}
    ~NamedSandbox() override { ++ended_; }

    const std::filesystem::path& socket() const override { return socket_; }

private:
    const std::filesystem::path socket_ = "/run/sandbox/socket";
    int& ended_;
};

class SandboxCommandTest : public ::testing::Test {
protected:
    SandboxCommandTest() {
        weftctl_.startSandbox = [this](const std::vector<std::string>& options)
            -> StatusOr<std::unique_ptr<RunningSandbox>> {
            started_.push_back(options);
            if (!failure_.ok()) {
                return failure_;
            }
            return std::unique_ptr<RunningSandbox>(std::make_unique<NamedSandbox>(ended_));
        };
        weftctl_.becomeSandbox = [this](const std::vector<std::string>& options) {
            became_.push_back(options);
            return notFound("weftd is not in /opt");
        };
    }

    // NOLINTBEGIN(misc-non-private-member-variables-in-classes): a fixture
    Weftctl weftctl_{"home"};
    std::vector<std::vector<std::string>> started_;
    std::vector<std::vector<std::string>> became_;
    Status failure_;
    int ended_ = 0;
    // NOLINTEND(misc-non-private-member-variables-in-classes)
};

TEST_F(SandboxCommandTest, ServesWithoutACommand) {
    const auto result = weftctl_.run({"sandbox", "--nodes", "60", "--socket", "/run/s"});

    EXPECT_THAT(became_, ElementsAre(ElementsAre("--socket=/run/s", "--nodes=60")));
    EXPECT_THAT(started_, IsEmpty());
    EXPECT_EQ(result.code, kExitNotFound);
    EXPECT_THAT(result.err, HasSubstr("weftd is not in /opt"));
}

TEST_F(SandboxCommandTest, RunsACommandInOneOfItsOwn) {
    const auto result = weftctl_.run({"sandbox", "--seed", "7", "--", "status", "-o", "json"});

    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_THAT(started_, ElementsAre(ElementsAre("--seed=7")));
    EXPECT_THAT(became_, IsEmpty());
    EXPECT_EQ(weftctl_.lastSocket(), "/run/sandbox/socket");
    EXPECT_THAT(result.out, HasSubstr("\"state\""));
    EXPECT_EQ(ended_, 1);
}

TEST_F(SandboxCommandTest, RunsSeveralInTheSameOne) {
    const auto result = weftctl_.run({"sandbox", "--", "version", ";", "profiles", "list"});

    EXPECT_EQ(result.code, kExitOk) << result.err;
    EXPECT_EQ(started_.size(), 1U);
    EXPECT_THAT(result.out, HasSubstr("weftctl"));
    EXPECT_THAT(result.out, HasSubstr("ID"));
}

TEST_F(SandboxCommandTest, EndsWithTheCodeOfTheCommandThatFails) {
    const auto result =
        weftctl_.run({"sandbox", "--", "profiles", "show", "nobody", ";", "version"});

    EXPECT_EQ(result.code, kExitNotFound);
    EXPECT_THAT(result.out, IsEmpty()) << "what follows is not run";
    EXPECT_EQ(ended_, 1);
}

TEST_F(SandboxCommandTest, HasNoSandboxInside) {
    const auto result = weftctl_.run({"sandbox", "--", "sandbox"});

    EXPECT_EQ(result.code, kExitUsage);
    EXPECT_THAT(became_, IsEmpty());
    EXPECT_EQ(ended_, 1);
}

TEST_F(SandboxCommandTest, SaysWhyThereIsNone) {
    failure_ = unavailable("the sandbox did not start");

    const auto result = weftctl_.run({"sandbox", "--", "status"});

    EXPECT_EQ(result.code, kExitFailed);
    EXPECT_THAT(result.err, HasSubstr("the sandbox did not start"));
}

TEST_F(SandboxCommandTest, ServesWhenThereIsNothingToRunAfterTheDashes) {
    weftctl_.run({"sandbox", "--", ";"});

    EXPECT_EQ(became_.size(), 1U);
}

}  // namespace
}  // namespace weft::cli
