// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/types.h"
#include "core/daemon/tunnel.h"

#include "v1/node.pb.h"
#include "weft/local/v1/local.pb.h"

namespace weft::daemon {

/// Whether the peer has proved lately that it is there.
api::Freshness livenessOf(const TunnelPeerStatistics& peer, WallTime now);
weft::local::v1::Liveness toProto(api::Freshness freshness);
void toProto(const TunnelPeerStatistics& peer, weft::local::v1::TunnelPeer* message);
/// As reference nodes fill it: durations with units, the year 1 for what has never been.
void toProto(const TunnelStatistics& tunnel, ::v1::InterfaceMetrics* message);

}  // namespace weft::daemon
