// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"

#include <sqlite3.h>

#include <string_view>

namespace weft::storage::detail {

struct SqliteFailure {
    Status status;
    /// Whether nobody can say any more what is on the disk, so that writing must end.
    bool fatal = false;
};

/// Which file a call writes: a commit the journal, a checkpoint the database.
enum class WrittenFile { Journal, Database };

/// What the extended result code `code` means, with the reason that `database` knows (may be
/// null). `doing`: "committing".
SqliteFailure explain(
    int code,
    sqlite3* database,
    std::string_view doing,
    WrittenFile written = WrittenFile::Journal);

/// What an `errno` of the system means for file or folder `path`.
Status explainSystemError(int number, std::string_view doing, std::string_view path);

}  // namespace weft::storage::detail
