// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace weft::base {

/// From the least important on. Off is for thresholds alone: no line has it.
enum class LogLevel : std::uint8_t { Trace, Debug, Info, Warn, Error, Off };

/// "trace", "debug", "info", "warn", "error", "off".
std::string_view nameOf(LogLevel level);
/// Also "warning".
std::optional<LogLevel> logLevelOf(std::string_view name);

struct LogLine {
    WallTime time;
    LogLevel level = LogLevel::Info;
    /// The name of the logger: "mesh", "storage".
    std::string subsystem;
    /// One line without control characters; foreign text in it is escaped as `quoted` does.
    std::string text;

    friend bool operator==(const LogLine&, const LogLine&) = default;
};

}  // namespace weft::base
