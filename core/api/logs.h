// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/callback.h"
#include "core/base/log_line.h"
#include "core/base/subscription.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace weft::api {

using base::LogLevel;
using base::LogLine;

struct LogQuestion {
    /// Lines below it are left out.
    LogLevel least = LogLevel::Trace;
    /// Ends after what is kept now.
    bool once = false;
};

struct LogBatch {
    /// Oldest first.
    std::vector<LogLine> lines;
    /// Lines between the last batch and this one that were not read in time.
    std::uint64_t missed = 0;
    /// From which level on the daemon writes lines now.
    LogLevel level = LogLevel::Info;

    friend bool operator==(const LogBatch&, const LogBatch&) = default;
};

/// The log of the daemon. Its threads and the errors of all calls are those of Controller.
class Logs {
public:
    Logs() = default;
    Logs(const Logs&) = delete;
    Logs& operator=(const Logs&) = delete;
    virtual ~Logs() = default;

    /// What is kept, which may be nothing, then new lines, until the handle is dropped. `ended`
    /// says why it ended otherwise: ok after `once`. It does not begin again by itself.
    virtual Subscription watch(
        const LogQuestion& question,
        std::function<void(const LogBatch&)> told,
        StatusCallback ended) = 0;
    /// From which level on the daemon writes lines, until it ends.
    virtual void setLevel(LogLevel level, StatusCallback done) = 0;
};

}  // namespace weft::api
