// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/policy/policy.h"

#include "core/base/text.h"
#include "core/mesh/policy/records.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace weft::mesh::policy {
namespace {

/// Reads every record of one kind; `decode` makes an object of its text.
template <typename Records, typename Decode>
void readKind(
    const storage::Registry& registry, std::string_view prefix, Decode decode, Records& records) {
    records = {};
    registry.forEachRaw(prefix, [&](std::string_view key, const std::string& json) {
        const auto name = key.substr(prefix.size());
        const auto say = [&](std::string text) {
            records.problems.push_back(
                {.object = std::string(key.substr(storage::kRegistryPrefix.size())),
                 .text = "it is left out: " + std::move(text)});
        };
        auto object = decode(json);
        if (!object.ok()) {
            say(messageOf(object.status()));
        } else if (object->name != name) {
            say(fmt::format("it calls itself {}", base::escapeForLine(object->name)));
        } else {
            records.objects.push_back(*std::move(object));
        }
    });
}

}  // namespace

Policy::Policy()
    : groups_(std::make_shared<const detail::GroupIndex>())
    , roles_(std::make_shared<const RoleRules>())
    , network_(std::make_shared<const NetworkRules>()) {}

void Compiler::read(const storage::Registry& registry, const PolicyParts& changed) {
    if (changed.roles) {
        readKind(registry, storage::kRolesPrefix, decodeRole, roles_);
    }
    if (changed.roleBindings) {
        readKind(registry, storage::kRoleBindingsPrefix, decodeRoleBinding, roleBindings_);
    }
    if (changed.groups) {
        readKind(registry, storage::kGroupsPrefix, decodeGroup, groups_);
    }
    if (changed.networkAcls) {
        readKind(registry, storage::kNetworkAclsPrefix, decodeNetworkAcl, networkAcls_);
    }
    stateProblems_.clear();
    if (const auto text = registry.rbacStateText(); !text.empty() && !registry.rbacDisabled()) {
        stateProblems_.push_back(
            {.object =
                 std::string(storage::kRbacDisabledKey.substr(storage::kRegistryPrefix.size())),
             .text = fmt::format(
                 "it says {}, and only true switches the rules off; they are on",
                 base::escapeForLine(text, 40))});
    }
}

void Compiler::collectProblems(Policy& policy) const {
    std::vector<Problem> all;
    const auto add = [&all](const std::vector<Problem>& problems) {
        all.insert(all.end(), problems.begin(), problems.end());
    };
    for (const auto* unreadable :
         {&roles_.problems, &roleBindings_.problems, &groups_.problems, &networkAcls_.problems}) {
        policy.unreadable_ += unreadable->size();
        add(*unreadable);
    }
    policy.unreadable_ += networkRules_->unreadable();
    add(stateProblems_);
    add(networkRules_->problems());
    add(roleRules_->problems());
    groupIndex_->report(all);
    std::ranges::stable_sort(all, {}, &Problem::object);
    policy.problemCount_ = all.size();
    all.resize(std::min(all.size(), Policy::kMaxProblems));
    policy.problems_ = std::move(all);
}

std::shared_ptr<const Policy> Compiler::compile(
    const storage::Registry& registry, const PolicyParts& changed) {
    const auto parts = std::exchange(isFirst_, false) ? PolicyParts::all() : changed;
    read(registry, parts);
    if (parts.groups) {
        groupIndex_ = std::make_shared<const detail::GroupIndex>(groups_.objects);
    }
    if (parts.groups || parts.roles || parts.roleBindings || parts.state) {
        roleRules_ = std::make_shared<const RoleRules>(
            roles_.objects, roleBindings_.objects, groupIndex_, registry.rbacDisabled());
    }
    if (parts.groups || parts.networkAcls) {
        networkRules_ =
            std::make_shared<const NetworkRules>(networkAcls_.objects, groupIndex_, dialect_);
    }
    auto policy = std::make_shared<Policy>();
    policy->groups_ = groupIndex_;
    policy->roles_ = roleRules_;
    policy->network_ = networkRules_;
    collectProblems(*policy);
    return policy;
}

std::shared_ptr<const Policy> compile(const storage::Registry& registry, Dialect dialect) {
    return Compiler(dialect).compile(registry, PolicyParts::all());
}

}  // namespace weft::mesh::policy
