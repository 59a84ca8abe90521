// SPDX-License-Identifier: Apache-2.0
#include "core/api/policy_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace weft::api {
namespace {

using testing::HasSubstr;

TEST(PolicyWords, ReadWhatTheyWriteForEveryValue) {
    for (int i = 0; i <= static_cast<int>(PolicyKind::Edge); ++i) {
        const auto kind = static_cast<PolicyKind>(i);
        EXPECT_EQ(parsePolicyKind(wordFor(kind)).value(), kind) << wordFor(kind);
    }
    for (int i = 1; i <= static_cast<int>(PolicyVerb::All); ++i) {
        const auto verb = static_cast<PolicyVerb>(i);
        EXPECT_EQ(parsePolicyVerb(wordFor(verb)).value(), verb) << wordFor(verb);
    }
    for (int i = 1; i <= static_cast<int>(PolicyResource::All); ++i) {
        const auto resource = static_cast<PolicyResource>(i);
        EXPECT_EQ(parsePolicyResource(wordFor(resource)).value(), resource) << wordFor(resource);
    }
    for (int i = 1; i <= static_cast<int>(SubjectKind::All); ++i) {
        const auto kind = static_cast<SubjectKind>(i);
        EXPECT_EQ(parseSubjectKind(wordFor(kind)).value(), kind) << wordFor(kind);
    }
    EXPECT_EQ(parseAclAction(wordFor(AclAction::Accept)).value(), AclAction::Accept);
    EXPECT_EQ(parseAclAction(wordFor(AclAction::Deny)).value(), AclAction::Deny);
}

TEST(PolicyWords, ReadPluralsAndTheNamesOfTheApi) {
    EXPECT_EQ(parsePolicyKind("networkacls").value(), PolicyKind::NetworkAcl);
    EXPECT_EQ(parsePolicyKind("RoleBindings").value(), PolicyKind::RoleBinding);
    EXPECT_EQ(parsePolicyVerb("VERB_DELETE").value(), PolicyVerb::Delete);
    EXPECT_EQ(parsePolicyResource("RESOURCE_ROLE_BINDINGS").value(), PolicyResource::RoleBindings);
    EXPECT_EQ(parseSubjectKind("SUBJECT_ALL").value(), SubjectKind::All);
    EXPECT_EQ(parseAclAction("ACTION_DENY").value(), AclAction::Deny);
}

TEST(PolicyWords, ListWhatThereIsWhenAWordIsUnknown) {
    const auto verb = parsePolicyVerb("look");

    EXPECT_EQ(verb.status().code(), StatusCode::kInvalidArgument);
    EXPECT_EQ(
        messageOf(verb.status()), R"(there is no verb "look"; there are: put, get, delete, *)");
    EXPECT_THAT(
        messageOf(parsePolicyResource("").status()), HasSubstr("votes, roles, rolebindings"));
    EXPECT_FALSE(parseAclAction("unknown").ok());
}

TEST(PolicyWords, DescribeObjectsAndSubjects) {
    EXPECT_EQ(describe(ObjectRef{PolicyKind::NetworkAcl, "open", {}}), "acl open");
    EXPECT_EQ(describe(ObjectRef{PolicyKind::Edge, "a", "b"}), "edge a - b");
    EXPECT_EQ(describe(Subject{"ops", SubjectKind::Group}), "group:ops");
    EXPECT_EQ(describe(Subject{"root", SubjectKind::User}), "user root");
    EXPECT_EQ(describe(Subject{"nas", SubjectKind::Node}), "nas");
    EXPECT_EQ(describe(Subject{"*", SubjectKind::All}), "*");
}

}  // namespace
}  // namespace weft::api
