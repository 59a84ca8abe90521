// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command.h"
#include "app/cli/sandbox_process.h"
#include "core/api/controller.h"

#include <filesystem>
#include <functional>
#include <istream>
#include <map>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

namespace weft::cli {

/// What a run has around it; a test puts its own things here.
struct Surroundings {
    std::ostream& out;
    std::ostream& err;
    std::istream& in;
    const base::Clock& clock;
    /// Colours unless switched off: the output is a terminal that has them.
    bool colour = false;
    /// `in` is a terminal.
    bool interactive = false;
    std::map<std::string, std::string> environment{};
    /// A controller of the daemon behind the socket. `timeout`: for each call, nullopt: its own.
    std::function<std::unique_ptr<api::Controller>(
        const std::filesystem::path& socket, std::optional<Duration> timeout)>
        connect{};
    /// See Session.
    Duration settle = Session::kSettleTime;
    /// Told of the pump while a command runs, so that a signal can interrupt it, and of nullptr
    /// afterwards.
    std::function<void(EventPump*)> running{};
    /// A sandbox for command lines, with the options of "weftd --sandbox".
    std::function<StatusOr<std::unique_ptr<RunningSandbox>>(
        const std::vector<std::string>& options)>
        startSandbox{};
    /// Serves one in place of this program; returns only when that is not possible.
    std::function<Status(const std::vector<std::string>& options)> becomeSandbox{};
};

/// Runs one command line, without the program's name. Returns the exit code.
int runCommandLine(const std::vector<std::string>& arguments, const Surroundings& surroundings);

}  // namespace weft::cli
