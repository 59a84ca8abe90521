// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command_table.h"

#include <fmt/format.h>

#include <string>

namespace weft::cli {
namespace {

/// Prints one id a line; the scripts call it for arguments that are profiles.
constexpr std::string_view kListProfiles = "weftctl profiles list -q 2>/dev/null";

std::string joined(const std::vector<std::string_view>& words) {
    std::string text;
    for (const auto word : words) {
        text += (text.empty() ? "" : " ") + std::string(word);
    }
    return text;
}

std::string optionWords(std::span<const Option> options) {
    std::string text;
    for (const Option& option : options) {
        text += fmt::format("{}--{}", text.empty() ? "" : " ", option.name);
    }
    return text;
}

/// For single quotes of every shell here.
std::string quoted(std::string_view text) {
    std::string out = "'";
    for (const char c : text) {
        out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    }
    return out + "'";
}

/// What bash completes for a value.
std::string bashValue(Takes takes, std::string_view choices) {
    if (!choices.empty()) {
        return fmt::format(
            "COMPREPLY=($(compgen -W '{}' -- \"$cur\"))", joined(splitChoices(choices)));
    }
    switch (takes) {
    case Takes::File:
        return "compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- \"$cur\"))";
    case Takes::Folder:
        return "compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -d -- \"$cur\"))";
    case Takes::Profile:
        return fmt::format("COMPREPLY=($(compgen -W \"$({})\" -- \"$cur\"))", kListProfiles);
    case Takes::Command:
        return fmt::format("COMPREPLY=($(compgen -W '{}' -- \"$cur\"))", joined(wordsBelow("")));
    case Takes::Text:
        break;
    }
    return "COMPREPLY=()";
}

/// The path of a command under each of its names.
std::vector<std::string> pathsOf(const Command& command) {
    std::vector<std::string> paths{std::string(command.path)};
    const auto parent = command.path.substr(0, command.path.rfind(' ') + 1);
    for (const auto alias : splitChoices(command.aliases)) {
        paths.push_back(fmt::format("{}{}", parent, alias));
    }
    return paths;
}

/// 'get role'|'get roles', for a case of bash; `tail` stands behind each.
std::string bashPattern(const Command& command, std::string_view tail = {}) {
    std::string out;
    for (const auto& path : pathsOf(command)) {
        out += (out.empty() ? "" : "|") + quoted(path) + std::string(tail);
    }
    return out;
}

std::string bashOptionCases(const Command& command) {
    std::string out;
    for (const Option& option : command.options) {
        if (!option.value.empty()) {
            out += fmt::format(
                "        {}) {}; return ;;\n",
                bashPattern(command, fmt::format(":--{}", option.name)),
                bashValue(option.takes, option.choices));
        }
    }
    return out;
}

/// Options that swallow the next word, so that it is not taken for a word of the command.
std::string wordsWithValue() {
    std::string out;
    const auto add = [&out](const Option& option) {
        if (option.value.empty()) {
            return;
        }
        out += fmt::format("{}--{}", out.empty() ? "" : "|", option.name);
        if (!option.letter.empty()) {
            out += fmt::format("|-{}", option.letter);
        }
    };
    for (const Option& option : globalOptions()) {
        add(option);
    }
    for (const Command& command : commandTable()) {
        for (const Option& option : command.options) {
            add(option);
        }
    }
    return out;
}

/// " status; invite create;": what is a word of a command, and not an argument of it.
std::string allPaths() {
    std::string paths;
    for (const Command& command : commandTable()) {
        for (const auto& path : pathsOf(command)) {
            paths += fmt::format(" {};", path);
        }
    }
    return paths;
}

std::string bashScript() {
    std::string values;
    std::string words;
    for (const Command& command : commandTable()) {
        values += bashOptionCases(command);
        if (command.run == nullptr) {
            words += fmt::format(
                "        {}) COMPREPLY=($(compgen -W '{}' -- \"$cur\")) ;;\n",
                quoted(command.path),
                joined(wordsBelow(command.path)));
        } else if (!command.arguments.empty()) {
            const Argument& first = command.arguments.front();
            words += fmt::format(
                "        {}) {} ;;\n", bashPattern(command), bashValue(first.takes, first.choices));
        }
    }
    for (const Option& option : globalOptions()) {
        if (!option.value.empty()) {
            values += fmt::format("        *:--{}) ", option.name);
            values += bashValue(option.takes, option.choices) + "; return ;;\n";
        }
    }
    std::string options;
    for (const Command& command : commandTable()) {
        if (!command.options.empty()) {
            options += fmt::format(
                "        {}) options=\"$options {}\" ;;\n",
                bashPattern(command),
                optionWords(command.options));
        }
    }
    return fmt::format(
        "# bash completion for weftctl\n"
        "_weftctl() {{\n"
        "    local cur=\"${{COMP_WORDS[COMP_CWORD]}}\" prev=\"${{COMP_WORDS[COMP_CWORD-1]}}\"\n"
        "    local path=\"\" word i options='{}'\n"
        "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
        "        word=\"${{COMP_WORDS[i]}}\"\n"
        "        case \"$word\" in\n"
        "        {}) ((i++)) ;;\n"
        "        -*) ;;\n"
        "        *) case \" {} \" in\n"
        "            *\" ${{path:+$path }}$word;\"*) path=\"${{path:+$path }}$word\" ;;\n"
        "           esac ;;\n"
        "        esac\n"
        "    done\n"
        "    case \"$path:$prev\" in\n{}    esac\n"
        "    if [[ $cur == -* ]]; then\n"
        "        case \"$path\" in\n{}        esac\n"
        "        COMPREPLY=($(compgen -W \"$options\" -- \"$cur\"))\n"
        "        return\n"
        "    fi\n"
        "    case \"$path\" in\n"
        "        '') COMPREPLY=($(compgen -W '{}' -- \"$cur\")) ;;\n{}"
        "    esac\n"
        "}}\n"
        "complete -F _weftctl weftctl\n",
        optionWords(globalOptions()),
        wordsWithValue(),
        allPaths(),
        values,
        options,
        joined(wordsBelow("")),
        words);
}

std::string fishOption(const Option& option, const std::string& condition) {
    std::string line =
        fmt::format("complete -c weftctl -n {} -l {}", quoted(condition), option.name);
    if (!option.letter.empty()) {
        line += fmt::format(" -s {}", option.letter);
    }
    if (!option.value.empty()) {
        line += " -r";
        if (!option.choices.empty()) {
            line += fmt::format(" -f -a {}", quoted(joined(splitChoices(option.choices))));
        } else if (option.takes == Takes::Profile) {
            line += fmt::format(" -f -a '({})'", kListProfiles);
        } else if (option.takes == Takes::Text) {
            line += " -f";
        }
    }
    return fmt::format("{} -d {}\n", line, quoted(option.help));
}

std::string fishArgument(const Command& command, const std::string& condition) {
    if (command.arguments.empty()) {
        return {};
    }
    const Argument& first = command.arguments.front();
    std::string values;
    if (!first.choices.empty()) {
        values = quoted(joined(splitChoices(first.choices)));
    } else if (first.takes == Takes::Profile) {
        values = fmt::format("'({})'", kListProfiles);
    } else if (first.takes == Takes::File || first.takes == Takes::Folder) {
        return fmt::format("complete -c weftctl -n {} -F\n", quoted(condition));
    } else {
        return {};
    }
    return fmt::format("complete -c weftctl -n {} -f -a {}\n", quoted(condition), values);
}

std::string fishScript() {
    std::string out =
        "# fish completion for weftctl\n"
        "function __weftctl_path\n"
        "    set -l words\n"
        "    for word in (commandline -opc)[2..-1]\n"
        "        string match -q -- '-*' $word; or set -a words $word\n"
        "    end\n"
        "    echo \"$words\"\n"
        "end\n"
        "function __weftctl_at\n"
        "    set -l path (__weftctl_path)\n"
        "    test \"$path\" = \"$argv\"; or string match -q -- \"$argv *\" \"$path\"\n"
        "end\n"
        "complete -c weftctl -f\n";
    for (const Option& option : globalOptions()) {
        out += fishOption(option, "true");
    }
    for (const Command& command : commandTable()) {
        const auto space = command.path.rfind(' ');
        const bool isBelow = space != std::string_view::npos;
        const auto parent = isBelow ? command.path.substr(0, space) : std::string_view{};
        const auto word = isBelow ? command.path.substr(space + 1) : command.path;
        out += fmt::format(
            "complete -c weftctl -n 'test \"(__weftctl_path)\" = \"{}\"' -f -a {} -d {}\n",
            parent,
            word,
            quoted(command.summary));
        const std::string condition = fmt::format("__weftctl_at {}", command.path);
        for (const Option& option : command.options) {
            out += fishOption(option, condition);
        }
        out += fishArgument(command, condition);
    }
    return out;
}

}  // namespace

StatusOr<std::string> completionScript(std::string_view shell) {
    if (shell == "bash") {
        return bashScript();
    }
    if (shell == "zsh") {
        // zsh runs the functions of bash.
        return "#compdef weftctl\nautoload -U +X bashcompinit && bashcompinit\n" + bashScript();
    }
    if (shell == "fish") {
        return fishScript();
    }
    return invalidArgument("there is no completion for \"{}\": choose bash, zsh or fish", shell);
}

}  // namespace weft::cli
