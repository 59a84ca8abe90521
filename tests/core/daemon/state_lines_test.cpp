// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/state_lines.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace weft::daemon {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(ProblemOfTest, OnlyATakenNameIsForReleasing) {
    EXPECT_THAT(
        problemOf(alreadyExists("the name is taken")).remedy(),
        HasSubstr("release the name, or take another"));
    for (const char* text :
         {"not allowed",
          "request is not in-network",
          "n2 may not put routes n2-auto: no role is bound to it",
          "node id n3 does not match authenticated caller"}) {
        const auto problem = problemOf(permissionDenied("{}", text));
        EXPECT_EQ(problem.text(), text);
        EXPECT_THAT(
            problem.remedy(),
            AllOf(
                HasSubstr("what this node may do"),
                HasSubstr("certificate or user name is for this node's name"),
                Not(HasSubstr("release"))));
    }
}

TEST(ProblemOfTest, EveryFailureHasARemedy) {
    for (int code = 1; code <= 16; ++code) {
        const auto problem = problemOf(makeStatus(static_cast<StatusCode>(code), "why"));
        EXPECT_EQ(problem.text(), "why");
        EXPECT_EQ(problem.severity(), weft::local::v1::Problem::SEVERITY_ERROR);
        EXPECT_NE(problem.remedy(), "") << code;
    }
}

}  // namespace
}  // namespace weft::daemon
