// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/logs.h"

#include <string>
#include <vector>

namespace weft::cli {

/// Which lines of a log somebody wants.
struct LogFilter {
    /// Any of them; empty: all.
    std::vector<std::string> subsystems;
    /// Part of the text or of the subsystem, in any case; empty: all.
    std::string text;

    bool accepts(const api::LogLine& line) const;
};

/// "2026-01-01T00:00:00.123Z".
std::string logTimeText(WallTime time);
/// One line for a terminal.
std::string logLineText(const api::LogLine& line);

}  // namespace weft::cli
