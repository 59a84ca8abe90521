// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/daemon/sandbox_invocation.h"

namespace weft::app {

/// weftd as a sandbox, from its start to its end; the exit code. `arguments` follow kSandboxFlag.
int runSandbox(const std::vector<std::string>& arguments, const Environment& environment);

}  // namespace weft::app
