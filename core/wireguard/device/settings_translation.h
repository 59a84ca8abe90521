// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/wireguard/control/settings.h"
#include "core/wireguard/session/types.h"

namespace weft::wireguard {

/// The configuration protocol's words for a peer in the engine's, and back. A zone of a link-local
/// endpoint is not kept: the system chooses the interface.
PeerSettings settingsOf(PeerChange change);
PeerState stateOf(PeerSnapshot snapshot);

}  // namespace weft::wireguard
