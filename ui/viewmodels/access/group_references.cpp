// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/access/group_references.h"

#include <algorithm>
#include <utility>

namespace weft::viewmodels {
namespace {

using Objects = std::vector<api::PolicyObject>;

std::string entryOf(const std::string& group) {
    return "group:" + group;
}

bool lists(const std::vector<std::string>& nodes, const std::string& entry) {
    return std::ranges::find(nodes, entry) != nodes.end();
}

bool lists(const std::vector<api::Subject>& subjects, const std::string& group) {
    const api::Subject wanted{group, api::SubjectKind::Group};
    return std::ranges::find(subjects, wanted) != subjects.end();
}

template <typename Value>
void replace(std::vector<Value>& values, const Value& from, const Value& to) {
    std::ranges::replace(values, from, to);
    // The new name may have been there already.
    const auto first = std::ranges::find(values, to);
    if (first != values.end()) {
        values.erase(std::remove(std::next(first), values.end(), to), values.end());
    }
}

void replaceGroup(api::PolicyObject& object, const std::string& from, const std::string& to) {
    const auto inSubjects = [&](std::vector<api::Subject>& subjects) {
        replace(
            subjects,
            api::Subject{from, api::SubjectKind::Group},
            api::Subject{to, api::SubjectKind::Group});
    };
    if (auto* rule = std::get_if<api::NetworkAcl>(&object)) {
        replace(rule->sourceNodes, entryOf(from), entryOf(to));
        replace(rule->destinationNodes, entryOf(from), entryOf(to));
    } else if (auto* binding = std::get_if<api::RoleBinding>(&object)) {
        inSubjects(binding->subjects);
    } else if (auto* group = std::get_if<api::Group>(&object)) {
        inSubjects(group->subjects);
    }
}

}  // namespace

Objects objectsWith(const api::PolicyState& state, const std::vector<api::PolicyEdit>& draft) {
    const auto editOf = [&draft](const api::ObjectRef& ref) {
        return std::ranges::find_if(
            draft, [&ref](const auto& edit) { return api::sameObject(edit.ref, ref); });
    };
    Objects objects;
    objects.reserve(state.objects.size());
    for (const api::StoredObject& stored : state.objects) {
        const auto edit = editOf(api::refOf(stored.object));
        if (edit == draft.end()) {
            objects.push_back(stored.object);
        } else if (edit->after) {
            objects.push_back(*edit->after);
        }
    }
    for (const api::PolicyEdit& edit : draft) {
        if (edit.after && state.find(edit.ref) == nullptr) {
            objects.push_back(*edit.after);
        }
    }
    return objects;
}

std::vector<GroupUse> usesOf(const Objects& objects, const std::string& group) {
    std::vector<GroupUse> uses;
    for (const api::PolicyObject& object : objects) {
        GroupUse use{api::refOf(object)};
        bool isNamed = false;
        if (const auto* rule = std::get_if<api::NetworkAcl>(&object)) {
            use.asSource = lists(rule->sourceNodes, entryOf(group));
            use.asDestination = lists(rule->destinationNodes, entryOf(group));
            isNamed = use.asSource || use.asDestination;
        } else if (const auto* binding = std::get_if<api::RoleBinding>(&object)) {
            isNamed = lists(binding->subjects, group);
        } else if (const auto* outer = std::get_if<api::Group>(&object)) {
            isNamed = outer->name != group && lists(outer->subjects, group);
        }
        if (isNamed) {
            uses.push_back(std::move(use));
        }
    }
    return uses;
}

std::vector<api::PolicyEdit> renameEdits(
    const Objects& objects, const std::string& from, const std::string& to) {
    const api::ObjectRef old{api::PolicyKind::Group, from, {}};
    const auto found = std::ranges::find(
        objects, old, [](const api::PolicyObject& object) { return api::refOf(object); });
    if (found == objects.end()) {
        return {};
    }
    auto renamed = std::get<api::Group>(*found);
    renamed.name = to;
    std::vector<api::PolicyEdit> edits{{{api::PolicyKind::Group, to, {}}, std::nullopt, renamed}};
    for (const GroupUse& use : usesOf(objects, from)) {
        const auto user = std::ranges::find(
            objects, use.ref, [](const api::PolicyObject& object) { return api::refOf(object); });
        api::PolicyObject changed = *user;
        replaceGroup(changed, from, to);
        edits.push_back({use.ref, *user, changed});
    }
    edits.push_back({old, *found, std::nullopt});
    return edits;
}

}  // namespace weft::viewmodels
