// SPDX-License-Identifier: Apache-2.0
#include "core/storage/sqlite/detail/sqlite_error.h"

#include <cerrno>
#include <string>
#include <system_error>

namespace weft::storage::detail {
namespace {

constexpr int kPrimaryCodeMask = 0xff;

bool isNoSpace(int number) {
    return number == ENOSPC || number == EDQUOT || number == EFBIG;
}

std::string reasonOf(int code, sqlite3* database) {
    std::string reason = sqlite3_errstr(code);
    if (database == nullptr) {
        return reason;
    }
    if (const int number = sqlite3_system_errno(database); number != 0) {
        reason += fmt::format(" ({})", std::generic_category().message(number));
    }
    return fmt::format("{}, code {}", reason, code);
}

/// An error of the file layer: only a write that did not fit leaves the file as it was.
SqliteFailure explainIo(int code, sqlite3* database, std::string_view doing) {
    const int number = database == nullptr ? 0 : sqlite3_system_errno(database);
    const bool fsync = code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC;
    if (code == SQLITE_IOERR_NOMEM) {
        return {resourceExhausted("{}: out of memory", doing), false};
    }
    if (!fsync && (code == SQLITE_IOERR_SHMSIZE || isNoSpace(number))) {
        return {resourceExhausted("{}: the disk is full", doing), false};
    }
    return {unavailable("{}: the disk failed: {}", doing, reasonOf(code, database)), true};
}

}  // namespace

SqliteFailure explain(int code, sqlite3* database, std::string_view doing) {
    switch (code & kPrimaryCodeMask) {
    case SQLITE_FULL:
        return {
            resourceExhausted("{}: the disk is full or the store has its largest size", doing),
            false};
    case SQLITE_NOMEM:
        return {resourceExhausted("{}: out of memory", doing), false};
    case SQLITE_IOERR:
        return explainIo(code, database, doing);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
    case SQLITE_MISMATCH:
    case SQLITE_CONSTRAINT:
        return {dataLoss("{}: the file is damaged: {}", doing, reasonOf(code, database)), true};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {unavailable("{}: another program holds a lock on the file", doing), false};
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return {permissionDenied("{}: {}", doing, reasonOf(code, database)), false};
    default:
        return {internalError("{}: {}", doing, reasonOf(code, database)), false};
    }
}

Status explainSystemError(int number, std::string_view doing, std::string_view path) {
    const std::string text =
        fmt::format("{} {}: {}", doing, path, std::generic_category().message(number));
    if (isNoSpace(number)) {
        return makeStatus(StatusCode::kResourceExhausted, text);
    }
    if (number == EACCES || number == EPERM || number == EROFS) {
        return makeStatus(StatusCode::kPermissionDenied, text);
    }
    return makeStatus(StatusCode::kUnavailable, text);
}

}  // namespace weft::storage::detail
