// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"

#include <chrono>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace weft::services {

/// Counts failed logins by source and by name, and says when there were enough. An attempt counts
/// as failed until it has not, so that many at once are no way around. Pure.
class LoginLimiter {
public:
    /// Several people may share one source.
    static constexpr int kMaxOfSource = 10;
    static constexpr int kMaxOfName = 5;
    static constexpr std::chrono::minutes kWindow{1};
    /// Of each kind. Past it the one with the fewest failures is forgotten.
    static constexpr std::size_t kMaxRemembered = 4096;

    /// Whether an attempt may be made; it counts from then on.
    bool begin(std::string_view source, std::string_view name, TimePoint now);
    /// The attempt did not fail.
    void takeBack(std::string_view source, std::string_view name);
    std::size_t remembered() const { return sources_.size() + names_.size(); }

private:
    struct Failures {
        TimePoint since;
        int count = 0;
    };
    using Table = std::map<std::string, Failures, std::less<>>;

    static bool isFull(const Table& table, std::string_view key, int most, TimePoint now);
    static void add(Table* table, std::string_view key, TimePoint now);
    static void subtract(Table* table, std::string_view key);

    Table sources_;
    Table names_;
};

}  // namespace weft::services
