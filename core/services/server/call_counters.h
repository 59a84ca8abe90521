// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/services/server/method_table.h"

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace weft::services {

/// What happened to the calls of one method. Thread: any.
struct MethodCounters {
    static constexpr std::size_t kCodes = 17;
    std::atomic<std::uint64_t> started{0};
    std::atomic<std::uint64_t> received{0};
    std::atomic<std::uint64_t> sent{0};
    /// By status code.
    std::array<std::atomic<std::uint64_t>, kCodes> handled{};

    void onHandled(int code) {
        const auto index = static_cast<std::size_t>(code);
        handled[index < kCodes ? index : 2].fetch_add(1, std::memory_order_relaxed);
    }
};

/// Counters for each row of the table, and one for calls of methods that no row names.
/// Thread: any; the set is fixed.
class CallCounters {
public:
    explicit CallCounters(std::span<const MethodRow> rows)
        : rows_(rows), counters_(std::make_unique<MethodCounters[]>(rows.size() + 1)) {}

    MethodCounters& of(const MethodRow* row) const {
        const std::size_t index =
            row == nullptr ? rows_.size() : static_cast<std::size_t>(row - rows_.data());
        return counters_[index];
    }
    std::span<const MethodRow> rows() const { return rows_; }

private:
    std::span<const MethodRow> rows_;
    std::unique_ptr<MethodCounters[]> counters_;
};

}  // namespace weft::services
