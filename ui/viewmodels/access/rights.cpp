// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/access/rights.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>

namespace weft::viewmodels {
namespace {

constexpr std::string_view kEverybody = "*";

/// A role that somebody has.
struct Grant {
    const api::RoleBinding* binding = nullptr;
    const api::Role* role = nullptr;
    std::string group{};
};

/// The objects of one kind, by name: of two the first counts.
template <typename Object>
std::map<std::string_view, const Object*> byName(const api::PolicyState& state) {
    std::map<std::string_view, const Object*> found;
    for (const api::StoredObject& stored : state.objects) {
        if (const auto* object = std::get_if<Object>(&stored.object)) {
            found.emplace(object->name, object);
        }
    }
    return found;
}

class Somebody {
public:
    Somebody(std::string_view name, api::SubjectKind kind) : name_(name), kind_(kind) {}

    /// Whether the subject means them, groups aside.
    bool isMeant(const api::Subject& subject) const {
        if (subject.name != kEverybody && subject.name != name_) {
            return false;
        }
        switch (subject.kind) {
        case api::SubjectKind::All:
            return true;
        case api::SubjectKind::Node:
        case api::SubjectKind::User:
            return kind_ == api::SubjectKind::All || kind_ == subject.kind;
        default:
            return false;
        }
    }

private:
    std::string_view name_;
    api::SubjectKind kind_;
};

using Groups = std::map<std::string_view, const api::Group*>;

bool holdsOneOf(const api::Group& group, const std::set<std::string_view>& names) {
    return std::ranges::any_of(group.subjects, [&names](const api::Subject& subject) {
        return subject.kind == api::SubjectKind::Group && names.contains(subject.name);
    });
}

/// The groups that they are in, also through groups in groups.
std::set<std::string_view> groupsOf(const Groups& groups, const Somebody& somebody) {
    std::set<std::string_view> all;
    for (const auto& [name, group] : groups) {
        if (std::ranges::any_of(group->subjects, [&somebody](const api::Subject& subject) {
                return somebody.isMeant(subject);
            })) {
            all.insert(name);
        }
    }
    for (std::size_t depth = 1; depth < kMostNestedGroups; ++depth) {
        std::set<std::string_view> above;
        for (const auto& [name, group] : groups) {
            if (!all.contains(name) && holdsOneOf(*group, all)) {
                above.insert(name);
            }
        }
        if (above.empty()) {
            break;
        }
        all.merge(above);
    }
    return all;
}

std::vector<Grant> grantsOf(const api::PolicyState& state, const Somebody& somebody) {
    const auto roles = byName<api::Role>(state);
    const auto groups = groupsOf(byName<api::Group>(state), somebody);
    std::vector<Grant> grants;
    for (const auto& [name, binding] : byName<api::RoleBinding>(state)) {
        const auto role = roles.find(binding->role);
        if (role == roles.end()) {
            continue;
        }
        const auto& subjects = binding->subjects;
        const bool isNamed = std::ranges::any_of(
            subjects, [&](const api::Subject& subject) { return somebody.isMeant(subject); });
        const auto through = std::ranges::find_if(subjects, [&](const api::Subject& subject) {
            return subject.kind == api::SubjectKind::Group && groups.contains(subject.name);
        });
        if (isNamed || through != subjects.end()) {
            grants.push_back({binding, role->second, isNamed ? std::string() : through->name});
        }
    }
    return grants;
}

template <typename Value>
bool lists(const std::vector<Value>& values, Value wanted) {
    return std::ranges::any_of(
        values, [wanted](Value value) { return value == wanted || value == Value::All; });
}

bool isForAllNames(const api::RoleRule& rule) {
    return rule.resourceNames.empty()
           || std::ranges::find(rule.resourceNames, kEverybody) != rule.resourceNames.end();
}

Right rightOf(
    const std::vector<Grant>& grants, api::PolicyResource resource, api::PolicyVerb verb) {
    Right right;
    std::set<std::string> names;
    for (const Grant& grant : grants) {
        for (const api::RoleRule& rule : grant.role->rules) {
            if (!lists(rule.verbs, verb) || !lists(rule.resources, resource)) {
                continue;
            }
            const bool isWhole = isForAllNames(rule);
            if (!right.allowed || isWhole) {
                right = {true, {}, grant.binding->name, grant.role->name, grant.group};
            }
            if (isWhole) {
                return right;
            }
            names.insert(rule.resourceNames.begin(), rule.resourceNames.end());
        }
    }
    right.names.assign(names.begin(), names.end());
    return right;
}

}  // namespace

Rights rightsOf(const api::PolicyState& state, const std::string& name, api::SubjectKind kind) {
    const auto grants = name.empty() ? std::vector<Grant>() : grantsOf(state, Somebody(name, kind));
    Rights rights;
    for (std::size_t row = 0; row < kRightResources.size(); ++row) {
        for (std::size_t column = 0; column < kRightVerbs.size(); ++column) {
            Right& right = rights[row][column];
            if (state.rolesDisabled) {
                right.allowed = true;
            } else {
                right = rightOf(grants, kRightResources[row], kRightVerbs[column]);
            }
        }
    }
    return rights;
}

}  // namespace weft::viewmodels
