// SPDX-License-Identifier: Apache-2.0
#include "app/daemon/sandbox_invocation.h"

#include "core/base/text.h"

#include <charconv>
#include <cstddef>
#include <filesystem>
#include <limits>
#include <optional>
#include <string_view>

namespace weft::app {
namespace {

using daemon::sandbox::SandboxOptions;

StatusOr<std::uint64_t> number(std::string_view name, std::string_view text, std::uint64_t most) {
    std::uint64_t value = 0;
    const auto* end = text.data() + text.size();
    const auto [read, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc() || read != end || value > most) {
        return invalidArgument(
            "{} takes a number up to {}, not \"{}\"", name, most, base::escapeForLine(text));
    }
    return value;
}

Status setOption(std::string_view name, const std::string& value, SandboxOptions& options) {
    if (name == "--seed") {
        WEFT_ASSIGN_OR_RETURN(
            options.seed, number(name, value, std::numeric_limits<std::uint64_t>::max()));
    } else if (name == "--nodes") {
        WEFT_ASSIGN_OR_RETURN(options.nodes, number(name, value, daemon::sandbox::kMostNodes));
    } else if (name == "--socket") {
        options.socket = std::filesystem::absolute(value);
    } else {
        return invalidArgument(
            "a sandbox has no option {}: see weftd --sandbox --help", base::escapeForLine(name));
    }
    return okStatus();
}

/// Where folders go that live no longer than a session.
std::filesystem::path parentIn(const Environment& environment) {
    for (const char* name : {"XDG_RUNTIME_DIR", "TMPDIR"}) {
        const auto found = environment.find(name);
        if (found != environment.end() && found->second.starts_with('/')) {
            return found->second;
        }
    }
    return "/tmp";
}

}  // namespace

StatusOr<SandboxInvocation> readSandboxInvocation(
    const std::vector<std::string>& arguments, const Environment& environment) {
    SandboxInvocation invocation;
    invocation.options.parent = parentIn(environment);
    for (std::size_t at = 0; at < arguments.size(); ++at) {
        const auto& argument = arguments[at];
        if (argument == "--help" || argument == "-h") {
            invocation.help = true;
            return invocation;
        }
        if (argument == "--ends-with-input") {
            invocation.endsWithInput = true;
            continue;
        }
        const auto equals = argument.find('=');
        if (equals == std::string::npos && at + 1 == arguments.size()) {
            return invalidArgument("{} has no value", base::escapeForLine(argument));
        }
        const auto value =
            equals == std::string::npos ? arguments[++at] : argument.substr(equals + 1);
        WEFT_RETURN_IF_ERROR(setOption(argument.substr(0, equals), value, invocation.options));
    }
    WEFT_RETURN_IF_ERROR(invocation.options.validate());
    return invocation;
}

std::string sandboxHelp() {
    return fmt::format(
        "Usage: weftd --sandbox [--socket PATH] [--nodes N] [--seed N]\n"
        "\n"
        "Serves a mesh that is simulated, to learn with and to try rules on. It needs no rights,\n"
        "opens nothing but its local socket, and removes what it made at its end.\n"
        "\n"
        "  --socket PATH       where it is served; in a folder of its own when it is missing\n"
        "  --nodes N           nodes of the mesh, {} to {} ({})\n"
        "  --seed N            another number is another mesh (1)\n"
        "  --ends-with-input   for programs that start it: prints the path of its socket alone, and\n"
        "                      ends when its standard input does\n",
        daemon::sandbox::kLeastNodes,
        daemon::sandbox::kMostNodes,
        daemon::sandbox::kUsualNodes);
}

}  // namespace weft::app
