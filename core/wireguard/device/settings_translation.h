// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/wireguard/control/settings.h"
#include "core/wireguard/session/types.h"

namespace weft::wireguard {

/// The configuration protocol's words for a peer in the engine's, and back. The system is asked for
/// the interface behind the zone of a link-local endpoint, so not on the packet loop. Errors:
/// kNotFound no interface is the zone of the endpoint.
StatusOr<PeerSettings> settingsOf(PeerChange change);
PeerState stateOf(PeerSnapshot snapshot);

}  // namespace weft::wireguard
