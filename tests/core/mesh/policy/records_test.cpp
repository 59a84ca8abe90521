// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/policy/records.h"

#include <gmock/gmock.h>

namespace weft::mesh::policy {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(PolicyRecords, ReadsARoleAsTheReferenceWritesIt) {
    const auto role =
        decodeRole(R"({"name":"ops", "rules":[{"resources":["RESOURCE_ROUTES","RESOURCE_ALL"],)"
                   R"( "resourceNames":["a","*"], "verbs":["VERB_PUT", 2]}]})");

    ASSERT_TRUE(role.ok()) << toString(role.status());
    EXPECT_EQ(role->name, "ops");
    EXPECT_THAT(
        role->rules,
        ElementsAre(Rule{
            .resources = {Resource::Routes, Resource::All},
            .resourceNames = {"a", "*"},
            .verbs = {Verb::Put, Verb::Get}}));
}

TEST(PolicyRecords, ReadsSubjectsOfEveryKind) {
    const auto group =
        decodeGroup(R"({"name":"g","subjects":[{"name":"n","type":"SUBJECT_NODE"},)"
                    R"({"name":"u","type":"SUBJECT_USER"},{"name":"h","type":"SUBJECT_GROUP"},)"
                    R"({"name":"*","type":"SUBJECT_ALL"},{"name":"x"}]})");

    ASSERT_TRUE(group.ok()) << toString(group.status());
    EXPECT_THAT(
        group->subjects,
        ElementsAre(
            Subject{"n", SubjectKind::Node},
            Subject{"u", SubjectKind::User},
            Subject{"h", SubjectKind::Group},
            Subject{"*", SubjectKind::All},
            Subject{"x", SubjectKind::Unknown}));
}

TEST(PolicyRecords, WritesWhatItReads) {
    const Role role{
        .name = "r",
        .rules = {
            {.resources = {Resource::PubSub}, .resourceNames = {"/a/"}, .verbs = {Verb::Put}},
            {.resources = {Resource::All}, .resourceNames = {}, .verbs = {Verb::All}}}};
    const RoleBinding binding{
        .name = "b", .role = "r", .subjects = {{"n", SubjectKind::Node}, {"*", SubjectKind::All}}};
    const Group group{.name = "g", .subjects = {{"h", SubjectKind::Group}}};
    const NetworkAcl acl{
        .name = "a",
        .priority = -7,
        .action = AclAction::Accept,
        .sourceNodes = {"group:g"},
        .destinationNodes = {"*"},
        .sourceCidrs = {"10.0.0.1/8"},
        .destinationCidrs = {"fd00::/8", "*"}};

    EXPECT_EQ(*decodeRole(encode(role)), role);
    EXPECT_EQ(*decodeRoleBinding(encode(binding)), binding);
    EXPECT_EQ(*decodeGroup(encode(group)), group);
    EXPECT_EQ(*decodeNetworkAcl(encode(acl)), acl);
}

TEST(PolicyRecords, KeepsNumbersThatItDoesNotKnow) {
    const auto acl = decodeNetworkAcl(R"({"name":"a","action":7,"priority":2147483647})");

    ASSERT_TRUE(acl.ok());
    EXPECT_EQ(static_cast<int>(acl->action), 7);
    EXPECT_EQ(*decodeNetworkAcl(encode(*acl)), *acl);
}

TEST(PolicyRecords, RefusesAFieldThatMayNarrowTheRule) {
    const auto acl = decodeNetworkAcl(
        R"({"name":"a","action":"ACTION_ACCEPT","sourceNodes":["*"],"destinationPorts":[22]})");

    EXPECT_EQ(acl.status().code(), StatusCode::kDataLoss);
    EXPECT_THAT(messageOf(acl.status()), HasSubstr("does not parse"));
}

TEST(PolicyRecords, RefusesWhatIsNoRecord) {
    for (const std::string text :
         {"", "null and void", "[]", "7", R"({"name":7)", "{\"name\":\"\xff\"}"}) {
        EXPECT_EQ(decodeRole(text).status().code(), StatusCode::kDataLoss) << text;
        EXPECT_EQ(decodeNetworkAcl(text).status().code(), StatusCode::kDataLoss) << text;
    }
    EXPECT_FALSE(decodeRole(R"({"rules":[{"verbs":["VERB_SMASH"]}]})").ok());
    EXPECT_FALSE(decodeNetworkAcl(R"({"priority":2147483648})").ok());
}

TEST(PolicyRecords, RefusesALongerRecordThanItsLimit) {
    std::string text = R"({"name":"a"})";
    text.append(kMaxRecordBytes - text.size(), ' ');
    EXPECT_TRUE(decodeGroup(text).ok());

    text.push_back(' ');
    EXPECT_THAT(messageOf(decodeGroup(text).status()), HasSubstr("longer than"));

    // One that only protobuf reads.
    std::string escaped = R"({"name":"\u0061"})";
    escaped.append(kMaxRecordBytes - escaped.size(), ' ');
    EXPECT_EQ(decodeGroup(escaped)->name, "a");
}

TEST(PolicyRecords, ReadsADeed) {
    const auto action =
        decodeAction(R"({"verb":"VERB_PUT","resource":"RESOURCE_EDGES","resourceName":"a"})");

    ASSERT_TRUE(action.ok());
    EXPECT_EQ(*action, (Action{Verb::Put, Resource::Edges, "a"}));
    EXPECT_EQ(decodeAction("{").status().code(), StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace weft::mesh::policy
