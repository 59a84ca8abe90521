// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/policy_test_control.h"

#include "core/mesh/change_control.h"
#include "tests/core/mesh/administration_fixture.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <atomic>

namespace weft::tests {
namespace {

using mesh::KeptPolicyTests;
using mesh::changes::Expectation;
using mesh::changes::PolicyTest;
using mesh::policy::Resource;
using mesh::policy::Verb;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

PolicyTest testOf(const std::string& name) {
    return {name, Expectation::Reach, "group:laptops", "nas"};
}

class PolicyTestControlTest : public AdministrationTest {
protected:
    PolicyTestControlTest()
        : changes_(mesh::ChangeControl::create(*mesh_.host, mesh_.loop, audit_.get())) {}

    StatusOr<storage::Revision> put(
        std::vector<PolicyTest> tests, storage::Revision base, const std::string& by = "alpha") {
        return wait<storage::Revision>([&](auto done) {
            changes_->policyTests().put(std::move(tests), base, certificateOf(by), std::move(done));
        });
    }
    StatusOr<KeptPolicyTests> get(const std::string& by = "alpha") {
        return changes_->policyTests().get(certificateOf(by));
    }
    std::vector<mesh::AuditEvent> told() {
        mesh::AuditFilter filter;
        filter.kind = "policytests";
        return events(filter);
    }
    void store(const std::string& value) {
        ASSERT_TRUE(
            mesh_.host->store()
                .commitAndWait(
                    {{}, {storage::Put{std::string(mesh::kPolicyTestsKey), value, std::nullopt}}})
                .ok());
    }

    std::unique_ptr<mesh::ChangeControl> changes_;
};

TEST_F(PolicyTestControlTest, KeepsReplacesAndForgetsTests) {
    EXPECT_EQ(get().value(), KeptPolicyTests{});

    const auto first = put({testOf("one")}, 0).value();
    EXPECT_GT(first, 0U);
    EXPECT_EQ(get().value(), (KeptPolicyTests{{testOf("one")}, first}));
    EXPECT_EQ(put({testOf("one")}, first).value(), first);

    const auto second = put({testOf("one"), testOf("two")}, first).value();
    EXPECT_GT(second, first);
    EXPECT_EQ(get().value(), (KeptPolicyTests{{testOf("one"), testOf("two")}, second}));

    EXPECT_EQ(put({}, second).value(), 0U);
    EXPECT_EQ(get().value(), KeptPolicyTests{});
    EXPECT_EQ(put({}, 0).value(), 0U);
}

TEST_F(PolicyTestControlTest, RefusesWhatOthersHaveChangedMeanwhile) {
    const auto first = put({testOf("one")}, 0).value();

    const auto late = put({testOf("mine")}, 0);
    EXPECT_EQ(late.status().code(), StatusCode::kAborted);
    EXPECT_THAT(messageOf(late.status()), HasSubstr("others have changed the tests meanwhile"));
    EXPECT_EQ(put({testOf("mine")}, first + 1).status().code(), StatusCode::kAborted);
    EXPECT_EQ(get()->tests, std::vector{testOf("one")});
}

TEST_F(PolicyTestControlTest, LetsMembersReadAndWhoMayPutEveryRuleWrite) {
    join("bravo", 2);
    join("writer", 3);
    join("half", 4);
    grant("writer", roleOf("writes", {Resource::NetworkAcls}, {Verb::Put}));
    grant("half", roleOf("half", {Resource::NetworkAcls}, {Verb::Put}, {"one"}));

    EXPECT_TRUE(get("bravo").ok());
    EXPECT_EQ(get("stranger").status().code(), StatusCode::kPermissionDenied);

    EXPECT_EQ(put({testOf("x")}, 0, "bravo").status().code(), StatusCode::kPermissionDenied);
    EXPECT_EQ(put({testOf("x")}, 0, "half").status().code(), StatusCode::kPermissionDenied);
    // Nothing is told to who may not: not even that a test is wrong.
    EXPECT_EQ(put({PolicyTest{}}, 9, "bravo").status().code(), StatusCode::kPermissionDenied);
    EXPECT_THAT(get()->tests, IsEmpty());
    EXPECT_TRUE(put({testOf("x")}, 0, "writer").ok());
}

TEST_F(PolicyTestControlTest, RefusesTooManyTooLongAndWrongTests) {
    std::vector<PolicyTest> tests;
    for (std::size_t at = 0; at < mesh::changes::kMaxPolicyTests; ++at) {
        tests.push_back(testOf(std::to_string(at)));
    }
    const auto kept = put(tests, 0);
    ASSERT_TRUE(kept.ok()) << kept.status();
    tests.push_back(testOf("more"));
    const auto tooMany = put(tests, *kept);
    EXPECT_EQ(tooMany.status().code(), StatusCode::kResourceExhausted);
    EXPECT_THAT(messageOf(tooMany.status()), HasSubstr("501 tests are too many"));

    EXPECT_EQ(put({PolicyTest{}}, *kept).status().code(), StatusCode::kInvalidArgument);
}

TEST_F(PolicyTestControlTest, KeepsTestsUpToTheirLongest) {
    // JSON takes six bytes for one of the wide ones, so that few tests are long.
    const auto filled = [](std::size_t number) {
        const std::string wide(200, '\x01');
        return PolicyTest{fmt::format("{:03}{}", number, wide), Expectation::NotReach, wide, "x"};
    };
    const auto bytesOf = [](const std::vector<PolicyTest>& some) {
        return mesh::changes::encode(some).size();
    };
    const auto frame = bytesOf({filled(0)});
    const auto each = bytesOf({filled(0), filled(1)}) - frame;
    std::vector<PolicyTest> tests{filled(0)};
    std::size_t room = mesh::changes::kMaxPolicyTestBytes - frame;
    for (; room >= each; room -= each) {
        tests.push_back(filled(tests.size()));
    }
    for (auto test = tests.begin(); room > 0; ++test) {
        const auto part = std::min<std::size_t>(room, 200);
        test->to.append(part, 'x');
        room -= part;
    }
    ASSERT_EQ(mesh::changes::encode(tests).size(), mesh::changes::kMaxPolicyTestBytes);
    const auto kept = put(tests, 0);
    ASSERT_TRUE(kept.ok()) << kept.status();
    EXPECT_EQ(get()->tests, tests);

    tests.back().to += 'x';
    const auto tooLong = put(tests, *kept);
    EXPECT_EQ(tooLong.status().code(), StatusCode::kResourceExhausted);
    EXPECT_THAT(messageOf(tooLong.status()), HasSubstr("the tests take 1048577 bytes"));
}

TEST_F(PolicyTestControlTest, WritesWhoChangedTheTestsIntoTheAuditLog) {
    join("bravo", 2);
    const auto first = put({testOf("one")}, 0).value();
    (void)put({testOf("one")}, first);
    (void)put({}, first);
    (void)put({testOf("x")}, 0, "bravo");

    const auto log = told();
    ASSERT_THAT(log, SizeIs(3));
    EXPECT_THAT(
        log,
        ElementsAre(
            AllOf(
                Field(&mesh::AuditEvent::identity, "bravo"),
                Field(&mesh::AuditEvent::outcome, mesh::AuditEvent::Outcome::Denied),
                Field(&mesh::AuditEvent::after, "")),
            AllOf(
                Field(&mesh::AuditEvent::verb, "delete"),
                Field(&mesh::AuditEvent::before, HasSubstr("\"one\"")),
                Field(&mesh::AuditEvent::after, "")),
            AllOf(
                Field(&mesh::AuditEvent::verb, "put"),
                Field(&mesh::AuditEvent::identity, "alpha"),
                Field(&mesh::AuditEvent::before, ""),
                Field(&mesh::AuditEvent::after, HasSubstr("\"one\"")),
                Field(&mesh::AuditEvent::revision, first))));
}

TEST_F(PolicyTestControlTest, CountsWhatDoesNotReadAsNone) {
    store("{\"tests\":");

    const auto kept = get();
    EXPECT_EQ(kept.status().code(), StatusCode::kDataLoss);
    EXPECT_THAT(messageOf(kept.status()), HasSubstr("keep new ones in their place"));
    EXPECT_TRUE(put({testOf("one")}, 0).ok());
    EXPECT_EQ(get()->tests, std::vector{testOf("one")});
}

TEST_F(PolicyTestControlTest, TellsOfEachWriteOfTheTests) {
    std::atomic<int> writes = 0;
    const auto watch = changes_->policyTests().watch([&writes] { ++writes; });
    ASSERT_TRUE(watch.ok());

    const auto first = put({testOf("one")}, 0).value();
    EXPECT_EQ(writes, 1);
    ASSERT_TRUE(AdministrationTest::put(roleOf("x", {Resource::Routes}, {Verb::Get})).ok());
    EXPECT_EQ(writes, 1);
    (void)put({}, first);
    EXPECT_EQ(writes, 2);
}

}  // namespace
}  // namespace weft::tests
