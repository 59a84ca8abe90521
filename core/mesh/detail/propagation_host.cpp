// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/propagation_host.h"

#include "core/base/text.h"
#include "core/mesh/detail/affected_nodes.h"
#include "core/mesh/detail/change_records.h"
#include "core/mesh/detail/policy_plan.h"
#include "core/mesh/detail/tombstones.h"
#include "core/mesh/effect_digest.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

namespace weft::mesh::detail {
namespace {

/// Those first that somebody has to look after.
int rankOf(EffectState state) {
    switch (state) {
    case EffectState::Unreachable:
        return 0;
    case EffectState::Pending:
        return 1;
    case EffectState::Told:
        return 2;
    default:
        return 3;
    }
}

void count(const NodePropagation& node, ChangePropagation& answer) {
    switch (node.state) {
    case EffectState::Done:
        ++answer.done;
        break;
    case EffectState::Unreachable:
        ++answer.unreachable;
        break;
    case EffectState::Told:
        ++answer.told;
        break;
    default:
        ++answer.pending;
        break;
    }
}

}  // namespace

PropagationHost::PropagationHost(const Parts& parts) : parts_(parts) {
    watch_ =
        parts_.registry.onChange([this](const storage::Registry::Change& change) { note(change); });
    parts_.feed.setWatcher(
        {.told = [this](const NodeId& id, const PeerSet& peers) { noteTold(id, peers); },
         .follows = [this](const NodeId& id, bool follows) { noteFollows(id, follows); }});
}

PropagationHost::~PropagationHost() {
    parts_.feed.setWatcher({});
}

void PropagationHost::note(const storage::Registry::Change& change) {
    if (change.everything || change.networkAcls || change.groups || change.routes) {
        rules_.reset();
    }
    for (const auto& id : change.nodes) {
        if (parts_.registry.node(id) == nullptr) {
            nodes_.erase(id);
        }
    }
}

void PropagationHost::noteTold(const NodeId& id, const PeerSet& peers) {
    // One that was removed, and is told so.
    if (parts_.registry.node(id) == nullptr) {
        return;
    }
    auto& node = nodes_[id];
    const auto digest = effectDigest(peers);
    if (node.told && *node.told != digest) {
        node.changedAt = parts_.registry.revision();
    }
    node.told = digest;
    node.toldAt = parts_.loop.clock().wallNow();
}

void PropagationHost::noteFollows(const NodeId& id, bool follows) {
    if (parts_.registry.node(id) == nullptr) {
        nodes_.erase(id);
        return;
    }
    auto& node = nodes_[id];
    const auto now = parts_.loop.clock().wallNow();
    if (follows) {
        node.leftAt.reset();
        node.followsSince = now;
    } else {
        node.leftAt = now;
        // It may be another program when it is back.
        node.report.reset();
    }
}

std::uint64_t PropagationHost::rules() const {
    if (!rules_) {
        rules_ = effectDigest(parts_.registry);
    }
    return *rules_;
}

Status PropagationHost::report(const EffectReport& report, const Caller& caller) {
    WEFT_RETURN_IF_ERROR(storage::validateNodeId(report.node.value()));
    WEFT_RETURN_IF_ERROR(mayActAs(parts_.access.view(), caller, report.node));
    const auto found = nodes_.find(report.node);
    if (found == nodes_.end() || !parts_.feed.follows(report.node)) {
        return failedPrecondition(
            "the node {} does not follow its peers: call SubscribePeers first",
            base::escapeForLine(report.node.value()));
    }
    found->second.reports = true;
    found->second.report = report;
    found->second.reportedAt = parts_.loop.clock().wallNow();
    return okStatus();
}

StatusOr<ChangeRecord> PropagationHost::recordOf(std::uint64_t change, const MeshView& view) const {
    if (change == 0) {
        const auto kept = view.shared.viewBelow(kChangesPrefix);
        if (kept.empty()) {
            return notFound("the history has no change yet");
        }
        return decodeChange(*kept.back().second);
    }
    auto record = changeOf(view.shared, change);
    if (!record) {
        return notFound("the history has no change {}", change);
    }
    return *std::move(record);
}

NodePropagation PropagationHost::standingOf(const NodeId& id, const MeshView& view) const {
    const auto found = nodes_.find(id);
    if (id == view.self && (found == nodes_.end() || !parts_.feed.follows(id))) {
        // A server without a tunnel: it decides by the records themselves.
        return {id, EffectState::Done, view.now};
    }
    if (found == nodes_.end()) {
        return {id, EffectState::Unreachable, std::nullopt};
    }
    const auto& node = found->second;
    if (!parts_.feed.follows(id)) {
        return {id, EffectState::Unreachable, node.leftAt};
    }
    const bool isTold = node.told && !parts_.feed.owes(id);
    if (!node.reports && view.now - node.followsSince >= kReportGrace) {
        return {id, isTold ? EffectState::Told : EffectState::Pending, node.toldAt};
    }
    const bool isDone =
        isTold && node.report && node.report->peers == *node.told && node.report->rules == rules();
    return isDone ? NodePropagation{id, EffectState::Done, node.reportedAt}
                  : NodePropagation{
                      id, EffectState::Pending, node.told ? node.toldAt : node.followsSince};
}

StatusOr<ChangePropagation> PropagationHost::get(std::uint64_t change, const Caller& caller) const {
    const auto view = parts_.access.view();
    const auto status =
        administers(view, caller)
            ? mayRead(view, {policy::ObjectKind::Role, {}}, caller)
            : permissionDenied("only the administrator of the mesh may read its history");
    if (!status.ok()) {
        parts_.access.record(auditEvent(caller, "get", "propagation", "", status));
        return status;
    }
    WEFT_ASSIGN_OR_RETURN(const auto record, recordOf(change, view));
    const auto named = affectedNodes(record, parts_.registry, *parts_.policy.current(), view.self);
    std::set<NodeId> affected(named.begin(), named.end());
    if (const auto stored = parts_.store.get(changeKey(record.id)); stored.ok()) {
        for (const auto& [id, node] : nodes_) {
            if (node.changedAt >= stored->revision) {
                affected.insert(id);
            }
        }
    }
    ChangePropagation answer{.change = record.id, .time = record.time};
    for (const auto& id : affected) {
        answer.nodes.push_back(standingOf(id, view));
        count(answer.nodes.back(), answer);
    }
    std::ranges::sort(answer.nodes, {}, [](const NodePropagation& node) {
        return std::tuple(rankOf(node.state), node.node);
    });
    if (answer.nodes.size() > kMaxPropagationNodes) {
        answer.nodes.resize(kMaxPropagationNodes);
    }
    return answer;
}

}  // namespace weft::mesh::detail
