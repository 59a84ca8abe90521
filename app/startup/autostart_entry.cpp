// SPDX-License-Identifier: Apache-2.0
#include "app/startup/autostart_entry.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace weft::app {
namespace {

constexpr std::string_view kGroup = "[Desktop Entry]";
/// Have to be quoted, section "The Exec key".
constexpr std::string_view kReserved = " \t\n\r\"'\\><~|&;$*?#()`";
/// Have to be escaped within quotes.
constexpr std::string_view kQuotedEscapes = "\"`$\\";

/// The escapes of a value of type string.
constexpr std::array<std::pair<char, char>, 5> kEscapes{
    {{'s', ' '}, {'n', '\n'}, {'t', '\t'}, {'r', '\r'}, {'\\', '\\'}}};

std::string escapeString(std::string_view text) {
    std::string escaped;
    for (const char letter : text) {
        const auto* found = std::ranges::find_if(
            kEscapes, [letter](const auto& pair) { return pair.second == letter; });
        if (found == kEscapes.end() || letter == ' ') {
            escaped += letter;
        } else {
            escaped += '\\';
            escaped += found->first;
        }
    }
    return escaped;
}

std::string unescapeString(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto* found = kEscapes.end();
        if (text[i] == '\\' && i + 1 < text.size()) {
            found = std::ranges::find_if(
                kEscapes, [next = text[i + 1]](const auto& pair) { return pair.first == next; });
        }
        if (found == kEscapes.end()) {
            plain += text[i];
        } else {
            plain += found->second;
            ++i;
        }
    }
    return plain;
}

std::string quote(std::string_view argument) {
    std::string doubled;
    for (const char letter : argument) {
        doubled += letter;
        if (letter == '%') {
            doubled += letter;
        }
    }
    if (!doubled.empty() && doubled.find_first_of(kReserved) == std::string::npos) {
        return doubled;
    }
    std::string quoted = "\"";
    for (const char letter : doubled) {
        if (kQuotedEscapes.find(letter) != std::string_view::npos) {
            quoted += '\\';
        }
        quoted += letter;
    }
    return quoted + '"';
}

/// Takes a command line apart, a letter at a time.
class ExecReader {
public:
    explicit ExecReader(std::string_view line) : line_(line) {}

    StatusOr<std::vector<std::string>> read() {
        while (at_ < line_.size()) {
            step();
        }
        if (isQuoted_) {
            return invalidArgument("a quote in Exec is left open");
        }
        finish();
        return std::move(arguments_);
    }

private:
    void step() {
        const char letter = line_[at_++];
        if (letter == '"') {
            isQuoted_ = !isQuoted_;
            isBegun_ = true;
        } else if (letter == '\\' && isQuoted_ && at_ < line_.size()) {
            take(line_[at_++]);
        } else if (letter == '%' && at_ < line_.size()) {
            takeCode(line_[at_++]);
        } else if (!isQuoted_ && (letter == ' ' || letter == '\t')) {
            finish();
        } else {
            take(letter);
        }
    }
    void takeCode(char code) {
        // Others stand for files and names that nobody hands over at a login.
        if (code == '%') {
            take('%');
        }
    }
    void take(char letter) {
        current_ += letter;
        isBegun_ = true;
    }
    void finish() {
        if (isBegun_) {
            arguments_.push_back(std::move(current_));
        }
        current_.clear();
        isBegun_ = false;
    }

    std::string_view line_;
    std::size_t at_ = 0;
    std::vector<std::string> arguments_;
    std::string current_;
    bool isQuoted_ = false;
    bool isBegun_ = false;
};

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r");
    return first == std::string_view::npos
               ? std::string_view()
               : text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

struct Keys {
    bool hasGroup = false;
    std::optional<std::string> exec;
    bool isOff = false;
};

void readLine(std::string_view line, bool& isInside, Keys& keys) {
    if (line.starts_with('[')) {
        isInside = line == kGroup;
        keys.hasGroup = keys.hasGroup || isInside;
        return;
    }
    const auto equals = line.find('=');
    if (!isInside || line.starts_with('#') || equals == std::string_view::npos) {
        return;
    }
    const auto key = trimmed(line.substr(0, equals));
    const auto value = trimmed(line.substr(equals + 1));
    if (key == "Exec") {
        keys.exec = unescapeString(value);
    } else if (key == "Hidden") {
        keys.isOff = keys.isOff || value == "true";
    } else if (key == "X-GNOME-Autostart-enabled") {
        keys.isOff = keys.isOff || value == "false";
    }
}

}  // namespace

StatusOr<std::string> encodeAutostart(const AutostartEntry& entry) {
    if (entry.command.empty() || entry.command.front().empty()) {
        return invalidArgument("there is no program to start");
    }
    if (entry.command.front().find('=') != std::string::npos) {
        return invalidArgument(
            "a desktop cannot start a program with an equals sign in its path: {}",
            entry.command.front());
    }
    std::string exec;
    for (const std::string& argument : entry.command) {
        if (argument.find('\0') != std::string::npos) {
            return invalidArgument("a NUL cannot be part of a command line");
        }
        exec += (exec.empty() ? "" : " ") + quote(argument);
    }
    std::string text(kGroup);
    text += "\nType=Application\nName=Weft\nIcon=net.weft.Weft\nTerminal=false\nExec=";
    text += escapeString(exec);
    text += entry.isOff ? "\nHidden=true\nX-GNOME-Autostart-enabled=false\n"
                        : "\nX-GNOME-Autostart-enabled=true\n";
    return text;
}

StatusOr<AutostartEntry> decodeAutostart(std::string_view text) {
    if (text.size() > kMostAutostartBytes) {
        return invalidArgument("an autostart file has at most {} bytes", kMostAutostartBytes);
    }
    Keys keys;
    bool isInside = false;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        readLine(trimmed(text.substr(0, end)), isInside, keys);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    if (!keys.hasGroup) {
        return invalidArgument("this is no desktop entry: {} is missing", kGroup);
    }
    AutostartEntry entry;
    entry.isOff = keys.isOff;
    if (keys.exec) {
        WEFT_ASSIGN_OR_RETURN(entry.command, ExecReader(*keys.exec).read());
    }
    // Who only turns it off may leave out what it starts.
    if (entry.command.empty() && !entry.isOff) {
        return invalidArgument("the entry starts no program: Exec is missing");
    }
    return entry;
}

}  // namespace weft::app
