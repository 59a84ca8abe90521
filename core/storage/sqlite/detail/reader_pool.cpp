// SPDX-License-Identifier: Apache-2.0
#include "core/storage/sqlite/detail/reader_pool.h"

#include "core/storage/detail/key_range.h"
#include "core/storage/sqlite/detail/row.h"
#include "core/storage/sqlite/detail/sqlite_error.h"

#include <functional>
#include <utility>

namespace weft::storage::detail {
namespace {

constexpr int kReaderCacheKib = 256;

}  // namespace

class ReaderPool::Reader {
public:
    static StatusOr<std::unique_ptr<Reader>> open(const std::string& path, const std::string& vfs) {
        WEFT_ASSIGN_OR_RETURN(
            Connection connection,
            Connection::open(path, Connection::Access::ReadOnly, vfs, kReaderCacheKib));
        auto reader = std::make_unique<Reader>();
        WEFT_ASSIGN_OR_RETURN(
            reader->get_,
            connection.prepare("SELECT value, revision, expires, sum FROM entries WHERE key=?1"));
        WEFT_ASSIGN_OR_RETURN(
            reader->range_,
            connection.prepare("SELECT key, value, revision, expires, sum FROM entries "
                               "WHERE key>=?1 AND key<?2 ORDER BY key"));
        WEFT_ASSIGN_OR_RETURN(
            reader->everything_,
            connection.prepare(
                "SELECT key, value, revision, expires, sum FROM entries ORDER BY key"));
        WEFT_ASSIGN_OR_RETURN(
            reader->revision_, connection.prepare("SELECT revision FROM state WHERE id=1"));
        WEFT_ASSIGN_OR_RETURN(reader->begin_, connection.prepare("BEGIN"));
        WEFT_ASSIGN_OR_RETURN(reader->end_, connection.prepare("COMMIT"));
        reader->connection_ = std::move(connection);
        return reader;
    }

    StatusOr<Entry> get(std::string_view key, WallTime now) {
        const ScopedReset reset(get_);
        get_.bindBlob(1, key);
        const int code = get_.step();
        if (code == SQLITE_DONE) {
            return notFound("key not found: {}", key);
        }
        if (code != SQLITE_ROW) {
            return failed(code);
        }
        WEFT_ASSIGN_OR_RETURN(const Row row, readRow(get_, 0, key));
        if (!row.isLive(now)) {
            return notFound("key not found: {}", key);
        }
        return row.toEntry();
    }

    using Visit = std::function<void(const Row&)>;

    /// Calls `visit` with each live row in order, and returns the revision that they are of.
    StatusOr<Revision> walk(std::string_view prefix, WallTime now, const Visit& visit) {
        if (const int code = begin_.run(); code != SQLITE_OK) {
            return failed(code);
        }
        auto revision = readRevision();
        const Status status = revision.ok() ? walkRows(prefix, now, visit) : revision.status();
        const int code = end_.run();
        WEFT_RETURN_IF_ERROR(status);
        return code == SQLITE_OK ? revision : failed(code);
    }

private:
    Status failed(int code) const { return explain(code, connection_.handle(), "reading").status; }

    StatusOr<Revision> readRevision() {
        const ScopedReset reset(revision_);
        const int code = revision_.step();
        if (code != SQLITE_ROW) {
            return code == SQLITE_DONE ? dataLoss("the file does not say its revision")
                                       : failed(code);
        }
        return static_cast<Revision>(revision_.intAt(0));
    }

    Status walkRows(std::string_view prefix, WallTime now, const Visit& visit) {
        const auto end = endOfPrefix(prefix);
        Statement& rows = end ? range_ : everything_;
        const ScopedReset reset(rows);
        if (end) {
            rows.bindBlob(1, prefix);
            rows.bindBlob(2, *end);
        }
        int code = rows.step();
        for (; code == SQLITE_ROW; code = rows.step()) {
            WEFT_ASSIGN_OR_RETURN(const Row row, readRow(rows, 1, rows.blobAt(0)));
            if (row.isLive(now)) {
                visit(row);
            }
        }
        return code == SQLITE_DONE ? okStatus() : failed(code);
    }

    // The statements go before their connection.
    Connection connection_;
    Statement get_;
    Statement range_;
    Statement everything_;
    Statement revision_;
    Statement begin_;
    Statement end_;
};

class ReaderPool::Lease {
public:
    Lease(ReaderPool& pool, std::unique_ptr<Reader> reader)
        : pool_(pool), reader_(std::move(reader)) {}
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    ~Lease() { pool_.giveBack(std::move(reader_)); }
    Reader* operator->() const { return reader_.get(); }

private:
    ReaderPool& pool_;
    std::unique_ptr<Reader> reader_;
};

ReaderPool::ReaderPool(std::string path, std::string vfs)
    : path_(std::move(path)), vfs_(std::move(vfs)) {}

ReaderPool::~ReaderPool() = default;

StatusOr<std::unique_ptr<ReaderPool::Reader>> ReaderPool::take() {
    {
        const base::MutexLock lock(mutex_);
        while (idle_.empty() && open_ == kMaxReaders) {
            free_.wait(mutex_);
        }
        if (!idle_.empty()) {
            auto reader = std::move(idle_.back());
            idle_.pop_back();
            return reader;
        }
        ++open_;
    }
    auto reader = Reader::open(path_, vfs_);
    if (!reader.ok()) {
        giveBack(nullptr);
    }
    return reader;
}

void ReaderPool::giveBack(std::unique_ptr<Reader> reader) {
    {
        const base::MutexLock lock(mutex_);
        if (reader) {
            idle_.push_back(std::move(reader));
        } else {
            --open_;
        }
    }
    free_.notifyOne();
}

StatusOr<Entry> ReaderPool::get(std::string_view key, WallTime now) {
    WEFT_ASSIGN_OR_RETURN(auto reader, take());
    return Lease(*this, std::move(reader))->get(key, now);
}

StatusOr<Listing> ReaderPool::list(std::string_view prefix, WallTime now) {
    WEFT_ASSIGN_OR_RETURN(auto reader, take());
    Listing listing;
    WEFT_ASSIGN_OR_RETURN(
        listing.revision, Lease(*this, std::move(reader))->walk(prefix, now, [&](const Row& row) {
            listing.entries.push_back(row.toEntry());
        }));
    return listing;
}

StatusOr<std::vector<std::string>> ReaderPool::listKeys(std::string_view prefix, WallTime now) {
    WEFT_ASSIGN_OR_RETURN(auto reader, take());
    std::vector<std::string> keys;
    WEFT_RETURN_IF_ERROR(
        Lease(*this, std::move(reader))
            ->walk(prefix, now, [&](const Row& row) { keys.emplace_back(row.key); })
            .status());
    return keys;
}

}  // namespace weft::storage::detail
