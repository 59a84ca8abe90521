// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/mutex.h"
#include "core/storage/detail/write_backend.h"
#include "core/storage/sqlite/detail/connection.h"
#include "core/storage/sqlite/detail/redo_log.h"
#include "core/storage/sqlite/detail/sqlite_error.h"
#include "core/storage/sqlite/detail/store_file.h"

#include <atomic>
#include <cstddef>
#include <memory>
#include <string>

namespace weft::storage::detail {

/// The one connection that writes.
///
/// A batch of many changes is deferred: its changes go into the redo log, which makes it durable,
/// and SQLite's transaction stays open, so that the next batch that writes into the same pages
/// costs no further copy of them. `flush` ends that; without it other connections do not see them.
/// Thread: made on any, then the writer thread alone; `health` and `hasDeferred` any.
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
    bool hasDeferred() const override { return deferred_.load(std::memory_order_acquire); }
    Status flush() override;
    void settle() override;
    Status health() const override WEFT_EXCLUDES(mutex_);

private:
    SqliteWriter(const StoreFile& file, Connection connection, const Options& options);

    Status configure(bool isNew, const Options& options);
    Status prepareStatements();
    static int onCommit(void* self, sqlite3* database, const char* name, int frames);
    Status recover();
    Status replay();
    Status redo(const RedoOperation& operation);
    Status putRow(const RedoOperation& put);
    Status eraseRow(std::string_view key);
    Status eraseRows(std::string_view prefix);
    void allCommitted();
    void setCache(int kib);
    std::string redoPath() const { return file_.path() + StoreFile::kRedoSuffix; }
    /// Whether the batch is in the redo log now; else it is to be committed.
    StatusOr<bool> defer(Revision revision);
    /// After SQLite has undone the deferred batches together with a failed one.
    void restoreDeferred();
    void stop(const Status& reason) WEFT_EXCLUDES(mutex_);
    /// Ok for SQLITE_OK; else the failure, and the end of the store when it is fatal.
    Status check(int code, std::string_view doing, WrittenFile written = WrittenFile::Journal)
        WEFT_EXCLUDES(mutex_);

    const StoreFile& file_;
    const std::string vfs_;
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

    /// The changes of the batch at hand, and those of earlier ones that no commit of SQLite has.
    RedoBatch batch_;
    std::unique_ptr<RedoLog> redo_;
    std::atomic<bool> deferred_ = false;

    mutable base::Mutex mutex_;
    Status health_ WEFT_GUARDED_BY(mutex_);
};

}  // namespace weft::storage::detail
