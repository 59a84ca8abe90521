// SPDX-License-Identifier: Apache-2.0
#include "app/cli/run.h"

#include "app/cli/command_line.h"
#include "app/cli/command_table.h"
#include "core/base/message_text.h"
#include "core/config/load.h"

#include <fmt/format.h>

#include <cerrno>
#include <utility>

#include <unistd.h>

namespace weft::cli {
namespace {

constexpr Duration kDefaultTimeout = std::chrono::seconds(75);

Format formatOf(const Parsed& parsed) {
    const std::string name = parsed.text("output");
    if (name == "json") {
        return Format::Json;
    }
    return name == "yaml" ? Format::Yaml : Format::Table;
}

bool wantsColour(const Parsed& parsed, const Surroundings& around) {
    const auto variable = around.environment.find("NO_COLOR");
    const bool isOff = variable != around.environment.end() && !variable->second.empty();
    return around.colour && !isOff && !parsed.has("no-color");
}

int report(const Surroundings& around, const Status& status, bool daemonLost) {
    if (!status.ok()) {
        around.err << "weftctl: " << base::messageForLine(messageOf(status)) << '\n';
    }
    return exitCodeOf(status, daemonLost);
}

/// The socket to use: what is given, or the first that exists.
std::filesystem::path chooseSocket(const Parsed& parsed, const Surroundings& around) {
    if (parsed.has("socket")) {
        return parsed.text("socket");
    }
    const auto candidates = config::socketCandidates(around.environment);
    for (const auto& candidate : candidates) {
        if (::access(candidate.c_str(), F_OK) == 0) {
            return candidate;
        }
    }
    return candidates.back();
}

/// A socket that this user may not open looks like a daemon that is not there.
Status checkSocket(const std::filesystem::path& socket) {
    if (::access(socket.c_str(), R_OK | W_OK) != 0 && errno == EACCES) {
        return permissionDenied(
            "{} is not open to you: ask to be added to the group weft, or use sudo",
            socket.string());
    }
    return okStatus();
}

/// Tells the surroundings of the pump for as long as a command runs.
class RunningMark {
public:
    RunningMark(const Surroundings& around, EventPump& pump) : around_(around) {
        if (around_.running) {
            around_.running(&pump);
        }
    }
    ~RunningMark() {
        if (around_.running) {
            around_.running(nullptr);
        }
    }
    RunningMark(const RunningMark&) = delete;
    RunningMark& operator=(const RunningMark&) = delete;

private:
    const Surroundings& around_;
};

int runWithDaemon(
    const CommandLine& line,
    const Surroundings& around,
    Output& out,
    const std::optional<Duration>& timeout) {
    const auto socket = chooseSocket(line.parsed, around);
    if (line.command->needsDaemon) {
        if (const Status status = checkSocket(socket); !status.ok()) {
            return report(around, status, false);
        }
    }
    const auto controller = around.connect(socket, timeout);
    Session session(*controller, timeout.value_or(kDefaultTimeout), around.settle);
    const RunningMark mark(around, session.pump());
    Context context{&session, out, around.err, around.in, around.clock, around.interactive};
    const auto slow = [&around, &out] {
        if (!out.quiet()) {
            around.err << "weftctl: weftd is there, but has not answered yet: waiting\n"
                       << std::flush;
        }
    };
    Status status = line.command->needsDaemon ? session.reach(slow) : okStatus();
    if (status.ok()) {
        status = line.command->run(context, line.parsed);
    }
    return status.ok() ? context.exitCode : report(around, status, session.lost());
}

int runCommand(const CommandLine& line, const Surroundings& around) {
    Output out(
        around.out,
        formatOf(line.parsed),
        line.parsed.has("quiet"),
        wantsColour(line.parsed, around));
    std::optional<Duration> timeout;
    if (line.parsed.has("timeout")) {
        const auto given = line.parsed.duration("timeout", kDefaultTimeout);
        if (!given.ok()) {
            return report(around, given.status(), false);
        }
        timeout = *given;
    }
    // version needs no daemon, but asks one that is there.
    if (line.command->needsDaemon || line.command->path == "version") {
        return runWithDaemon(line, around, out, timeout);
    }
    Context context{nullptr, out, around.err, around.in, around.clock, around.interactive, &around};
    const Status status = line.command->run(context, line.parsed);
    return status.ok() ? context.exitCode : report(around, status, false);
}

}  // namespace

int runCommandLine(const std::vector<std::string>& arguments, const Surroundings& surroundings) {
    const auto line = readCommandLine(arguments);
    if (!line.ok()) {
        return report(surroundings, line.status(), false);
    }
    const bool asksForHelp = line->parsed.has("help");
    if (asksForHelp || line->command == nullptr || line->command->run == nullptr) {
        // Without a command the help is an answer to a mistake.
        (asksForHelp ? surroundings.out : surroundings.err)
            << helpFor(line->command == nullptr ? "" : line->command->path);
        return asksForHelp ? kExitOk : kExitUsage;
    }
    const int code = runCommand(*line, surroundings);
    surroundings.out.flush();
    if (!surroundings.out && code == kExitOk) {
        surroundings.err << "weftctl: the output cannot be written\n";
        return kExitFailed;
    }
    return code;
}

}  // namespace weft::cli
