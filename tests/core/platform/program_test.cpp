// SPDX-License-Identifier: Apache-2.0
#include "core/platform/linux/program.h"

#include <gtest/gtest.h>

#include <string>

namespace weft::platform::detail {
namespace {

using namespace std::chrono_literals;

TEST(Program, GetsItsInputAndSaysHowItEnded) {
    const std::string input(300'000, 'x');

    const auto ended = runProgram("/bin/sh", {"-c", "wc -c >&2; env >&2; exit 3"}, input, 60s);

    ASSERT_TRUE(ended.ok()) << toString(ended.status());
    EXPECT_EQ(ended->exitCode, 3);
    EXPECT_TRUE(ended->complaints.starts_with("300000\n")) << ended->complaints;
    EXPECT_NE(ended->complaints.find("LC_ALL=C\n"), std::string::npos);
    EXPECT_EQ(ended->complaints.find("HOME="), std::string::npos) << ended->complaints;
}

TEST(Program, CutsWhatComplainsWithoutEnd) {
    const auto ended = runProgram("/bin/sh", {"-c", "yes | head -c 100000 >&2"}, {}, 60s);

    ASSERT_TRUE(ended.ok()) << toString(ended.status());
    EXPECT_EQ(ended->complaints.size(), 4096U);
}

TEST(Program, SaysThatThereIsNone) {
    EXPECT_EQ(runProgram("/no/such", {}, {}, 60s).status().code(), StatusCode::kNotFound);
}

TEST(Program, KillsWhatDoesNotEnd) {
    const auto ended = runProgram("/bin/sleep", {"600"}, {}, 20ms);

    EXPECT_EQ(ended.status().code(), StatusCode::kDeadlineExceeded);
}

}  // namespace
}  // namespace weft::platform::detail
