// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/platform/host/host_journal.h"
#include "core/platform/host_system.h"

#include <vector>

namespace weft::platform {

/// Takes from `changes` what is not so any more: routes, rules of lookup and settings that somebody
/// else took away, which are to be made again, and settings that somebody else has turned on for
/// more, which are theirs from then on. What cannot be read now counts as it was. The filter is not
/// looked at. Thread: any, and it waits for the system.
void dropLostChanges(HostSystem& system, std::vector<HostChange>& changes);

}  // namespace weft::platform
