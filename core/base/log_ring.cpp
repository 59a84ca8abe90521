// SPDX-License-Identifier: Apache-2.0
#include "core/base/log_ring.h"

#include <algorithm>
#include <utility>

namespace weft::base {

void LogRing::add(LogLine line) {
    // Freed after the lock was given back.
    std::vector<LogLine> gone;
    const MutexLock lock(mutex_);
    bytes_ += bytesOf(line);
    lines_.push_back(std::move(line));
    while (lines_.size() > mostLines_ || (bytes_ > mostBytes_ && lines_.size() > 1)) {
        LogLine& oldest = lines_.front();
        bytes_ -= bytesOf(oldest);
        ++gone_.at(std::min(static_cast<std::size_t>(oldest.level), kLevels - 1));
        ++first_;
        gone.push_back(std::move(oldest));
        lines_.pop_front();
    }
}

std::uint64_t LogRing::goneOf(LogLevel least) const {
    std::uint64_t sum = 0;
    for (auto level = static_cast<std::size_t>(least); level < kLevels; ++level) {
        sum += gone_.at(level);
    }
    return sum;
}

LogRing::Cursor LogRing::begin(LogLevel least) const {
    const MutexLock lock(mutex_);
    return {least, first_, goneOf(least)};
}

LogRing::Batch LogRing::read(Cursor& cursor, std::size_t mostLines, std::size_t mostBytes) const {
    Batch batch;
    const MutexLock lock(mutex_);
    if (cursor.next < first_) {
        const std::uint64_t gone = goneOf(cursor.least);
        batch.missed = gone - cursor.passed;
        cursor.passed = gone;
        cursor.next = first_;
    }
    std::size_t bytes = 0;
    while (cursor.next - first_ < lines_.size() && batch.lines.size() < mostLines) {
        const LogLine& line = lines_[static_cast<std::size_t>(cursor.next - first_)];
        if (line.level >= cursor.least) {
            bytes += bytesOf(line);
            if (bytes > mostBytes && !batch.lines.empty()) {
                break;
            }
            batch.lines.push_back(line);
            ++cursor.passed;
        }
        ++cursor.next;
    }
    return batch;
}

}  // namespace weft::base
