// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace weft::cli {

struct Command;

/// The command below `group` (nullptr: a first word) that was probably meant with `word`; empty
/// when none is near.
std::string_view nearestCommand(const Command* group, std::string_view word);
/// The same for an option, of `command` or of all; with its dashes. `word` may carry a value.
std::string nearestOption(const Command* command, std::string_view word);

/// " (did you mean X?)" or nothing.
std::string didYouMean(std::string_view meant);

}  // namespace weft::cli
