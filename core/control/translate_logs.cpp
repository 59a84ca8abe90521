// SPDX-License-Identifier: Apache-2.0
#include "core/control/translate_logs.h"

#include "core/control/detail/timestamps.h"

namespace weft::control {
namespace {

namespace local = weft::local::v1;

}  // namespace

local::LogLevel toProto(api::LogLevel level) {
    return static_cast<local::LogLevel>(static_cast<int>(level) + local::LOG_LEVEL_TRACE);
}

api::LogLevel fromProto(local::LogLevel level) {
    if (level < local::LOG_LEVEL_TRACE || level > local::LOG_LEVEL_OFF) {
        return api::LogLevel::Error;
    }
    return static_cast<api::LogLevel>(level - local::LOG_LEVEL_TRACE);
}

api::LogBatch fromProto(const local::LogBatch& message) {
    api::LogBatch batch;
    batch.missed = message.missed();
    batch.level = fromProto(message.level());
    batch.lines.reserve(static_cast<std::size_t>(message.lines_size()));
    for (const auto& line : message.lines()) {
        batch.lines.push_back(
            {detail::time(line.has_time(), line.time()).value_or(WallTime()),
             fromProto(line.level()),
             line.subsystem(),
             line.text()});
    }
    return batch;
}

}  // namespace weft::control
