// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/policy/model.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace weft::mesh::policy {
namespace {

template <typename Value>
using Named = std::pair<std::string_view, Value>;

constexpr std::string_view kUnknown = "unknown";

constexpr std::array<Named<Verb>, 4> kVerbs{
    {{"put", Verb::Put}, {"get", Verb::Get}, {"delete", Verb::Delete}, {kWildcard, Verb::All}}};

constexpr std::array<Named<Resource>, 11> kResources{
    {{"votes", Resource::Votes},
     {"roles", Resource::Roles},
     {"rolebindings", Resource::RoleBindings},
     {"groups", Resource::Groups},
     {"networkacls", Resource::NetworkAcls},
     {"routes", Resource::Routes},
     {"datachannels", Resource::DataChannels},
     {"edges", Resource::Edges},
     {"observers", Resource::Observers},
     {"pubsub", Resource::PubSub},
     {kWildcard, Resource::All}}};

constexpr std::array<Named<SubjectKind>, 4> kSubjectKinds{
    {{"node", SubjectKind::Node},
     {"user", SubjectKind::User},
     {"group", SubjectKind::Group},
     {kWildcard, SubjectKind::All}}};

template <typename Table, typename Value>
std::string_view nameIn(const Table& table, Value value) {
    const auto found = std::ranges::find(table, value, &Table::value_type::second);
    return found == table.end() ? kUnknown : found->first;
}

template <typename Table>
auto valueIn(const Table& table, std::string_view name) {
    const auto found = std::ranges::find(table, name, &Table::value_type::first);
    return found == table.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace

std::string_view nameOf(Verb verb) {
    return nameIn(kVerbs, verb);
}

std::string_view nameOf(Resource resource) {
    return nameIn(kResources, resource);
}

std::string_view nameOf(SubjectKind kind) {
    return nameIn(kSubjectKinds, kind);
}

std::string_view nameOf(AclAction action) {
    return action == AclAction::Accept ? "accept" : "deny";
}

std::optional<Verb> verbNamed(std::string_view name) {
    return valueIn(kVerbs, name);
}

std::optional<Resource> resourceNamed(std::string_view name) {
    return valueIn(kResources, name);
}

Resource resourceOf(ObjectKind kind) {
    switch (kind) {
    case ObjectKind::Role:
        return Resource::Roles;
    case ObjectKind::RoleBinding:
        return Resource::RoleBindings;
    case ObjectKind::Group:
        return Resource::Groups;
    case ObjectKind::NetworkAcl:
        return Resource::NetworkAcls;
    case ObjectKind::Route:
        return Resource::Routes;
    case ObjectKind::Edge:
        return Resource::Edges;
    }
    return Resource::Unknown;
}

std::string describe(const Action& action) {
    auto text = fmt::format("{} {}", nameOf(action.verb), nameOf(action.resource));
    if (!action.resourceName.empty()) {
        text += " " + base::escapeForLine(action.resourceName);
    }
    return text;
}

}  // namespace weft::mesh::policy
