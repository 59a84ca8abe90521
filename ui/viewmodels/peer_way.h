// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/types.h"
#include "ui/viewmodels/look.h"

#include <QString>

namespace weft::viewmodels {

/// How packets to a member go: "Direct", "Relayed: symmetric NAT", "Being tried". Empty while
/// nobody knows, and for this node.
QString wayWord(const api::Peer& peer);

/// Why they do not go directly, and what helps; empty when they do.
QString wayDetail(const api::Peer& peer);

look::Tone wayTone(const api::Peer& peer);

}  // namespace weft::viewmodels
