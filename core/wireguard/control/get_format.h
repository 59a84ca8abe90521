// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/wireguard/control/settings.h"
#include "core/wireguard/control/wiped_text.h"

namespace weft::wireguard {

/// The lines of a get operation about the interface; what is zero is left out.
void formatInterface(const InterfaceState& state, WipedText& out);

/// The lines of a get operation about one peer, in wireguard-go's order.
void formatPeer(const PeerState& state, WipedText& out);

/// "errno=N" and the blank line that ends an answer.
void formatEnd(int errorNumber, WipedText& out);

}  // namespace weft::wireguard
