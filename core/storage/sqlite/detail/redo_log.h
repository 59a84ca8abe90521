// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/storage/key_value_store.h"

#include <sqlite3.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace weft::storage::detail {

/// One change of the table `entries`, as a redo log keeps it.
struct RedoOperation {
    enum class Kind : std::uint8_t { Put = 1, Erase = 2, ErasePrefix = 3 };
    Kind kind = Kind::Put;
    /// The prefix for ErasePrefix.
    std::string_view key;
    /// For Put alone, like the next two.
    std::string_view value;
    Revision revision = 0;
    /// As the column `expires` has it.
    std::optional<std::int64_t> expires;
};

/// The changes of one batch, in order, as they go into the log.
class RedoBatch {
public:
    /// A batch with more is written in place: what it touches is then mostly its own.
    static constexpr std::size_t kMaxBytes = std::size_t{1} << 20;

    void clear();
    void add(const RedoOperation& operation);

    std::size_t operations() const { return operations_; }
    /// Whether all that was added is in `bytes`.
    bool isWhole() const { return whole_; }
    std::string_view bytes() const { return bytes_; }

private:
    std::string bytes_;
    std::size_t operations_ = 0;
    bool whole_ = true;
};

/// The file beside a database that holds the commits which are in SQLite's memory and not in its
/// journal yet: one record for each, in order, with the revisions before and after it. A record
/// counts when its checksum is right, when it begins at the revision where the one before it (or
/// the database) ends, and when it is of the same round as the first: so what an earlier round or
/// a write that was cut off left behind does not.
/// Thread: one at a time.
class RedoLog {
public:
    using Visit = std::function<Status(const RedoOperation&)>;

    /// Makes the file when it is missing, only for its owner. `vfs` empty: the system's.
    static StatusOr<std::unique_ptr<RedoLog>> open(std::string path, const std::string& vfs);
    static bool exists(const std::string& path, const std::string& vfs);
    RedoLog(const RedoLog&) = delete;
    RedoLog& operator=(const RedoLog&) = delete;
    ~RedoLog();

    std::size_t bytes() const { return static_cast<std::size_t>(end_); }

    /// Writes behind the last record. SQLITE_OK or an extended error code; the log is as before
    /// then.
    int write(Revision before, Revision after, std::string_view operations);
    /// Puts what was written on the disk. SQLITE_OK or an extended error code.
    int sync();

    /// Calls `visit` with each change that follows on `revision`, and returns the revision that
    /// they lead to. New records go behind them. Errors: kDataLoss, those of `visit`, of the disk.
    StatusOr<Revision> replay(Revision revision, const Visit& visit);

    /// The database has it all: begins a new round at the start of the file.
    void restart();
    /// And gives its blocks back.
    void truncate();
    /// Closes and deletes the file. Nothing else may be called after it.
    void remove();

private:
    struct CloseFile {
        void operator()(sqlite3_file* file) const;
    };
    RedoLog(std::string path, sqlite3_vfs* vfs) : path_(std::move(path)), vfs_(vfs) {}

    int put(std::string_view bytes, std::int64_t at);
    /// Empty when the file is shorter.
    StatusOr<std::string> read(std::int64_t at, std::size_t size);
    StatusOr<std::optional<std::string>> readRecord(Revision before, Revision* after);

    const std::string path_;
    sqlite3_vfs* const vfs_;
    std::unique_ptr<sqlite3_file, CloseFile> file_;
    std::int64_t end_ = 0;
    /// Tells the records of this round from older ones.
    std::uint64_t round_ = 0;
};

}  // namespace weft::storage::detail
