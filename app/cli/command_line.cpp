// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command_line.h"

#include "app/cli/command_table.h"
#include "app/cli/suggestion.h"

#include <fmt/format.h>

#include <algorithm>

#include <CLI/CLI.hpp>

namespace weft::cli {
namespace {

/// One option or argument of the table, and CLI11's side of it.
struct Slot {
    std::string_view name;
    CLI::Option* option;
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
        } catch (const CLI::ExtrasError& error) {
            return unexpected(error);
        } catch (const CLI::ParseError& error) {
            return invalidArgument("{}: see `{} --help`", oneLine(error.what()), usedName());
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
                result.add(slot.name, slot.option->results());
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

    /// What stands where nothing of that kind is known.
    Status unexpected(const CLI::ExtrasError& error) const {
        const auto left = app_.remaining(true);
        if (left.empty()) {
            return invalidArgument("{}: see `{} --help`", oneLine(error.what()), usedName());
        }
        const std::string& word = left.front();
        const Command* used = command();
        if (word.starts_with('-')) {
            return invalidArgument(
                "there is no option {}{}: see `{} --help`",
                word,
                didYouMean(nearestOption(used, word)),
                usedName());
        }
        if (used == nullptr || used->run == nullptr) {
            return invalidArgument(
                "there is no command {}{}{}: see `{} --help`",
                used == nullptr ? "" : fmt::format("{} ", used->path),
                word,
                didYouMean(nearestCommand(used, word)),
                usedName());
        }
        return invalidArgument("{} is one argument too many: see `{} --help`", word, usedName());
    }

    void addOptions(CLI::App& app, std::span<const Option> options) {
        for (const Option& option : options) {
            std::string names = fmt::format("--{}", option.name);
            if (!option.letter.empty()) {
                names = fmt::format("-{},{}", option.letter, names);
            }
            if (option.value.empty()) {
                slots_.push_back({option.name, app.add_flag(names)});
                continue;
            }
            CLI::Option* made = addValue(app, names, option.choices);
            made->multi_option_policy(
                option.repeats ? CLI::MultiOptionPolicy::TakeAll
                               : CLI::MultiOptionPolicy::TakeLast);
            slots_.push_back({option.name, made});
        }
    }

    /// Takes one word, whatever it looks like: a bound vector would make CLI11 take all that
    /// follow, and look into brackets.
    static CLI::Option* addValue(
        CLI::App& app, const std::string& names, std::string_view choices) {
        CLI::Option* made =
            app.add_option(names, [](const CLI::results_t& /*words*/) { return true; });
        if (!choices.empty()) {
            std::vector<std::string> words;
            for (const auto choice : splitChoices(choices)) {
                words.emplace_back(choice);
            }
            made->check(CLI::IsMember(words));
        }
        return made;
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
        for (const auto alias : splitChoices(command.aliases)) {
            app->alias(std::string(alias));
        }
        app->set_help_flag();
        app->require_subcommand(0, 1);
        app->fallthrough();
        addOptions(*app, command.options);
        for (const Argument& argument : command.arguments) {
            CLI::Option* made = addValue(*app, std::string(argument.name), argument.choices);
            if (argument.repeats || argument.takes == Takes::Command) {
                made->expected(1, CLI::detail::expected_max_vector_size);
                made->allow_extra_args();
                made->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
            }
            slots_.push_back({argument.name, made});
        }
        commands_.emplace_back(&command, app);
    }

    CLI::App* appOf(std::string_view path) const {
        const auto found = std::ranges::find_if(
            commands_, [path](const auto& entry) { return entry.first->path == path; });
        return found->second;
    }

    CLI::App app_;
    std::vector<Slot> slots_;
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
