// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/config/options.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace weft::config {

/// One key with its value from a program or from a Connect: the path with dots, and one value or a
/// list. A number is what JSON has; durations are nanoseconds or text.
struct Override {
    std::string key{};
    std::vector<std::variant<bool, double, std::string>> values{};
    bool isList = false;
};

/// Where the options of a run come from. Each source wins over the ones above it.
struct LoadRequest {
    /// What the program itself sets.
    std::vector<Override> base{};
    /// The file; `--config FILE` and WEFT_CONFIG name one too, the flag wins over the environment,
    /// the environment over this. The format goes by the ending: .yaml .yml .json .toml.
    std::optional<std::filesystem::path> file{};
    /// Only names that begin with WEFT_ are settings; XDG_STATE_HOME, XDG_RUNTIME_DIR, HOME and
    /// what systemd sets (STATE_DIRECTORY, RUNTIME_DIRECTORY) give the defaults of folders.
    std::map<std::string, std::string> environment{};
    /// Without the name of the program.
    std::vector<std::string> arguments{};
    /// Root: folders of the system, not of a user.
    bool isRoot = false;
};

/// The request of this process: its environment, its arguments, whether it is root.
LoadRequest requestOfProcess(int argc, const char* const* argv);

/// What a command line asks for besides settings.
struct Invocation {
    bool help = false;
    bool version = false;
    bool printConfig = false;
};

/// Reads the command line alone, so that --help and --version work with a broken file.
/// Errors: kInvalidArgument.
StatusOr<Invocation> readInvocation(const std::vector<std::string>& arguments);

/// Reads and merges all sources, applies `global` and validates. Reports up to eight problems in
/// one line, each with its source and its key.
/// Errors: kInvalidArgument, kNotFound (the file), kPermissionDenied (the file).
/// Thread: any, blocks on the disk.
StatusOr<NodeOptions> load(const LoadRequest& request);

/// What the caller of a Connect may give.
enum class Grade : std::uint8_t { Operate, Administer };

/// `base` with the keys of a Connect over it, `global` applied again, validated. The warnings are
/// those of the overrides alone.
/// Errors: kInvalidArgument   unknown key, wrong value, a key of the daemon (weft.*, log level)
///         kPermissionDenied  the key names a file, a plugin or a listener, or turns a protection
///                            off, and the caller may not administer
StatusOr<NodeOptions> merge(
    const NodeOptions& base, const std::vector<Override>& overrides, Grade grade);

/// Where the local socket is when nobody says: the first that fits of the service's folder, the
/// system's (root), the user's.
std::filesystem::path defaultSocket(
    const std::map<std::string, std::string>& environment, bool isRoot);

/// Where a front end looks for a daemon, best first: the user's socket, then the system's.
std::vector<std::filesystem::path> socketCandidates(
    const std::map<std::string, std::string>& environment);

}  // namespace weft::config
