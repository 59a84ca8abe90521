// SPDX-License-Identifier: Apache-2.0
#include "core/base/log.h"

#include "core/base/mutex.h"
#include "core/base/text.h"

#include <spdlog/sinks/stdout_sinks.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace weft::base {
namespace {

constexpr const char* kTerminalPattern = "%Y-%m-%dT%H:%M:%S.%e %L %n: %v";
constexpr const char* kJournalPattern = "%L %n: %v";

constexpr std::array<std::pair<std::string_view, spdlog::level::level_enum>, 7> kLevels{{
    {"trace", spdlog::level::trace},
    {"debug", spdlog::level::debug},
    {"info", spdlog::level::info},
    {"warn", spdlog::level::warn},
    {"warning", spdlog::level::warn},
    {"error", spdlog::level::err},
    {"off", spdlog::level::off},
}};

struct Registry {
    Mutex mutex;
    std::map<std::string, std::unique_ptr<spdlog::logger>, std::less<>> loggers
        WEFT_GUARDED_BY(mutex);
    spdlog::sink_ptr sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    spdlog::level::level_enum level WEFT_GUARDED_BY(mutex) = spdlog::level::warn;
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

}  // namespace

spdlog::logger& logger(std::string_view name) {
    auto& all = registry();
    const MutexLock lock(all.mutex);
    auto found = all.loggers.find(name);
    if (found == all.loggers.end()) {
        auto made = std::make_unique<spdlog::logger>(std::string(name), all.sink);
        made->set_level(all.level);
        made->flush_on(spdlog::level::warn);
        found = all.loggers.emplace(std::string(name), std::move(made)).first;
    }
    return *found->second;
}

bool configureLogging(std::string_view level, LogTarget target) {
    const auto* const found = std::find_if(
        kLevels.begin(), kLevels.end(), [level](const auto& each) { return each.first == level; });
    if (found == kLevels.end()) {
        return false;
    }
    const auto parsed = found->second;
    auto& all = registry();
    const MutexLock lock(all.mutex);
    all.level = parsed;
    all.sink->set_pattern(target == LogTarget::Journal ? kJournalPattern : kTerminalPattern);
    for (auto& [name, each] : all.loggers) {
        each->set_level(parsed);
    }
    return true;
}

std::string quoted(std::string_view text, std::size_t most) {
    return escapeForLine(text, most);
}

}  // namespace weft::base
