// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/member_standing.h"

#include "core/base/log.h"
#include "core/mesh/detail/mesh_view.h"

#include <utility>

namespace weft::mesh {
namespace {

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("mesh");
    return logger;
}

}  // namespace

MemberStanding::MemberStanding(
    NodeId self,
    Authentication authentication,
    const Member& member,
    const policy::PolicyMirror& rules)
    : self_(std::move(self)), authentication_(authentication), member_(member), rules_(rules) {}

bool MemberStanding::isAdmin(const Caller& caller) const {
    return caller.proof == Caller::Proof::Process
           || (caller.hasCredential()
               && detail::isAdminSubject(rules_.roles().get(), caller.identity));
}

bool MemberStanding::isMember(const Caller& caller) const {
    if (caller.proof == Caller::Proof::Process || authentication_ == Authentication::None) {
        return true;
    }
    return caller.authenticated() && registry().node(caller.memberId()) != nullptr;
}

bool MemberStanding::mayProxy() const {
    const auto rules = rules_.roles();
    if (detail::isAdminSubject(rules.get(), self_)) {
        return true;
    }
    // With the rules switched off everybody has every right, and nobody is trusted for it.
    const policy::Action right{policy::Verb::Put, policy::Resource::Observers};
    return !registry().rbacDisabled() && rules->decide({self_.value()}, right).allowed;
}

Subscription MemberStanding::onRemoval(std::function<void(const NodeId&)> removed) const {
    return registry().onChange(
        [this, removed = std::move(removed)](const storage::Registry::Change& change) {
            // When everything is read anew, those that were there before and are not any more.
            for (const auto& id : change.nodes) {
                if (registry().node(id) == nullptr) {
                    removed(id);
                }
            }
        });
}

void MemberStanding::record(AuditEvent event) const {
    // At a level that is off: a flood of refusals must not become a flood of lines.
    log().debug(
        "refused caller={} source={} verb={} name={} code={}",
        base::quoted(event.identity),
        base::quoted(event.source),
        event.verb,
        base::quoted(event.name),
        event.code);
}

}  // namespace weft::mesh
