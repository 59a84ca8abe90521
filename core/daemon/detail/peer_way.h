// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/daemon/detail/direct_probes.h"

#include "weft/local/v1/local.pb.h"

namespace weft::daemon {

/// Says how packets to a node go, when the leader says something of a direct way.
void describeWay(const DirectProbes& probes, const mesh::NodeId& node, weft::local::v1::Peer& peer);

}  // namespace weft::daemon
