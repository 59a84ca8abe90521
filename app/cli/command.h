// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/output.h"
#include "app/cli/session.h"
#include "core/base/clock.h"
#include "core/base/status.h"

#include <cstdint>
#include <istream>
#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace weft::cli {

/// What completion offers in a place.
enum class Takes : std::uint8_t { Text, File, Folder, Profile, Command };

struct Argument {
    std::string_view name;
    std::string_view help;
    bool required = true;
    Takes takes = Takes::Text;
    /// Separated by '|'; empty: anything.
    std::string_view choices{};
    /// Takes all words that follow. Of the last argument alone.
    bool repeats = false;
};

struct Option {
    /// Without dashes: "output".
    std::string_view name;
    /// "o", or empty.
    std::string_view letter{};
    /// "FORMAT"; empty for a switch.
    std::string_view value{};
    std::string_view help;
    /// Separated by '|'; empty: anything.
    std::string_view choices{};
    bool repeats = false;
    Takes takes = Takes::Text;
};

/// What a command line gave, by the names of the table.
class Parsed {
public:
    bool has(std::string_view name) const;
    /// The value, or empty text.
    std::string text(std::string_view name) const;
    std::vector<std::string> list(std::string_view name) const;
    /// `fallback` when it is not given. Errors: kInvalidArgument.
    StatusOr<Duration> duration(std::string_view name, Duration fallback) const;
    /// Errors: kInvalidArgument.
    StatusOr<std::uint32_t> number(
        std::string_view name, std::uint32_t fallback, std::uint32_t most) const;

    void add(std::string_view name, std::vector<std::string> values);

private:
    std::map<std::string, std::vector<std::string>, std::less<>> values_;
};

struct Surroundings;

/// What a command works with.
struct Context {
    /// nullptr for a command that needs no daemon.
    Session* session = nullptr;
    Output& out;
    /// Progress and hints; nothing that a script reads.
    std::ostream& notes;
    std::istream& in;
    const base::Clock& clock;
    /// `in` is a terminal, where somebody can be asked.
    bool interactive = false;
    /// For who runs further command lines; nullptr in tests of others.
    const Surroundings* surroundings = nullptr;
    /// What the program ends with when the command went well: of the last such command line.
    int exitCode = 0;
};

struct Command {
    /// "invite create".
    std::string_view path;
    /// Other last words of the path, separated by '|'.
    std::string_view aliases{};
    /// Half a sentence for lists, without a stop.
    std::string_view summary;
    std::vector<Argument> arguments{};
    std::vector<Option> options{};
    /// More than the summary says.
    std::string_view details{};
    std::vector<std::string_view> examples{};
    bool needsDaemon = true;
    /// nullptr: the row names a group of commands.
    Status (*run)(Context&, const Parsed&) = nullptr;
};

// Exit codes, as the help names them.
inline constexpr int kExitOk = 0;
inline constexpr int kExitFailed = 1;
inline constexpr int kExitUsage = 2;
inline constexpr int kExitNoDaemon = 3;
inline constexpr int kExitDenied = 4;
inline constexpr int kExitPrecondition = 5;
inline constexpr int kExitNotFound = 6;
inline constexpr int kExitTimeout = 7;
/// A change of the rules is not in effect everywhere yet.
inline constexpr int kExitPending = 8;

/// `daemonLost`: kUnavailable then means the daemon and not something behind it.
int exitCodeOf(const Status& status, bool daemonLost);

}  // namespace weft::cli
