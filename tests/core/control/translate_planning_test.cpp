// SPDX-License-Identifier: Apache-2.0
#include "core/control/translate_planning.h"

#include "core/control/translate_changes.h"
#include "core/control/translate_policy.h"
#include "core/control/translate_policy_tests.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace weft::control {
namespace {

namespace local = weft::local::v1;
namespace meshv1 = weft::mesh::v1;
using testing::ElementsAre;
using testing::IsEmpty;

const api::Group kCrew{"crew", {{"laptop", api::SubjectKind::Node}}};
const api::Group kCrewOfTwo{
    "crew", {{"laptop", api::SubjectKind::Node}, {"nas", api::SubjectKind::Node}}};
constexpr auto kKindOfLater = static_cast<meshv1::ObjectKind>(77);

/// A change, one that makes and one that removes.
std::vector<api::PolicyEdit> someEdits() {
    return {
        {refOf(kCrew), kCrew, kCrewOfTwo},
        {refOf(kCrew), std::nullopt, kCrew},
        {{api::PolicyKind::Edge, "a", "b"}, api::MeshEdge{"a", "b", 2, {}}, std::nullopt}};
}

TEST(TranslatePlanning, KeepsEditsOnTheWayThereAndBack) {
    for (const auto& edit : someEdits()) {
        EXPECT_EQ(fromProto(toProto(edit)), edit);
        EXPECT_EQ(fromProto(toProto(edit.ref)), edit.ref);
    }
}

TEST(TranslatePlanning, NeverTakesAnObjectThatDoesNotReadForNone) {
    auto later = toProto(someEdits().front());
    later.mutable_after()->clear_object();
    EXPECT_EQ(fromProto(later), std::nullopt);

    auto ofLater = toProto(someEdits().front());
    ofLater.mutable_object()->set_kind(kKindOfLater);
    EXPECT_EQ(fromProto(ofLater), std::nullopt);
}

TEST(TranslatePlanning, SaysWhichRulesAreMeant) {
    EXPECT_TRUE(toProto(api::PlanSubject(api::LiveRules{})).live());
    EXPECT_TRUE(toProto(api::PlanSubject(api::DraftRules{})).draft());
    EXPECT_EQ(toProto(api::PlanSubject(api::PastRules{12})).after_change(), 12U);
    const auto edited = toProto(api::PlanSubject(api::EditedRules{someEdits()}));
    ASSERT_EQ(edited.edits().edits_size(), 3);
    EXPECT_EQ(fromProto(edited.edits().edits(2)), someEdits()[2]);
    EXPECT_TRUE(toProto(api::PlanSubject(api::EditedRules{})).has_edits());
}

TEST(TranslatePlanning, SaysWhatWouldBeGone) {
    const auto parts = toProto(api::WhatIfQuestion{api::DraftRules{}, {"nas"}, {{"a", "b"}}, {}});
    EXPECT_TRUE(parts.subject().draft());
    EXPECT_THAT(parts.nodes(), ElementsAre("nas"));
    EXPECT_EQ(parts.links(0).source(), "a");
    EXPECT_EQ(parts.links(0).target(), "b");
    EXPECT_FALSE(parts.has_object());

    const auto object = toProto(api::WhatIfQuestion{{}, {}, {}, refOf(kCrew)});
    EXPECT_EQ(fromProto(object.object()), refOf(kCrew));
}

TEST(TranslatePlanning, KeepsEveryFieldOfATest) {
    const auto message = toProto(std::vector<api::PolicyTest>{
        {"one", true, "group:laptops", "nas", api::AddressFamily::Ipv4, ""},
        {"two", false, "*", "", api::AddressFamily::Ipv6, "10.0.0.0/8"},
        {"three", true, "a", "b", {}, ""}});

    const auto& one = message.tests(0);
    EXPECT_EQ(one.name(), "one");
    EXPECT_EQ(one.must(), meshv1::PolicyTest::MUST_REACH);
    EXPECT_EQ(one.from(), "group:laptops");
    EXPECT_EQ(one.to(), "nas");
    EXPECT_EQ(one.family(), meshv1::PolicyTest::FAMILY_V4);
    EXPECT_EQ(message.tests(1).must(), meshv1::PolicyTest::MUST_NOT_REACH);
    EXPECT_EQ(message.tests(1).family(), meshv1::PolicyTest::FAMILY_V6);
    EXPECT_EQ(message.tests(1).network(), "10.0.0.0/8");
    EXPECT_EQ(message.tests(2).family(), meshv1::PolicyTest::FAMILY_UNSPECIFIED);
}

void addLink(auto* links, const std::string& source, const std::string& target) {
    auto* link = links->Add();
    link->set_source(source);
    link->set_target(target);
}

void fill(local::PairDifference* pairs) {
    pairs->set_gained(1);
    pairs->set_lost(2);
    pairs->set_changed(4);
    auto* pair = pairs->add_listed();
    pair->set_left("a");
    pair->set_right("b");
    pair->mutable_before()->set_state(local::PAIR_STATE_CONNECTED);
    pair->mutable_before()->set_forward(true);
    pair->mutable_before()->set_backward(true);
    pair->mutable_after()->set_state(local::PAIR_STATE_ONE_SIDED);
    pair->mutable_after()->set_forward(true);
    pairs->add_isolated("c");
    pairs->set_isolated_count(3);
}

const api::PairDifference kPairs{
    1,
    2,
    4,
    {{"a", "b", {api::PairState::Connected, true, true}, {api::PairState::OneSided, true, false}}},
    {"c"},
    3};

void fill(local::RouteDifference* routes) {
    routes->set_gained(1);
    routes->set_lost(2);
    routes->set_moved(3);
    auto* route = routes->add_listed();
    route->set_node("a");
    route->set_destination("10.0.0.0/8");
    route->set_before("x");
    route->set_after("y");
}

const api::RouteDifference kRoutes{1, 2, 3, {{"a", "10.0.0.0/8", "x", "y"}}};

void fill(local::VoterDifference* voters) {
    voters->add_added("a");
    voters->add_removed("b");
    addLink(voters->mutable_separated(), "c", "d");
    voters->set_text("two of three");
    voters->set_loses_quorum(true);
}

const api::VoterDifference kVoters{{"a"}, {"b"}, {{"c", "d"}}, "two of three", true};

TEST(TranslatePlanning, KeepsEveryFieldOfAReview) {
    local::PlanReview message;
    *message.add_edits() = toProto(someEdits().front());
    auto* conflict = message.add_conflicts();
    *conflict->mutable_object() = toProto(refOf(kCrew));
    conflict->set_text("both changed it");
    *conflict->mutable_base() = toProto(api::PolicyObject(kCrew));
    *conflict->mutable_mine() = toProto(api::PolicyObject(kCrewOfTwo));
    fill(message.mutable_pairs());
    fill(message.mutable_routes());
    message.mutable_vanished()->set_count(5);
    auto* vanished = message.mutable_vanished()->add_listed();
    vanished->set_from("a");
    vanished->set_node("b");
    vanished->set_route("office");
    fill(message.mutable_voters());
    auto* server = message.add_servers();
    server->set_server("hub");
    server->set_is_leader(true);
    server->set_before(true);
    auto* right = message.add_rights();
    right->set_kind(meshv1::OBJECT_KIND_GROUP);
    right->set_before(true);
    message.add_rights()->set_kind(kKindOfLater);
    message.add_warnings("you would lose access to the leader");

    const api::PlanReview expected{
        {someEdits().front()},
        {{refOf(kCrew), "both changed it", kCrew, kCrewOfTwo, std::nullopt}},
        kPairs,
        kRoutes,
        5,
        {{"a", "b", "office"}},
        kVoters,
        {{"hub", true, true, false}},
        {{api::PolicyKind::Group, true, false}},
        {"you would lose access to the leader"}};
    EXPECT_EQ(fromProto(message), expected);
}

TEST(TranslatePlanning, KnowsEveryStateOfAPairAndTakesOthersForNone) {
    using Pair = std::pair<local::PairState, api::PairState>;
    for (const auto& [theirs, ours] :
         {Pair{local::PAIR_STATE_NONE, api::PairState::None},
          Pair{local::PAIR_STATE_ONE_SIDED, api::PairState::OneSided},
          Pair{local::PAIR_STATE_PERMITTED, api::PairState::Permitted},
          Pair{local::PAIR_STATE_CONNECTED, api::PairState::Connected},
          Pair{static_cast<local::PairState>(77), api::PairState::None}}) {
        local::PlanReview message;
        message.mutable_pairs()->add_listed()->mutable_after()->set_state(theirs);
        EXPECT_EQ(fromProto(message).pairs.listed.front().after.state, ours);
    }
}

TEST(TranslatePlanning, KeepsFindingsEvenOfUnknownObjects) {
    local::LintReport message;
    auto* finding = message.add_findings();
    finding->set_severity(local::LintFinding::SEVERITY_ERROR);
    finding->set_code("matches-nobody");
    *finding->mutable_object() = toProto(refOf(kCrew));
    finding->set_text("nobody is in it");
    *finding->add_fix() = toProto(someEdits().front());
    finding->set_fix_text("weftctl delete group crew");
    auto* later = message.add_findings();
    later->set_severity(local::LintFinding::SEVERITY_WARNING);
    later->mutable_object()->set_kind(kKindOfLater);
    message.set_count(9);

    const auto report = fromProto(message);

    ASSERT_EQ(report.findings.size(), 2U);
    EXPECT_EQ(
        report.findings.front(),
        (api::LintFinding{
            api::LintSeverity::Error,
            "matches-nobody",
            refOf(kCrew),
            "nobody is in it",
            {someEdits().front()},
            "weftctl delete group crew"}));
    EXPECT_EQ(report.findings.back().severity, api::LintSeverity::Warning);
    EXPECT_EQ(report.findings.back().ref, api::ObjectRef{});
    EXPECT_EQ(report.count, 9U);
    EXPECT_FALSE(report.isComplete);
}

TEST(TranslatePlanning, KeepsResultsOfTests) {
    local::PolicyTestReport message;
    auto* result = message.add_results();
    result->set_name("one");
    result->set_passed(true);
    result->set_text("all do");
    addLink(result->mutable_offending(), "a", "b");
    result->set_offending_count(7);

    EXPECT_THAT(
        fromProto(message),
        ElementsAre(api::PolicyTestResult{"one", true, "all do", {{"a", "b"}}, 7}));
}

TEST(TranslatePlanning, KeepsWhatWouldBeLost) {
    local::WhatIfAnswer message;
    fill(message.mutable_pairs());
    fill(message.mutable_routes());
    fill(message.mutable_voters());
    auto* part = message.add_parts();
    part->set_size(3);
    part->add_nodes("a");
    message.set_parts_before(1);

    EXPECT_EQ(fromProto(message), (api::WhatIfAnswer{kPairs, kRoutes, kVoters, {{3, {"a"}}}, 1}));
}

TEST(TranslatePlanning, KeepsDrafts) {
    local::Draft message;
    *message.add_edits() = toProto(someEdits()[1]);
    message.set_number(4);
    message.mutable_changed_at()->set_seconds(1000);
    *message.add_conflicts()->mutable_object() = toProto(refOf(kCrew));
    message.add_conflicts()->mutable_object()->set_kind(kKindOfLater);

    const auto draft = fromProto(message);

    EXPECT_THAT(draft.edits, ElementsAre(someEdits()[1]));
    EXPECT_EQ(draft.number, 4U);
    EXPECT_EQ(draft.changedAt, WallTime(std::chrono::seconds(1000)));
    ASSERT_EQ(draft.conflicts.size(), 1U);
    EXPECT_EQ(draft.conflicts.front().ref, refOf(kCrew));
    EXPECT_EQ(fromProto(local::Draft()).changedAt, std::nullopt);
}

TEST(TranslatePlanning, SaysWhatBecomesOfADraft) {
    const auto rebase = toProto(api::RebaseWish{{refOf(kCrew)}, {someEdits()[2].ref}});
    EXPECT_EQ(fromProto(rebase.keep_mine(0)), refOf(kCrew));
    EXPECT_EQ(fromProto(rebase.take_theirs(0)), someEdits()[2].ref);
    EXPECT_FALSE(rebase.has_base_number());

    const auto apply = toProto(api::ApplyDraftWish{"why", std::chrono::seconds(60)});
    EXPECT_EQ(apply.note(), "why");
    EXPECT_EQ(apply.revert_after_seconds(), 60U);
    EXPECT_THAT(apply.profile_id(), IsEmpty());
}

}  // namespace
}  // namespace weft::control
