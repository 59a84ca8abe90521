// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/mesh_view.h"

#include "core/base/text.h"
#include "core/mesh/policy/validate.h"
#include "core/mesh/standing.h"

#include <algorithm>

namespace weft::mesh::detail {

MeshInfo infoOf(const storage::Registry& registry) {
    MeshInfo info;
    info.networkIpv4 = registry.networkIpv4().value_or(net::IpPrefix());
    info.networkIpv6 = registry.networkIpv6().value_or(net::IpPrefix());
    info.domain = registry.domain();
    info.identity = meshIdentity(registry.networkIpv6Text(), info.domain);
    return info;
}

bool isAdminSubject(const MeshView& view, const NodeId& id) {
    return isAdminSubject(view.rules.get(), id);
}

bool isAdminSubject(const policy::RoleRules* rules, const NodeId& id) {
    const auto* binding = rules == nullptr ? nullptr : rules->binding(policy::kAdminBinding);
    return binding != nullptr && !id.empty()
           && std::ranges::any_of(binding->subjects, [&id](const policy::Subject& subject) {
                  return (subject.kind == policy::SubjectKind::Node
                          || subject.kind == policy::SubjectKind::User)
                         && subject.name == id.value();
              });
}

bool isAdmin(const MeshView& view, const Caller& caller) {
    if (caller.proof == Caller::Proof::Process) {
        return true;
    }
    return caller.hasCredential() && isAdminSubject(view, caller.identity);
}

bool isMember(const MeshView& view, const Caller& caller) {
    // A mesh that asks nobody who they are cannot tell members from others.
    if (caller.proof == Caller::Proof::Process || view.authentication == Authentication::None) {
        return true;
    }
    return caller.authenticated() && view.registry.node(caller.memberId()) != nullptr;
}

Status mayActAs(const MeshView& view, const Caller& caller, const NodeId& id) {
    if (caller.proof == Caller::Proof::Process) {
        return okStatus();
    }
    if (!caller.authenticated()) {
        return view.authentication == Authentication::None
                   ? okStatus()
                   : unauthenticated(
                       "this mesh wants a certificate or a password that proves the node {}",
                       base::escapeForLine(id.value()));
    }
    if (caller.proof == Caller::Proof::CarriedAddress) {
        return wantsCredential(caller);
    }
    if (caller.identity != id) {
        return permissionDenied(
            "{} may not speak for the node {}",
            base::escapeForLine(caller.identity.value()),
            base::escapeForLine(id.value()));
    }
    return okStatus();
}

}  // namespace weft::mesh::detail
