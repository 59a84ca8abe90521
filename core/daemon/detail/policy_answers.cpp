// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/policy_answers.h"

#include "core/mesh/policy/records.h"
#include "core/mesh/policy/validate.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

namespace weft::daemon {
namespace {

namespace local = weft::local::v1;
namespace meshv1 = weft::mesh::v1;
namespace policy = mesh::policy;

policy::Principal principalOf(const policy::Subject& subject) {
    policy::Principal principal{subject.name};
    if (subject.kind != policy::SubjectKind::All && subject.kind != policy::SubjectKind::Unknown) {
        principal.kinds = {subject.kind};
    }
    return principal;
}

std::string reasonOf(const policy::Decision& decision) {
    if (!decision.reason.empty()) {
        return decision.reason;
    }
    return fmt::format(
        "rolebinding {} gives the role {}{}",
        decision.binding,
        decision.role,
        decision.group.empty() ? "" : fmt::format(" to the group {}", decision.group));
}

std::string textOf(const std::optional<net::IpPrefix>& prefix) {
    return prefix ? prefix->toString() : std::string();
}

void fill(const policy::FamilyVerdict& verdict, local::FamilyVerdict* message) {
    message->set_ipv4(verdict.family == net::Family::V4);
    message->set_from_address(textOf(verdict.flow.source));
    message->set_to_address(textOf(verdict.flow.destination));
    message->set_accepted(verdict.trace.accepted);
    message->set_acl(verdict.trace.decidedBy);
    for (const auto& step : verdict.trace.steps) {
        auto* line = message->add_trace();
        line->set_acl(step.rule);
        line->set_priority(step.priority);
        line->set_action(
            step.action == policy::AclAction::Accept ? ::v1::ACTION_ACCEPT : ::v1::ACTION_DENY);
        line->set_matched(step.failed == policy::AclField::None);
        line->set_reason(step.reason);
    }
}

void fill(const policy::DirectionVerdict& verdict, local::DirectionVerdict* message) {
    message->set_from(verdict.from);
    message->set_to(verdict.to);
    message->set_accepted(verdict.accepted);
    for (const auto& family : verdict.families) {
        fill(family, message->add_families());
    }
    for (const auto& route : verdict.routes) {
        auto* line = message->add_routes();
        line->set_route(route.route);
        line->set_cidr(route.destination.toString());
        line->set_accepted(route.trace.accepted);
        line->set_acl(route.trace.decidedBy);
    }
}

/// "rule NAME" for "network-acls/NAME".
std::string shownObject(std::string_view object) {
    static constexpr std::pair<std::string_view, std::string_view> kWords[] = {
        {"network-acls/", "rule"},
        {"roles/", "role"},
        {"rolebindings/", "binding"},
        {"groups/", "group"},
    };
    for (const auto& [prefix, word] : kWords) {
        if (object.starts_with(prefix)) {
            return fmt::format("{} {}", word, object.substr(prefix.size()));
        }
    }
    return std::string(object);
}

bool isSystem(const meshv1::PolicyObject& object) {
    switch (object.object_case()) {
    case meshv1::PolicyObject::kRole:
        return policy::isSystemObject(policy::ObjectKind::Role, object.role().name());
    case meshv1::PolicyObject::kRoleBinding:
        return policy::isSystemObject(
            policy::ObjectKind::RoleBinding, object.role_binding().name());
    case meshv1::PolicyObject::kGroup:
        return policy::isSystemObject(policy::ObjectKind::Group, object.group().name());
    case meshv1::PolicyObject::kNetworkAcl:
        return policy::isSystemObject(policy::ObjectKind::NetworkAcl, object.network_acl().name());
    default:
        return false;
    }
}

}  // namespace

StatusOr<local::AccessAnswer> answerTo(
    const policy::Policy& rules, const local::CheckAccessRequest& request) {
    const auto subject = policy::fromProto(request.subject());
    const auto action = policy::fromProto(request.action());
    if (subject.name.empty()) {
        return invalidArgument("subject is missing: name a node, a user or a group");
    }
    if (action.verb == policy::Verb::Unknown || action.resource == policy::Resource::Unknown) {
        return invalidArgument("verb or resource is missing: say what is to be done with what");
    }
    const auto decision = rules.roles().decide(principalOf(subject), action);
    local::AccessAnswer answer;
    answer.set_allowed(decision.allowed);
    answer.set_binding(decision.binding);
    answer.set_role(decision.role);
    answer.set_reason(reasonOf(decision));
    return answer;
}

Callback<mesh::WriteReport> reportTo(Callback<local::WriteReport> done) {
    return [done = std::move(done)](const StatusOr<mesh::WriteReport>& report) {
        if (!report.ok()) {
            done(report.status());
            return;
        }
        local::WriteReport message;
        message.set_revision(report->revision);
        message.mutable_also_changed()->Assign(
            report->alsoChanged.begin(), report->alsoChanged.end());
        done(std::move(message));
    };
}

StatusOr<mesh::ObjectRef> refOf(const local::RemoveObjectRequest& request) {
    if (request.kind() < meshv1::OBJECT_KIND_ROLE || request.kind() > meshv1::OBJECT_KIND_EDGE) {
        return invalidArgument("unknown kind of object {}", static_cast<int>(request.kind()));
    }
    const auto kind = static_cast<policy::ObjectKind>(request.kind() - meshv1::OBJECT_KIND_ROLE);
    return mesh::ObjectRef{kind, request.name(), request.target()};
}

local::AccessExplanation toProto(const policy::Explanation& explanation) {
    local::AccessExplanation message;
    fill(explanation.forward, message.mutable_forward());
    fill(explanation.backward, message.mutable_backward());
    message.set_tunnel_possible(explanation.tunnelPossible);
    message.set_summary(explanation.summary);
    return message;
}

local::PolicyState policyState(
    std::vector<meshv1::PolicyObject> objects, const policy::Policy* rules) {
    local::PolicyState state;
    for (auto& object : objects) {
        auto* stored = state.add_objects();
        stored->set_is_system(isSystem(object));
        state.set_revision(std::max(state.revision(), object.revision()));
        *stored->mutable_object() = std::move(object);
    }
    if (rules == nullptr) {
        return state;
    }
    state.set_roles_disabled(rules->roles().rbacDisabled());
    for (const auto& problem : rules->problems()) {
        auto* told = state.add_problems();
        told->set_severity(local::Problem::SEVERITY_WARN);
        told->set_text(fmt::format("{}: {}", shownObject(problem.object), problem.text));
        told->set_remedy("Put the object anew, or delete it.");
    }
    return state;
}

}  // namespace weft::daemon
