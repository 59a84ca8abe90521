// SPDX-License-Identifier: Apache-2.0
#include "core/services/auth/login_limiter.h"

#include <algorithm>
#include <utility>

namespace weft::services {

bool LoginLimiter::begin(std::string_view source, std::string_view name, TimePoint now) {
    if (isFull(sources_, source, kMaxOfSource, now) || isFull(names_, name, kMaxOfName, now)) {
        return false;
    }
    add(&sources_, source, now);
    add(&names_, name, now);
    return true;
}

void LoginLimiter::takeBack(std::string_view source, std::string_view name) {
    subtract(&sources_, source);
    subtract(&names_, name);
}

bool LoginLimiter::isFull(const Table& table, std::string_view key, int most, TimePoint now) {
    const auto found = table.find(key);
    return found != table.end() && now - found->second.since < kWindow
           && found->second.count >= most;
}

void LoginLimiter::add(Table* table, std::string_view key, TimePoint now) {
    auto found = table->find(key);
    if (found == table->end()) {
        if (table->size() >= kMaxRemembered) {
            std::erase_if(
                *table, [now](const auto& entry) { return now - entry.second.since >= kWindow; });
        }
        if (table->size() >= kMaxRemembered) {
            // Names that nobody has would otherwise push out the one that is being guessed.
            table->erase(std::ranges::min_element(*table, {}, [](const auto& entry) {
                return std::pair(entry.second.count, entry.second.since);
            }));
        }
        found = table->emplace(key, Failures{now, 0}).first;
    }
    auto& failures = found->second;
    if (now - failures.since >= kWindow) {
        failures = {now, 0};
    }
    ++failures.count;
}

void LoginLimiter::subtract(Table* table, std::string_view key) {
    const auto found = table->find(key);
    if (found != table->end() && --found->second.count <= 0) {
        table->erase(found);
    }
}

}  // namespace weft::services
