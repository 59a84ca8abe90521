// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/policy_plan.h"

#include "core/base/text.h"
#include "core/mesh/detail/content_rules.h"
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
using policy::Verb;
using storage::Compare;

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
    WEFT_RETURN_IF_ERROR(checkContents(view, {view.rules.get()}, caller, wanted, plan.transaction));
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
