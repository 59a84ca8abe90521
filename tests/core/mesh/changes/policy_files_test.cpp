// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/changes/policy_files.h"

#include "core/mesh/policy/validate.h"
#include "tests/core/mesh/changes/random_policy.h"
#include "tests/support/random_seed.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace weft::mesh::changes::tests {
namespace {

using policy::Group;
using policy::NetworkAcl;
using policy::SubjectKind;
using storage::EdgeRecord;
using storage::NodeId;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

std::string errorOf(const std::vector<PolicyFile>& files) {
    const auto read = importFiles(files);
    EXPECT_EQ(read.status().code(), StatusCode::kInvalidArgument);
    return messageOf(read.status());
}

/// What is wrong with a group's file.
std::string errorOf(const std::string& text) {
    return errorOf(std::vector<PolicyFile>{{"groups/x.yaml", text}});
}

std::string subjects(std::size_t count) {
    std::string text = "subjects:\n";
    for (std::size_t each = 0; each < count; ++each) {
        text += "- {kind: node, name: a}\n";
    }
    return text;
}

TEST(PolicyFilesTest, WritesAnObjectAsPeopleReadIt) {
    PolicySet set;
    set.put(Group{"laptops", {{"no", SubjectKind::Node}, {"\xF3\xA0\x80\x81", SubjectKind::User}}});
    set.put(EdgeRecord{NodeId("b"), NodeId("a"), 3, {{"x: y", "~"}}});

    EXPECT_THAT(
        exportFiles(set),
        ::testing::ElementsAre(
            PolicyFile{
                "edges/a+b.yaml",
                R"(kind: "edge"
source: "a"
target: "b"
weight: 3
attributes:
  "x: y": "~"
)"},
            PolicyFile{
                "groups/laptops.yaml",
                R"(kind: "group"
name: "laptops"
subjects:
  -
    kind: "node"
    name: "no"
  -
    kind: "user"
    name: "\U000e0001"
)"}));
}

TEST(PolicyFilesTest, ReadsBackWhatItWrote) {
    const auto seed = weft::tests::randomSeed();
    RandomPolicy random(seed);
    for (int round = 0; round < 20; ++round) {
        const auto set = random.set(60);

        const auto files = exportFiles(set);
        const auto read = importFiles(files);

        ASSERT_TRUE(read.ok()) << messageOf(read.status());
        EXPECT_EQ(*read, set);
        EXPECT_EQ(exportFiles(*read), files);
    }
}

TEST(PolicyFilesTest, WritesTheFormInWhichObjectsAreStored) {
    PolicySet set;
    const NetworkAcl acl{"all", 1, policy::AclAction::Unknown, {"a"}, {}, {}, {}};
    set.put(acl);

    const auto files = exportFiles(set);
    const auto read = importFiles(files);

    ASSERT_TRUE(read.ok()) << messageOf(read.status());
    EXPECT_EQ(*read->find<NetworkAcl>("all"), policy::normalised(acl));
    EXPECT_EQ(exportFiles(*read), files);
}

TEST(PolicyFilesTest, TellsWhatIsWrongWithAStoredObject) {
    PolicySet set;
    set.put(policy::Role{"r", {{{policy::Resource::Votes}, {}, {static_cast<policy::Verb>(7)}}}});
    set.put(Group{"\xFF", {{"a", SubjectKind::Node}}});

    const auto error = errorOf(exportFiles(set));
    EXPECT_THAT(error, HasSubstr(R"(roles/r.yaml:9: there is no verb "7")"));
    EXPECT_THAT(error, HasSubstr("groups/%ff.yaml:2: the group"));
}

TEST(PolicyFilesTest, TakesWhatThePutOfOneObjectTakes) {
    const auto read = importFiles(
        {{"roles/r.yaml",
          "{name: r, revision: 7, rules: [{resources: [RESOURCE_ROLE_BINDINGS, ACLS, all], verbs: "
          "[VERB_PUT, Get]}]}"},
         {"rolebindings/b.yaml",
          "kind: binding\nname: b\nrole: no\nsubjects:\n- {type: SUBJECT_USER, name: 1e3}\n"},
         {"networkacls/a.yaml",
          "kind: ACLs\nname: a\naction: ACTION_DENY\nsourceNodes: ['*']\n"
          "sourceCidrs:\n"}});

    ASSERT_TRUE(read.ok()) << messageOf(read.status());
    using policy::Resource;
    EXPECT_EQ(
        *read->find<policy::Role>("r"),
        (policy::Role{"r", {{{Resource::All}, {}, {policy::Verb::Put, policy::Verb::Get}}}}));
    EXPECT_EQ(
        *read->find<policy::RoleBinding>("b"),
        (policy::RoleBinding{"b", "no", {{"1e3", SubjectKind::User}}}));
    EXPECT_EQ(read->find<NetworkAcl>("a")->action, policy::AclAction::Deny);
}

TEST(PolicyFilesTest, RefusesWhatIsNoDocument) {
    EXPECT_THAT(errorOf(""), StartsWith("groups/x.yaml:1: the file is empty"));
    EXPECT_THAT(errorOf("# nothing\n"), HasSubstr("the file is empty"));
    EXPECT_THAT(errorOf("---\n"), HasSubstr("must hold one object"));
    EXPECT_THAT(errorOf("- a\n"), HasSubstr("must hold one object"));
    EXPECT_THAT(errorOf("name: \xFF"), HasSubstr("is not UTF-8"));
    EXPECT_THAT(errorOf("name: x\n---\nname: y"), HasSubstr("more than one document"));
    EXPECT_THAT(errorOf("name: x\nsubjects: [\n"), HasSubstr("groups/x.yaml:3: this is not YAML"));
    EXPECT_THAT(errorOf("name: x\n\nrole: \x04"), HasSubstr("x.yaml:3: a control character"));
    EXPECT_THAT(errorOf("name: &a x"), HasSubstr("x.yaml:1: anchors"));
    EXPECT_THAT(errorOf("name: x\nsubjects: &a []\nrole: *a"), HasSubstr("x.yaml:2: anchors"));
    EXPECT_THAT(errorOf("name: !!binary eA=="), HasSubstr("tags (!name) are not taken"));
    EXPECT_THAT(errorOf(std::string(100'000, '[')), HasSubstr("nested deeper than 8"));
}

TEST(PolicyFilesTest, NamesTheFieldThatIsWrong) {
    EXPECT_THAT(
        errorOf("name: x\nmembers: []"),
        HasSubstr("x.yaml:2: there is no field members; there are: kind, name, revision, subj"));
    EXPECT_THAT(errorOf("name: x\nname: y"), HasSubstr("x.yaml:2: name is given twice"));
    EXPECT_THAT(errorOf("name: [x]"), HasSubstr("name must be a word"));
    EXPECT_THAT(errorOf("name: ~"), HasSubstr("name has no value"));
    EXPECT_THAT(errorOf("name: x\nsubjects: a"), HasSubstr("subjects must be a list"));
    EXPECT_THAT(errorOf("name: x\nsubjects: [a]"), HasSubstr("must be a list of objects"));
    EXPECT_THAT(errorOf("name: x\nsubjects: [{kind: cat, name: y}]"), HasSubstr(R"("cat")"));
    EXPECT_THAT(errorOf("name: x\n? [a]\n: b"), HasSubstr("there is no field ?"));
    EXPECT_THAT(errorOf("kind: role\nname: x"), HasSubstr("a role stands in the folder of"));
    EXPECT_THAT(errorOf("kind: group\nrevision: new"), HasSubstr("x.yaml:2: revision must be"));
    EXPECT_THAT(errorOf("kind: group"), HasSubstr("x.yaml:1: name of the group: id is empty"));

    const auto acl = [](const std::string& text) {
        return errorOf(std::vector<PolicyFile>{{"networkacls/x.yaml", "name: x\n" + text}});
    };
    EXPECT_THAT(acl("priority: 2147483648"), HasSubstr("x.yaml:2: priority must be a whole"));
    EXPECT_THAT(acl("sourceNodes: [null]"), HasSubstr("must be a list of words"));
    EXPECT_THAT(acl("action: allow"), HasSubstr(R"(no action "allow"; there are: accept, deny)"));
    const auto edge = [](const std::string& text) {
        return errorOf(std::vector<PolicyFile>{{"edges/a+b.yaml", "source: b\n" + text}});
    };
    EXPECT_THAT(edge("target: a\nattributes: []"), HasSubstr("yaml:3: attributes must hold"));
    EXPECT_THAT(edge("target: a\nattributes: {a: []}"), HasSubstr("attributes must hold"));
    EXPECT_THAT(edge("target: a\nattributes: {a: b, a: c}"), HasSubstr("a is given twice"));
}

TEST(PolicyFilesTest, FindsTheEntryThatBreaksTheRules) {
    EXPECT_THAT(
        errorOf("name: x\nsubjects:\n- {kind: node, name: a}\n- {kind: node, name: a/b}\n"),
        HasSubstr("x.yaml:4: group x: subject a/b"));
    EXPECT_THAT(
        errorOf(std::vector<PolicyFile>{
            {"networkacls/x.yaml", "name: x\nsourceCidrs:\n- 10.0.0.0/8\n- home\n"}}),
        HasSubstr("x.yaml:4: access rule x, source prefixes"));
    EXPECT_THAT(
        errorOf(std::vector<PolicyFile>{
            {"roles/x.yaml", "name: x\nrules:\n- verbs: [get]\n  resources: []\n"}}),
        HasSubstr("x.yaml:3: role x, rule 1: it has no resource"));
    EXPECT_THAT(
        errorOf(std::vector<PolicyFile>{{"rolebindings/x.yaml", "name: x\nrole: a*\n"}}),
        HasSubstr("x.yaml:2: role binding x"));
    EXPECT_THAT(
        errorOf(std::vector<PolicyFile>{{"routes/x.yaml", "name: x\nnode: n\n"}}),
        HasSubstr("x.yaml:1: route x has no destination"));
    EXPECT_THAT(
        errorOf(std::vector<PolicyFile>{
            {"routes/x.yaml", "name: x\nnode: n\ndestinationCidrs:\n- 1.2.3\n"}}),
        HasSubstr("x.yaml:4: destinationCidrs: "));
    EXPECT_THAT(
        errorOf(std::vector<PolicyFile>{{"edges/a+a.yaml", "source: a\ntarget: a\n"}}),
        HasSubstr("yaml:2: an edge links two nodes"));
}

TEST(PolicyFilesTest, WantsEachObjectInItsOwnFile) {
    const std::string text = "name: a\n" + subjects(1);
    EXPECT_THAT(
        errorOf(std::vector<PolicyFile>{{"groups/b.yaml", text}}),
        HasSubstr("groups/b.yaml:1: the group a belongs into groups/a.yaml: rename"));
    EXPECT_THAT(
        errorOf(std::vector<PolicyFile>{{"groups/a.yaml", text}, {"groups/b.yaml", text}}),
        HasSubstr("groups/b.yaml:1: the group a stands also in groups/a.yaml: remove one"));
    EXPECT_THAT(
        errorOf(std::vector<PolicyFile>{{"groups/a.yaml", text}, {"groups/a.yaml", text}}),
        HasSubstr("given twice"));
    for (const auto* path :
         {"a.yaml", "teams/a.yaml", "groups/a.yml", "groups/b/a.yaml", "Groups/a.yaml", ""}) {
        EXPECT_THAT(
            errorOf(std::vector<PolicyFile>{{path, text}}), HasSubstr("no file of the rules"))
            << path;
    }
}

TEST(PolicyFilesTest, TellsAllFaultsUpToTheCap) {
    std::string lines = "name: x\n";
    for (std::size_t fault = 0; fault < kMaxPolicyFileFaults; ++fault) {
        lines += "f" + std::to_string(fault) + ": 1\n";
    }
    const auto all = errorOf(lines);
    EXPECT_EQ(std::count(all.begin(), all.end(), '\n'), kMaxPolicyFileFaults - 1);

    const auto capped =
        errorOf(std::vector<PolicyFile>{{"groups/x.yaml", lines + "more: 1"}, {"a\x1B", ""}});
    EXPECT_EQ(std::count(capped.begin(), capped.end(), '\n'), kMaxPolicyFileFaults);
    EXPECT_THAT(capped, HasSubstr("\nand 2 more"));
    EXPECT_THAT(errorOf(std::vector<PolicyFile>{{"a\x1B", ""}}), HasSubstr("a\\x1b:1: "));
}

TEST(PolicyFilesTest, StopsAtItsLimits) {
    std::string text = "\xFF";
    text.resize(kMaxPolicyFileBytes, ' ');
    EXPECT_THAT(errorOf(text), HasSubstr("is not UTF-8"));
    EXPECT_THAT(errorOf(text + " "), HasSubstr("larger than 16777216 bytes"));

    EXPECT_THAT(
        messageOf(importFiles(std::vector<PolicyFile>(kMaxPolicyFiles + 1)).status()),
        HasSubstr("300001 files are too many"));
    EXPECT_THAT(
        messageOf(importFiles(std::vector<PolicyFile>(kMaxPolicyFiles)).status()),
        Not(HasSubstr("too many")));

    const auto nested = [](std::size_t depth) {
        return "name: " + std::string(depth - 1, '[') + std::string(depth - 1, ']');
    };
    EXPECT_THAT(errorOf(nested(kMaxPolicyFileDepth)), HasSubstr("name must be a word"));
    EXPECT_THAT(errorOf(nested(kMaxPolicyFileDepth + 1)), HasSubstr("nested deeper than 8"));
}

TEST(PolicyFilesTest, CountsTheValuesOfAFile) {
    // The map, the name of the field and the list come on top.
    const auto values = [](std::size_t count) {
        std::string list = "subjects: [";
        for (std::size_t each = 3; each < count; ++each) {
            list += "a,";
        }
        return list + "]\n";
    };
    EXPECT_THAT(errorOf(values(kMaxPolicyFileValues)), Not(HasSubstr("more than 300000")));
    EXPECT_THAT(errorOf(values(kMaxPolicyFileValues + 1)), HasSubstr("more than 300000 values"));
}

TEST(PolicyFilesTest, TakesTheLargestObjectThatCanBeStored) {
    Group group{"x", {}};
    for (std::size_t each = 0; each < policy::kMaxSubjects; ++each) {
        group.subjects.push_back({"m" + std::to_string(each), SubjectKind::User});
    }
    PolicySet set;
    set.put(group);

    const auto read = importFiles(exportFiles(set));

    ASSERT_TRUE(read.ok()) << messageOf(read.status());
    EXPECT_EQ(*read, set);
    EXPECT_THAT(exportFiles(PolicySet()), IsEmpty());
    EXPECT_EQ(*importFiles({}), PolicySet());
}

}  // namespace
}  // namespace weft::mesh::changes::tests
