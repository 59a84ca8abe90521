// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/storage/detail/committer.h"
#include "core/storage/key_value_store.h"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace weft::storage {

namespace detail {
class ReaderPool;
class SqliteWriter;
class StoreFile;
}  // namespace detail

struct SqliteOptions {
    /// The database file. Its folder is made when missing. Beside it stand `-wal`, `-shm` and,
    /// after large commits, `-redo` while it is open (and after a crash), and `.lock`.
    std::filesystem::path path;
    /// A commit that would make the file larger fails with kResourceExhausted.
    std::size_t maxDatabaseBytes = std::size_t{8} << 30;
    /// Journal blocks that are written before the first commit and then used again and again: a
    /// commit into blocks that exist is faster by a third than one that makes the file grow.
    std::size_t journalBytes = std::size_t{4} << 20;
    /// A file up to this size is read as a whole at the start, so that damage is found at once and
    /// not by the call that meets it. Each entry is checked at every read anyway.
    std::size_t verifiedAtOpenBytes = std::size_t{64} << 20;
    /// The SQLite file layer to use; empty is the one of the system.
    std::string vfs;

    Status validate() const;
};

/// The engine of a node that stores: one SQLite file, each commit on the disk before it is
/// answered, commits that wait together written together. Large commits go into a log of their own
/// first and into the tables with others that follow, so a read right after one waits for the
/// writer; other reads do not.
///
/// A failed fsync or damage met while writing stops it: nothing says what is on the disk then. All
/// calls fail from there on until it is opened again.
class SqliteStore final : public KeyValueStore {
public:
    /// The format that is written, in `PRAGMA user_version`.
    static constexpr int kFormatVersion = 1;
    /// "WEFT", in `PRAGMA application_id`.
    static constexpr int kApplicationId = 0x57454654;

    /// Opens or creates. `clock` must outlive the store.
    ///
    /// Errors: kInvalidArgument    options
    ///         kFailedPrecondition another process has it open; a newer format (nothing is written
    ///                             then); not a store of ours
    ///         kPermissionDenied   file or folder
    ///         kDataLoss           the file is damaged
    ///         kResourceExhausted  disk full
    ///         kUnavailable        anything else the system reports
    static StatusOr<std::unique_ptr<SqliteStore>> open(
        const SqliteOptions& options, const base::Clock& clock);
    ~SqliteStore() override;

    std::string engineName() const override { return "sqlite"; }
    bool supportsVoters() const override { return false; }
    StatusOr<Entry> get(std::string_view key) const override;
    StatusOr<Listing> list(std::string_view prefix) const override;
    StatusOr<std::vector<std::string>> listKeys(std::string_view prefix) const override;
    Revision revision() const override;
    void commit(Transaction transaction, Callback<CommitResult> done) override;
    void replaceAll(std::vector<Put> entries, Callback<CommitResult> done) override;
    StatusOr<WatchHandle> watch(
        std::string_view prefix,
        std::optional<Revision> afterRevision,
        WatchCallback callback) override;
    StatusOr<std::size_t> removeExpired() override;

private:
    SqliteStore(
        std::unique_ptr<detail::StoreFile> file,
        std::unique_ptr<detail::SqliteWriter> writer,
        std::unique_ptr<detail::ReaderPool> readers,
        const base::Clock& clock);

    // The lock on the file goes last.
    const std::unique_ptr<detail::StoreFile> file_;
    const std::unique_ptr<detail::SqliteWriter> writer_;
    const std::unique_ptr<detail::ReaderPool> readers_;
    const detail::StoreClock clock_;
    // Reads make it write what it has deferred.
    mutable detail::Committer committer_;
};

}  // namespace weft::storage
