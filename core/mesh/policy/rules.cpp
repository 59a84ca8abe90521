// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/policy/rules.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

namespace weft::mesh::policy {
namespace {

/// How many roles a refusal names.
constexpr std::size_t kMaxNamedRoles = 8;

template <typename Value>
bool lists(const std::vector<Value>& values, Value wanted) {
    return std::ranges::any_of(
        values, [wanted](Value value) { return value == wanted || value == Value::All; });
}

template <typename Value>
bool isKnown(Value value) {
    return nameOf(value) != nameOf(Value::Unknown);
}

bool isForAllNames(const Rule& rule) {
    return rule.resourceNames.empty()
           || std::ranges::find(rule.resourceNames, kWildcard) != rule.resourceNames.end();
}

bool coversName(const Rule& rule, const Action& action) {
    if (isForAllNames(rule)) {
        return true;
    }
    const auto& wanted = action.resourceName;
    return !wanted.empty() && std::ranges::any_of(rule.resourceNames, [&](const auto& name) {
        return name == wanted
               || (action.resource == Resource::PubSub && name.ends_with('/')
                   && wanted.starts_with(name));
    });
}

bool covers(const Role& role, const Action& action) {
    // A number that nobody knows is allowed to nobody, not even by ALL.
    return isKnown(action.verb) && isKnown(action.resource)
           && std::ranges::any_of(role.rules, [&action](const Rule& rule) {
                  return lists(rule.verbs, action.verb) && lists(rule.resources, action.resource)
                         && coversName(rule, action);
              });
}

/// One deed for each combination that the rule allows.
std::vector<Action> deedsOf(const Rule& rule) {
    std::vector<std::string> names;
    if (!isForAllNames(rule)) {
        names = rule.resourceNames;
    } else {
        names.emplace_back();
    }
    std::vector<Action> deeds;
    for (const auto verb : rule.verbs) {
        for (const auto resource : rule.resources) {
            for (const auto& name : names) {
                deeds.push_back({verb, resource, name});
            }
        }
    }
    return deeds;
}

template <typename Object>
void sortByName(std::vector<Object>& objects) {
    std::ranges::stable_sort(objects, {}, &Object::name);
    const auto areTwins = [](const Object& one, const Object& other) {
        return one.name == other.name;
    };
    objects.erase(std::unique(objects.begin(), objects.end(), areTwins), objects.end());
}

}  // namespace

RoleRules::RoleRules(Contents contents)
    : RoleRules(
        std::move(contents.roles),
        std::move(contents.bindings),
        std::make_shared<const detail::GroupIndex>(std::move(contents.groups)),
        contents.rbacDisabled) {}

RoleRules::RoleRules(
    std::vector<Role> roles,
    std::vector<RoleBinding> bindings,
    std::shared_ptr<const detail::GroupIndex> groups,
    bool rbacDisabled)
    : roles_(std::move(roles))
    , bindings_(std::move(bindings))
    , groups_(std::move(groups))
    , rbacDisabled_(rbacDisabled) {
    sortByName(roles_);
    sortByName(bindings_);
    index();
}

void RoleRules::index() {
    roleOf_.assign(bindings_.size(), kNone);
    for (std::uint32_t at = 0; at < bindings_.size(); ++at) {
        const auto& binding = bindings_[at];
        if (const auto* found = role(binding.role)) {
            roleOf_[at] = static_cast<std::uint32_t>(found - roles_.data());
        } else {
            problems_.push_back(
                {.object = "rolebindings/" + binding.name,
                 .text = fmt::format(
                     "its role {} does not exist, so it gives nothing",
                     base::escapeForLine(binding.role))});
        }
        for (const auto& subject : binding.subjects) {
            indexSubject(at, subject);
        }
    }
}

void RoleRules::indexSubject(std::uint32_t binding, const Subject& subject) {
    if (subject.kind != SubjectKind::Group) {
        byName_[subject.name].push_back({binding, subject.kind});
        return;
    }
    byGroup_[subject.name].push_back(binding);
    if (groups_->find(subject.name)) {
        return;
    }
    problems_.push_back(
        {.object = "rolebindings/" + bindings_[binding].name,
         .text = fmt::format("its group {} does not exist", base::escapeForLine(subject.name))});
}

const Role* RoleRules::role(std::string_view name) const {
    const auto found = std::ranges::lower_bound(roles_, name, {}, &Role::name);
    return found == roles_.end() || found->name != name ? nullptr : &*found;
}

const RoleBinding* RoleRules::binding(std::string_view name) const {
    const auto found = std::ranges::lower_bound(bindings_, name, {}, &RoleBinding::name);
    return found == bindings_.end() || found->name != name ? nullptr : &*found;
}

void RoleRules::reachingByName(const Principal& principal, std::vector<Reached>& reached) const {
    for (const std::string_view name : {std::string_view(principal.id), kWildcard}) {
        const auto found = byName_.find(name);
        if (found == byName_.end()) {
            continue;
        }
        for (const auto& named : found->second) {
            if (detail::meansKind(named.kind, name == kWildcard, principal.kinds)) {
                reached.push_back({named.binding, kNone});
            }
        }
    }
}

const std::vector<std::uint32_t>& RoleRules::bindingsOfGroup(std::string_view group) const {
    static const std::vector<std::uint32_t> kNoBindings;
    const auto found = byGroup_.find(group);
    return found == byGroup_.end() ? kNoBindings : found->second;
}

std::vector<RoleRules::Reached> RoleRules::reaching(const Principal& principal) const {
    std::vector<Reached> reached;
    if (principal.id.empty()) {
        return reached;
    }
    reachingByName(principal, reached);
    auto groups = groups_->groupsOf(principal.id, principal.kinds);
    const bool isGroup =
        std::ranges::find(principal.kinds, SubjectKind::Group) != principal.kinds.end();
    if (const auto self = isGroup ? groups_->find(principal.id) : std::nullopt) {
        const auto around = groups_->groupsAround(*self);
        groups.insert(groups.end(), around.begin(), around.end());
    }
    for (const auto group : groups) {
        for (const auto binding : bindingsOfGroup(groups_->groups()[group].name)) {
            reached.push_back({binding, group});
        }
    }
    std::erase_if(reached, [this](const Reached& one) { return roleOf_[one.binding] == kNone; });
    // By binding, which is by name; being named counts before being in a group.
    std::ranges::sort(reached, [](const Reached& left, const Reached& right) {
        return std::pair(left.binding, left.group + 1) < std::pair(right.binding, right.group + 1);
    });
    reached.erase(std::unique(reached.begin(), reached.end()), reached.end());
    return reached;
}

const RoleRules::Reached* RoleRules::allowing(
    const std::vector<Reached>& reached, const Action& action) const {
    const auto found = std::ranges::find_if(
        reached, [&](const Reached& one) { return covers(roles_[roleOf_[one.binding]], action); });
    return found == reached.end() ? nullptr : &*found;
}

std::string RoleRules::refusal(
    const Principal& principal, const std::vector<Reached>& reached, const Action& action) const {
    if (principal.id.empty()) {
        return fmt::format("a caller without a name may not {}", describe(action));
    }
    const auto who = base::escapeForLine(principal.id);
    std::set<std::string> names;
    for (const auto& one : reached) {
        names.insert(base::escapeForLine(bindings_[one.binding].role));
    }
    if (names.empty()) {
        return fmt::format("{} may not {}: no role is bound to it", who, describe(action));
    }
    std::string list;
    std::size_t named = 0;
    for (const auto& name : names) {
        if (named == kMaxNamedRoles) {
            list += fmt::format(" and {} more", names.size() - named);
            break;
        }
        list += (named++ == 0 ? "" : ", ") + name;
    }
    return fmt::format(
        "{} may not {}: its roles do not allow that ({})", who, describe(action), list);
}

Decision RoleRules::decide(const Principal& principal, std::span<const Action> actions) const {
    if (rbacDisabled_) {
        return {.allowed = true, .reason = "the rules of this mesh are switched off"};
    }
    const auto reached = reaching(principal);
    Decision decision{.allowed = true};
    for (const auto& action : actions) {
        const auto* found = allowing(reached, action);
        if (found == nullptr) {
            return {.allowed = false, .reason = refusal(principal, reached, action)};
        }
        const auto& binding = bindings_[found->binding];
        decision.binding = binding.name;
        decision.role = binding.role;
        decision.group =
            found->group == kNone ? std::string() : groups_->groups()[found->group].name;
    }
    return decision;
}

Decision RoleRules::decide(const Principal& principal, const Action& action) const {
    return decide(principal, std::span(&action, 1));
}

bool RoleRules::holds(const Principal& principal, const Role& role) const {
    if (rbacDisabled_) {
        return true;
    }
    const auto reached = reaching(principal);
    return std::ranges::all_of(role.rules, [&](const Rule& rule) {
        return std::ranges::all_of(
            deedsOf(rule), [&](const Action& deed) { return allowing(reached, deed) != nullptr; });
    });
}

bool RoleRules::hasRole(const Principal& principal, std::string_view role) const {
    return std::ranges::any_of(reaching(principal), [&](const Reached& one) {
        return bindings_[one.binding].role == role;
    });
}

std::vector<Grant> RoleRules::grantsOf(const Principal& principal) const {
    std::vector<Grant> grants;
    for (const auto& one : reaching(principal)) {
        const auto& binding = bindings_[one.binding];
        grants.push_back(
            {.binding = binding.name,
             .role = binding.role,
             .group = one.group == kNone ? std::string() : groups_->groups()[one.group].name});
    }
    return grants;
}

std::vector<const Role*> RoleRules::rolesOfGroup(std::string_view group) const {
    std::set<std::uint32_t> found;
    const auto add = [&](std::string_view name) {
        for (const auto binding : bindingsOfGroup(name)) {
            found.insert(roleOf_[binding]);
        }
    };
    add(group);
    for (const auto parent : groups_->groupsNesting(group)) {
        for (const auto around : groups_->groupsAround(parent)) {
            add(groups_->groups()[around].name);
        }
    }
    found.erase(kNone);
    std::vector<const Role*> roles;
    roles.reserve(found.size());
    for (const auto at : found) {
        roles.push_back(&roles_[at]);
    }
    return roles;
}

}  // namespace weft::mesh::policy
