// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/config/options.h"

namespace weft::config::detail {

/// Gives the values of `global` to the sections that have none of their own, and the port of
/// WireGuard to endpoints without one. Running it again after a change starts from the new values.
void applyGlobals(NodeOptions& options);

}  // namespace weft::config::detail
