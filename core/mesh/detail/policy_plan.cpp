// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/policy_plan.h"

#include "core/base/text.h"
#include "core/mesh/detail/limits.h"
#include "core/mesh/detail/plan_parts.h"
#include "core/mesh/detail/policy_cascade.h"
#include "core/mesh/detail/request_rules.h"
#include "core/mesh/detail/rights.h"
#include "core/mesh/detail/topology.h"
#include "core/mesh/policy/records.h"
#include "core/mesh/policy/validate.h"

#include <algorithm>
#include <utility>

namespace weft::mesh::detail {
namespace {

using policy::ObjectKind;
using policy::Protection;
using policy::Verb;
using storage::Compare;

/// Every object has a name by which rights speak of it; an edge has two.
Status authoriseWrite(const MeshView& view, const ObjectRef& ref, Verb verb, const Caller& caller) {
    const auto resource = policy::resourceOf(ref.kind);
    if (ref.kind == ObjectKind::Edge) {
        return authorise(view, caller, {{verb, resource, ref.name}, {verb, resource, ref.target}});
    }
    return authorise(view, caller, {{verb, resource, ref.name}});
}

Status validateNames(const ObjectRef& ref) {
    if (ref.kind == ObjectKind::Edge) {
        WEFT_RETURN_IF_ERROR(annotate(storage::validateNodeId(ref.name), "source of the edge"));
        WEFT_RETURN_IF_ERROR(annotate(storage::validateNodeId(ref.target), "target of the edge"));
        if (ref.name == ref.target) {
            return invalidArgument("an edge links two nodes, not {} with itself", ref.name);
        }
        return okStatus();
    }
    return annotate(storage::validateId(ref.name), "name of the {}", kindName(ref.kind));
}

Status checkProtection(const ObjectRef& ref, bool removing) {
    const auto protection = policy::protectionOf(ref.kind, ref.name);
    if (protection == Protection::Sealed || (protection == Protection::KeepExisting && removing)) {
        return invalidArgument(
            "the {} {} belongs to the mesh itself and cannot be {}",
            kindName(ref.kind),
            ref.name,
            removing ? "removed" : "changed");
    }
    return okStatus();
}

/// A stale write is refused; what is planned holds for the stored revision only.
Status checkBase(const ObjectRef& ref, const WriteBase& base, storage::Transaction& transaction) {
    const auto current = base.stored ? base.stored->revision : 0;
    if (base.revision && *base.revision != current) {
        return staleWrite(ref, current);
    }
    transaction.conditions.push_back({Compare::Kind::RevisionIs, keyOf(ref), current, {}});
    return okStatus();
}

Status checkRoom(const MeshView& view, const ObjectRef& ref, const WriteBase& base) {
    if (base.stored || ref.kind == ObjectKind::Edge || ref.kind == ObjectKind::Route) {
        return okStatus();
    }
    if (view.registry.countBelow(prefixOf(ref.kind)) >= kMaxPolicyObjects) {
        return resourceExhausted(
            "the mesh has {} objects of the kind {} already: remove some first",
            kMaxPolicyObjects,
            kindName(ref.kind));
    }
    return okStatus();
}

void mustExist(std::string key, storage::Transaction& transaction) {
    transaction.conditions.push_back({Compare::Kind::Exists, std::move(key), 0, {}});
}

/// Checks the contents and what they refer to, puts the form that is stored into `object`, and adds
/// the conditions that it needs.
class ContentRules {
public:
    ContentRules(const MeshView& view, const Caller& caller, storage::Transaction& transaction)
        : view_(view), caller_(caller), transaction_(transaction) {}

    Status operator()(policy::Role& role) const {
        WEFT_RETURN_IF_ERROR(validate(role));
        role = normalised(std::move(role));
        return mayGrant(view_, caller_, role);
    }

    Status operator()(policy::RoleBinding& binding) const {
        WEFT_RETURN_IF_ERROR(validate(binding));
        binding = normalised(std::move(binding));
        const auto* role = view_.rules == nullptr ? nullptr : view_.rules->role(binding.role);
        if (role == nullptr) {
            return failedPrecondition(
                "there is no role {}: create it first", base::escapeForLine(binding.role));
        }
        mustExist(keyOf({ObjectKind::Role, binding.role}), transaction_);
        return mayGrant(view_, caller_, *role);
    }

    Status operator()(policy::Group& group) const {
        WEFT_RETURN_IF_ERROR(validate(group));
        group = normalised(std::move(group));
        if (view_.rules == nullptr || onlyRemoves(group)) {
            return okStatus();
        }
        // Who is added gets what bindings give to the group.
        for (const auto* role : view_.rules->rolesOfGroup(group.name)) {
            WEFT_RETURN_IF_ERROR(mayGrant(view_, caller_, *role));
        }
        return okStatus();
    }

    Status operator()(policy::NetworkAcl& acl) const {
        WEFT_RETURN_IF_ERROR(validate(acl));
        acl = normalised(std::move(acl));
        return okStatus();
    }

    Status operator()(storage::RouteRecord& route) const {
        const auto node = std::string_view(route.node);
        const bool isGroup = node.starts_with(policy::kGroupMark);
        WEFT_RETURN_IF_ERROR(annotate(
            storage::validateId(isGroup ? node.substr(policy::kGroupMark.size()) : node),
            "{} of the route",
            isGroup ? "group" : "node"));
        if (!route.nextHopNode.empty()) {
            WEFT_RETURN_IF_ERROR(
                annotate(storage::validateId(route.nextHopNode), "next hop of the route"));
        }
        if (route.destinations.empty()) {
            return invalidArgument("route {} has no destination", route.name);
        }
        // Whoever may write routes may offer the way to everywhere, where no join may: it is used
        // by consent alone, and takes no address from the mesh.
        auto narrow = route.destinations;
        std::erase_if(narrow, [](const net::IpPrefix& each) { return each.isDefaultRoute(); });
        return validateRoutes(narrow, infoOf(view_.registry));
    }

    Status operator()(storage::EdgeRecord& edge) const {
        for (const auto& end : {edge.source, edge.target}) {
            if (view_.registry.node(end) == nullptr) {
                return failedPrecondition(
                    "there is no node {} that the edge could end at",
                    base::escapeForLine(end.value()));
            }
            mustExist(storage::nodeKey(end), transaction_);
        }
        if (edge.attributes.size() > kMaxEdgeAttributes) {
            return invalidArgument("an edge has at most {} attributes", kMaxEdgeAttributes);
        }
        for (const auto& [name, value] : edge.attributes) {
            if (name.size() > kMaxTextBytes || value.size() > kMaxTextBytes || !base::isUtf8(name)
                || !base::isUtf8(value)) {
                return invalidArgument(
                    "the attributes of an edge are texts of at most {} bytes", kMaxTextBytes);
            }
        }
        return okStatus();
    }

private:
    bool onlyRemoves(const policy::Group& group) const {
        const auto* json = view_.registry.raw(keyOf({ObjectKind::Group, group.name}));
        const auto before = json == nullptr ? StatusOr<policy::Group>(notFound("none"))
                                            : policy::decodeGroup(*json);
        return before.ok() && std::ranges::all_of(group.subjects, [&before](const auto& subject) {
                   return std::ranges::find(before->subjects, subject) != before->subjects.end();
               });
    }

    const MeshView& view_;
    const Caller& caller_;
    storage::Transaction& transaction_;
};

/// As the graph stores it: the weight replaced, attributes added to those that are there.
storage::EdgeRecord merged(const MeshView& view, const storage::EdgeRecord& edge) {
    auto wanted = edge;
    if (const auto* present = view.registry.edge(edge.source, edge.target)) {
        wanted.attributes.insert(present->attributes.begin(), present->attributes.end());
    }
    return wanted;
}

void putEdge(const MeshView& view, const storage::EdgeRecord& edge, PolicyPlan& plan) {
    // Both ends are in the plan of whoever joins, leaves or is removed at the same time.
    guard(view, edge.source, plan.transaction);
    const auto overhead = plan.transaction.operations.size();
    EdgeChanges(view.registry, plan.transaction.operations)
        .put(edge.source, edge.target, edge.weight, edge.attributes);
    if (plan.transaction.operations.size() == overhead) {
        plan.transaction.operations.clear();
    }
}

/// Also one whose record does not read.
bool hasEdge(const storage::Registry& registry, const NodeId& source, const NodeId& target) {
    const auto key = storage::edgeKey(source, target);
    const auto unread = registry.notWhollyRead(key);
    return registry.edge(source, target) != nullptr
           || (!unread.empty() && unread.front().first == key);
}

}  // namespace

StatusOr<PolicyPlan> planPut(
    const MeshView& view, const PolicyObject& object, const WriteBase& base, const Caller& caller) {
    const auto ref = refOf(object);
    WEFT_RETURN_IF_ERROR(validateNames(ref));
    WEFT_RETURN_IF_ERROR(authoriseWrite(view, ref, Verb::Put, caller));
    WEFT_RETURN_IF_ERROR(checkProtection(ref, false));
    PolicyPlan plan;
    auto wanted = object;
    WEFT_RETURN_IF_ERROR(std::visit(ContentRules(view, caller, plan.transaction), wanted));
    WEFT_RETURN_IF_ERROR(checkBase(ref, base, plan.transaction));
    WEFT_RETURN_IF_ERROR(checkRoom(view, ref, base));
    if (base.stored) {
        plan.before = base.stored->value;
    }
    if (auto* edge = std::get_if<storage::EdgeRecord>(&wanted)) {
        *edge = merged(view, *edge);
        putEdge(view, *edge, plan);
        plan.after = storage::encodeEdge(*edge);
        return plan;
    }
    plan.after = encode(wanted);
    const auto present = base.stored ? decode(ref.kind, base.stored->value)
                                     : StatusOr<PolicyObject>(notFound("none"));
    if (!present.ok() || *present != wanted) {
        plan.transaction.operations.emplace_back(
            storage::Put{keyOf(ref), plan.after, std::nullopt});
    }
    return plan;
}

StatusOr<PolicyPlan> planRemove(
    const MeshView& view, const ObjectRef& ref, const WriteBase& base, const Caller& caller) {
    WEFT_RETURN_IF_ERROR(validateNames(ref));
    WEFT_RETURN_IF_ERROR(authoriseWrite(view, ref, Verb::Delete, caller));
    WEFT_RETURN_IF_ERROR(checkProtection(ref, true));
    PolicyPlan plan;
    WEFT_RETURN_IF_ERROR(checkBase(ref, base, plan.transaction));
    if (ref.kind == ObjectKind::Edge) {
        const NodeId one(ref.name);
        const NodeId other(ref.target);
        if (hasEdge(view.registry, one, other) || hasEdge(view.registry, other, one)) {
            guard(view, one, plan.transaction);
            EdgeChanges(view.registry, plan.transaction.operations).erase(one, other);
            plan.before = base.stored ? base.stored->value : std::string();
        }
        return plan;
    }
    if (!base.stored) {
        return plan;
    }
    plan.before = base.stored->value;
    plan.transaction.operations.emplace_back(storage::Delete{keyOf(ref)});
    WEFT_RETURN_IF_ERROR(addCascade(view, ref, plan));
    WEFT_RETURN_IF_ERROR(checkSize(plan.transaction));
    return plan;
}

Status mayRead(const MeshView& view, const ObjectRef& ref, const Caller& caller) {
    const auto resource = policy::resourceOf(ref.kind);
    if (ref.kind == ObjectKind::Edge && !ref.name.empty()) {
        return authoriseWrite(view, ref, Verb::Get, caller);
    }
    return authorise(view, caller, {{Verb::Get, resource, ref.name}});
}

}  // namespace weft::mesh::detail
