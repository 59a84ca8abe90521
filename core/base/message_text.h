// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace weft::base {

/// A message that somebody else wrote, for one line: as escapeForLine(), but a backslash stays.
/// Whoever wrote it has escaped the names in it, and each step on its way would do so again.
std::string messageForLine(std::string_view message, std::size_t most = 1024);

}  // namespace weft::base
