// SPDX-License-Identifier: Apache-2.0
#include "core/control/translate_policy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace weft::control {
namespace {

namespace local = weft::local::v1;
namespace meshv1 = weft::mesh::v1;
using testing::ElementsAre;

std::vector<api::PolicyObject> oneOfEach() {
    api::RoleRule rule;
    for (int i = 0; i <= static_cast<int>(api::PolicyResource::All); ++i) {
        rule.resources.push_back(static_cast<api::PolicyResource>(i));
    }
    for (int i = 0; i <= static_cast<int>(api::PolicyVerb::All); ++i) {
        rule.verbs.push_back(static_cast<api::PolicyVerb>(i));
    }
    rule.resourceNames = {"a", "*"};
    std::vector<api::Subject> subjects;
    for (int i = 0; i <= static_cast<int>(api::SubjectKind::All); ++i) {
        subjects.push_back({"name", static_cast<api::SubjectKind>(i)});
    }
    return {
        api::Role{"role", {rule, {}}},
        api::RoleBinding{"binding", "role", subjects},
        api::Group{"group", subjects},
        api::NetworkAcl{"acl", -5, api::AclAction::Deny, {"a"}, {"b"}, {"c"}, {"d"}},
        api::Route{"route", "node", {"10.0.0.0/8"}, "hop"},
        api::MeshEdge{"a", "b", 7, {{"EDGE_ATTRIBUTE_ICE", "true"}}}};
}

TEST(TranslatePolicy, KeepsEveryFieldOfEveryKindOnTheWayThereAndBack) {
    for (const auto& object : oneOfEach()) {
        local::StoredObject message;
        *message.mutable_object() = toProto(object);
        message.mutable_object()->set_revision(9);
        message.set_is_system(true);

        const auto back = fromProto(message);

        ASSERT_TRUE(back.has_value());
        EXPECT_EQ(back->object, object) << message.DebugString();
        EXPECT_EQ(back->revision, 9U);
        EXPECT_TRUE(back->isSystem);
    }
}

TEST(TranslatePolicy, LeavesOutWhatIsOfNoKnownKind) {
    local::PolicyState message;
    message.add_objects();
    message.add_objects()->mutable_object()->mutable_group()->set_name("g");
    message.set_revision(4);
    message.set_roles_disabled(true);
    message.add_problems()->set_text("broken");

    const auto state = fromProto(message);

    ASSERT_EQ(state.objects.size(), 1U);
    EXPECT_EQ(refOf(state.objects.front().object).name, "g");
    EXPECT_EQ(state.revision, 4U);
    EXPECT_TRUE(state.rolesDisabled);
    EXPECT_EQ(state.problems.front().text, "broken");
}

TEST(TranslatePolicy, TakesUnknownNumbersForUnknown) {
    local::StoredObject message;
    auto* acl = message.mutable_object()->mutable_network_acl();
    acl->set_action(static_cast<::v1::ACLAction>(77));

    EXPECT_EQ(
        std::get<api::NetworkAcl>(fromProto(message)->object).action, api::AclAction::Unknown);
}

TEST(TranslatePolicy, SaysWhatIsAskedFor) {
    const auto request = toProto(api::AccessQuestion{
        "nas",
        api::SubjectKind::Group,
        api::PolicyVerb::Delete,
        api::PolicyResource::NetworkAcls,
        "open"});

    EXPECT_EQ(request.subject().name(), "nas");
    EXPECT_EQ(request.subject().type(), ::v1::SUBJECT_GROUP);
    EXPECT_EQ(request.action().verb(), ::v1::VERB_DELETE);
    EXPECT_EQ(request.action().resource(), ::v1::RESOURCE_NETWORK_ACLS);
    EXPECT_EQ(request.action().resource_name(), "open");
    EXPECT_EQ(toProto(api::PolicyKind::Edge), meshv1::OBJECT_KIND_EDGE);
}

TEST(TranslatePolicy, TellsTheVerdictOfEachDirection) {
    local::AccessExplanation message;
    message.mutable_forward()->set_from("a");
    auto* family = message.mutable_forward()->add_families();
    family->set_ipv4(true);
    family->set_acl("open");
    auto* step = family->add_trace();
    step->set_acl("other");
    step->set_action(::v1::ACTION_DENY);
    step->set_reason("its nodes are others");
    message.mutable_backward()->add_routes()->set_cidr("10.0.0.0/8");
    message.set_summary("so it is");

    const auto explanation = fromProto(message);

    ASSERT_EQ(explanation.forward.families.size(), 1U);
    EXPECT_EQ(explanation.forward.families.front().family, api::AddressFamily::Ipv4);
    EXPECT_EQ(explanation.forward.families.front().trace.front().action, api::AclAction::Deny);
    EXPECT_EQ(explanation.backward.routes.front().cidr, "10.0.0.0/8");
    EXPECT_EQ(explanation.summary, "so it is");
}

TEST(TranslatePolicy, KeepsEventsAndFilters) {
    meshv1::AuditEvent message;
    message.mutable_time()->set_seconds(1000);
    message.set_identity("nas");
    message.set_proxied_by("hub");
    message.set_outcome(meshv1::AuditEvent::OUTCOME_DENIED);
    message.set_reason("no right");
    api::AuditFilter filter;
    filter.outcome = api::AuditOutcome::Failed;
    filter.since = WallTime(std::chrono::seconds(60));

    const auto event = fromProto(message);
    const auto request = toProto(filter);

    EXPECT_EQ(event.at, WallTime(std::chrono::seconds(1000)));
    EXPECT_EQ(event.who, "nas");
    EXPECT_EQ(event.proxiedBy, "hub");
    EXPECT_EQ(event.outcome, api::AuditOutcome::Denied);
    EXPECT_EQ(event.reason, "no right");
    EXPECT_EQ(request.outcome(), meshv1::AuditEvent::OUTCOME_FAILED);
    EXPECT_EQ(request.since().seconds(), 60);
}

TEST(TranslatePolicy, KeepsReportsAndRemovedNodes) {
    local::WriteReport report;
    report.set_revision(5);
    report.add_also_changed("route x was deleted");
    meshv1::ListRemovedNodesResponse nodes;
    nodes.add_nodes()->set_node_id("gone");

    EXPECT_EQ(fromProto(report).revision, 5U);
    EXPECT_THAT(fromProto(report).alsoChanged, ElementsAre("route x was deleted"));
    EXPECT_EQ(fromProto(nodes).front().nodeId, "gone");
    EXPECT_EQ(fromProto(nodes).front().removedAt, std::nullopt);
}

}  // namespace
}  // namespace weft::control
