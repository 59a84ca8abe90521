// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/member.h"
#include "core/mesh/policy/policy_mirror.h"
#include "core/mesh/standing.h"

namespace weft::mesh {

/// The mesh as a plain node has read it. What it decides is about itself alone; calls that change
/// the mesh, or tell of its rules, are for the leader to decide.
/// Thread: confined to the loop of `member`, except where noted.
class MemberStanding final : public Standing {
public:
    /// `member` and `rules`, the rules as it has read them, outlive this.
    MemberStanding(
        NodeId self,
        Authentication authentication,
        const Member& member,
        const policy::PolicyMirror& rules);

    const storage::Registry& registry() const override { return member_.registry(); }
    const NodeId& selfId() const override { return self_; }
    bool isAdmin(const Caller& caller) const override;
    bool isMember(const Caller& caller) const override;
    /// Whether the leader would take this node's word for whom it hands calls on, once it
    /// advertises the leader proxy: by the records as they were read, and as Host::mayHandOn
    /// decides.
    bool mayProxy() const;
    /// Not told to plain nodes. One that was expelled has no record any more and is no member.
    bool isRemoved(const NodeId& /*id*/) const override { return false; }
    /// Runs for each node whose record goes.
    [[nodiscard]] Subscription onRemoval(std::function<void(const NodeId&)> removed) const override;
    std::vector<StorageServer> storageServers() const override { return member_.status().servers; }
    /// Only a line in the program's own log. Thread: any.
    void record(AuditEvent event) const override;

private:
    const NodeId self_;
    const Authentication authentication_;
    const Member& member_;
    const policy::PolicyMirror& rules_;
};

}  // namespace weft::mesh
