// SPDX-License-Identifier: Apache-2.0
#include "core/control/translate_policy_tests.h"

#include "core/control/translate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace weft::control {
namespace {

namespace local = weft::local::v1;
namespace meshv1 = weft::mesh::v1;
using ::testing::ElementsAre;

TEST(TranslatePolicyTests, KeepsTestsAsTheyAre) {
    const std::vector<api::PolicyTest> tests{
        {"one", true, "group:laptops", "nas"},
        {"two", false, "*", "", api::AddressFamily::Ipv4, "10.0.0.0/8"},
        {"three", false, "cam", "nas", api::AddressFamily::Ipv6}};

    const auto request = toProto(tests, 7);
    EXPECT_EQ(request.base_revision(), 7U);
    EXPECT_EQ(request.tests().tests(1).must(), meshv1::PolicyTest::MUST_NOT_REACH);
    meshv1::KeptPolicyTests kept;
    *kept.mutable_tests() = request.tests();
    kept.set_revision(8);
    EXPECT_EQ(fromProto(kept), (api::KeptPolicyTests{tests, 8}));
    EXPECT_EQ(fromProto(meshv1::KeptPolicyTests()), api::KeptPolicyTests());
}

TEST(TranslatePolicyTests, TellsWhatCameOfThem) {
    local::DaemonState message;
    message.add_connections();
    auto* figures = message.add_connections()->mutable_policy_tests();
    figures->set_passed(12);
    figures->set_failed(1);
    figures->mutable_time()->set_seconds(5);
    figures->add_failing()->set_name("cameras");
    figures->mutable_failing(0)->set_text("1 of 2 can talk");

    const auto state = fromProto(message);
    EXPECT_FALSE(state.connections[0].policyTests);
    ASSERT_TRUE(state.connections[1].policyTests);
    const auto& told = *state.connections[1].policyTests;
    EXPECT_EQ(told.passed, 12U);
    EXPECT_EQ(told.failed, 1U);
    EXPECT_EQ(told.at, WallTime(std::chrono::seconds(5)));
    EXPECT_THAT(
        told.failing, ElementsAre(api::PolicyTestFigures::Failing{"cameras", "1 of 2 can talk"}));
}

}  // namespace
}  // namespace weft::control
