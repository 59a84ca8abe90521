// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_policy.h"

#include "core/api/policy_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

namespace weft::tests {

using namespace std::chrono_literals;
using api::ObjectRef;
using api::PolicyKind;
using api::PolicyResource;
using api::PolicyVerb;
using api::StoredObject;
using api::Subject;
using api::SubjectKind;

namespace {

/// By kind, then by name, as the daemon sorts.
bool isBefore(const StoredObject& one, const StoredObject& other) {
    const ObjectRef a = refOf(one.object);
    const ObjectRef b = refOf(other.object);
    return std::tie(a.kind, a.name, a.target) < std::tie(b.kind, b.name, b.target);
}

Status checkBase(const StoredObject* known, std::optional<std::uint64_t> base) {
    if (!base) {
        return okStatus();
    }
    const std::uint64_t current = known == nullptr ? api::kMustNotExist : known->revision;
    if (current == *base) {
        return okStatus();
    }
    if (known == nullptr) {
        return aborted("it was deleted meanwhile");
    }
    return *base == api::kMustNotExist ? aborted("it is there already")
                                       : aborted("it was changed meanwhile");
}

Status checkObject(const api::PolicyObject& object) {
    const ObjectRef ref = refOf(object);
    if (ref.name.empty()) {
        return invalidArgument("name is missing");
    }
    if (const auto* role = std::get_if<api::Role>(&object); role && role->rules.empty()) {
        return invalidArgument("role {} needs at least one rule", ref.name);
    }
    if (const auto* group = std::get_if<api::Group>(&object); group && group->subjects.empty()) {
        return invalidArgument("group {} needs at least one subject", ref.name);
    }
    const auto* binding = std::get_if<api::RoleBinding>(&object);
    if (binding != nullptr && (binding->role.empty() || binding->subjects.empty())) {
        return invalidArgument("rolebinding {} needs a role and a subject", ref.name);
    }
    return okStatus();
}

bool covers(const api::RoleRule& rule, const api::AccessQuestion& question) {
    const auto has = [](const auto& list, const auto& value, const auto& all) {
        return std::ranges::any_of(
            list, [&](const auto& entry) { return entry == value || entry == all; });
    };
    return has(rule.verbs, question.verb, PolicyVerb::All)
           && has(rule.resources, question.resource, PolicyResource::All)
           && (rule.resourceNames.empty()
               || has(rule.resourceNames, question.name, std::string("*")));
}

api::AuditEvent nodeEvent(
    WallTime at, std::string verb, const std::string& node, std::uint64_t revision) {
    auto event = fakeAuditEvent(at, kFakeAdministrator, "process", std::move(verb), {});
    event.kind = "node";
    event.name = node;
    event.revision = revision;
    return event;
}

bool touches(const api::PolicyObject& object, const std::string& node) {
    const auto* edge = std::get_if<api::MeshEdge>(&object);
    const auto* route = std::get_if<api::Route>(&object);
    return (edge != nullptr && (edge->source == node || edge->target == node))
           || (route != nullptr && route->node == node);
}

}  // namespace

api::AuditEvent fakeAuditEvent(
    WallTime at, std::string who, std::string proof, std::string verb, const ObjectRef& ref) {
    api::AuditEvent event;
    event.at = at;
    event.who = std::move(who);
    event.proof = std::move(proof);
    event.source = event.proof == "process" ? "administer" : "";
    event.verb = std::move(verb);
    event.kind = ref.kind == PolicyKind::NetworkAcl ? "networkacl" : wordFor(ref.kind);
    event.name = ref.kind == PolicyKind::Edge ? ref.name + "/" + ref.target : ref.name;
    return event;
}

void FakePolicy::add(api::PolicyObject object, bool isSystem) {
    StoredObject stored{std::move(object), ++state.revision, isSystem};
    const auto& all = state.objects;
    const auto place = std::upper_bound(all.begin(), all.end(), stored, isBefore);
    state.objects.insert(place, std::move(stored));
}

StatusOr<api::WriteReport> FakePolicy::put(
    const api::PolicyObject& object, std::optional<std::uint64_t> base, WallTime now) {
    const ObjectRef ref = refOf(object);
    const StoredObject* known = state.find(ref);
    Status allowed = checkObject(object);
    if (allowed.ok() && known != nullptr && known->isSystem && ref.kind != PolicyKind::Group) {
        allowed = invalidArgument("{} belongs to the mesh and cannot be changed", describe(ref));
    }
    if (allowed.ok()) {
        allowed = checkBase(known, base);
    }
    note("put", ref, allowed, now);
    WEFT_RETURN_IF_ERROR(allowed);
    const bool isSystem = known != nullptr && known->isSystem;
    std::erase_if(state.objects, [&ref](const StoredObject& stored) {
        return sameObject(refOf(stored.object), ref);
    });
    add(object, isSystem);
    return api::WriteReport{state.revision, {}};
}

StatusOr<api::WriteReport> FakePolicy::remove(
    const ObjectRef& ref, std::optional<std::uint64_t> base, WallTime now) {
    const StoredObject* known = state.find(ref);
    Status allowed = okStatus();
    if (known != nullptr && known->isSystem) {
        allowed = invalidArgument("{} belongs to the mesh and cannot be deleted", describe(ref));
    }
    if (allowed.ok()) {
        allowed = checkBase(known, base);
    }
    note("delete", ref, allowed, now);
    WEFT_RETURN_IF_ERROR(allowed);
    api::WriteReport report{state.revision, consequencesOfRemoval(state, ref)};
    if (known != nullptr) {
        std::erase_if(state.objects, [&ref](const StoredObject& stored) {
            return sameObject(refOf(stored.object), ref);
        });
        report.revision = ++state.revision;
    }
    return report;
}

StatusOr<api::WriteReport> FakePolicy::removeNode(
    const std::string& nodeId, const std::string& reason, WallTime now) {
    api::WriteReport report{++state.revision, consequencesOfNodeRemoval(state, nodeId)};
    std::erase_if(state.objects, [&nodeId](const StoredObject& stored) {
        return touches(stored.object, nodeId);
    });
    removed.insert(removed.begin(), {nodeId, "", kFakeAdministrator, now, reason});
    audit.insert(audit.begin(), nodeEvent(now, "remove", nodeId, state.revision));
    return report;
}

Status FakePolicy::readmitNode(const std::string& nodeId, WallTime now) {
    if (std::erase_if(removed, [&](const auto& node) { return node.nodeId == nodeId; }) == 0) {
        return notFound("no node {} was removed", nodeId);
    }
    audit.insert(audit.begin(), nodeEvent(now, "readmit", nodeId, ++state.revision));
    return okStatus();
}

void FakePolicy::note(
    const std::string& verb, const ObjectRef& ref, const Status& outcome, WallTime now) {
    auto event = fakeAuditEvent(now, kFakeAdministrator, "process", verb, ref);
    event.outcome = outcome.ok() ? api::AuditOutcome::Allowed : api::AuditOutcome::Failed;
    event.code = outcome.ok() ? "" : absl::StatusCodeToString(outcome.code());
    event.revision = outcome.ok() ? state.revision + 1 : 0;
    audit.insert(audit.begin(), std::move(event));
}

bool FakePolicy::isMember(const std::string& group, const std::string& name) const {
    const StoredObject* stored = state.find({PolicyKind::Group, group, {}});
    if (stored == nullptr) {
        return false;
    }
    return std::ranges::any_of(
        std::get<api::Group>(stored->object).subjects,
        [&name](const Subject& subject) { return subject.name == name || subject.name == "*"; });
}

api::AccessAnswer FakePolicy::check(const api::AccessQuestion& question) const {
    if (state.rolesDisabled) {
        return {true, {}, {}, "the mesh was made without roles"};
    }
    const auto meant = [&](const Subject& subject) {
        return subject.name == "*" || subject.name == question.subject
               || (subject.kind == SubjectKind::Group && isMember(subject.name, question.subject));
    };
    for (const StoredObject& stored : state.objects) {
        const auto* binding = std::get_if<api::RoleBinding>(&stored.object);
        if (binding == nullptr || std::ranges::none_of(binding->subjects, meant)) {
            continue;
        }
        const StoredObject* role = state.find({PolicyKind::Role, binding->role, {}});
        const bool gives =
            role != nullptr
            && std::ranges::any_of(
                std::get<api::Role>(role->object).rules,
                [&question](const api::RoleRule& rule) { return covers(rule, question); });
        if (gives) {
            return {
                true,
                binding->name,
                binding->role,
                fmt::format("rolebinding {} gives the role {}", binding->name, binding->role)};
        }
    }
    return {false, {}, {}, fmt::format("no role of {} gives it", question.subject)};
}

bool FakePolicy::contains(const std::vector<std::string>& nodes, const std::string& node) const {
    constexpr std::string_view kGroup = "group:";
    return std::ranges::any_of(nodes, [&](const std::string& entry) {
        return entry == "*" || entry == node
               || (entry.starts_with(kGroup) && isMember(entry.substr(kGroup.size()), node));
    });
}

api::DirectionVerdict FakePolicy::direction(const std::string& from, const std::string& to) const {
    std::vector<const api::NetworkAcl*> acls;
    for (const StoredObject& stored : state.objects) {
        if (const auto* acl = std::get_if<api::NetworkAcl>(&stored.object)) {
            acls.push_back(acl);
        }
    }
    std::ranges::stable_sort(acls, std::ranges::greater(), &api::NetworkAcl::priority);
    api::DirectionVerdict verdict;
    verdict.from = from;
    verdict.to = to;
    api::FamilyVerdict family;
    family.family = api::AddressFamily::Ipv6;
    for (const api::NetworkAcl* acl : acls) {
        const bool matched =
            contains(acl->sourceNodes, from) && contains(acl->destinationNodes, to);
        family.trace.push_back(
            {acl->name,
             acl->priority,
             acl->action,
             matched,
             matched ? "" : "its nodes are others"});
        if (matched) {
            family.acl = acl->name;
            family.accepted = acl->action == api::AclAction::Accept;
            break;
        }
    }
    verdict.accepted = family.accepted;
    verdict.families = {family};
    return verdict;
}

api::AccessExplanation FakePolicy::explain(const std::string& from, const std::string& to) const {
    api::AccessExplanation answer;
    answer.forward = direction(from, to);
    answer.backward = direction(to, from);
    answer.tunnelPossible = answer.forward.accepted && answer.backward.accepted;
    answer.summary = answer.tunnelPossible ? fmt::format("{} and {} may talk.", from, to)
                                           : fmt::format("{} and {} cannot talk.", from, to);
    return answer;
}

std::vector<api::AuditEvent> FakePolicy::events(const api::AuditFilter& filter) const {
    const auto meets = [](const std::string& wanted, const std::string& has) {
        return wanted.empty() || wanted == has;
    };
    std::vector<api::AuditEvent> found;
    for (const api::AuditEvent& event : audit) {
        const bool full = filter.limit > 0 && found.size() >= filter.limit;
        if (!full && meets(filter.who, event.who) && meets(filter.kind, event.kind)
            && meets(filter.name, event.name)
            && (!filter.outcome || *filter.outcome == event.outcome)
            && (!filter.since || event.at >= filter.since)) {
            found.push_back(event);
        }
    }
    return found;
}

}  // namespace weft::tests
