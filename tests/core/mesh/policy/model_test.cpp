// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/policy/model.h"

#include "v1/rbac.pb.h"

#include <gmock/gmock.h>

namespace weft::mesh::policy {
namespace {

TEST(PolicyModel, HasEveryVerbOfTheApiUnderTheCommandLinesNames) {
    const auto* verbs = v1::RuleVerb_descriptor();
    for (int at = 0; at < verbs->value_count(); ++at) {
        const auto verb = static_cast<Verb>(verbs->value(at)->number());
        if (verb != Verb::Unknown) {
            EXPECT_EQ(verbNamed(nameOf(verb)), verb) << verbs->value(at)->name();
        }
    }
    EXPECT_EQ(verbNamed("delete"), Verb::Delete);
    EXPECT_EQ(verbNamed("*"), Verb::All);
    EXPECT_EQ(verbNamed("unknown"), std::nullopt);
    EXPECT_EQ(verbNamed("PUT"), std::nullopt);
}

TEST(PolicyModel, HasEveryResourceOfTheApiUnderTheCommandLinesNames) {
    const auto* resources = v1::RuleResource_descriptor();
    for (int at = 0; at < resources->value_count(); ++at) {
        const auto resource = static_cast<Resource>(resources->value(at)->number());
        if (resource != Resource::Unknown) {
            EXPECT_EQ(resourceNamed(nameOf(resource)), resource) << resources->value(at)->name();
        }
    }
    EXPECT_EQ(resourceNamed("networkacls"), Resource::NetworkAcls);
    EXPECT_EQ(resourceNamed("acls"), std::nullopt);
}

TEST(PolicyModel, HasEverySubjectKindOfTheApi) {
    const auto* kinds = v1::SubjectType_descriptor();
    for (int at = 0; at < kinds->value_count(); ++at) {
        const auto kind = static_cast<SubjectKind>(kinds->value(at)->number());
        EXPECT_EQ(nameOf(kind) == "unknown", kind == SubjectKind::Unknown);
    }
}

TEST(PolicyModel, DescribesADeedOnOneLine) {
    EXPECT_EQ(
        describe({Verb::Delete, Resource::NetworkAcls, "a\nb"}), "delete networkacls a\\x0ab");
    EXPECT_EQ(describe({Verb::Put, Resource::Votes}), "put votes");
    EXPECT_EQ(describe({static_cast<Verb>(7), Resource::All}), "unknown *");
}

}  // namespace
}  // namespace weft::mesh::policy
