// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/rights.h"

#include "core/base/text.h"
#include "core/mesh/standing.h"

#include <algorithm>

namespace weft::mesh::detail {
namespace {

using policy::Action;

/// Users and nodes are one name space: a certificate's common name is both.
policy::Principal principalOf(const Caller& caller) {
    policy::Principal principal;
    // Who is in the mesh, and nobody knows as whom, has what everybody has.
    principal.id = caller.proof == Caller::Proof::CarriedAddress ? std::string(policy::kWildcard)
                                                                 : caller.identity.value();
    return principal;
}

/// Whether it lets somebody put or delete something.
bool writes(const policy::Rule& rule) {
    return std::ranges::any_of(rule.verbs, [](policy::Verb verb) {
        return verb == policy::Verb::Put || verb == policy::Verb::Delete
               || verb == policy::Verb::All;
    });
}

}  // namespace

Status authorise(const MeshView& view, const Caller& caller, std::span<const Action> actions) {
    if (!caller.authenticated() || caller.memberId().empty()) {
        return unauthenticated("authentication required");
    }
    if (view.rules == nullptr) {
        return permissionDenied("the rules of the mesh are not known");
    }
    const auto decision = view.rules->decide(principalOf(caller), actions);
    if (decision.allowed) {
        return okStatus();
    }
    return caller.proof == Caller::Proof::CarriedAddress ? wantsCredential(caller)
                                                         : permissionDenied("{}", decision.reason);
}

Status authorise(
    const MeshView& view, const Caller& caller, std::initializer_list<Action> actions) {
    return authorise(view, caller, std::span(actions.begin(), actions.size()));
}

Status mayHave(const MeshView& view, const Caller& caller, std::span<const Action> actions) {
    if (caller.proof == Caller::Proof::Process || view.registry.rbacDisabled()) {
        return okStatus();
    }
    return authorise(view, caller, actions);
}

Status mayHave(const MeshView& view, const Caller& caller, std::initializer_list<Action> actions) {
    return mayHave(view, caller, std::span(actions.begin(), actions.size()));
}

Status mayWriteSomething(const MeshView& view, const Caller& caller) {
    if (!caller.authenticated() || caller.memberId().empty()) {
        return unauthenticated("authentication required");
    }
    if (caller.proof == Caller::Proof::CarriedAddress) {
        return wantsCredential(caller);
    }
    if (view.registry.rbacDisabled()) {
        return okStatus();
    }
    const auto grants = view.rules == nullptr ? std::vector<policy::Grant>()
                                              : view.rules->grantsOf(principalOf(caller));
    const bool may = std::ranges::any_of(grants, [&view](const policy::Grant& grant) {
        const auto* role = view.rules->role(grant.role);
        return role != nullptr && std::ranges::any_of(role->rules, writes);
    });
    return may ? okStatus()
               : permissionDenied(
                   "{} holds no right to change the rules of the mesh",
                   base::escapeForLine(caller.identity.value()));
}

Status mayGrant(const MeshView& view, const Caller& caller, const policy::Role& role) {
    if (view.rules != nullptr && caller.authenticated()
        && view.rules->holds(principalOf(caller), role)) {
        return okStatus();
    }
    return permissionDenied(
        "the role {} gives rights that {} does not hold, and nobody grants more than they have",
        base::escapeForLine(role.name),
        base::escapeForLine(caller.identity.value()));
}

}  // namespace weft::mesh::detail
