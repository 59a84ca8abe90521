// SPDX-License-Identifier: Apache-2.0
#include "core/storage/sqlite/detail/sqlite_writer.h"

#include "core/base/log.h"
#include "core/storage/detail/key_range.h"
#include "core/storage/sqlite/detail/row.h"
#include "core/storage/sqlite/detail/schema.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace weft::storage::detail {
namespace {

constexpr int kPageBytes = 4096;
/// A public node that joins a thousand others writes into a thousand pages, one for each of them:
/// they fit, so that the next join finds them in memory. A small mesh never fills it.
constexpr int kWriterCacheKib = 8192;
/// The same while batches are deferred: their pages stay here until the flush.
constexpr int kDeferringCacheKib = 49152;
/// A batch of so many changes is deferred, and each that comes before the flush.
constexpr std::size_t kDeferredOperations = 128;
/// At this size of the redo log a flush comes in any case. It bounds what a start after a crash has
/// to do again.
constexpr std::size_t kMaxDeferredBytes = std::size_t{16} << 20;
/// The journal goes back into the file at this size, which is inside the blocks that
/// SqliteOptions::journalBytes makes, so that the next commits overwrite them.
constexpr int kCheckpointFrames = 800;
/// How many more frames are waited for when readers kept a checkpoint from its end.
constexpr int kCheckpointRetryFrames = 200;
/// A large commit is likely to be followed by others that write into the same pages: this many of
/// them go into one checkpoint, up to so many frames, because it writes each page once.
constexpr int kLargeCommitsPerCheckpoint = 8;
constexpr int kMaxDeferredFrames = 8192;
/// From here on (64 MiB) the writer waits for readers, so that the journal has an end.
constexpr int kMaxJournalFrames = 16384;

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("storage");
    return logger;
}

}  // namespace

StatusOr<std::unique_ptr<SqliteWriter>> SqliteWriter::open(
    const StoreFile& file, bool isNew, const Options& options) {
    WEFT_ASSIGN_OR_RETURN(
        Connection connection,
        Connection::open(file.path(), Connection::Access::ReadWrite, options.vfs, kWriterCacheKib));
    auto writer =
        std::unique_ptr<SqliteWriter>(new SqliteWriter(file, std::move(connection), options));
    WEFT_RETURN_IF_ERROR(writer->configure(isNew, options));
    WEFT_RETURN_IF_ERROR(writer->prepareStatements());
    WEFT_RETURN_IF_ERROR(writer->recover());
    return writer;
}

SqliteWriter::SqliteWriter(const StoreFile& file, Connection connection, const Options& options)
    : file_(file)
    , vfs_(options.vfs)
    , journalBytes_(options.journalBytes)
    , connection_(std::move(connection))
    , nextCheckpoint_(kCheckpointFrames) {}

SqliteWriter::~SqliteWriter() {
    if (health().ok() && flush().ok() && redo_) {
        redo_->remove();
    }
    if (!health().ok()) {
        // After a failed fsync nobody knows which pages are on the disk. The next start reads the
        // journal afresh.
        sqlite3_db_config(connection_.handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    }
}

Status SqliteWriter::configure(bool isNew, const Options& options) {
    if (isNew) {
        WEFT_RETURN_IF_ERROR(
            connection_.exec(fmt::format("PRAGMA page_size={}", kPageBytes).c_str()));
    }
    WEFT_ASSIGN_OR_RETURN(const auto mode, connection_.queryText("PRAGMA journal_mode=WAL"));
    if (mode != "wal") {
        return unavailable("{} cannot have a write-ahead journal here", file_.path());
    }
    // Our own checkpoints replace the automatic ones, which would run before the answer.
    WEFT_RETURN_IF_ERROR(connection_.exec(
        fmt::format(
            "PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0; PRAGMA journal_size_limit={}",
            options.journalBytes)
            .c_str()));
    if (isNew) {
        WEFT_RETURN_IF_ERROR(createSchema(connection_));
    }
    WEFT_ASSIGN_OR_RETURN(const auto pageBytes, connection_.queryInt("PRAGMA page_size"));
    const auto pages =
        options.maxDatabaseBytes / static_cast<std::size_t>(std::max<std::int64_t>(pageBytes, 1));
    WEFT_RETURN_IF_ERROR(
        connection_.exec(fmt::format(
                             "PRAGMA max_page_count={}",
                             std::min<std::size_t>(pages, std::numeric_limits<std::int32_t>::max()))
                             .c_str()));
    WEFT_ASSIGN_OR_RETURN(const auto revision, connection_.queryInt("SELECT revision FROM state"));
    revision_ = static_cast<Revision>(revision);
    sqlite3_wal_hook(connection_.handle(), onCommit, this);
    return okStatus();
}

Status SqliteWriter::prepareStatements() {
    struct Text {
        Statement& statement;
        std::string_view sql;
    };
    const Text texts[] = {
        {begin_, "BEGIN IMMEDIATE"},
        {commit_, "COMMIT"},
        {setRevision_, "UPDATE state SET revision=?1 WHERE id=1"},
        {find_, "SELECT value, revision, expires, sum FROM entries WHERE key=?1"},
        {put_,
         "INSERT INTO entries VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT(key) DO UPDATE SET "
         "value=excluded.value, revision=excluded.revision, expires=excluded.expires, "
         "sum=excluded.sum"},
        {erase_, "DELETE FROM entries WHERE key=?1"},
        {range_, "SELECT key, expires FROM entries WHERE key>=?1 AND key<?2 ORDER BY key"},
        {everything_, "SELECT key, expires FROM entries ORDER BY key"},
        {eraseRange_, "DELETE FROM entries WHERE key>=?1 AND key<?2"},
        {eraseEverything_, "DELETE FROM entries"},
        {eraseExpired_,
         "DELETE FROM entries WHERE key IN "
         "(SELECT key FROM entries WHERE expires<=?1 ORDER BY expires LIMIT ?2)"},
    };
    for (const Text& text : texts) {
        WEFT_ASSIGN_OR_RETURN(text.statement, connection_.prepare(text.sql));
    }
    return okStatus();
}

int SqliteWriter::onCommit(void* self, sqlite3* /*database*/, const char* /*name*/, int frames) {
    auto& writer = *static_cast<SqliteWriter*>(self);
    int written = frames - writer.frames_;
    if (written < 0) {
        // The journal began anew.
        writer.nextCheckpoint_ = kCheckpointFrames;
        written = frames;
    }
    const auto deferred = std::min<std::int64_t>(
        std::int64_t{written} * kLargeCommitsPerCheckpoint, kMaxDeferredFrames);
    writer.nextCheckpoint_ = std::max(writer.nextCheckpoint_, static_cast<int>(deferred));
    writer.frames_ = frames;
    return SQLITE_OK;
}

Status SqliteWriter::health() const {
    const base::MutexLock lock(mutex_);
    return health_;
}

Status SqliteWriter::check(int code, std::string_view doing, WrittenFile written) {
    if (code == SQLITE_OK) {
        return okStatus();
    }
    SqliteFailure failure = explain(code, connection_.handle(), doing, written);
    if (failure.fatal) {
        stop(failure.status);
        // Of a damaged file there is nothing to hope.
        return failure.status.code() == StatusCode::kUnavailable ? health() : failure.status;
    }
    return std::move(failure.status);
}

void SqliteWriter::stop(const Status& reason) {
    log().error("store stopped path={} reason={}", file_.path(), messageOf(reason));
    const base::MutexLock lock(mutex_);
    health_ = annotate(
        reason,
        "the store stopped{}",
        reason.code() == StatusCode::kUnavailable
            ? ": connect again, or start the program again, to see what it kept"
            : "");
}

void SqliteWriter::prepare() {
    file_.preallocateJournal(journalBytes_);
}

Status SqliteWriter::begin() {
    batch_.clear();
    if (hasDeferred()) {
        return okStatus();
    }
    return check(begin_.run(), "beginning a commit");
}

Status SqliteWriter::finish(Revision revision) {
    bool deferred = false;
    if (revision != revision_) {
        setRevision_.bindInt(1, static_cast<std::int64_t>(revision));
        WEFT_RETURN_IF_ERROR(check(setRevision_.run(), "writing the revision"));
        WEFT_ASSIGN_OR_RETURN(deferred, defer(revision));
    } else {
        // At most expired entries went, which nobody sees: that need not be durable now.
        deferred = hasDeferred();
    }
    if (!deferred) {
        WEFT_RETURN_IF_ERROR(check(commit_.run(), "committing"));
        allCommitted();
    }
    revision_ = revision;
    return okStatus();
}

StatusOr<bool> SqliteWriter::defer(Revision revision) {
    const bool isLarge = batch_.operations() >= kDeferredOperations;
    if (!batch_.isWhole() || (!isLarge && !hasDeferred())) {
        return false;
    }
    // Only when flushes fail is there so much: then the commit fails too, and the log has an end.
    if (hasDeferred() && redo_->bytes() >= 2 * kMaxDeferredBytes) {
        return false;
    }
    if (!redo_) {
        auto redo = RedoLog::open(redoPath(), vfs_);
        if (!redo.ok()) {
            return false;  // the commit says what is wrong, when it fails as well
        }
        redo_ = *std::move(redo);
    }
    if (redo_->write(revision_, revision, batch_.bytes()) != SQLITE_OK) {
        return false;
    }
    WEFT_RETURN_IF_ERROR(check(redo_->sync(), "committing"));
    if (!hasDeferred()) {
        setCache(kDeferringCacheKib);
        deferred_.store(true, std::memory_order_release);
    }
    return true;
}

void SqliteWriter::allCommitted() {
    if (hasDeferred()) {
        redo_->restart();
        deferred_.store(false, std::memory_order_release);
    }
}

Status SqliteWriter::flush() {
    if (!hasDeferred()) {
        return okStatus();
    }
    Status status = check(commit_.run(), "committing");
    if (status.ok()) {
        allCommitted();
    } else {
        rollback();
    }
    return status;
}

void SqliteWriter::settle() {
    if (!hasDeferred() || !health().ok() || !flush().ok()) {
        return;
    }
    redo_->truncate();
    housekeeping();
    setCache(kWriterCacheKib);
    sqlite3_db_release_memory(connection_.handle());
}

void SqliteWriter::setCache(int kib) {
    connection_.exec(fmt::format("PRAGMA cache_size=-{}", kib).c_str()).IgnoreError();
}

Status SqliteWriter::recover() {
    if (!RedoLog::exists(redoPath(), vfs_)) {
        return okStatus();
    }
    WEFT_ASSIGN_OR_RETURN(redo_, RedoLog::open(redoPath(), vfs_));
    WEFT_RETURN_IF_ERROR(check(begin_.run(), "beginning a commit"));
    WEFT_RETURN_IF_ERROR(replay());
    WEFT_RETURN_IF_ERROR(check(commit_.run(), "committing"));
    redo_->truncate();
    return okStatus();
}

/// Carries out in the open transaction what the redo log has beyond it.
Status SqliteWriter::replay() {
    WEFT_ASSIGN_OR_RETURN(
        const auto revision, connection_.queryInt("SELECT revision FROM state WHERE id=1"));
    WEFT_ASSIGN_OR_RETURN(
        revision_,
        redo_->replay(static_cast<Revision>(revision), [this](const RedoOperation& operation) {
            return redo(operation);
        }));
    setRevision_.bindInt(1, static_cast<std::int64_t>(revision_));
    return check(setRevision_.run(), "writing the revision");
}

Status SqliteWriter::redo(const RedoOperation& operation) {
    switch (operation.kind) {
    case RedoOperation::Kind::Put:
        return putRow(operation);
    case RedoOperation::Kind::Erase:
        return eraseRow(operation.key);
    case RedoOperation::Kind::ErasePrefix:
        return eraseRows(operation.key);
    }
    return internalError("a change of an unknown kind");
}

void SqliteWriter::restoreDeferred() {
    const Revision expected = revision_;
    Status status = check(begin_.run(), "beginning a commit");
    if (status.ok()) {
        status = replay();
    }
    if (status.ok() && revision_ != expected) {
        status = dataLoss("{} lost commits that were acknowledged", redoPath());
    }
    if (!status.ok() && health().ok()) {
        stop(status);
    }
}

void SqliteWriter::rollback() {
    // SQLite has rolled back by itself after some errors.
    if (sqlite3_get_autocommit(connection_.handle()) == 0) {
        const int code = sqlite3_exec(connection_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
        if (code != SQLITE_OK) {
            check(code, "undoing a commit").IgnoreError();
        }
    }
    if (hasDeferred() && health().ok()) {
        restoreDeferred();
    }
}

StatusOr<std::optional<Entry>> SqliteWriter::find(std::string_view key, bool withValue) {
    const ScopedReset reset(find_);
    find_.bindBlob(1, key);
    const int code = find_.step();
    if (code == SQLITE_DONE) {
        return std::optional<Entry>();
    }
    if (code != SQLITE_ROW) {
        return check(code, "reading");
    }
    WEFT_ASSIGN_OR_RETURN(Row row, readRow(find_, 0, key));
    if (!withValue) {
        row.value = {};
    }
    return std::optional<Entry>(row.toEntry());
}

Status SqliteWriter::put(
    const Put& put, Revision revision, const std::optional<WallTime>& expiresAt) {
    RedoOperation operation{RedoOperation::Kind::Put, put.key, put.value, revision, std::nullopt};
    if (expiresAt) {
        operation.expires = toStored(*expiresAt);
    }
    batch_.add(operation);
    return putRow(operation);
}

Status SqliteWriter::putRow(const RedoOperation& put) {
    Row row{put.key, put.value, put.revision, std::nullopt};
    put_.bindBlob(1, row.key);
    put_.bindBlob(2, row.value);
    put_.bindInt(3, static_cast<std::int64_t>(put.revision));
    if (put.expires) {
        row.expiresAt = fromStored(*put.expires);
        put_.bindInt(4, *put.expires);
    } else {
        put_.bindNull(4);
    }
    put_.bindInt(5, checksum(row));
    return check(put_.run(), "writing");
}

Status SqliteWriter::erase(std::string_view key) {
    batch_.add({RedoOperation::Kind::Erase, key, {}, 0, std::nullopt});
    return eraseRow(key);
}

Status SqliteWriter::eraseRow(std::string_view key) {
    erase_.bindBlob(1, key);
    return check(erase_.run(), "deleting");
}

StatusOr<std::vector<std::string>> SqliteWriter::liveKeys(std::string_view prefix, WallTime now) {
    const auto end = endOfPrefix(prefix);
    Statement& statement = end ? range_ : everything_;
    const ScopedReset reset(statement);
    if (end) {
        statement.bindBlob(1, prefix);
        statement.bindBlob(2, *end);
    }
    std::vector<std::string> keys;
    int code = statement.step();
    for (; code == SQLITE_ROW; code = statement.step()) {
        if (statement.isNull(1) || statement.intAt(1) > toStored(now)) {
            keys.emplace_back(statement.blobAt(0));
        }
    }
    if (code != SQLITE_DONE) {
        return check(code, "listing");
    }
    return keys;
}

Status SqliteWriter::erasePrefix(std::string_view prefix) {
    batch_.add({RedoOperation::Kind::ErasePrefix, prefix, {}, 0, std::nullopt});
    return eraseRows(prefix);
}

Status SqliteWriter::eraseRows(std::string_view prefix) {
    const auto end = endOfPrefix(prefix);
    if (!end) {
        return check(eraseEverything_.run(), "deleting");
    }
    eraseRange_.bindBlob(1, prefix);
    eraseRange_.bindBlob(2, *end);
    return check(eraseRange_.run(), "deleting");
}

StatusOr<std::size_t> SqliteWriter::eraseExpired(WallTime now, std::size_t most) {
    constexpr auto kNoLimit = std::numeric_limits<std::int64_t>::max();
    eraseExpired_.bindInt(1, toStored(now));
    eraseExpired_.bindInt(
        2, most > static_cast<std::size_t>(kNoLimit) ? kNoLimit : static_cast<std::int64_t>(most));
    WEFT_RETURN_IF_ERROR(check(eraseExpired_.run(), "removing expired entries"));
    return static_cast<std::size_t>(sqlite3_changes64(connection_.handle()));
}

void SqliteWriter::housekeeping() {
    if (hasDeferred() && health().ok() && redo_->bytes() >= kMaxDeferredBytes) {
        // When it fails, the next batch meets the same.
        flush().IgnoreError();
    }
    if (hasDeferred() || frames_ < nextCheckpoint_ || !health().ok()) {
        return;
    }
    const int mode =
        frames_ < kMaxJournalFrames ? SQLITE_CHECKPOINT_PASSIVE : SQLITE_CHECKPOINT_RESTART;
    int total = 0;
    int done = 0;
    const int code = sqlite3_wal_checkpoint_v2(connection_.handle(), nullptr, mode, &total, &done);
    nextCheckpoint_ = frames_ + kCheckpointRetryFrames;
    if (code == SQLITE_OK || code == SQLITE_BUSY) {
        return;
    }
    // Without space the journal stays as it is: nothing is lost, and commits go on until it can
    // grow no more.
    const Status status = check(code, "moving the journal into the file", WrittenFile::Database);
    log().warn("checkpoint failed path={} reason={}", file_.path(), messageOf(status));
}

}  // namespace weft::storage::detail
