// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/policy_object.h"

#include "core/base/text.h"

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
