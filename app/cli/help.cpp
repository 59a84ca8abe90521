// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command_table.h"

#include <fmt/format.h>

#include <algorithm>

namespace weft::cli {
namespace {

constexpr std::size_t kColumn = 28;

std::string wrapped(std::string_view text, std::size_t indent, std::size_t column) {
    constexpr std::size_t kWidth = 80;
    std::string out;
    while (!text.empty()) {
        const auto space = text.find(' ');
        const auto word = text.substr(0, space);
        if (!out.empty() && column + word.size() + 1 > kWidth) {
            out += '\n' + std::string(indent, ' ');
            column = indent;
        } else if (!out.empty()) {
            out += ' ';
            ++column;
        }
        out += word;
        column += word.size();
        text = space == std::string_view::npos ? std::string_view{} : text.substr(space + 1);
    }
    return out;
}

std::string entry(std::string_view left, std::string_view right) {
    const std::string start = fmt::format("  {:<{}}", left, kColumn - 2);
    if (start.size() > kColumn) {
        return start + '\n' + std::string(kColumn, ' ') + wrapped(right, kColumn, kColumn) + '\n';
    }
    return start + wrapped(right, kColumn, kColumn) + '\n';
}

std::string optionForm(const Option& option) {
    std::string form = option.letter.empty() ? "    " : fmt::format("-{}, ", option.letter);
    form += fmt::format("--{}", option.name);
    return option.value.empty() ? form : fmt::format("{} {}", form, option.value);
}

std::string optionHelp(const Option& option) {
    std::string help(option.help);
    if (!option.choices.empty()) {
        std::string names(option.choices);
        std::ranges::replace(names, '|', ' ');
        help += fmt::format("; one of: {}", names);
    }
    if (option.repeats) {
        help += "; can be given again";
    }
    return help;
}

std::string listCommands(std::string_view path) {
    std::string out;
    for (const auto word : wordsBelow(path)) {
        const std::string full =
            path.empty() ? std::string(word) : fmt::format("{} {}", path, word);
        const Command* command = findCommand(full);
        if (command->run != nullptr) {
            out += entry(full, command->summary);
            continue;
        }
        std::string names;
        for (const auto below : wordsBelow(full)) {
            names += names.empty() ? "" : "|";
            names += below;
        }
        out += entry(fmt::format("{} {}", full, names), command->summary);
    }
    return out;
}

std::string listOptions(std::string_view title, std::span<const Option> options) {
    std::string out;
    for (const Option& option : options) {
        out += entry(optionForm(option), optionHelp(option));
    }
    return out.empty() ? out : fmt::format("\n{}:\n{}", title, out);
}

std::string programHelp() {
    return fmt::format(
        "weftctl controls weftd, the node of a mesh, on this computer.\n\n"
        "Usage: weftctl [options] COMMAND\n\nCommands:\n{}{}\n"
        "Exit codes:\n"
        "  0  done                        4  permission denied\n"
        "  1  failed                      5  not connected, changed meanwhile, or not possible\n"
        "  2  wrong use or wrong value    6  not found\n"
        "  3  the daemon does not answer  7  no answer in time\n"
        "                                 8  a change is not in effect everywhere\n\n"
        "`weftctl help COMMAND` tells more about each.\n",
        listCommands(""),
        listOptions("Options of every command", globalOptions()));
}

}  // namespace

std::string usageOf(const Command& command) {
    std::string usage = fmt::format("weftctl {}", command.path);
    if (!command.options.empty()) {
        usage += " [options]";
    }
    for (const Argument& argument : command.arguments) {
        const std::string_view more = argument.repeats ? "..." : "";
        usage += argument.required ? fmt::format(" {}{}", argument.name, more)
                                   : fmt::format(" [{}]{}", argument.name, more);
    }
    return usage;
}

std::string helpFor(std::string_view path) {
    const Command* command = findCommand(path);
    if (command == nullptr) {
        return programHelp();
    }
    if (command->run == nullptr) {
        return fmt::format(
            "{}.\n\nUsage: weftctl {} COMMAND\n\nCommands:\n{}",
            command->summary,
            path,
            listCommands(path));
    }
    std::string out = fmt::format("{}.\n", command->summary);
    if (!command->details.empty()) {
        out += fmt::format("\n{}\n", wrapped(command->details, 0, 0));
    }
    out += fmt::format("\nUsage: {}\n", usageOf(*command));
    if (!command->aliases.empty()) {
        std::string names(command->aliases);
        std::ranges::replace(names, '|', ' ');
        out += fmt::format("The last word can also be: {}\n", names);
    }
    for (const Argument& argument : command->arguments) {
        std::string help(argument.help);
        if (!argument.choices.empty()) {
            std::string names(argument.choices);
            std::ranges::replace(names, '|', ' ');
            help += fmt::format("; one of: {}", names);
        }
        out += &argument == &command->arguments.front() ? "\nArguments:\n" : "";
        out += entry(argument.name, help);
    }
    out += listOptions("Options", command->options);
    out += listOptions("Options of every command", globalOptions());
    for (const auto example : command->examples) {
        out += example == command->examples.front() ? "\nExamples:\n" : "";
        out += fmt::format("  {}\n", example);
    }
    return out;
}

}  // namespace weft::cli
