// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/policy/detail/record_reader.h"

#include "core/mesh/policy/records.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace weft::mesh::policy {
namespace {

/// With every word that the API has for such things.
Role fullRole() {
    Role role{.name = "r", .rules = {}};
    role.rules.push_back({.resources = {}, .resourceNames = {"a", "b"}, .verbs = {}});
    for (const auto verb : {Verb::Put, Verb::Get, Verb::Delete, Verb::All, Verb::Unknown}) {
        role.rules[0].verbs.push_back(verb);
    }
    for (const auto number : {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 999, 0}) {
        role.rules[0].resources.push_back(static_cast<Resource>(number));
    }
    role.rules.push_back(
        {.resources = {Resource::All}, .resourceNames = {"*"}, .verbs = {Verb::All}});
    return role;
}

std::vector<Subject> everySubject() {
    return {
        {"n", SubjectKind::Node},
        {"u", SubjectKind::User},
        {"g", SubjectKind::Group},
        {"*", SubjectKind::All}};
}

NetworkAcl fullAcl(AclAction action) {
    return {
        .name = "a",
        .priority = -7,
        .action = action,
        .sourceNodes = {"group:g", "n"},
        .destinationNodes = {"*"},
        .sourceCidrs = {"10.0.0.0/8"},
        .destinationCidrs = {"fd00::/8", "*"}};
}

TEST(PolicyRecordReader, ReadsAllThatIsWrittenWithoutProtobuf) {
    const RoleBinding binding{.name = "b", .role = "r", .subjects = everySubject()};
    const Group group{.name = "g", .subjects = everySubject()};

    EXPECT_EQ(detail::readRole(encode(fullRole())), fullRole());
    EXPECT_EQ(detail::readRoleBinding(encode(binding)), binding);
    EXPECT_EQ(detail::readGroup(encode(group)), group);
    for (const auto action : {AclAction::Accept, AclAction::Deny}) {
        EXPECT_EQ(detail::readNetworkAcl(encode(fullAcl(action))), fullAcl(action));
    }
    EXPECT_EQ(detail::readRole("{}"), Role());
    EXPECT_EQ(detail::readNetworkAcl(R"({"action":"ACTION_UNKNOWN"})"), NetworkAcl());
    EXPECT_EQ(
        detail::readGroup(R"({"subjects":[{"type":"SUBJECT_UNKNOWN"}]})"),
        (Group{.name = "", .subjects = {{"", SubjectKind::Unknown}}}));
}

TEST(PolicyRecordReader, LeavesAFieldThatComesTwiceToProtobuf) {
    for (const std::string field : {R"("name":"a")", R"("rules":[])"}) {
        EXPECT_TRUE(detail::readRole("{" + field + "}").has_value()) << field;
        EXPECT_FALSE(detail::readRole(fmt::format("{{{0},{0}}}", field)).has_value()) << field;
    }
    for (const std::string field :
         {R"("resources":[])", R"("resourceNames":[])", R"("verbs":[])"}) {
        const std::string once = R"({"rules":[{)" + field;
        EXPECT_TRUE(detail::readRole(once + "}]}").has_value()) << field;
        EXPECT_FALSE(detail::readRole(fmt::format("{},{}}}]}}", once, field)).has_value()) << field;
    }
    for (const std::string field : {R"("name":"a")", R"("role":"r")", R"("subjects":[])"}) {
        EXPECT_TRUE(detail::readRoleBinding("{" + field + "}").has_value()) << field;
        EXPECT_FALSE(detail::readRoleBinding(fmt::format("{{{0},{0}}}", field)).has_value())
            << field;
    }
    for (const std::string field : {R"("name":"a")", R"("subjects":[])"}) {
        EXPECT_TRUE(detail::readGroup("{" + field + "}").has_value()) << field;
        EXPECT_FALSE(detail::readGroup(fmt::format("{{{0},{0}}}", field)).has_value()) << field;
    }
    for (const std::string field : {R"("name":"a")", R"("type":"SUBJECT_NODE")"}) {
        const std::string once = R"({"subjects":[{)" + field;
        EXPECT_TRUE(detail::readGroup(once + "}]}").has_value()) << field;
        EXPECT_FALSE(detail::readGroup(fmt::format("{},{}}}]}}", once, field)).has_value())
            << field;
    }
    for (const std::string field :
         {R"("name":"a")",
          R"("priority":1)",
          R"("action":"ACTION_DENY")",
          R"("sourceNodes":[])",
          R"("destinationNodes":[])",
          R"("sourceCidrs":[])",
          R"("destinationCidrs":[])"}) {
        EXPECT_TRUE(detail::readNetworkAcl("{" + field + "}").has_value()) << field;
        EXPECT_FALSE(detail::readNetworkAcl(fmt::format("{{{0},{0}}}", field)).has_value())
            << field;
    }
}

TEST(PolicyRecordReader, LeavesWhatItDoesNotKnowToProtobuf) {
    for (const std::string text :
         {R"({"colour":"red"})",
          R"({"name":"a"}{})",
          R"({"name":"a"} x)",
          R"({"rules":[{"colour":[]}]})",
          R"({"rules":[{"verbs":["VERB_SMASH"]}]})",
          R"({"rules":[{"verbs":[1]}]})",
          R"({"rules":[{"resources":["VERB_PUT"]}]})",
          R"({"rules":{}})",
          R"({"name":7})",
          "[]",
          ""}) {
        EXPECT_FALSE(detail::readRole(text).has_value()) << text;
    }
    for (const std::string text :
         {R"({"colour":[]})", R"({"subjects":[{"colour":"red"}]})", R"({"role":7})"}) {
        EXPECT_FALSE(detail::readRoleBinding(text).has_value()) << text;
        EXPECT_FALSE(detail::readGroup(text).has_value()) << text;
    }
    for (const std::string text :
         {R"({"colour":[]})",
          R"({"priority":"1"})",
          R"({"action":2})",
          R"({"action":})",
          R"({"sourceNodes":"*"})"}) {
        EXPECT_FALSE(detail::readNetworkAcl(text).has_value()) << text;
    }
}

}  // namespace
}  // namespace weft::mesh::policy
