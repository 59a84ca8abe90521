// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/daemon/sandbox/sandbox.h"

#include <map>
#include <string>
#include <vector>

namespace weft::app {

/// The first argument of a weftd that is to be a sandbox.
inline constexpr const char* kSandboxFlag = "--sandbox";

/// What a command line that begins with kSandboxFlag asks for.
struct SandboxInvocation {
    daemon::sandbox::SandboxOptions options;
    bool help = false;
    /// Whoever started it holds its standard input open, and needs it no longer than that. Reads
    /// the path of the socket from its standard output, and nothing else.
    bool endsWithInput = false;
};

using Environment = std::map<std::string, std::string>;

/// Reads the arguments behind kSandboxFlag: "--name=value" or "--name value".
/// Errors: kInvalidArgument, which names the option.
StatusOr<SandboxInvocation> readSandboxInvocation(
    const std::vector<std::string>& arguments, const Environment& environment);

std::string sandboxHelp();

}  // namespace weft::app
