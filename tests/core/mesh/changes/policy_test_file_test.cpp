// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/changes/policy_test_file.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace weft::mesh::changes::tests {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

StatusOr<std::vector<PolicyTest>> parse(std::string_view text) {
    return parsePolicyTests(text, "tests.yaml");
}

std::string errorOf(std::string_view text) {
    const auto tests = parse(text);
    EXPECT_EQ(tests.status().code(), absl::StatusCode::kInvalidArgument) << text;
    return messageOf(tests.status());
}

/// As many tests as `count`, each valid.
std::string manyTests(std::size_t count) {
    std::string text;
    for (std::size_t at = 0; at < count; ++at) {
        text += fmt::format("- {{name: t{}, must: reach, from: a, to: b}}\n", at);
    }
    return text;
}

TEST(PolicyTestFile, ReadsYamlAsPeopleWriteIt) {
    const auto tests = parse(R"(# what must hold
- name: laptops
  must: reach
  from: group:laptops
  to: nas
- name: cameras
  must: not-reach
  from: "group:cameras"
  to: "*"
  family: ipv6
- {name: printer, must: reach, from: nas, network: 10.9.0.5}
)");

    EXPECT_THAT(
        tests.value(),
        ElementsAre(
            PolicyTest{"laptops", Expectation::Reach, "group:laptops", "nas"},
            PolicyTest{"cameras", Expectation::NotReach, "group:cameras", "*", net::Family::V6},
            PolicyTest{
                "printer",
                Expectation::Reach,
                "nas",
                "",
                std::nullopt,
                net::IpPrefix::parse("10.9.0.5/32").value()}));
}

TEST(PolicyTestFile, ReadsWhatTheMeshKeeps) {
    const std::vector<PolicyTest> tests{
        {"one", Expectation::Reach, "*", "nas", net::Family::V4},
        {"two",
         Expectation::NotReach,
         "group:cameras",
         "",
         std::nullopt,
         net::IpPrefix::parse("fd00::/8").value()}};

    EXPECT_EQ(parse(encode(tests)).value(), tests);
    EXPECT_THAT(parse(encode({})).value(), IsEmpty());
    EXPECT_THAT(parse("[]").value(), IsEmpty());
    EXPECT_THAT(parse("tests: []").value(), IsEmpty());
}

TEST(PolicyTestFile, SaysWhereWhatIsWrong) {
    const auto error = errorOf("- name: one\n"
                               "  must: perhaps\n"
                               "  from: a\n"
                               "  to: b\n"
                               "- name: two\n"
                               "  must: reach\n"
                               "  family: five\n"
                               "  network: ten\n"
                               "  form: a\n"
                               "- word\n");

    EXPECT_THAT(
        error,
        AllOf(
            HasSubstr("tests.yaml:2: must is \"perhaps\": write reach or not-reach"),
            HasSubstr("tests.yaml:7: family is \"five\": write ipv4 or ipv6"),
            HasSubstr("tests.yaml:8: network: "),
            HasSubstr("tests.yaml:9: there is no field form; there are: family, from, must, "),
            HasSubstr("tests.yaml:10: a test must hold fields")));
    EXPECT_EQ(std::ranges::count(error, '\n'), 4);
}

TEST(PolicyTestFile, TellsOfEachFaultOnce) {
    EXPECT_EQ(
        errorOf("- name: x\n  from: a\n  to: b\n"),
        "tests.yaml:1: must is missing: write must: reach or must: not-reach");
    EXPECT_THAT(
        errorOf("- name: x\n  must: [reach]\n  from: a\n  to: b\n"),
        HasSubstr("tests.yaml:2: must must be a word"));
    EXPECT_THAT(errorOf("word"), HasSubstr("begin each with `- name: ...`"));
    EXPECT_THAT(errorOf("tests: word"), HasSubstr("begin each with `- name: ...`"));
    EXPECT_THAT(errorOf("test: []"), HasSubstr("there is no field test; there are: tests"));
    EXPECT_THAT(errorOf(""), Not(IsEmpty()));
}

TEST(PolicyTestFile, RefusesTestsThatTheMeshWouldNotKeep) {
    EXPECT_THAT(
        errorOf("- {name: x, must: reach, from: a}"),
        AllOf(HasSubstr("tests.yaml"), HasSubstr("neither to whom nor to which network")));
    EXPECT_THAT(
        errorOf("- {name: x, must: reach, from: a, network: 10.0.0.1/8}"),
        HasSubstr("write 10.0.0.0/8"));
}

TEST(PolicyTestFile, HasLimits) {
    EXPECT_EQ(parse(manyTests(kMaxPolicyTests)).value().size(), kMaxPolicyTests);
    EXPECT_THAT(errorOf(manyTests(kMaxPolicyTests + 1)), HasSubstr("501 tests are too many"));

    std::string text = "[]";
    text.resize(kMaxPolicyTestBytes, ' ');
    EXPECT_TRUE(parse(text).ok());
    EXPECT_THAT(errorOf(text + " "), HasSubstr("longer than"));
}

}  // namespace
}  // namespace weft::mesh::changes::tests
