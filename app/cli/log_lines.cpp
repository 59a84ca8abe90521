// SPDX-License-Identifier: Apache-2.0
#include "app/cli/log_lines.h"

#include "app/cli/output.h"
#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <chrono>

namespace weft::cli {
namespace {

constexpr std::size_t kMostTextBytes = 4096;

bool isSameLetter(char left, char right) {
    return std::tolower(static_cast<unsigned char>(left))
           == std::tolower(static_cast<unsigned char>(right));
}

bool contains(const std::string& text, const std::string& part) {
    return std::search(text.begin(), text.end(), part.begin(), part.end(), isSameLetter)
               != text.end()
           || part.empty();
}

}  // namespace

bool LogFilter::accepts(const api::LogLine& line) const {
    if (!subsystems.empty()
        && std::find(subsystems.begin(), subsystems.end(), line.subsystem) == subsystems.end()) {
        return false;
    }
    return contains(line.text, text) || contains(line.subsystem, text);
}

std::string logTimeText(WallTime time) {
    const auto milliseconds =
        std::chrono::floor<std::chrono::milliseconds>(time.time_since_epoch()).count() % 1000;
    std::string text = timeText(time);
    text.pop_back();
    return fmt::format("{}.{:03}Z", text, milliseconds < 0 ? milliseconds + 1000 : milliseconds);
}

std::string logLineText(const api::LogLine& line) {
    return fmt::format(
        "{} {:5} {}: {}",
        logTimeText(line.time),
        base::nameOf(line.level),
        base::displayText(line.subsystem),
        base::displayText(line.text, kMostTextBytes));
}

}  // namespace weft::cli
