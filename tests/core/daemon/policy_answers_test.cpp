// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/policy_answers.h"

#include "core/storage/registry/records.h"

#include <gmock/gmock.h>

namespace weft::daemon {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<std::string> problemsOf(std::vector<storage::Event> events) {
    storage::Registry registry;
    registry.apply(events);
    const auto rules = mesh::policy::compile(registry);
    const auto state = policyState({}, rules.get());
    std::vector<std::string> texts;
    for (const auto& problem : state.problems()) {
        texts.push_back(problem.text());
        EXPECT_NE(problem.remedy(), "");
    }
    return texts;
}

TEST(PolicyAnswers, NamesTheObjectOfEachProblemInWords) {
    using storage::Event;
    const auto key = [](std::string_view prefix, std::string_view name) {
        return std::string(prefix).append(name);
    };

    EXPECT_THAT(
        problemsOf(
            {{Event::Kind::Put, key(storage::kGroupsPrefix, "team"), "{", 1},
             {Event::Kind::Put, key(storage::kNetworkAclsPrefix, "open"), "{", 2},
             {Event::Kind::Put, key(storage::kRoleBindingsPrefix, "all"), "{", 3},
             {Event::Kind::Put, key(storage::kRolesPrefix, "ops"), "{", 4}}),
        ElementsAre(
            HasSubstr("group team: it is left out"),
            HasSubstr("rule open: it is left out"),
            HasSubstr("binding all: it is left out"),
            HasSubstr("role ops: it is left out")));
}

TEST(PolicyAnswers, SaysNothingOfRulesThatAreNotKnown) {
    const auto state = policyState({}, nullptr);

    EXPECT_EQ(state.problems_size(), 0);
    EXPECT_FALSE(state.roles_disabled());
}

}  // namespace
}  // namespace weft::daemon
