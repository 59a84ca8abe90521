// SPDX-License-Identifier: Apache-2.0
#include "core/api/policy.h"

#include "core/api/policy_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

namespace weft::api {
namespace {

ObjectRef refTo(const MeshEdge& edge) {
    return {PolicyKind::Edge, edge.source, edge.target};
}

bool names(const std::vector<Subject>& subjects, SubjectKind kind, const std::string& name) {
    return std::ranges::any_of(subjects, [&](const Subject& subject) {
        return subject.kind == kind && subject.name == name;
    });
}

bool lists(const std::vector<std::string>& nodes, const std::string& entry) {
    return std::ranges::find(nodes, entry) != nodes.end();
}

bool mentions(const NetworkAcl& acl, const std::string& entry) {
    return lists(acl.sourceNodes, entry) || lists(acl.destinationNodes, entry);
}

/// Runs `visit` with each object of the type.
template <typename Object, typename Visit>
void each(const PolicyState& state, Visit visit) {
    for (const StoredObject& stored : state.objects) {
        if (const auto* object = std::get_if<Object>(&stored.object)) {
            visit(*object);
        }
    }
}

std::vector<std::string> withoutRole(const PolicyState& state, const std::string& role) {
    std::vector<std::string> words;
    each<RoleBinding>(state, [&](const RoleBinding& binding) {
        if (binding.role == role) {
            words.push_back(fmt::format("rolebinding {} gives nothing any more", binding.name));
        }
    });
    return words;
}

std::vector<std::string> withoutBinding(const PolicyState& state, const std::string& name) {
    std::vector<std::string> words;
    each<RoleBinding>(state, [&](const RoleBinding& binding) {
        for (const Subject& subject : binding.subjects) {
            if (binding.name == name) {
                words.push_back(
                    fmt::format("{} loses the role {}", describe(subject), binding.role));
            }
        }
    });
    return words;
}

std::vector<std::string> withoutGroup(const PolicyState& state, const std::string& group) {
    std::vector<std::string> words;
    each<RoleBinding>(state, [&](const RoleBinding& binding) {
        if (names(binding.subjects, SubjectKind::Group, group)) {
            words.push_back(fmt::format(
                "rolebinding {} gives the role {} to nobody of the group any more",
                binding.name,
                binding.role));
        }
    });
    each<Group>(state, [&](const Group& outer) {
        if (names(outer.subjects, SubjectKind::Group, group)) {
            words.push_back(fmt::format("group {} loses the members of the group", outer.name));
        }
    });
    each<NetworkAcl>(state, [&](const NetworkAcl& acl) {
        if (mentions(acl, "group:" + group)) {
            words.push_back(fmt::format("acl {} no longer matches the group's nodes", acl.name));
        }
    });
    return words;
}

std::vector<std::string> withoutAcl(const PolicyState& state, const std::string& name) {
    std::size_t others = 0;
    each<NetworkAcl>(state, [&](const NetworkAcl& acl) { others += acl.name == name ? 0 : 1; });
    if (others > 0) {
        return {};
    }
    return {"no acl is left: no node may talk to any other"};
}

std::vector<std::string> withoutRoute(const PolicyState& state, const std::string& name) {
    std::vector<std::string> words;
    each<Route>(state, [&](const Route& route) {
        for (const std::string& cidr : route.destinationCidrs) {
            if (route.name == name) {
                words.push_back(fmt::format("{} is not reached by {} any more", cidr, route.node));
            }
        }
    });
    return words;
}

}  // namespace

PolicyKind kindOf(const PolicyObject& object) {
    return static_cast<PolicyKind>(object.index());
}

ObjectRef refOf(const PolicyObject& object) {
    if (const auto* edge = std::get_if<MeshEdge>(&object)) {
        return refTo(*edge);
    }
    std::string name;
    std::visit(
        [&name](const auto& known) {
            if constexpr (requires { known.name; }) {
                name = known.name;
            }
        },
        object);
    return {kindOf(object), std::move(name), {}};
}

bool sameObject(const ObjectRef& one, const ObjectRef& other) {
    if (one.kind == PolicyKind::Edge && other.kind == PolicyKind::Edge) {
        return std::minmax(one.name, one.target) == std::minmax(other.name, other.target);
    }
    return one.kind == other.kind && one.name == other.name;
}

const StoredObject* PolicyState::find(const ObjectRef& ref) const {
    const auto found = std::ranges::find_if(objects, [&ref](const StoredObject& stored) {
        return sameObject(refOf(stored.object), ref);
    });
    return found == objects.end() ? nullptr : &*found;
}

std::vector<std::string> consequencesOfRemoval(const PolicyState& state, const ObjectRef& ref) {
    switch (ref.kind) {
    case PolicyKind::Role:
        return withoutRole(state, ref.name);
    case PolicyKind::RoleBinding:
        return withoutBinding(state, ref.name);
    case PolicyKind::Group:
        return withoutGroup(state, ref.name);
    case PolicyKind::NetworkAcl:
        return withoutAcl(state, ref.name);
    case PolicyKind::Route:
        return withoutRoute(state, ref.name);
    case PolicyKind::Edge:
        break;
    }
    return {};
}

std::vector<std::string> consequencesOfNodeRemoval(
    const PolicyState& state, const std::string& nodeId) {
    std::vector<std::string> words;
    each<MeshEdge>(state, [&](const MeshEdge& edge) {
        if (edge.source == nodeId || edge.target == nodeId) {
            words.push_back(describe(refTo(edge)) + " is deleted");
        }
    });
    each<Route>(state, [&](const Route& route) {
        if (route.node == nodeId) {
            words.push_back(fmt::format("route {} is deleted", route.name));
        }
    });
    each<RoleBinding>(state, [&](const RoleBinding& binding) {
        if (names(binding.subjects, SubjectKind::Node, nodeId)) {
            words.push_back(fmt::format(
                "rolebinding {} no longer gives it the role {}", binding.name, binding.role));
        }
    });
    each<Group>(state, [&](const Group& group) {
        if (names(group.subjects, SubjectKind::Node, nodeId)) {
            words.push_back(fmt::format("group {} loses it", group.name));
        }
    });
    return words;
}

}  // namespace weft::api
