// SPDX-License-Identifier: Apache-2.0
#include "core/control/translate_policy.h"

#include "core/control/detail/timestamps.h"
#include "core/control/translate.h"

#include <array>
#include <utility>

namespace weft::control {
namespace {

namespace local = weft::local::v1;
namespace meshv1 = weft::mesh::v1;

template <typename Ours, typename Theirs>
struct Pair {
    Ours ours;
    Theirs theirs;
};

constexpr std::array kVerbs = std::to_array<Pair<api::PolicyVerb, ::v1::RuleVerb>>({
    {api::PolicyVerb::Put, ::v1::VERB_PUT},
    {api::PolicyVerb::Get, ::v1::VERB_GET},
    {api::PolicyVerb::Delete, ::v1::VERB_DELETE},
    {api::PolicyVerb::All, ::v1::VERB_ALL},
});

constexpr std::array kResources = std::to_array<Pair<api::PolicyResource, ::v1::RuleResource>>({
    {api::PolicyResource::Votes, ::v1::RESOURCE_VOTES},
    {api::PolicyResource::Roles, ::v1::RESOURCE_ROLES},
    {api::PolicyResource::RoleBindings, ::v1::RESOURCE_ROLE_BINDINGS},
    {api::PolicyResource::Groups, ::v1::RESOURCE_GROUPS},
    {api::PolicyResource::NetworkAcls, ::v1::RESOURCE_NETWORK_ACLS},
    {api::PolicyResource::Routes, ::v1::RESOURCE_ROUTES},
    {api::PolicyResource::DataChannels, ::v1::RESOURCE_DATA_CHANNELS},
    {api::PolicyResource::Edges, ::v1::RESOURCE_EDGES},
    {api::PolicyResource::Observers, ::v1::RESOURCE_OBSERVERS},
    {api::PolicyResource::PubSub, ::v1::RESOURCE_PUBSUB},
    {api::PolicyResource::All, ::v1::RESOURCE_ALL},
});

constexpr std::array kSubjects = std::to_array<Pair<api::SubjectKind, ::v1::SubjectType>>({
    {api::SubjectKind::Node, ::v1::SUBJECT_NODE},
    {api::SubjectKind::User, ::v1::SUBJECT_USER},
    {api::SubjectKind::Group, ::v1::SUBJECT_GROUP},
    {api::SubjectKind::All, ::v1::SUBJECT_ALL},
});

constexpr std::array kActions = std::to_array<Pair<api::AclAction, ::v1::ACLAction>>({
    {api::AclAction::Accept, ::v1::ACTION_ACCEPT},
    {api::AclAction::Deny, ::v1::ACTION_DENY},
});

constexpr std::array kKinds = std::to_array<Pair<api::PolicyKind, meshv1::ObjectKind>>({
    {api::PolicyKind::Role, meshv1::OBJECT_KIND_ROLE},
    {api::PolicyKind::RoleBinding, meshv1::OBJECT_KIND_ROLE_BINDING},
    {api::PolicyKind::Group, meshv1::OBJECT_KIND_GROUP},
    {api::PolicyKind::NetworkAcl, meshv1::OBJECT_KIND_NETWORK_ACL},
    {api::PolicyKind::Route, meshv1::OBJECT_KIND_ROUTE},
    {api::PolicyKind::Edge, meshv1::OBJECT_KIND_EDGE},
});

/// Unknown, which is 0 on both sides, when the table has no such value.
template <typename Table, typename Theirs>
auto oursFor(const Table& table, Theirs theirs) {
    for (const auto& pair : table) {
        if (static_cast<int>(pair.theirs) == static_cast<int>(theirs)) {
            return pair.ours;
        }
    }
    return decltype(table.front().ours){};
}

template <typename Table, typename Ours>
auto theirsFor(const Table& table, Ours ours) {
    for (const auto& pair : table) {
        if (pair.ours == ours) {
            return pair.theirs;
        }
    }
    return decltype(table.front().theirs){};
}

template <typename Repeated>
std::vector<std::string> texts(const Repeated& repeated) {
    return {repeated.begin(), repeated.end()};
}

template <typename Repeated>
void assign(const std::vector<std::string>& from, Repeated* to) {
    to->Assign(from.begin(), from.end());
}

template <typename Repeated>
std::vector<api::Subject> subjectsOf(const Repeated& messages) {
    std::vector<api::Subject> subjects;
    for (const auto& message : messages) {
        subjects.push_back({message.name(), oursFor(kSubjects, message.type())});
    }
    return subjects;
}

template <typename Repeated>
void assign(const std::vector<api::Subject>& subjects, Repeated* messages) {
    for (const auto& subject : subjects) {
        auto* message = messages->Add();
        message->set_name(subject.name);
        message->set_type(theirsFor(kSubjects, subject.kind));
    }
}

api::PolicyObject objectOf(const ::v1::Role& message) {
    api::Role role{message.name(), {}};
    for (const auto& each : message.rules()) {
        api::RoleRule rule;
        for (const int resource : each.resources()) {
            rule.resources.push_back(oursFor(kResources, resource));
        }
        for (const int verb : each.verbs()) {
            rule.verbs.push_back(oursFor(kVerbs, verb));
        }
        rule.resourceNames = texts(each.resource_names());
        role.rules.push_back(std::move(rule));
    }
    return role;
}

api::PolicyObject objectOf(const ::v1::RoleBinding& message) {
    return api::RoleBinding{message.name(), message.role(), subjectsOf(message.subjects())};
}

api::PolicyObject objectOf(const ::v1::Group& message) {
    return api::Group{message.name(), subjectsOf(message.subjects())};
}

api::PolicyObject objectOf(const ::v1::NetworkACL& message) {
    return api::NetworkAcl{
        message.name(),
        message.priority(),
        oursFor(kActions, message.action()),
        texts(message.source_nodes()),
        texts(message.destination_nodes()),
        texts(message.source_cidrs()),
        texts(message.destination_cidrs())};
}

api::PolicyObject objectOf(const ::v1::Route& message) {
    return api::Route{
        message.name(),
        message.node(),
        texts(message.destination_cidrs()),
        message.next_hop_node()};
}

api::PolicyObject objectOf(const ::v1::MeshEdge& message) {
    return api::MeshEdge{
        message.source(),
        message.target(),
        message.weight(),
        {message.attributes().begin(), message.attributes().end()}};
}

void put(const api::Role& role, meshv1::PolicyObject* message) {
    message->mutable_role()->set_name(role.name);
    for (const auto& each : role.rules) {
        auto* rule = message->mutable_role()->add_rules();
        for (const auto resource : each.resources) {
            rule->add_resources(theirsFor(kResources, resource));
        }
        for (const auto verb : each.verbs) {
            rule->add_verbs(theirsFor(kVerbs, verb));
        }
        assign(each.resourceNames, rule->mutable_resource_names());
    }
}

void put(const api::RoleBinding& binding, meshv1::PolicyObject* message) {
    auto* target = message->mutable_role_binding();
    target->set_name(binding.name);
    target->set_role(binding.role);
    assign(binding.subjects, target->mutable_subjects());
}

void put(const api::Group& group, meshv1::PolicyObject* message) {
    message->mutable_group()->set_name(group.name);
    assign(group.subjects, message->mutable_group()->mutable_subjects());
}

void put(const api::NetworkAcl& acl, meshv1::PolicyObject* message) {
    auto* target = message->mutable_network_acl();
    target->set_name(acl.name);
    target->set_priority(acl.priority);
    target->set_action(theirsFor(kActions, acl.action));
    assign(acl.sourceNodes, target->mutable_source_nodes());
    assign(acl.destinationNodes, target->mutable_destination_nodes());
    assign(acl.sourceCidrs, target->mutable_source_cidrs());
    assign(acl.destinationCidrs, target->mutable_destination_cidrs());
}

void put(const api::Route& route, meshv1::PolicyObject* message) {
    auto* target = message->mutable_route();
    target->set_name(route.name);
    target->set_node(route.node);
    assign(route.destinationCidrs, target->mutable_destination_cidrs());
    target->set_next_hop_node(route.nextHopNode);
}

void put(const api::MeshEdge& edge, meshv1::PolicyObject* message) {
    auto* target = message->mutable_edge();
    target->set_source(edge.source);
    target->set_target(edge.target);
    target->set_weight(edge.weight);
    target->mutable_attributes()->insert(edge.attributes.begin(), edge.attributes.end());
}

api::DirectionVerdict directionOf(const local::DirectionVerdict& message) {
    api::DirectionVerdict verdict;
    verdict.from = message.from();
    verdict.to = message.to();
    verdict.accepted = message.accepted();
    for (const auto& each : message.families()) {
        api::FamilyVerdict family;
        family.family = each.ipv4() ? api::AddressFamily::Ipv4 : api::AddressFamily::Ipv6;
        family.fromAddress = each.from_address();
        family.toAddress = each.to_address();
        family.accepted = each.accepted();
        family.acl = each.acl();
        for (const auto& step : each.trace()) {
            family.trace.push_back(
                {step.acl(),
                 step.priority(),
                 oursFor(kActions, step.action()),
                 step.matched(),
                 step.reason()});
        }
        verdict.families.push_back(std::move(family));
    }
    for (const auto& each : message.routes()) {
        verdict.routes.push_back({each.route(), each.cidr(), each.accepted(), each.acl()});
    }
    return verdict;
}

api::AuditOutcome outcomeOf(meshv1::AuditEvent::Outcome outcome) {
    switch (outcome) {
    case meshv1::AuditEvent::OUTCOME_ALLOWED:
        return api::AuditOutcome::Allowed;
    case meshv1::AuditEvent::OUTCOME_DENIED:
        return api::AuditOutcome::Denied;
    default:
        return api::AuditOutcome::Failed;
    }
}

}  // namespace

std::optional<api::PolicyObject> fromProto(const meshv1::PolicyObject& message) {
    switch (message.object_case()) {
    case meshv1::PolicyObject::kRole:
        return objectOf(message.role());
    case meshv1::PolicyObject::kRoleBinding:
        return objectOf(message.role_binding());
    case meshv1::PolicyObject::kGroup:
        return objectOf(message.group());
    case meshv1::PolicyObject::kNetworkAcl:
        return objectOf(message.network_acl());
    case meshv1::PolicyObject::kRoute:
        return objectOf(message.route());
    case meshv1::PolicyObject::kEdge:
        return objectOf(message.edge());
    case meshv1::PolicyObject::OBJECT_NOT_SET:
        break;
    }
    return std::nullopt;
}

std::optional<api::PolicyKind> fromProto(meshv1::ObjectKind kind) {
    for (const auto& pair : kKinds) {
        if (pair.theirs == kind) {
            return pair.ours;
        }
    }
    return std::nullopt;
}

std::optional<api::StoredObject> fromProto(const local::StoredObject& message) {
    auto object = fromProto(message.object());
    if (!object) {
        return std::nullopt;
    }
    return api::StoredObject{*std::move(object), message.object().revision(), message.is_system()};
}

api::PolicyState fromProto(const local::PolicyState& message) {
    api::PolicyState state;
    state.revision = message.revision();
    state.rolesDisabled = message.roles_disabled();
    for (const auto& each : message.objects()) {
        if (auto object = fromProto(each)) {
            state.objects.push_back(*std::move(object));
        }
    }
    for (const auto& problem : message.problems()) {
        state.problems.push_back(fromProto(problem));
    }
    return state;
}

api::WriteReport fromProto(const local::WriteReport& message) {
    return {message.revision(), texts(message.also_changed())};
}

api::AccessAnswer fromProto(const local::AccessAnswer& message) {
    return {message.allowed(), message.binding(), message.role(), message.reason()};
}

api::AccessExplanation fromProto(const local::AccessExplanation& message) {
    return {
        directionOf(message.forward()),
        directionOf(message.backward()),
        message.tunnel_possible(),
        message.summary()};
}

std::vector<api::RemovedNode> fromProto(const meshv1::ListRemovedNodesResponse& message) {
    std::vector<api::RemovedNode> nodes;
    for (const auto& each : message.nodes()) {
        nodes.push_back(
            {each.node_id(),
             each.public_key(),
             each.removed_by(),
             detail::time(each.has_removed_at(), each.removed_at()),
             each.reason()});
    }
    return nodes;
}

api::AuditEvent fromProto(const meshv1::AuditEvent& message) {
    api::AuditEvent event;
    event.at = detail::time(message.has_time(), message.time());
    event.who = message.identity();
    event.proof = message.proof();
    event.proxiedBy = message.proxied_by();
    event.source = message.source();
    event.verb = message.verb();
    event.kind = message.kind();
    event.name = message.name();
    event.outcome = outcomeOf(message.outcome());
    event.code = message.code();
    event.reason = message.reason();
    event.before = message.before();
    event.after = message.after();
    event.revision = message.revision();
    return event;
}

meshv1::PolicyObject toProto(const api::PolicyObject& object) {
    meshv1::PolicyObject message;
    std::visit([&message](const auto& known) { put(known, &message); }, object);
    return message;
}

meshv1::ObjectKind toProto(api::PolicyKind kind) {
    return theirsFor(kKinds, kind);
}

local::CheckAccessRequest toProto(const api::AccessQuestion& question) {
    local::CheckAccessRequest request;
    request.mutable_subject()->set_name(question.subject);
    request.mutable_subject()->set_type(theirsFor(kSubjects, question.subjectKind));
    request.mutable_action()->set_verb(theirsFor(kVerbs, question.verb));
    request.mutable_action()->set_resource(theirsFor(kResources, question.resource));
    request.mutable_action()->set_resource_name(question.name);
    return request;
}

meshv1::ListEventsRequest toProto(const api::AuditFilter& filter) {
    meshv1::ListEventsRequest request;
    request.set_identity(filter.who);
    request.set_kind(filter.kind);
    request.set_name(filter.name);
    request.set_limit(filter.limit);
    if (filter.outcome) {
        constexpr std::array kOutcomes{
            meshv1::AuditEvent::OUTCOME_ALLOWED,
            meshv1::AuditEvent::OUTCOME_DENIED,
            meshv1::AuditEvent::OUTCOME_FAILED};
        request.set_outcome(kOutcomes.at(static_cast<std::size_t>(*filter.outcome)));
    }
    if (filter.since) {
        detail::setTime(*filter.since, request.mutable_since());
    }
    return request;
}

}  // namespace weft::control
