// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command.h"

#include <string>
#include <vector>

namespace weft::cli {

/// A command line after reading: a command of the table and what was given for it.
struct CommandLine {
    /// nullptr: none was given.
    const Command* command = nullptr;
    Parsed parsed;
};

/// Reads by the table. Arguments that are missing are reported only when help is not asked for.
/// Errors: kInvalidArgument, one line with the usage.
StatusOr<CommandLine> readCommandLine(const std::vector<std::string>& arguments);

}  // namespace weft::cli
