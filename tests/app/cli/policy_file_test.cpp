// SPDX-License-Identifier: Apache-2.0
#include "app/cli/policy_document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace weft::cli {
namespace {

using api::PolicyKind;
using testing::ElementsAre;
using testing::HasSubstr;

std::string errorOf(const std::string& text, std::optional<PolicyKind> kind = std::nullopt) {
    const auto read = parsePolicyFile(text, "f.yaml", kind);
    EXPECT_EQ(read.status().code(), StatusCode::kInvalidArgument) << text;
    return messageOf(read.status());
}

TEST(PolicyFile, ReadsWhatIsWrittenOfEveryKind) {
    api::NetworkAcl acl{
        "a", -7, api::AclAction::Deny, {"group:x"}, {"*"}, {"10.0.0.0/8"}, {"fd00::/8"}};
    const std::vector<api::PolicyObject> objects{
        api::Role{
            "r",
            {{{api::PolicyResource::All}, {"n"}, {api::PolicyVerb::Put, api::PolicyVerb::All}}}},
        api::RoleBinding{"b", "r", {{"*", api::SubjectKind::All}, {"u", api::SubjectKind::User}}},
        api::Group{"g", {{"n", api::SubjectKind::Node}, {"h", api::SubjectKind::Group}}},
        acl,
        api::Route{"t", "n", {"10.0.0.0/8"}, "m"},
        api::MeshEdge{"n", "m", 3, {{"EDGE_ATTRIBUTE_ICE", "true"}}}};

    for (const auto& object : objects) {
        for (const auto& text :
             {describe(object, 9).toYaml(), describe(object, std::uint64_t{9}).toJson()}) {
            const auto read = parsePolicyFile(text, "f", std::nullopt);
            ASSERT_TRUE(read.ok()) << messageOf(read.status()) << text;
            ASSERT_EQ(read->size(), 1U);
            EXPECT_EQ(read->front().object, object) << text;
            EXPECT_EQ(read->front().base, 9U);
        }
    }
}

TEST(PolicyFile, TakesAListAndTheNamesOfTheApi) {
    const auto read = parsePolicyFile(
        R"([{"name":"a","subjects":[{"type":"SUBJECT_NODE","name":"n"}]}, {"name":"b"}])",
        "f",
        PolicyKind::Group);

    ASSERT_TRUE(read.ok()) << messageOf(read.status());
    ASSERT_EQ(read->size(), 2U);
    EXPECT_EQ(
        std::get<api::Group>(read->front().object).subjects.front().kind, api::SubjectKind::Node);
    EXPECT_EQ(read->front().base, std::nullopt);
}

TEST(PolicyFile, SaysWhatIsWrongAndWhere) {
    EXPECT_THAT(errorOf("name: x"), HasSubstr("kind is missing"));
    EXPECT_THAT(errorOf("kind: role"), HasSubstr("name is missing"));
    EXPECT_THAT(errorOf("kind: rule\nname: x"), HasSubstr(R"(there is no kind "rule")"));
    EXPECT_THAT(
        errorOf("kind: group\nname: x", PolicyKind::Role),
        HasSubstr("a group stands where a role is put"));
    EXPECT_THAT(
        errorOf("kind: acl\nname: x\nprio: 3"),
        HasSubstr("f.yaml:3: there is no field prio; there are: action"));
    EXPECT_THAT(errorOf("kind: acl\nname: x\npriority: high"), HasSubstr("f.yaml:3: priority"));
    EXPECT_THAT(errorOf("kind: acl\nname: x\npriority: 2147483648"), HasSubstr("2147483647"));
    EXPECT_THAT(errorOf("kind: acl\nname: x\nsourceNodes: nas"), HasSubstr("must be a list"));
    EXPECT_THAT(errorOf("kind: acl\nname: x\nname: y"), HasSubstr("name is given twice"));
    EXPECT_THAT(errorOf("kind: role\nname: x\nrules: [{verbs: [see]}]"), HasSubstr("no verb"));
    EXPECT_THAT(errorOf("kind: edge\nsource: [a]\ntarget: b"), HasSubstr("must be a word"));
    EXPECT_THAT(
        errorOf("kind: acl\nname: x\nsourceCidrs: ['*', 10.0.0.1/8]"),
        HasSubstr("f.yaml:3: sourceCidrs: 10.0.0.1/8 is an address inside a network: write "
                  "10.0.0.0/8"));
    EXPECT_THAT(
        errorOf("kind: acl\nname: x\ndestinationCidrs:\n- home"),
        HasSubstr("f.yaml:4: destinationCidrs: \"home\" is not an IP prefix"));
    EXPECT_THAT(
        errorOf("kind: route\nname: x\nnode: n\ndestinationCidrs: [fd00:1::7/64]"),
        HasSubstr("fd00:1::7/64 is an address inside a network: write fd00:1::/64"));
    EXPECT_THAT(
        errorOf("kind: route\nname: x\nnode: n\ndestinationCidrs: ['*']"),
        HasSubstr("\"*\" is not an IP prefix"));
    EXPECT_THAT(errorOf("- x"), HasSubstr("must hold fields"));
    EXPECT_THAT(errorOf("[]"), HasSubstr("the list is empty"));
    EXPECT_THAT(errorOf(""), HasSubstr("must hold fields"));
    EXPECT_THAT(errorOf("{"), HasSubstr("not YAML or JSON"));
    EXPECT_THAT(errorOf("kind: role\n---\nkind: role"), HasSubstr("more than one document"));
}

TEST(PolicyFile, RefusesWhatWouldGrowOrSinkTheReader) {
    EXPECT_THAT(
        errorOf("kind: group\nname: &n x\nsubjects: [{name: *n, kind: node}]"),
        HasSubstr("references"));
    EXPECT_THAT(errorOf(std::string(65, '[')), HasSubstr("nested too deep"));
    EXPECT_THAT(errorOf(std::string(kMaxPolicyFileBytes + 1, ' ')), HasSubstr("larger than"));
}

TEST(PolicyFile, TakesAsManyObjectsAsItsCapAndNotOneMore) {
    std::string text = "[";
    for (std::size_t i = 0; i < kMaxPolicyFileObjects; ++i) {
        text += "{name: g},";
    }

    EXPECT_TRUE(parsePolicyFile(text + "]", "f", PolicyKind::Group).ok());
    EXPECT_THAT(errorOf(text + "{name: g}]", PolicyKind::Group), HasSubstr("1000 objects"));
}

TEST(PolicyFile, TakesAsManyValuesAsItsCapAndNotOneMore) {
    // The map and its four words, the list, and its entries.
    std::string text = "{kind: acl, name: a, sourceNodes: [";
    for (std::size_t i = 0; i < kMaxPolicyFileValues - 7; ++i) {
        text += "n,";
    }

    const auto most = parsePolicyFile(text + "]}", "f", std::nullopt);
    EXPECT_TRUE(most.ok()) << messageOf(most.status());
    EXPECT_THAT(errorOf(text + "n]}"), HasSubstr("50000 values"));
}

TEST(ChangesBetween, TellsFieldsAndEntriesApart) {
    api::NetworkAcl before{"a", 1, api::AclAction::Accept, {"x", "y"}, {"*"}, {}, {}};
    api::NetworkAcl after{"a", 2, api::AclAction::Deny, {"y", "z"}, {"*"}, {}, {}};

    EXPECT_THAT(
        changesBetween(before, after),
        ElementsAre("priority: 1 -> 2", "action: accept -> deny", "sourceNodes: + z, - x"));
    EXPECT_TRUE(changesBetween(before, before).empty());
    after = before;
    std::swap(after.sourceNodes[0], after.sourceNodes[1]);
    EXPECT_THAT(changesBetween(before, after), ElementsAre("sourceNodes: another order"));
}

}  // namespace
}  // namespace weft::cli
