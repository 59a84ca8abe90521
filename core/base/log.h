// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <spdlog/logger.h>

#include <memory>
#include <string>
#include <string_view>

namespace weft::base {

/// The logger of a folder ("mesh", "storage"); made at first use, the same object ever after.
/// In a source file: `spdlog::logger& log() { static auto& l = base::logger("mesh"); return l; }`.
/// Thread: any.
spdlog::logger& logger(std::string_view name);

enum class LogTarget { Stderr, Journal };

/// Sets level ("trace", "debug", "info", "warn" or "warning", "error", "off") and target of all
/// loggers.
/// Returns false for an unknown level. Journal drops the time, which the journal adds itself.
bool configureLogging(std::string_view level, LogTarget target);

/// Foreign text made safe for one line of a log or a terminal: control characters, escapes,
/// bidirectional marks and bytes that are not UTF-8 become \xNN; at most `most` bytes are shown.
std::string quoted(std::string_view text, std::size_t most = 256);

}  // namespace weft::base
