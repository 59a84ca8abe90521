// SPDX-License-Identifier: Apache-2.0
#include "core/storage/sqlite/sqlite_store.h"

#include "core/storage/sqlite/detail/reader_pool.h"
#include "core/storage/sqlite/detail/schema.h"
#include "core/storage/sqlite/detail/sqlite_writer.h"
#include "core/storage/sqlite/detail/store_file.h"

#include <utility>

namespace weft::storage {
namespace {

constexpr std::size_t kMinDatabaseBytes = std::size_t{64} << 10;
constexpr std::size_t kMaxJournalBytes = std::size_t{64} << 20;

}  // namespace

Status SqliteOptions::validate() const {
    if (path.empty() || !path.has_filename()) {
        return invalidArgument("the path of the store names no file: \"{}\"", path.string());
    }
    if (maxDatabaseBytes < kMinDatabaseBytes) {
        return invalidArgument(
            "the largest size of the store is {} bytes, it must be {} or more",
            maxDatabaseBytes,
            kMinDatabaseBytes);
    }
    if (journalBytes > kMaxJournalBytes) {
        return invalidArgument(
            "the journal of the store is {} bytes, the most is {}", journalBytes, kMaxJournalBytes);
    }
    return okStatus();
}

StatusOr<std::unique_ptr<SqliteStore>> SqliteStore::open(
    const SqliteOptions& options, const base::Clock& clock) {
    WEFT_RETURN_IF_ERROR(options.validate());
    WEFT_ASSIGN_OR_RETURN(auto file, detail::StoreFile::open(options.path));
    bool isNew = file->isEmpty();
    if (!isNew) {
        WEFT_ASSIGN_OR_RETURN(const auto contents, detail::probe(file->path(), options.vfs));
        isNew = contents == detail::Contents::Nothing;
    }
    WEFT_RETURN_IF_ERROR(file->restrict());
    auto writer = detail::SqliteWriter::open(
        *file,
        isNew,
        {.vfs = options.vfs,
         .maxDatabaseBytes = options.maxDatabaseBytes,
         .journalBytes = options.journalBytes});
    if (!writer.ok()) {
        return isNew ? writer.status() : detail::asDamage(file->path(), writer.status());
    }
    if (!isNew && file->bytes() <= options.verifiedAtOpenBytes) {
        const Status checked = detail::verify((*writer)->connection());
        WEFT_RETURN_IF_ERROR(
            annotate(detail::asDamage(file->path(), checked), "checking {}", file->path()));
    }
    auto readers = std::make_unique<detail::ReaderPool>(file->path(), options.vfs);
    return std::unique_ptr<SqliteStore>(
        new SqliteStore(std::move(file), *std::move(writer), std::move(readers), clock));
}

SqliteStore::SqliteStore(
    std::unique_ptr<detail::StoreFile> file,
    std::unique_ptr<detail::SqliteWriter> writer,
    std::unique_ptr<detail::ReaderPool> readers,
    const base::Clock& clock)
    : file_(std::move(file))
    , writer_(std::move(writer))
    , readers_(std::move(readers))
    , clock_(clock)
    , committer_(*writer_, clock_, writer_->revision(), "weft-store") {}

SqliteStore::~SqliteStore() = default;

StatusOr<Entry> SqliteStore::get(std::string_view key) const {
    WEFT_RETURN_IF_ERROR(validateKey(key));
    WEFT_RETURN_IF_ERROR(writer_->health());
    WEFT_RETURN_IF_ERROR(committer_.makeVisible());
    return readers_->get(key, clock_.now());
}

StatusOr<Listing> SqliteStore::list(std::string_view prefix) const {
    WEFT_RETURN_IF_ERROR(validatePrefix(prefix));
    WEFT_RETURN_IF_ERROR(writer_->health());
    WEFT_RETURN_IF_ERROR(committer_.makeVisible());
    return readers_->list(prefix, clock_.now());
}

StatusOr<std::vector<std::string>> SqliteStore::listKeys(std::string_view prefix) const {
    WEFT_RETURN_IF_ERROR(validatePrefix(prefix));
    WEFT_RETURN_IF_ERROR(writer_->health());
    WEFT_RETURN_IF_ERROR(committer_.makeVisible());
    return readers_->listKeys(prefix, clock_.now());
}

Revision SqliteStore::revision() const {
    return committer_.revision();
}

void SqliteStore::commit(Transaction transaction, Callback<CommitResult> done) {
    committer_.commit(std::move(transaction), std::move(done));
}

void SqliteStore::replaceAll(std::vector<Put> entries, Callback<CommitResult> done) {
    committer_.replaceAll(std::move(entries), std::move(done));
}

StatusOr<WatchHandle> SqliteStore::watch(
    std::string_view prefix, std::optional<Revision> afterRevision, WatchCallback callback) {
    return committer_.watch(prefix, afterRevision, std::move(callback));
}

StatusOr<std::size_t> SqliteStore::removeExpired() {
    return committer_.removeExpired();
}

}  // namespace weft::storage
