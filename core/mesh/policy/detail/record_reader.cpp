// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/policy/detail/record_reader.h"

#include "core/storage/registry/json_cursor.h"

#include <algorithm>
#include <array>
#include <utility>

namespace weft::mesh::policy::detail {
namespace {

using storage::JsonCursor;
using storage::SeenFields;

template <typename Value>
using Word = std::pair<std::string_view, Value>;

constexpr std::array<Word<Verb>, 5> kVerbs{
    {{"VERB_UNKNOWN", Verb::Unknown},
     {"VERB_PUT", Verb::Put},
     {"VERB_GET", Verb::Get},
     {"VERB_DELETE", Verb::Delete},
     {"VERB_ALL", Verb::All}}};

constexpr std::array<Word<Resource>, 12> kResources{
    {{"RESOURCE_UNKNOWN", Resource::Unknown},
     {"RESOURCE_VOTES", Resource::Votes},
     {"RESOURCE_ROLES", Resource::Roles},
     {"RESOURCE_ROLE_BINDINGS", Resource::RoleBindings},
     {"RESOURCE_GROUPS", Resource::Groups},
     {"RESOURCE_NETWORK_ACLS", Resource::NetworkAcls},
     {"RESOURCE_ROUTES", Resource::Routes},
     {"RESOURCE_DATA_CHANNELS", Resource::DataChannels},
     {"RESOURCE_EDGES", Resource::Edges},
     {"RESOURCE_OBSERVERS", Resource::Observers},
     {"RESOURCE_PUBSUB", Resource::PubSub},
     {"RESOURCE_ALL", Resource::All}}};

constexpr std::array<Word<SubjectKind>, 5> kKinds{
    {{"SUBJECT_UNKNOWN", SubjectKind::Unknown},
     {"SUBJECT_NODE", SubjectKind::Node},
     {"SUBJECT_USER", SubjectKind::User},
     {"SUBJECT_GROUP", SubjectKind::Group},
     {"SUBJECT_ALL", SubjectKind::All}}};

constexpr std::array<Word<AclAction>, 3> kActions{
    {{"ACTION_UNKNOWN", AclAction::Unknown},
     {"ACTION_ACCEPT", AclAction::Accept},
     {"ACTION_DENY", AclAction::Deny}}};

template <typename Table, typename Value>
bool readWord(JsonCursor& cursor, const Table& table, Value& out) {
    std::string_view text;
    if (!cursor.takeText(text)) {
        return false;
    }
    const auto found = std::ranges::find(table, text, &Table::value_type::first);
    if (found == table.end()) {
        return false;
    }
    out = found->second;
    return true;
}

template <typename Table, typename Value>
bool readWords(JsonCursor& cursor, const Table& table, std::vector<Value>& out) {
    return cursor.takeArray([&] { return readWord(cursor, table, out.emplace_back()); });
}

bool readRule(JsonCursor& cursor, Rule& rule) {
    SeenFields seen;
    return cursor.takeObject([&](std::string_view name) {
        if (name == "resources") {
            return seen.first(0) && readWords(cursor, kResources, rule.resources);
        }
        if (name == "resourceNames") {
            return seen.first(1) && cursor.takeTexts(rule.resourceNames);
        }
        return name == "verbs" && seen.first(2) && readWords(cursor, kVerbs, rule.verbs);
    });
}

bool readSubjects(JsonCursor& cursor, std::vector<Subject>& subjects) {
    return cursor.takeArray([&] {
        auto& subject = subjects.emplace_back();
        SeenFields seen;
        return cursor.takeObject([&](std::string_view name) {
            if (name == "name") {
                return seen.first(0) && cursor.takeText(subject.name);
            }
            return name == "type" && seen.first(1) && readWord(cursor, kKinds, subject.kind);
        });
    });
}

/// One object and nothing behind it; `field` is called with each name.
template <typename Object, typename Field>
std::optional<Object> readWhole(std::string_view json, Field field) {
    JsonCursor cursor(json);
    Object object;
    SeenFields seen;
    const bool isRead =
        cursor.takeObject([&](std::string_view name) { return field(cursor, object, seen, name); });
    return isRead && cursor.atEnd() ? std::optional(std::move(object)) : std::nullopt;
}

}  // namespace

std::optional<Role> readRole(std::string_view json) {
    return readWhole<Role>(
        json, [](JsonCursor& cursor, Role& role, SeenFields& seen, std::string_view name) {
            if (name == "name") {
                return seen.first(0) && cursor.takeText(role.name);
            }
            return name == "rules" && seen.first(1)
                   && cursor.takeArray([&] { return readRule(cursor, role.rules.emplace_back()); });
        });
}

std::optional<RoleBinding> readRoleBinding(std::string_view json) {
    return readWhole<RoleBinding>(
        json,
        [](JsonCursor& cursor, RoleBinding& binding, SeenFields& seen, std::string_view name) {
            if (name == "name") {
                return seen.first(0) && cursor.takeText(binding.name);
            }
            if (name == "role") {
                return seen.first(1) && cursor.takeText(binding.role);
            }
            return name == "subjects" && seen.first(2) && readSubjects(cursor, binding.subjects);
        });
}

std::optional<Group> readGroup(std::string_view json) {
    return readWhole<Group>(
        json, [](JsonCursor& cursor, Group& group, SeenFields& seen, std::string_view name) {
            if (name == "name") {
                return seen.first(0) && cursor.takeText(group.name);
            }
            return name == "subjects" && seen.first(1) && readSubjects(cursor, group.subjects);
        });
}

std::optional<NetworkAcl> readNetworkAcl(std::string_view json) {
    return readWhole<NetworkAcl>(
        json, [](JsonCursor& cursor, NetworkAcl& acl, SeenFields& seen, std::string_view name) {
            if (name == "name") {
                return seen.first(0) && cursor.takeText(acl.name);
            }
            if (name == "priority") {
                return seen.first(1) && cursor.takeInteger(acl.priority);
            }
            if (name == "action") {
                return seen.first(2) && readWord(cursor, kActions, acl.action);
            }
            if (name == "sourceNodes") {
                return seen.first(3) && cursor.takeTexts(acl.sourceNodes);
            }
            if (name == "destinationNodes") {
                return seen.first(4) && cursor.takeTexts(acl.destinationNodes);
            }
            if (name == "sourceCidrs") {
                return seen.first(5) && cursor.takeTexts(acl.sourceCidrs);
            }
            return name == "destinationCidrs" && seen.first(6)
                   && cursor.takeTexts(acl.destinationCidrs);
        });
}

}  // namespace weft::mesh::policy::detail
