// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/daemon/detail/route_consents.h"

#include "weft/local/v1/local.pb.h"

namespace weft::daemon {

/// Tells of the routes that are not used because nobody at this host has answered for them, node by
/// node; of a mesh with many the first.
void addUnanswered(const RouteConsents& consents, weft::local::v1::Connection& state);

}  // namespace weft::daemon
