// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/policy/validate.h"

#include <gmock/gmock.h>

#include <functional>

namespace weft::mesh::policy {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Role goodRole() {
    return {
        .name = "ops",
        .rules = {{.resources = {Resource::Routes}, .resourceNames = {}, .verbs = {Verb::Put}}}};
}

RoleBinding goodBinding() {
    return {.name = "b", .role = "ops", .subjects = {{"alice", SubjectKind::User}}};
}

Group goodGroup() {
    return {.name = "g", .subjects = {{"alice", SubjectKind::Node}}};
}

NetworkAcl goodAcl() {
    return {
        .name = "a",
        .priority = 5,
        .action = AclAction::Accept,
        .sourceNodes = {"alice", "group:g"},
        .destinationNodes = {"*"},
        .sourceCidrs = {"10.0.0.0/8", "*"},
        .destinationCidrs = {"fd00::1/64"}};
}

/// What `validate` says after `change`.
template <typename Object>
std::string said(Object object, const std::function<void(Object&)>& change) {
    change(object);
    const auto status = validate(object);
    if (status.ok()) {
        return "ok";
    }
    EXPECT_EQ(status.code(), StatusCode::kInvalidArgument);
    return messageOf(status);
}

std::string saidOfRole(const std::function<void(Role&)>& change) {
    return said<Role>(goodRole(), change);
}
std::string saidOfBinding(const std::function<void(RoleBinding&)>& change) {
    return said<RoleBinding>(goodBinding(), change);
}
std::string saidOfGroup(const std::function<void(Group&)>& change) {
    return said<Group>(goodGroup(), change);
}
std::string saidOfAcl(const std::function<void(NetworkAcl&)>& change) {
    return said<NetworkAcl>(goodAcl(), change);
}

TEST(PolicyValidate, TakesWhatIsRight) {
    EXPECT_TRUE(validate(goodRole()).ok());
    EXPECT_TRUE(validate(goodBinding()).ok());
    EXPECT_TRUE(validate(goodGroup()).ok());
    EXPECT_TRUE(validate(goodAcl()).ok());
}

TEST(PolicyValidate, WantsANameThatIsAnIdOfEveryKind) {
    for (const auto* wrong : {"", "a/b", "group:x"}) {
        const auto rename = [wrong](auto& object) { object.name = wrong; };

        EXPECT_THAT(saidOfRole(rename), HasSubstr("id")) << wrong;
        EXPECT_THAT(saidOfBinding(rename), HasSubstr("id")) << wrong;
        EXPECT_THAT(saidOfGroup(rename), HasSubstr("id")) << wrong;
        EXPECT_THAT(saidOfAcl(rename), HasSubstr("id")) << wrong;
    }
}

TEST(PolicyValidate, RefusesRolesThatAllowNothing) {
    EXPECT_THAT(saidOfRole([](Role& r) { r.name = ""; }), HasSubstr("name of the role"));
    EXPECT_THAT(saidOfRole([](Role& r) { r.name = "a/b"; }), HasSubstr("character /"));
    EXPECT_THAT(saidOfRole([](Role& r) { r.rules.clear(); }), HasSubstr("no rule"));
    EXPECT_THAT(saidOfRole([](Role& r) { r.rules[0].verbs.clear(); }), HasSubstr("no verb"));
    EXPECT_THAT(
        saidOfRole([](Role& r) {
            r.rules.push_back({{}, {}, {Verb::Put}});
        }),
        HasSubstr("rule 2: it has no resource"));
}

TEST(PolicyValidate, RefusesNumbersThatTheApiDoesNotHave) {
    EXPECT_THAT(
        saidOfRole([](Role& r) { r.rules[0].verbs = {static_cast<Verb>(4)}; }),
        HasSubstr("verb 4"));
    EXPECT_THAT(
        saidOfRole([](Role& r) { r.rules[0].verbs = {Verb::Unknown}; }), HasSubstr("verb 0"));
    EXPECT_THAT(
        saidOfRole([](Role& r) { r.rules[0].resources = {static_cast<Resource>(11)}; }),
        HasSubstr("resource 11"));
    EXPECT_THAT(
        saidOfBinding([](RoleBinding& b) { b.subjects[0].kind = static_cast<SubjectKind>(4); }),
        HasSubstr("type 4"));
    EXPECT_THAT(
        saidOfAcl([](NetworkAcl& a) { a.action = static_cast<AclAction>(3); }),
        HasSubstr("action 3"));
    EXPECT_EQ(saidOfAcl([](NetworkAcl& a) { a.action = AclAction::Unknown; }), "ok");
}

TEST(PolicyValidate, RefusesResourceNamesThatAreNone) {
    const auto with = [](std::string name) {
        return saidOfRole([&](Role& r) { r.rules[0].resourceNames = {name}; });
    };

    EXPECT_EQ(with("*"), "ok");
    EXPECT_EQ(with("/keys/of any kind?"), "ok");
    EXPECT_THAT(with(""), HasSubstr("leave the list empty"));
    EXPECT_THAT(with("\xff"), HasSubstr("UTF-8"));
}

TEST(PolicyValidate, RefusesBindingsOfNothingAndToNobody) {
    EXPECT_THAT(saidOfBinding([](RoleBinding& b) { b.role = ""; }), HasSubstr("name of the role"));
    EXPECT_THAT(saidOfBinding([](RoleBinding& b) { b.subjects.clear(); }), HasSubstr("no subject"));
    EXPECT_THAT(
        saidOfBinding([](RoleBinding& b) {
            b.subjects = {{"a:b", SubjectKind::Node}};
        }),
        HasSubstr("subject a:b"));
    EXPECT_THAT(
        saidOfBinding([](RoleBinding& b) {
            b.subjects = {{"*", SubjectKind::Node}};
        }),
        HasSubstr("needs the type ALL"));
    EXPECT_EQ(saidOfBinding([](RoleBinding& b) { b.subjects = {{"*", SubjectKind::All}}; }), "ok");
    EXPECT_EQ(
        saidOfBinding([](RoleBinding& b) {
            b.subjects = {{"voters", SubjectKind::User}};
        }),
        "ok");
}

TEST(PolicyValidate, WantsNodeIdsAndGroupsAsMembersOfGroups) {
    EXPECT_THAT(
        saidOfGroup([](Group& g) {
            g.subjects = {{"leader", SubjectKind::User}};
        }),
        HasSubstr("reserved"));
    EXPECT_EQ(saidOfGroup([](Group& g) { g.subjects = {{"voters", SubjectKind::Group}}; }), "ok");
    EXPECT_THAT(
        saidOfGroup([](Group& g) {
            g.subjects = {{"g", SubjectKind::Group}};
        }),
        HasSubstr("contains itself"));
    EXPECT_EQ(saidOfGroup([](Group& g) { g.subjects = {{"g", SubjectKind::Node}}; }), "ok");
}

TEST(PolicyValidate, RefusesAccessRulesThatNameNothing) {
    const auto empty = [](NetworkAcl& a) {
        a.sourceNodes.clear();
        a.destinationNodes.clear();
        a.sourceCidrs.clear();
        a.destinationCidrs.clear();
    };

    EXPECT_THAT(saidOfAcl(empty), HasSubstr("write * for all nodes"));
}

TEST(PolicyValidate, TakesAccessRulesThatNameOneListAlone) {
    for (const auto list :
         {&NetworkAcl::sourceNodes,
          &NetworkAcl::destinationNodes,
          &NetworkAcl::sourceCidrs,
          &NetworkAcl::destinationCidrs}) {
        NetworkAcl rule;
        rule.name = "a";
        rule.action = AclAction::Accept;
        rule.*list = {"*"};

        EXPECT_EQ(validate(rule), okStatus());
    }
}

TEST(PolicyValidate, NamesTheListOfAnAccessRuleThatIsWrong) {
    EXPECT_THAT(
        saidOfAcl([](NetworkAcl& a) { a.sourceNodes = {"group:"}; }), HasSubstr("source nodes"));
    EXPECT_THAT(
        saidOfAcl([](NetworkAcl& a) { a.destinationNodes = {"Group:g"}; }),
        HasSubstr("destination nodes"));
    EXPECT_THAT(
        saidOfAcl([](NetworkAcl& a) { a.sourceCidrs = {"10.0.0.1"}; }),
        HasSubstr("source prefixes"));
    EXPECT_THAT(
        saidOfAcl([](NetworkAcl& a) { a.destinationCidrs = {"10.0.0.0/33"}; }),
        HasSubstr("destination prefixes"));
}

TEST(PolicyValidate, TakesListsUpToTheirLimits) {
    const auto rule = goodRole().rules[0];
    const auto rules = [&](std::size_t count) {
        return saidOfRole([&](Role& r) { r.rules.assign(count, rule); });
    };
    const auto verbs = [](std::size_t count) {
        return saidOfRole([&](Role& r) { r.rules[0].verbs.assign(count, Verb::Get); });
    };
    const auto resources = [](std::size_t count) {
        return saidOfRole([&](Role& r) { r.rules[0].resources.assign(count, Resource::Edges); });
    };
    const auto names = [](std::size_t count) {
        return saidOfRole([&](Role& r) { r.rules[0].resourceNames.assign(count, "n"); });
    };
    const auto nameBytes = [](std::size_t count) {
        return saidOfRole([&](Role& r) { r.rules[0].resourceNames = {std::string(count, 'n')}; });
    };
    const auto subjects = [](std::size_t count) {
        return saidOfGroup([&](Group& g) { g.subjects.assign(count, {"n", SubjectKind::Node}); });
    };
    const auto nodes = [](std::size_t count) {
        return saidOfAcl([&](NetworkAcl& a) { a.sourceNodes.assign(count, "n"); });
    };
    const auto cidrs = [](std::size_t count) {
        return saidOfAcl([&](NetworkAcl& a) { a.sourceCidrs.assign(count, "*"); });
    };
    struct Row {
        std::function<std::string(std::size_t)> with;
        std::size_t most;
    };
    const std::vector<Row> rows = {
        {rules, kMaxRules},
        {verbs, kMaxVerbs},
        {resources, kMaxResources},
        {names, kMaxResourceNames},
        {nameBytes, kMaxResourceNameBytes},
        {subjects, kMaxSubjects},
        {nodes, kMaxAclNodes},
        {cidrs, kMaxAclCidrs}};

    for (std::size_t at = 0; at < rows.size(); ++at) {
        EXPECT_EQ(rows[at].with(rows[at].most), "ok") << "row " << at;
        EXPECT_NE(rows[at].with(rows[at].most + 1), "ok") << "row " << at;
    }
}

TEST(PolicyNormalise, LetsAllStandAlone) {
    auto role = goodRole();
    role.rules[0].verbs = {Verb::Put, Verb::All};
    role.rules[0].resources = {Resource::All, Resource::Votes};
    auto binding = goodBinding();
    binding.subjects.push_back({"*", SubjectKind::All});

    EXPECT_THAT(normalised(role).rules[0].verbs, ElementsAre(Verb::All));
    EXPECT_THAT(normalised(role).rules[0].resources, ElementsAre(Resource::All));
    EXPECT_THAT(normalised(binding).subjects, ElementsAre(Subject{"*", SubjectKind::All}));
    EXPECT_EQ(normalised(goodGroup()), goodGroup());
}

TEST(PolicyNormalise, WritesEmptyNodeListsAsStars) {
    auto acl = goodAcl();
    acl.sourceNodes.clear();
    acl.sourceCidrs.clear();
    const auto stored = normalised(acl);

    EXPECT_THAT(stored.sourceNodes, ElementsAre("*"));
    EXPECT_THAT(stored.destinationNodes, ElementsAre("*"));
    EXPECT_TRUE(stored.sourceCidrs.empty());
    EXPECT_EQ(normalised(goodAcl()), goodAcl());
}

TEST(PolicyProtection, SealsWhatAMeshCannotLose) {
    EXPECT_EQ(protectionOf(ObjectKind::Role, "mesh-admin"), Protection::Sealed);
    EXPECT_EQ(protectionOf(ObjectKind::Role, "voters"), Protection::Sealed);
    EXPECT_EQ(protectionOf(ObjectKind::RoleBinding, "mesh-admin"), Protection::Sealed);
    EXPECT_EQ(protectionOf(ObjectKind::RoleBinding, "bootstrap-voters"), Protection::Sealed);
    EXPECT_EQ(protectionOf(ObjectKind::Group, "voters"), Protection::KeepExisting);
    EXPECT_EQ(protectionOf(ObjectKind::NetworkAcl, "bootstrap-nodes"), Protection::Sealed);
    EXPECT_FALSE(isSystemObject(ObjectKind::NetworkAcl, "default-accept"));
    EXPECT_FALSE(isSystemObject(ObjectKind::Group, "mesh-admin"));
    EXPECT_FALSE(isSystemObject(ObjectKind::Route, "voters"));
    EXPECT_FALSE(isSystemObject(ObjectKind::Edge, "mesh-admin"));
}

}  // namespace
}  // namespace weft::mesh::policy
