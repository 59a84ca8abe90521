// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace weft::base {

/// Names the calling thread for debuggers and `ps -L`; at most 15 bytes are used.
void setThreadName(const std::string& name);

}  // namespace weft::base
