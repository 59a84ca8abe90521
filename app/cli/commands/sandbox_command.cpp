// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands/commands.h"
#include "app/cli/run.h"

#include <algorithm>

namespace weft::cli {
namespace {

/// Between command lines.
constexpr const char* kNext = ";";

/// As weftd takes them, which looks at the values.
std::vector<std::string> optionsOf(const Parsed& parsed) {
    std::vector<std::string> options;
    for (const char* name : {"socket", "nodes", "seed"}) {
        if (parsed.has(name)) {
            options.push_back("--" + std::string(name) + "=" + parsed.text(name));
        }
    }
    return options;
}

std::vector<std::vector<std::string>> linesOf(const std::vector<std::string>& words) {
    std::vector<std::vector<std::string>> lines(1);
    for (const auto& word : words) {
        if (word == kNext) {
            lines.emplace_back();
        } else {
            lines.back().push_back(word);
        }
    }
    std::erase_if(lines, [](const auto& line) { return line.empty(); });
    return lines;
}

Status refusal() {
    return invalidArgument("a sandbox is not started in a sandbox");
}

/// The same, where no further sandbox is started.
Surroundings inside(const Surroundings& around) {
    Surroundings inner = around;
    inner.startSandbox = [](const std::vector<std::string>& /*options*/) { return refusal(); };
    inner.becomeSandbox = [](const std::vector<std::string>& /*options*/) { return refusal(); };
    return inner;
}

}  // namespace

Status runSandbox(Context& context, const Parsed& parsed) {
    const Surroundings& around = *context.surroundings;
    const auto options = optionsOf(parsed);
    const auto lines = linesOf(parsed.list("COMMAND"));
    if (lines.empty()) {
        return around.becomeSandbox(options);
    }
    WEFT_ASSIGN_OR_RETURN(const auto sandbox, around.startSandbox(options));
    const Surroundings inner = inside(around);
    for (const auto& line : lines) {
        std::vector<std::string> words{"--socket", sandbox->socket().string()};
        words.insert(words.end(), line.begin(), line.end());
        context.exitCode = runCommandLine(words, inner);
        if (context.exitCode != kExitOk) {
            break;
        }
    }
    return okStatus();
}

}  // namespace weft::cli
