// SPDX-License-Identifier: Apache-2.0
#include "ui/bridge/policy_json.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <array>
#include <utility>

namespace weft::bridge {
namespace {

/// Names and numbers of the values of an enum of the Webmesh API (rbac.proto, network_acls.proto).
template <typename Value>
struct Named {
    const char* name;
    int number;
    Value value;
};

/// That of `ALL` in each of them.
constexpr int kAllNumber = 999;

constexpr auto kResources = std::to_array<Named<api::PolicyResource>>(
    {{"RESOURCE_VOTES", 1, api::PolicyResource::Votes},
     {"RESOURCE_ROLES", 2, api::PolicyResource::Roles},
     {"RESOURCE_ROLE_BINDINGS", 3, api::PolicyResource::RoleBindings},
     {"RESOURCE_GROUPS", 4, api::PolicyResource::Groups},
     {"RESOURCE_NETWORK_ACLS", 5, api::PolicyResource::NetworkAcls},
     {"RESOURCE_ROUTES", 6, api::PolicyResource::Routes},
     {"RESOURCE_DATA_CHANNELS", 7, api::PolicyResource::DataChannels},
     {"RESOURCE_EDGES", 8, api::PolicyResource::Edges},
     {"RESOURCE_OBSERVERS", 9, api::PolicyResource::Observers},
     {"RESOURCE_PUBSUB", 10, api::PolicyResource::PubSub},
     {"RESOURCE_ALL", kAllNumber, api::PolicyResource::All}});
constexpr auto kVerbs = std::to_array<Named<api::PolicyVerb>>(
    {{"VERB_PUT", 1, api::PolicyVerb::Put},
     {"VERB_GET", 2, api::PolicyVerb::Get},
     {"VERB_DELETE", 3, api::PolicyVerb::Delete},
     {"VERB_ALL", kAllNumber, api::PolicyVerb::All}});
constexpr auto kSubjects = std::to_array<Named<api::SubjectKind>>(
    {{"SUBJECT_NODE", 1, api::SubjectKind::Node},
     {"SUBJECT_USER", 2, api::SubjectKind::User},
     {"SUBJECT_GROUP", 3, api::SubjectKind::Group},
     {"SUBJECT_ALL", kAllNumber, api::SubjectKind::All}});
constexpr auto kActions = std::to_array<Named<api::AclAction>>(
    {{"ACTION_ACCEPT", 1, api::AclAction::Accept}, {"ACTION_DENY", 2, api::AclAction::Deny}});

/// protojson writes names and reads numbers too.
template <typename Table>
auto valueOf(const Table& table, const QJsonValue& json) {
    for (const auto& each : table) {
        const bool isNamed = json.isString() && json.toString() == QLatin1String(each.name);
        const bool isNumbered = json.isDouble() && json.toInt(-1) == each.number;
        if (isNamed || isNumbered) {
            return each.value;
        }
    }
    return decltype(table.front().value){};
}

/// A field by its name in JSON or by that of the proto file.
QJsonValue field(const QJsonObject& object, const char* json, const char* proto) {
    const QJsonValue found = object.value(QLatin1String(json));
    return found.isUndefined() ? object.value(QLatin1String(proto)) : found;
}

std::string text(const QJsonObject& object, const char* name) {
    return object.value(QLatin1String(name)).toString().toStdString();
}

std::int32_t number(const QJsonObject& object, const char* name) {
    const QJsonValue value = object.value(QLatin1String(name));
    return value.isString() ? value.toString().toInt() : value.toInt();
}

std::vector<std::string> texts(const QJsonValue& json) {
    std::vector<std::string> all{};
    for (const auto& each : json.toArray()) {
        all.push_back(each.toString().toStdString());
    }
    return all;
}

template <typename Table>
auto values(const Table& table, const QJsonValue& json) {
    std::vector<decltype(valueOf(table, QJsonValue()))> all{};
    for (const auto& each : json.toArray()) {
        all.push_back(valueOf(table, each));
    }
    return all;
}

std::vector<api::Subject> subjects(const QJsonObject& object) {
    std::vector<api::Subject> all{};
    for (const auto& each : object.value(QLatin1String("subjects")).toArray()) {
        const QJsonObject subject = each.toObject();
        all.push_back(
            {text(subject, "name"), valueOf(kSubjects, subject.value(QLatin1String("type")))});
    }
    return all;
}

api::Role roleOf(const QJsonObject& object) {
    api::Role role{text(object, "name"), {}};
    for (const auto& each : object.value(QLatin1String("rules")).toArray()) {
        const QJsonObject rule = each.toObject();
        role.rules.push_back(
            {values(kResources, rule.value(QLatin1String("resources"))),
             texts(field(rule, "resourceNames", "resource_names")),
             values(kVerbs, rule.value(QLatin1String("verbs")))});
    }
    return role;
}

api::RoleBinding bindingOf(const QJsonObject& object) {
    return {text(object, "name"), text(object, "role"), subjects(object)};
}

api::Group groupOf(const QJsonObject& object) {
    return {text(object, "name"), subjects(object)};
}

api::Route routeOf(const QJsonObject& object) {
    return {
        text(object, "name"),
        text(object, "node"),
        texts(field(object, "destinationCidrs", "destination_cidrs")),
        field(object, "nextHopNode", "next_hop_node").toString().toStdString()};
}

api::NetworkAcl aclOf(const QJsonObject& object) {
    return {
        text(object, "name"),
        number(object, "priority"),
        valueOf(kActions, object.value(QLatin1String("action"))),
        texts(field(object, "sourceNodes", "source_nodes")),
        texts(field(object, "destinationNodes", "destination_nodes")),
        texts(field(object, "sourceCidrs", "source_cidrs")),
        texts(field(object, "destinationCidrs", "destination_cidrs"))};
}

api::MeshEdge edgeOf(const QJsonObject& object) {
    api::MeshEdge edge{
        text(object, "source"), text(object, "target"), number(object, "weight"), {}};
    const QJsonObject attributes = object.value(QLatin1String("attributes")).toObject();
    for (auto each = attributes.begin(); each != attributes.end(); ++each) {
        edge.attributes.emplace(each.key().toStdString(), each.value().toString().toStdString());
    }
    return edge;
}

}  // namespace

std::optional<api::PolicyObject> policyObjectOf(api::PolicyKind kind, std::string_view json) {
    const auto document =
        QJsonDocument::fromJson(QByteArray(json.data(), static_cast<qsizetype>(json.size())));
    if (!document.isObject()) {
        return std::nullopt;
    }
    const QJsonObject object = document.object();
    switch (kind) {
    case api::PolicyKind::Role:
        return roleOf(object);
    case api::PolicyKind::RoleBinding:
        return bindingOf(object);
    case api::PolicyKind::Group:
        return groupOf(object);
    case api::PolicyKind::NetworkAcl:
        return aclOf(object);
    case api::PolicyKind::Route:
        return routeOf(object);
    case api::PolicyKind::Edge:
        return edgeOf(object);
    }
    return std::nullopt;
}

}  // namespace weft::bridge
