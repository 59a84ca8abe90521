// SPDX-License-Identifier: Apache-2.0
#include "core/storage/sqlite/detail/redo_log.h"

#include "core/storage/detail/crc32c.h"
#include "core/storage/sqlite/detail/sqlite_error.h"

#include <algorithm>
#include <utility>

namespace weft::storage::detail {
namespace {

/// Checksum of all that follows it, length of the operations, round, revision before and after.
constexpr std::size_t kHeaderBytes = 4 + 4 + 8 + 8 + 8;
constexpr std::size_t kSumBytes = 4;
/// Kind, whether it ends, lengths of key and value, revision, end of life.
constexpr std::size_t kOperationBytes = 1 + 1 + 4 + 4 + 8 + 8;

/// The file layer takes less than 128 KiB in a call.
constexpr std::size_t kPieceBytes = std::size_t{64} << 10;

template <typename Number>
void append(std::string& bytes, Number number) {
    for (std::size_t byte = 0; byte < sizeof number; ++byte) {
        bytes.push_back(static_cast<char>(static_cast<std::uint64_t>(number) >> (8 * byte)));
    }
}

/// Takes `Number` from the front of `bytes`, which must be long enough.
template <typename Number>
Number take(std::string_view& bytes) {
    std::uint64_t number = 0;
    for (std::size_t byte = 0; byte < sizeof(Number); ++byte) {
        number |= std::uint64_t{static_cast<unsigned char>(bytes[byte])} << (8 * byte);
    }
    bytes.remove_prefix(sizeof(Number));
    return static_cast<Number>(number);
}

std::string_view takeBytes(std::string_view& bytes, std::size_t size) {
    const auto taken = bytes.substr(0, size);
    bytes.remove_prefix(size);
    return taken;
}

/// Takes one operation from the front of `bytes`; nullopt when they are no operation.
std::optional<RedoOperation> takeOperation(std::string_view& bytes) {
    if (bytes.size() < kOperationBytes) {
        return std::nullopt;
    }
    RedoOperation operation;
    const auto kind = take<std::uint8_t>(bytes);
    const auto ends = take<std::uint8_t>(bytes);
    const auto keyBytes = take<std::uint32_t>(bytes);
    const auto valueBytes = take<std::uint32_t>(bytes);
    operation.revision = take<std::uint64_t>(bytes);
    const auto expires = take<std::int64_t>(bytes);
    if (kind < 1 || kind > 3 || std::uint64_t{keyBytes} + valueBytes > bytes.size()) {
        return std::nullopt;
    }
    operation.kind = static_cast<RedoOperation::Kind>(kind);
    operation.key = takeBytes(bytes, keyBytes);
    operation.value = takeBytes(bytes, valueBytes);
    if (ends != 0) {
        operation.expires = expires;
    }
    return operation;
}

Status visitAll(std::string_view operations, const std::string& path, const RedoLog::Visit& visit) {
    while (!operations.empty()) {
        const auto operation = takeOperation(operations);
        if (!operation) {
            return dataLoss("{} has a record that does not read", path);
        }
        WEFT_RETURN_IF_ERROR(visit(*operation));
    }
    return okStatus();
}

}  // namespace

void RedoBatch::clear() {
    bytes_.clear();
    operations_ = 0;
    whole_ = true;
}

void RedoBatch::add(const RedoOperation& operation) {
    ++operations_;
    const auto size = kOperationBytes + operation.key.size() + operation.value.size();
    if (!whole_ || bytes_.size() + size > kMaxBytes) {
        whole_ = false;
        std::string().swap(bytes_);
        return;
    }
    append(bytes_, static_cast<std::uint8_t>(operation.kind));
    append(bytes_, static_cast<std::uint8_t>(operation.expires ? 1 : 0));
    append(bytes_, static_cast<std::uint32_t>(operation.key.size()));
    append(bytes_, static_cast<std::uint32_t>(operation.value.size()));
    append(bytes_, std::uint64_t{operation.revision});
    append(bytes_, operation.expires.value_or(0));
    bytes_ += operation.key;
    bytes_ += operation.value;
}

void RedoLog::CloseFile::operator()(sqlite3_file* file) const {
    if (file->pMethods != nullptr) {
        file->pMethods->xClose(file);
    }
    sqlite3_free(file);
}

RedoLog::~RedoLog() = default;

StatusOr<std::unique_ptr<RedoLog>> RedoLog::open(std::string path, const std::string& vfs) {
    sqlite3_vfs* layer = sqlite3_vfs_find(vfs.empty() ? nullptr : vfs.c_str());
    if (layer == nullptr) {
        return unavailable("SQLite has no file layer {}", vfs);
    }
    auto log = std::unique_ptr<RedoLog>(new RedoLog(std::move(path), layer));
    auto* file = static_cast<sqlite3_file*>(sqlite3_malloc(layer->szOsFile));
    if (file == nullptr) {
        return resourceExhausted("out of memory");
    }
    file->pMethods = nullptr;
    log->file_.reset(file);
    const int code = layer->xOpen(
        layer,
        log->path_.c_str(),
        file,
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_WAL,
        nullptr);
    if (code != SQLITE_OK) {
        return explain(code, nullptr, fmt::format("opening {}", log->path_)).status;
    }
    log->restart();
    return log;
}

bool RedoLog::exists(const std::string& path, const std::string& vfs) {
    sqlite3_vfs* layer = sqlite3_vfs_find(vfs.empty() ? nullptr : vfs.c_str());
    int there = 0;
    return layer != nullptr
           && layer->xAccess(layer, path.c_str(), SQLITE_ACCESS_EXISTS, &there) == SQLITE_OK
           && there != 0;
}

int RedoLog::write(Revision before, Revision after, std::string_view operations) {
    std::string header;
    append(header, std::uint32_t{0});
    append(header, static_cast<std::uint32_t>(operations.size()));
    append(header, round_);
    append(header, std::uint64_t{before});
    append(header, std::uint64_t{after});
    std::string sum;
    append(sum, crc32c(operations, crc32c(std::string_view(header).substr(kSumBytes))));
    header.replace(0, kSumBytes, sum);
    int code = put(header, end_);
    if (code == SQLITE_OK) {
        code = put(operations, end_ + static_cast<std::int64_t>(header.size()));
    }
    if (code == SQLITE_OK) {
        end_ += static_cast<std::int64_t>(header.size() + operations.size());
    }
    return code;
}

int RedoLog::put(std::string_view bytes, std::int64_t at) {
    int code = SQLITE_OK;
    while (code == SQLITE_OK && !bytes.empty()) {
        const auto piece = takeBytes(bytes, std::min(bytes.size(), kPieceBytes));
        code =
            file_->pMethods->xWrite(file_.get(), piece.data(), static_cast<int>(piece.size()), at);
        at += static_cast<std::int64_t>(piece.size());
    }
    return code;
}

int RedoLog::sync() {
    return file_->pMethods->xSync(file_.get(), SQLITE_SYNC_NORMAL | SQLITE_SYNC_DATAONLY);
}

StatusOr<std::string> RedoLog::read(std::int64_t at, std::size_t size) {
    std::string bytes(size, '\0');
    for (std::size_t done = 0; done < size; done += kPieceBytes) {
        const int code = file_->pMethods->xRead(
            file_.get(),
            bytes.data() + done,
            static_cast<int>(std::min(size - done, kPieceBytes)),
            at + static_cast<std::int64_t>(done));
        if (code == SQLITE_IOERR_SHORT_READ) {
            return std::string();
        }
        if (code != SQLITE_OK) {
            return explain(code, nullptr, fmt::format("reading {}", path_)).status;
        }
    }
    return bytes;
}

/// The operations of the record at the end, when it follows on `before`.
StatusOr<std::optional<std::string>> RedoLog::readRecord(Revision before, Revision* after) {
    WEFT_ASSIGN_OR_RETURN(const std::string header, read(end_, kHeaderBytes));
    if (header.empty()) {
        return std::optional<std::string>();
    }
    std::string_view rest = header;
    const auto sum = take<std::uint32_t>(rest);
    const auto size = take<std::uint32_t>(rest);
    const auto round = take<std::uint64_t>(rest);
    const auto from = take<std::uint64_t>(rest);
    *after = take<std::uint64_t>(rest);
    const bool isNext = from == before && *after > from && (end_ == 0 || round == round_);
    if (!isNext || size == 0 || size > RedoBatch::kMaxBytes) {
        return std::optional<std::string>();
    }
    WEFT_ASSIGN_OR_RETURN(
        std::string operations, read(end_ + static_cast<std::int64_t>(kHeaderBytes), size));
    if (operations.empty()
        || sum != crc32c(operations, crc32c(std::string_view(header).substr(kSumBytes)))) {
        return std::optional<std::string>();
    }
    round_ = round;
    return std::optional(std::move(operations));
}

StatusOr<Revision> RedoLog::replay(Revision revision, const Visit& visit) {
    end_ = 0;
    while (true) {
        Revision after = 0;
        WEFT_ASSIGN_OR_RETURN(const auto operations, readRecord(revision, &after));
        if (!operations) {
            return revision;
        }
        WEFT_RETURN_IF_ERROR(visitAll(*operations, path_, visit));
        end_ += static_cast<std::int64_t>(kHeaderBytes + operations->size());
        revision = after;
    }
}

void RedoLog::restart() {
    end_ = 0;
    sqlite3_randomness(sizeof round_, &round_);
}

void RedoLog::truncate() {
    restart();
    // What stays behind is of an older round: a failure costs space alone.
    file_->pMethods->xTruncate(file_.get(), 0);
}

void RedoLog::remove() {
    file_.reset();
    vfs_->xDelete(vfs_, path_.c_str(), 0);
}

}  // namespace weft::storage::detail
