// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace weft::platform::detail {

struct ProgramResult {
    /// As it left; 128 and the signal's number when a signal ended it.
    int exitCode = 0;
    /// What it wrote to its error output, cut after 4 KiB.
    std::string complaints;
};

/// Runs a program of the system, without a shell, with an environment that says nothing but
/// LC_ALL=C, and with no descriptor of ours but these: `input` at its standard input, nothing at
/// its output. One that has not ended after `patience` is killed.
///
/// Errors: kNotFound          there is no such program
///         kDeadlineExceeded  it was killed
///         kUnavailable       it could not be started, in the system's words
/// Thread: any, waits for the program.
StatusOr<ProgramResult> runProgram(
    const std::filesystem::path& program,
    const std::vector<std::string>& arguments,
    std::string_view input,
    std::chrono::milliseconds patience);

}  // namespace weft::platform::detail
