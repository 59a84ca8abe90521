// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace weft::cli {

/// All commands in the order of the help. The table feeds the parser, the help and completions.
std::span<const Command> commandTable();
/// Options of every command.
std::span<const Option> globalOptions();

/// nullptr when there is none with exactly this path.
const Command* findCommand(std::string_view path);
/// The next words after `path` (empty: the first words), in the order of the table.
std::vector<std::string_view> wordsBelow(std::string_view path);
std::vector<std::string_view> splitChoices(std::string_view choices);

/// The help of a command or a group; of the whole program for an empty path.
std::string helpFor(std::string_view path);
/// "weftctl invite create [--note TEXT] ...".
std::string usageOf(const Command& command);

/// The script for "bash", "zsh" or "fish". Errors: kInvalidArgument.
StatusOr<std::string> completionScript(std::string_view shell);

}  // namespace weft::cli
