// SPDX-License-Identifier: Apache-2.0
// The environment and the command line.
#include "core/base/text.h"
#include "core/config/detail/sources.h"
#include "core/config/key_table.h"

#include <algorithm>
#include <optional>

namespace weft::config::detail {
namespace {

/// WEFT_CONFIG names the file and is no key.
constexpr std::string_view kConfigVariable = "WEFT_CONFIG";

/// The key that an environment variable stands for; the whole name for a subtree.
std::string keyOfVariable(std::string_view variable) {
    std::string below;
    for (const Key& key : keyTable()) {
        const std::string name = environmentName(key.name);
        if (name == variable) {
            return std::string(key.name);
        }
        for (const auto alias : key.aliases) {
            if (!alias.empty() && environmentName(alias) == variable) {
                return std::string(alias);
            }
        }
        if (key.subtree && variable.starts_with(name + "_") && key.name.size() > below.size()) {
            below = key.name;
        }
    }
    return below;
}

/// "WEFT_MESH_NODEID" -> "mesh.nodeid": near enough to look for the nearest.
std::string guessOfVariable(std::string_view variable) {
    std::string guess(variable.substr(std::string_view("WEFT_").size()));
    std::ranges::transform(guess, guess.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    const auto section = guess.find('_');
    std::ranges::replace(guess, '_', '-');
    if (section != std::string::npos) {
        guess[section] = '.';
    }
    return guess;
}

bool isList(const Key& key) {
    return typeName(key).starts_with("list")
           || (!key.supported() && key.foreignType == ForeignType::List);
}

bool isBool(const Key& key) {
    return std::holds_alternative<Ref<bool>>(key.access)
           || (!key.supported() && key.foreignType == ForeignType::Bool);
}

/// Reads one command line from left to right.
class FlagReader {
public:
    explicit FlagReader(const std::vector<std::string>& arguments) : arguments_(arguments) {}

    StatusOr<Flags> read() {
        for (; next_ < arguments_.size(); ++next_) {
            WEFT_RETURN_IF_ERROR(readOne(arguments_[next_]));
        }
        return std::move(flags_);
    }

private:
    Status readOne(const std::string& argument) {
        if (argument == "-h" || argument == "--help") {
            flags_.help = true;
            return okStatus();
        }
        if (argument == "-c") {
            return readConfigFile("-c", std::nullopt);
        }
        if (!argument.starts_with("--") || argument.size() == 2) {
            return invalidArgument(
                "\"{}\" is no flag: write --section.key=value", base::escapeForLine(argument, 80));
        }
        const auto equals = argument.find('=');
        const std::string name =
            argument.substr(2, equals == std::string::npos ? equals : equals - 2);
        std::optional<std::string> value;
        if (equals != std::string::npos) {
            value = argument.substr(equals + 1);
        }
        if (name == "config") {
            return readConfigFile("--config", value);
        }
        if (name == "print-config" || name == "version") {
            if (value) {
                return invalidArgument("--{} takes no value", name);
            }
            (name == "version" ? flags_.version : flags_.printConfig) = true;
            return okStatus();
        }
        return readKey(name, std::move(value));
    }

    StatusOr<std::string> valueFor(const std::string& flag, std::optional<std::string> given) {
        if (given) {
            return *std::move(given);
        }
        if (next_ + 1 >= arguments_.size()) {
            return invalidArgument("{} needs a value", flag);
        }
        return arguments_[++next_];
    }

    Status readConfigFile(const std::string& flag, std::optional<std::string> given) {
        WEFT_ASSIGN_OR_RETURN(flags_.configFile, valueFor(flag, std::move(given)));
        return flags_.configFile.empty() ? invalidArgument("{} needs the name of a file", flag)
                                         : okStatus();
    }

    Status readKey(const std::string& name, std::optional<std::string> given) {
        const Key* key = findKey(name);
        if (key == nullptr) {
            return invalidArgument(
                "unknown flag --{}: the nearest is --{}",
                base::escapeForLine(name, 80),
                nearestKey(name));
        }
        Assignment assignment{.key = name, .value = {}, .origin = "flag --" + name};
        if (isBool(*key) && !given) {
            given = "true";
        }
        WEFT_ASSIGN_OR_RETURN(std::string text, valueFor("--" + name, std::move(given)));
        if (isList(*key) && appendToList(*key, text)) {
            return okStatus();
        }
        assignment.value.items.push_back({.text = std::move(text)});
        flags_.assignments.push_back(std::move(assignment));
        return okStatus();
    }

    /// A list may be given in several flags; of a single value the last one counts.
    bool appendToList(const Key& key, const std::string& text) {
        for (Assignment& earlier : flags_.assignments) {
            if (findKey(earlier.key) == &key) {
                earlier.value.items.front().text += "," + text;
                return true;
            }
        }
        return false;
    }

    const std::vector<std::string>& arguments_;
    std::size_t next_ = 0;
    Flags flags_;
};

}  // namespace

StatusOr<std::vector<Assignment>> readEnvironment(
    const std::map<std::string, std::string>& environment) {
    std::vector<Assignment> assignments;
    for (const auto& [variable, text] : environment) {
        if (!variable.starts_with("WEFT_") || variable == kConfigVariable) {
            continue;
        }
        const std::string key = keyOfVariable(variable);
        if (key.empty()) {
            return invalidArgument(
                "environment {}: no such setting; the nearest is {}",
                base::escapeForLine(variable, 80),
                environmentName(nearestKey(guessOfVariable(variable))));
        }
        assignments.push_back({
            .key = key,
            .value = {.items = {{.text = text}}},
            .origin = "environment " + base::escapeForLine(variable, 120),
        });
    }
    return assignments;
}

StatusOr<Flags> readFlags(const std::vector<std::string>& arguments) {
    return FlagReader(arguments).read();
}

}  // namespace weft::config::detail
