// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/storage/key_value_store.h"
#include "core/storage/sqlite/detail/connection.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace weft::storage::detail {

/// One entry of the table `entries`: key, value, revision, expires (nanoseconds since 1970, NULL:
/// never), sum. SQLite has no checksums of its own, so that a flipped bit would come back as a
/// wrong value; `sum` covers the rest of the row.
struct Row {
    std::string_view key;
    std::string_view value;
    Revision revision = 0;
    std::optional<WallTime> expiresAt;

    bool isLive(WallTime now) const { return !expiresAt || *expiresAt > now; }
    Entry toEntry() const;
};

std::uint32_t checksum(const Row& row);

std::int64_t toStored(WallTime time);
WallTime fromStored(std::int64_t time);

/// Reads value, revision, expires and sum from four columns on, and compares the sum. The views
/// are good until the next step. Errors: kDataLoss.
StatusOr<Row> readRow(const Statement& statement, int firstColumn, std::string_view key);

}  // namespace weft::storage::detail
