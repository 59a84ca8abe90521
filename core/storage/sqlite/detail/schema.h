// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/storage/sqlite/detail/connection.h"

#include <string>

namespace weft::storage::detail {

enum class Contents {
    Nothing,  ///< a database without tables: creation was cut off
    Ours,
};

/// What a failure means while a file that is not new is opened: our own statements do not fail on
/// tables that are as we made them, so one that SQLite does not understand is damage too.
Status asDamage(const std::string& path, const Status& status);

/// Looks at a file that is not empty, and changes nothing.
/// Errors: kFailedPrecondition a newer format, or not ours; kDataLoss.
StatusOr<Contents> probe(const std::string& path, const std::string& vfs);

/// Makes the tables of the present format.
Status createSchema(Connection& connection);

/// Reads everything: the structure of the file, the order of the keys, the sum of each entry.
/// Errors: kDataLoss names the first damage.
Status verify(Connection& connection);

}  // namespace weft::storage::detail
