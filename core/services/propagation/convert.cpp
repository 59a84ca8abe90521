// SPDX-License-Identifier: Apache-2.0
#include "core/services/propagation/convert.h"

#include "core/base/timestamp.h"

#include "weft/mesh/v1/propagation.pb.h"

namespace weft::services {
namespace {

namespace pb = mesh::v1;

using mesh::EffectState;

static_assert(
    static_cast<int>(EffectState::Done) == static_cast<int>(pb::NodePropagation::STATE_DONE));
static_assert(
    static_cast<int>(EffectState::Told) == static_cast<int>(pb::NodePropagation::STATE_TOLD));

}  // namespace

mesh::EffectReport reportOf(const pb::EffectReport& message) {
    return {mesh::NodeId(message.node_id()), message.rules_digest(), message.peers_digest()};
}

void toProto(const mesh::EffectReport& report, pb::EffectReport* message) {
    message->set_node_id(report.node.value());
    message->set_rules_digest(report.rules);
    message->set_peers_digest(report.peers);
}

mesh::ChangePropagation propagationOf(const pb::ChangePropagation& message) {
    mesh::ChangePropagation propagation;
    propagation.change = message.change_id();
    propagation.time = base::wallTimeOf(message.time());
    propagation.done = message.done();
    propagation.pending = message.pending();
    propagation.unreachable = message.unreachable();
    propagation.told = message.told();
    for (const auto& node : message.nodes()) {
        if (propagation.nodes.size() >= mesh::kMaxPropagationNodes) {
            break;
        }
        auto& added = propagation.nodes.emplace_back();
        added.node = mesh::NodeId(node.node_id());
        added.state = pb::NodePropagation::State_IsValid(node.state())
                          ? static_cast<EffectState>(node.state())
                          : EffectState::Unknown;
        if (node.has_since()) {
            added.since = base::wallTimeOf(node.since());
        }
    }
    return propagation;
}

void toProto(const mesh::ChangePropagation& propagation, pb::ChangePropagation* message) {
    message->set_change_id(propagation.change);
    base::setTimestamp(message->mutable_time(), propagation.time);
    message->set_done(static_cast<std::uint32_t>(propagation.done));
    message->set_pending(static_cast<std::uint32_t>(propagation.pending));
    message->set_unreachable(static_cast<std::uint32_t>(propagation.unreachable));
    message->set_told(static_cast<std::uint32_t>(propagation.told));
    for (const auto& node : propagation.nodes) {
        auto* added = message->add_nodes();
        added->set_node_id(node.node.value());
        added->set_state(static_cast<pb::NodePropagation::State>(node.state));
        if (node.since) {
            base::setTimestamp(added->mutable_since(), *node.since);
        }
    }
}

}  // namespace weft::services
