// SPDX-License-Identifier: Apache-2.0
#include "core/base/log.h"

#include "core/base/log_ring.h"
#include "core/base/mutex.h"
#include "core/base/text.h"

#include <spdlog/sinks/sink.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace weft::base {
namespace {

constexpr const char* kTerminalPattern = "%Y-%m-%dT%H:%M:%S.%e %L %n: %v";
constexpr const char* kJournalPattern = "%L %n: %v";

constexpr std::array<std::pair<std::string_view, LogLevel>, 7> kLevels{{
    {"trace", LogLevel::Trace},
    {"debug", LogLevel::Debug},
    {"info", LogLevel::Info},
    {"warn", LogLevel::Warn},
    {"warning", LogLevel::Warn},
    {"error", LogLevel::Error},
    {"off", LogLevel::Off},
}};

spdlog::level::level_enum toLibrary(LogLevel level) {
    switch (level) {
    case LogLevel::Trace:
        return spdlog::level::trace;
    case LogLevel::Debug:
        return spdlog::level::debug;
    case LogLevel::Info:
        return spdlog::level::info;
    case LogLevel::Warn:
        return spdlog::level::warn;
    case LogLevel::Error:
        return spdlog::level::err;
    case LogLevel::Off:
        break;
    }
    return spdlog::level::off;
}

LogLevel fromLibrary(spdlog::level::level_enum level) {
    switch (level) {
    case spdlog::level::trace:
        return LogLevel::Trace;
    case spdlog::level::debug:
        return LogLevel::Debug;
    case spdlog::level::info:
        return LogLevel::Info;
    case spdlog::level::warn:
        return LogLevel::Warn;
    default:
        return LogLevel::Error;
    }
}

std::string_view viewOf(const spdlog::string_view_t& text) {
    return {text.data(), text.size()};
}

/// Puts lines into a ring. The time is that of the line, no pattern applies.
class RingSink final : public spdlog::sinks::sink {
public:
    explicit RingSink(LogRing& ring) : ring_(ring) {}

    void log(const spdlog::details::log_msg& message) override {
        ring_.add(
            {std::chrono::time_point_cast<WallTime::duration>(message.time),
             fromLibrary(message.level),
             std::string(viewOf(message.logger_name)),
             // Foreign text in it was escaped by who logs; a second time would be hard to read.
             displayText(viewOf(message.payload), kMostLogLineBytes)});
    }
    void flush() override {}
    void set_pattern(const std::string& /*pattern*/) override {}
    void set_formatter(std::unique_ptr<spdlog::formatter> /*formatter*/) override {}

private:
    LogRing& ring_;
};

struct Registry {
    Mutex mutex;
    std::map<std::string, std::unique_ptr<spdlog::logger>, std::less<>> loggers
        WEFT_GUARDED_BY(mutex);
    spdlog::sink_ptr sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    LogRing kept;
    spdlog::sink_ptr keeping = std::make_shared<RingSink>(kept);
    LogLevel level WEFT_GUARDED_BY(mutex) = LogLevel::Warn;
};

Registry& registry() {
    // Never destroyed: threads of libraries may log while the process leaves.
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): guarded by its own mutex.
    static auto* const instance = [] {
        auto* made = new Registry;
        made->sink->set_pattern(kTerminalPattern);
        return made;
    }();
    return *instance;
}

void applyLevel(Registry& all, LogLevel level) WEFT_REQUIRES(all.mutex) {
    all.level = level;
    for (auto& [name, each] : all.loggers) {
        each->set_level(toLibrary(level));
    }
}

}  // namespace

spdlog::logger& logger(std::string_view name) {
    auto& all = registry();
    const MutexLock lock(all.mutex);
    auto found = all.loggers.find(name);
    if (found == all.loggers.end()) {
        // The ring first: it never waits, and what stderr leads to may.
        auto made = std::make_unique<spdlog::logger>(
            std::string(name), spdlog::sinks_init_list{all.keeping, all.sink});
        made->set_level(toLibrary(all.level));
        made->flush_on(spdlog::level::warn);
        found = all.loggers.emplace(std::string(name), std::move(made)).first;
    }
    return *found->second;
}

std::string_view nameOf(LogLevel level) {
    const auto* const found = std::find_if(
        kLevels.begin(), kLevels.end(), [level](const auto& each) { return each.second == level; });
    return found == kLevels.end() ? std::string_view() : found->first;
}

std::optional<LogLevel> logLevelOf(std::string_view name) {
    const auto* const found = std::find_if(
        kLevels.begin(), kLevels.end(), [name](const auto& each) { return each.first == name; });
    return found == kLevels.end() ? std::nullopt : std::optional(found->second);
}

bool configureLogging(std::string_view level, LogTarget target) {
    const auto parsed = logLevelOf(level);
    if (!parsed) {
        return false;
    }
    auto& all = registry();
    const MutexLock lock(all.mutex);
    all.sink->set_pattern(target == LogTarget::Journal ? kJournalPattern : kTerminalPattern);
    applyLevel(all, *parsed);
    return true;
}

LogRing& keptLog() {
    return registry().kept;
}

LogLevel logLevel() {
    auto& all = registry();
    const MutexLock lock(all.mutex);
    return all.level;
}

void setLogLevel(LogLevel level) {
    auto& all = registry();
    const MutexLock lock(all.mutex);
    applyLevel(all, level);
}

std::string quoted(std::string_view text, std::size_t most) {
    return escapeForLine(text, most);
}

}  // namespace weft::base
