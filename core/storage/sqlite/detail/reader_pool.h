// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/mutex.h"
#include "core/storage/detail/store_clock.h"
#include "core/storage/key_value_store.h"
#include "core/storage/sqlite/detail/connection.h"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace weft::storage::detail {

/// Connections that read at the same time as the writer writes, each at the last commit. More
/// calls at once than connections wait for each other.
/// Thread: any.
class ReaderPool {
public:
    static constexpr std::size_t kMaxReaders = 4;

    /// The file must have its tables.
    ReaderPool(std::string path, std::string vfs);
    ReaderPool(const ReaderPool&) = delete;
    ReaderPool& operator=(const ReaderPool&) = delete;
    ~ReaderPool();

    StatusOr<Entry> get(std::string_view key, WallTime now);
    StatusOr<Listing> list(std::string_view prefix, WallTime now);
    StatusOr<std::vector<std::string>> listKeys(std::string_view prefix, WallTime now);

private:
    class Reader;
    class Lease;

    StatusOr<std::unique_ptr<Reader>> take() WEFT_EXCLUDES(mutex_);
    void giveBack(std::unique_ptr<Reader> reader) WEFT_EXCLUDES(mutex_);

    const std::string path_;
    const std::string vfs_;
    base::Mutex mutex_;
    base::ConditionVariable free_;
    std::vector<std::unique_ptr<Reader>> idle_ WEFT_GUARDED_BY(mutex_);
    std::size_t open_ WEFT_GUARDED_BY(mutex_) = 0;
};

}  // namespace weft::storage::detail
