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

void Compiler::note(const PolicyParts& changed) {
    pending_.roles |= changed.roles;
    pending_.roleBindings |= changed.roleBindings;
    pending_.groups |= changed.groups;
    pending_.networkAcls |= changed.networkAcls;
    pending_.state |= changed.state;
    policy_.reset();
}

void Compiler::readState(const storage::Registry& registry) {
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

const std::shared_ptr<const RoleRules>& Compiler::compileRoles(const storage::Registry& registry) {
    if (!pending_.roles && !pending_.roleBindings && !pending_.groups && !pending_.state) {
        return roleRules_;
    }
    if (std::exchange(pending_.roles, false)) {
        readKind(registry, storage::kRolesPrefix, decodeRole, roles_);
    }
    if (std::exchange(pending_.roleBindings, false)) {
        readKind(registry, storage::kRoleBindingsPrefix, decodeRoleBinding, roleBindings_);
    }
    if (std::exchange(pending_.groups, false)) {
        readKind(registry, storage::kGroupsPrefix, decodeGroup, groups_);
        groupIndex_ = std::make_shared<const detail::GroupIndex>(groups_.objects);
        networkRules_.reset();
    }
    if (std::exchange(pending_.state, false)) {
        readState(registry);
    }
    roleRules_ = std::make_shared<const RoleRules>(
        roles_.objects, roleBindings_.objects, groupIndex_, registry.rbacDisabled());
    return roleRules_;
}

void Compiler::compileNetwork(const storage::Registry& registry) {
    if (std::exchange(pending_.networkAcls, false)) {
        readKind(registry, storage::kNetworkAclsPrefix, decodeNetworkAcl, networkAcls_);
        networkRules_.reset();
    }
    if (networkRules_ == nullptr) {
        networkRules_ =
            std::make_shared<const NetworkRules>(networkAcls_.objects, groupIndex_, dialect_);
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

const std::shared_ptr<const Policy>& Compiler::compile(const storage::Registry& registry) {
    if (policy_ != nullptr) {
        return policy_;
    }
    compileRoles(registry);
    compileNetwork(registry);
    auto policy = std::make_shared<Policy>();
    policy->groups_ = groupIndex_;
    policy->roles_ = roleRules_;
    policy->network_ = networkRules_;
    collectProblems(*policy);
    policy_ = std::move(policy);
    return policy_;
}

std::shared_ptr<const Policy> compile(const storage::Registry& registry, Dialect dialect) {
    return Compiler(dialect).compile(registry);
}

}  // namespace weft::mesh::policy
