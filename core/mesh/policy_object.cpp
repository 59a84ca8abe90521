// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/policy_object.h"

#include "core/base/text.h"
#include "core/mesh/policy/records.h"

#include <absl/strings/cord.h>
#include <fmt/format.h>

#include <charconv>

namespace weft::mesh {
namespace {

constexpr const char* kCurrentRevision = "weft/current-revision";

}  // namespace

policy::ObjectKind kindOf(const PolicyObject& object) {
    return static_cast<policy::ObjectKind>(object.index());
}

ObjectRef refOf(const PolicyObject& object) {
    if (const auto* edge = std::get_if<storage::EdgeRecord>(&object)) {
        return {policy::ObjectKind::Edge, edge->source.value(), edge->target.value()};
    }
    return std::visit(
        [&object](const auto& value) -> ObjectRef {
            if constexpr (requires { value.name; }) {
                return {kindOf(object), value.name};
            } else {
                return {};
            }
        },
        object);
}

std::string_view kindName(policy::ObjectKind kind) {
    switch (kind) {
    case policy::ObjectKind::Role:
        return "role";
    case policy::ObjectKind::RoleBinding:
        return "rolebinding";
    case policy::ObjectKind::Group:
        return "group";
    case policy::ObjectKind::NetworkAcl:
        return "networkacl";
    case policy::ObjectKind::Route:
        return "route";
    case policy::ObjectKind::Edge:
        return "edge";
    }
    return "object";
}

std::string nameOf(const ObjectRef& ref) {
    return ref.kind == policy::ObjectKind::Edge ? ref.name + "/" + ref.target : ref.name;
}

std::string_view prefixOf(policy::ObjectKind kind) {
    switch (kind) {
    case policy::ObjectKind::Role:
        return storage::kRolesPrefix;
    case policy::ObjectKind::RoleBinding:
        return storage::kRoleBindingsPrefix;
    case policy::ObjectKind::Group:
        return storage::kGroupsPrefix;
    case policy::ObjectKind::NetworkAcl:
        return storage::kNetworkAclsPrefix;
    case policy::ObjectKind::Route:
        return storage::kRoutesPrefix;
    case policy::ObjectKind::Edge:
        return storage::kEdgesPrefix;
    }
    return {};
}

std::string keyOf(const ObjectRef& ref) {
    if (ref.kind == policy::ObjectKind::Edge) {
        const auto& [first, last] = std::minmax(ref.name, ref.target);
        return storage::edgeKey(storage::NodeId(first), storage::NodeId(last));
    }
    return std::string(prefixOf(ref.kind)) + ref.name;
}

std::string encode(const PolicyObject& object) {
    if (const auto* route = std::get_if<storage::RouteRecord>(&object)) {
        return storage::encodeRoute(*route);
    }
    if (const auto* edge = std::get_if<storage::EdgeRecord>(&object)) {
        return storage::encodeEdge(*edge);
    }
    return std::visit(
        [](const auto& value) -> std::string {
            if constexpr (requires { policy::encode(value); }) {
                return policy::encode(value);
            } else {
                return {};
            }
        },
        object);
}

StatusOr<PolicyObject> decode(policy::ObjectKind kind, std::string_view json) {
    switch (kind) {
    case policy::ObjectKind::Role:
        return policy::decodeRole(json);
    case policy::ObjectKind::RoleBinding:
        return policy::decodeRoleBinding(json);
    case policy::ObjectKind::Group:
        return policy::decodeGroup(json);
    case policy::ObjectKind::NetworkAcl:
        return policy::decodeNetworkAcl(json);
    case policy::ObjectKind::Route:
        return storage::decodeRoute(json);
    case policy::ObjectKind::Edge:
        return storage::decodeEdge(json);
    }
    return internalError("a kind of object without a form");
}

std::optional<ObjectRef> refOfKey(std::string_view key) {
    for (const auto kind : kObjectKinds) {
        const auto prefix = prefixOf(kind);
        if (!key.starts_with(prefix)) {
            continue;
        }
        const auto name = key.substr(prefix.size());
        if (kind != policy::ObjectKind::Edge) {
            return ObjectRef{kind, std::string(name)};
        }
        const auto slash = name.find('/');
        if (slash == std::string_view::npos) {
            return std::nullopt;
        }
        return ObjectRef{
            kind, std::string(name.substr(0, slash)), std::string(name.substr(slash + 1))};
    }
    return std::nullopt;
}

Status staleWrite(const ObjectRef& ref, storage::Revision current) {
    const auto name = base::escapeForLine(nameOf(ref));
    auto status =
        current == 0
            ? aborted("the {} {} is not there any more: read it again", kindName(ref.kind), name)
            : aborted(
                "the {} {} was changed meanwhile: read it again, then repeat the change",
                kindName(ref.kind),
                name);
    status.SetPayload(kCurrentRevision, absl::Cord(std::to_string(current)));
    return status;
}

std::optional<storage::Revision> currentRevisionOf(const Status& status) {
    const auto payload = status.GetPayload(kCurrentRevision);
    if (!payload) {
        return std::nullopt;
    }
    const std::string text(*payload);
    storage::Revision revision = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), revision);
    if (error != std::errc{} || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return revision;
}

}  // namespace weft::mesh
