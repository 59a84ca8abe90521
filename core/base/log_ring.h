// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/log_line.h"
#include "core/base/mutex.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

namespace weft::base {

/// How many of the last lines are kept, and the bytes of their texts and names.
inline constexpr std::size_t kMostKeptLogLines = 2000;
inline constexpr std::size_t kMostKeptLogBytes = std::size_t{1} << 20;
/// What is kept of one line.
inline constexpr std::size_t kMostLogLineBytes = 2048;

/// The last lines of a log, for readers that come later. A writer waits for nobody but another
/// writer or a reader that copies one batch. Thread: any.
class LogRing {
public:
    explicit LogRing(
        std::size_t mostLines = kMostKeptLogLines, std::size_t mostBytes = kMostKeptLogBytes)
        : mostLines_(mostLines), mostBytes_(mostBytes) {}

    /// Where a reader stands. Of one ring and one level.
    struct Cursor {
        LogLevel least = LogLevel::Trace;
        /// The number of the next line, and how many of the level came before it.
        std::uint64_t next = 0;
        std::uint64_t passed = 0;
    };

    struct Batch {
        std::vector<LogLine> lines;
        /// Lines of the level that went before this reader came for them.
        std::uint64_t missed = 0;
    };

    /// Keeps a line; the oldest ones go when there are too many or they are too long together.
    void add(LogLine line) WEFT_EXCLUDES(mutex_);

    /// A reader that gets all that is kept, of this level and above.
    Cursor begin(LogLevel least) const WEFT_EXCLUDES(mutex_);
    /// The next lines, at most so many with so many bytes (but always one). Empty when there are no
    /// more now.
    Batch read(Cursor& cursor, std::size_t mostLines, std::size_t mostBytes) const
        WEFT_EXCLUDES(mutex_);

private:
    static constexpr std::size_t kLevels = 5;
    static std::size_t bytesOf(const LogLine& line) {
        return line.text.size() + line.subsystem.size();
    }
    /// How many of the level and above have gone.
    std::uint64_t goneOf(LogLevel least) const WEFT_REQUIRES(mutex_);

    const std::size_t mostLines_;
    const std::size_t mostBytes_;
    mutable Mutex mutex_;
    std::deque<LogLine> lines_ WEFT_GUARDED_BY(mutex_);
    /// The number of the first of them: how many have gone.
    std::uint64_t first_ WEFT_GUARDED_BY(mutex_) = 0;
    std::array<std::uint64_t, kLevels> gone_ WEFT_GUARDED_BY(mutex_){};
    std::size_t bytes_ WEFT_GUARDED_BY(mutex_) = 0;
};

/// The last lines of all loggers of this process.
LogRing& keptLog();

/// The level of all loggers, which a change of the level changes until the process ends.
LogLevel logLevel();
void setLogLevel(LogLevel level);

}  // namespace weft::base
