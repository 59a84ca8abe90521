// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/object_names.h"

#include <algorithm>

namespace weft::mesh::detail {
namespace {

using policy::ObjectKind;
using policy::SubjectKind;

bool hasGroup(const std::vector<policy::Subject>& subjects, const std::string& name) {
    return std::ranges::any_of(subjects, [&name](const policy::Subject& subject) {
        return subject.name == name && subject.kind == SubjectKind::Group;
    });
}

bool hasText(const std::vector<std::string>& texts, const std::string& text) {
    return std::ranges::find(texts, text) != texts.end();
}

/// Whether an object speaks of a group.
struct NamesGroup {
    const std::string& name;

    bool operator()(const policy::RoleBinding& binding) const {
        return hasGroup(binding.subjects, name);
    }
    bool operator()(const policy::Group& group) const { return hasGroup(group.subjects, name); }
    bool operator()(const policy::NetworkAcl& acl) const {
        const auto mark = std::string(policy::kGroupMark) + name;
        return hasText(acl.sourceNodes, mark) || hasText(acl.destinationNodes, mark);
    }
    bool operator()(const storage::RouteRecord& route) const {
        return route.node == std::string(policy::kGroupMark) + name;
    }
    bool operator()(const policy::Role& /*role*/) const { return false; }
    bool operator()(const storage::EdgeRecord& /*edge*/) const { return false; }
};

}  // namespace

bool namesObject(const PolicyObject& object, const ObjectRef& ref) {
    if (ref.kind == ObjectKind::Role) {
        const auto* binding = std::get_if<policy::RoleBinding>(&object);
        return binding != nullptr && binding->role == ref.name;
    }
    return ref.kind == ObjectKind::Group && std::visit(NamesGroup{ref.name}, object);
}

std::vector<ObjectKind> kindsThatName(ObjectKind kind) {
    if (kind == ObjectKind::Role) {
        return {ObjectKind::RoleBinding};
    }
    if (kind == ObjectKind::Group) {
        return {
            ObjectKind::RoleBinding, ObjectKind::Group, ObjectKind::NetworkAcl, ObjectKind::Route};
    }
    return {};
}

}  // namespace weft::mesh::detail
