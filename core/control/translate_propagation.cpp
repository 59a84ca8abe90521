// SPDX-License-Identifier: Apache-2.0
#include "core/control/translate_propagation.h"

#include "core/control/detail/timestamps.h"

namespace weft::control {
namespace {

namespace meshv1 = weft::mesh::v1;

api::PropagationState stateOf(meshv1::NodePropagation::State state) {
    switch (state) {
    case meshv1::NodePropagation::STATE_DONE:
        return api::PropagationState::Done;
    case meshv1::NodePropagation::STATE_PENDING:
        return api::PropagationState::Pending;
    case meshv1::NodePropagation::STATE_UNREACHABLE:
        return api::PropagationState::Unreachable;
    case meshv1::NodePropagation::STATE_TOLD:
        return api::PropagationState::Told;
    default:
        return api::PropagationState::Unknown;
    }
}

}  // namespace

api::Propagation fromProto(const meshv1::ChangePropagation& message) {
    api::Propagation propagation;
    propagation.change = message.change_id();
    propagation.at = detail::time(message.has_time(), message.time());
    propagation.done = message.done();
    propagation.pending = message.pending();
    propagation.unreachable = message.unreachable();
    propagation.told = message.told();
    for (const auto& node : message.nodes()) {
        propagation.nodes.push_back(
            {node.node_id(), stateOf(node.state()), detail::time(node.has_since(), node.since())});
    }
    return propagation;
}

}  // namespace weft::control
