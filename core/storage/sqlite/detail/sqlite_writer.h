// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/mutex.h"
#include "core/storage/detail/write_backend.h"
#include "core/storage/sqlite/detail/connection.h"
#include "core/storage/sqlite/detail/sqlite_error.h"
#include "core/storage/sqlite/detail/store_file.h"

#include <cstddef>
#include <memory>

namespace weft::storage::detail {

/// The one connection that writes.
/// Thread: made on any, then the writer thread alone; `health` any.
class SqliteWriter final : public WriteBackend {
public:
    struct Options {
        std::string vfs;
        std::size_t maxDatabaseBytes = 0;
        std::size_t journalBytes = 0;
    };

    /// Creates the tables when `isNew`. `file` must outlive this.
    static StatusOr<std::unique_ptr<SqliteWriter>> open(
        const StoreFile& file, bool isNew, const Options& options);
    ~SqliteWriter() override;

    Connection& connection() { return connection_; }
    Revision revision() const { return revision_; }

    void prepare() override;
    Status begin() override;
    Status finish(Revision revision) override;
    void rollback() override;
    StatusOr<std::optional<Entry>> find(std::string_view key, bool withValue) override;
    Status put(
        const Put& put, Revision revision, const std::optional<WallTime>& expiresAt) override;
    Status erase(std::string_view key) override;
    StatusOr<std::vector<std::string>> liveKeys(std::string_view prefix, WallTime now) override;
    Status erasePrefix(std::string_view prefix) override;
    StatusOr<std::size_t> eraseExpired(WallTime now, std::size_t most) override;
    void housekeeping() override;
    Status health() const override WEFT_EXCLUDES(mutex_);

private:
    SqliteWriter(const StoreFile& file, Connection connection, std::size_t journalBytes);

    Status configure(bool isNew, const Options& options);
    Status prepareStatements();
    static int onCommit(void* self, sqlite3* database, const char* name, int frames);
    /// Ok for SQLITE_OK; else the failure, and the end of the store when it is fatal.
    Status check(int code, std::string_view doing, WrittenFile written = WrittenFile::Journal)
        WEFT_EXCLUDES(mutex_);

    const StoreFile& file_;
    const std::size_t journalBytes_;
    Connection connection_;
    Statement begin_;
    Statement commit_;
    Statement setRevision_;
    Statement find_;
    Statement put_;
    Statement erase_;
    Statement range_;
    Statement everything_;
    Statement eraseRange_;
    Statement eraseEverything_;
    Statement eraseExpired_;
    Revision revision_ = 0;
    /// Frames in the journal after the last commit, and from how many on it is emptied.
    int frames_ = 0;
    int nextCheckpoint_ = 0;

    mutable base::Mutex mutex_;
    Status health_ WEFT_GUARDED_BY(mutex_);
};

}  // namespace weft::storage::detail
