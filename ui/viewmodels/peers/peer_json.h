// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/types.h"

#include <QString>

namespace weft::viewmodels {

/// All that is known of a member, as indented JSON. What strangers wrote is made plain.
QString peerJson(const api::Peer& peer);

}  // namespace weft::viewmodels
