// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/storage/key_value_store.h"

#include <fmt/format.h>

#include <cstdint>
#include <string>

namespace weft::tests {

// What kill_child writes, so that the test knows what must be there: commit N of a writer puts
// "left/W/N" and "right/W/N" and deletes both of N - kWindow. Writer 0 also puts N to each of
// "wide/I", so that its commits are large ones.

inline constexpr int kWriters = 4;
inline constexpr std::uint64_t kWindow = 40;
inline constexpr int kWideKeys = 150;
inline constexpr std::uint64_t kMostCommits = std::uint64_t{1} << 32;

inline std::string keyOf(const char* side, int writer, std::uint64_t number) {
    return fmt::format("{}/{}/{:012}", side, writer, number);
}

/// Different for each commit, and large enough to bring checkpoints about.
inline std::string valueOf(int writer, std::uint64_t number) {
    const std::string mark = fmt::format("{}:{};", writer, number);
    std::string value;
    while (value.size() < 1000 + number % 3000) {
        value += mark;
    }
    return value;
}

inline storage::Transaction transactionOf(int writer, std::uint64_t number) {
    storage::Transaction transaction;
    for (const char* side : {"left", "right"}) {
        transaction.operations.emplace_back(
            storage::Put{keyOf(side, writer, number), valueOf(writer, number), std::nullopt});
        if (number >= kWindow) {
            transaction.operations.emplace_back(
                storage::Delete{keyOf(side, writer, number - kWindow)});
        }
    }
    for (int i = 0; writer == 0 && i < kWideKeys; ++i) {
        transaction.operations.emplace_back(
            storage::Put{fmt::format("wide/{:03}", i), std::to_string(number), std::nullopt});
    }
    return transaction;
}

inline std::uint64_t acknowledgement(int writer, std::uint64_t number) {
    return static_cast<std::uint64_t>(writer) * kMostCommits + number;
}

}  // namespace weft::tests
