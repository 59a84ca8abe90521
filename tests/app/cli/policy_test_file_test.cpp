// SPDX-License-Identifier: Apache-2.0
#include "app/cli/policy_test_file.h"

#include "core/base/file.h"
#include "tests/support/temp_dir.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace weft::cli {
namespace {

using mesh::changes::Expectation;
using mesh::changes::PolicyTest;
using testing::AllOf;
using testing::HasSubstr;

class PolicyTestFile : public testing::Test {
protected:
    StatusOr<std::vector<PolicyTest>> read(const std::string& text) const {
        EXPECT_TRUE(base::writeFileAtomically(temp_ / "tests.yaml", text).ok());
        return readPolicyTests(temp_ / "tests.yaml");
    }

    tests::TempDir temp_;
};

TEST_F(PolicyTestFile, ReadsWhatIsWrittenForPeople) {
    const std::vector<PolicyTest> tests{
        {"laptops", Expectation::Reach, "*", "nas", net::Family::V6},
        {"1", Expectation::NotReach, "null", "group:true"},
        {"cameras",
         Expectation::NotReach,
         "group:cameras",
         "",
         std::nullopt,
         net::IpPrefix::parse("10.0.0.0/8").value()}};

    EXPECT_EQ(read(describe(tests).toYaml()).value(), tests);
    EXPECT_EQ(read(describe(tests).toJson()).value(), tests);
    EXPECT_EQ(read(describe(std::vector<PolicyTest>()).toYaml()).value().size(), 0U);
}

TEST_F(PolicyTestFile, NamesFileAndLineOfAFault) {
    const auto tests = read("- name: x\n  must: perhaps\n  from: a\n  to: b\n");

    EXPECT_THAT(
        messageOf(tests.status()),
        AllOf(HasSubstr("tests.yaml:2: "), HasSubstr("write reach or not-reach")));
}

TEST_F(PolicyTestFile, SaysWhichFileIsMissingOrTooLong) {
    const auto missing = readPolicyTests(temp_ / "none.yaml");
    EXPECT_EQ(missing.status().code(), StatusCode::kNotFound);
    EXPECT_THAT(messageOf(missing.status()), HasSubstr("none.yaml"));

    std::string text = "[]";
    text.resize(mesh::changes::kMaxPolicyTestBytes, ' ');
    EXPECT_TRUE(read(text).ok());
    EXPECT_EQ(read(text + " ").status().code(), StatusCode::kResourceExhausted);
}

}  // namespace
}  // namespace weft::cli
