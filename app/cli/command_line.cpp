// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command_line.h"

#include "app/cli/command_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <list>

#include <CLI/CLI.hpp>

namespace weft::cli {
namespace {

/// Where CLI11 writes to; a list, because addresses must stay.
struct Slot {
    std::string_view name;
    CLI::Option* option;
    std::vector<std::string> values;
};

/// The parser of CLI11, built from the table.
class Parser {
public:
    Parser() {
        app_.set_help_flag();
        app_.require_subcommand(0, 1);
        app_.fallthrough();
        addOptions(app_, globalOptions());
        for (const Command& command : commandTable()) {
            addCommand(command);
        }
    }

    Status parse(std::vector<std::string> arguments) {
        std::ranges::reverse(arguments);  // CLI11 takes them from the back
        try {
            app_.parse(arguments);
        } catch (const CLI::ParseError& error) {
            return invalidArgument("{}: see `{} --help`", safe(oneLine(error.what())), usedName());
        }
        return okStatus();
    }

    const Command* command() const {
        for (const auto& [command, app] : commands_) {
            if (app->parsed() && app->get_subcommands().empty()) {
                return command;
            }
        }
        return nullptr;
    }

    Parsed parsed() const {
        Parsed result;
        for (const Slot& slot : slots_) {
            if (slot.option->count() > 0) {
                result.add(slot.name, slot.values);
            }
        }
        return result;
    }

private:
    static std::string oneLine(std::string text) {
        std::ranges::replace(text, '\n', ' ');
        return text;
    }

    std::string usedName() const {
        const Command* used = command();
        return used == nullptr ? "weftctl" : fmt::format("weftctl {}", used->path);
    }

    void addOptions(CLI::App& app, std::span<const Option> options) {
        for (const Option& option : options) {
            std::string names = fmt::format("--{}", option.name);
            if (!option.letter.empty()) {
                names = fmt::format("-{},{}", option.letter, names);
            }
            Slot& slot = slots_.emplace_back(Slot{option.name, nullptr, {}});
            if (option.value.empty()) {
                slot.option = app.add_flag(names);
                continue;
            }
            slot.option = app.add_option(names, slot.values);
            slot.option->expected(1);
            slot.option->multi_option_policy(
                option.repeats ? CLI::MultiOptionPolicy::TakeAll
                               : CLI::MultiOptionPolicy::TakeLast);
            restrict(*slot.option, option.choices);
        }
    }

    static void restrict(CLI::Option& option, std::string_view choices) {
        if (choices.empty()) {
            return;
        }
        std::vector<std::string> names;
        for (const auto choice : splitChoices(choices)) {
            names.emplace_back(choice);
        }
        option.check(CLI::IsMember(names));
    }

    void addCommand(const Command& command) {
        const auto space = command.path.rfind(' ');
        CLI::App* parent = &app_;
        std::string word(command.path);
        if (space != std::string_view::npos) {
            parent = appOf(command.path.substr(0, space));
            word = command.path.substr(space + 1);
        }
        CLI::App* app = parent->add_subcommand(word);
        app->set_help_flag();
        app->require_subcommand(0, 1);
        app->fallthrough();
        addOptions(*app, command.options);
        for (const Argument& argument : command.arguments) {
            Slot& slot = slots_.emplace_back(Slot{argument.name, nullptr, {}});
            slot.option = app->add_option(std::string(argument.name), slot.values);
            slot.option->expected(
                1, argument.takes == Takes::Command ? CLI::detail::expected_max_vector_size : 1);
            restrict(*slot.option, argument.choices);
        }
        commands_.emplace_back(&command, app);
    }

    CLI::App* appOf(std::string_view path) const {
        const auto found = std::ranges::find_if(
            commands_, [path](const auto& entry) { return entry.first->path == path; });
        return found->second;
    }

    CLI::App app_;
    std::list<Slot> slots_;
    std::vector<std::pair<const Command*, CLI::App*>> commands_;
};

}  // namespace

StatusOr<CommandLine> readCommandLine(const std::vector<std::string>& arguments) {
    Parser parser;
    WEFT_RETURN_IF_ERROR(parser.parse(arguments));
    CommandLine line{.command = parser.command(), .parsed = parser.parsed()};
    if (line.command == nullptr || line.command->run == nullptr || line.parsed.has("help")) {
        return line;
    }
    for (const Argument& argument : line.command->arguments) {
        if (argument.required && !line.parsed.has(argument.name)) {
            return invalidArgument("{} is missing: {}", argument.name, usageOf(*line.command));
        }
    }
    return line;
}

}  // namespace weft::cli
