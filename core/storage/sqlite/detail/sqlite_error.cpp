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

/// The errno of the last write that failed on one of the files. SQLite says SQLITE_FULL for ENOSPC
/// alone; a quota or a limit on the size of files is only seen here.
int lastErrno(sqlite3* database, WrittenFile written) {
    if (database == nullptr) {
        return 0;
    }
    sqlite3_file* file = nullptr;
    const int which =
        written == WrittenFile::Journal ? SQLITE_FCNTL_JOURNAL_POINTER : SQLITE_FCNTL_FILE_POINTER;
    int number = 0;
    if (sqlite3_file_control(database, "main", which, &file) != SQLITE_OK || file == nullptr
        || file->pMethods == nullptr
        || file->pMethods->xFileControl(file, SQLITE_FCNTL_LAST_ERRNO, &number) != SQLITE_OK) {
        return 0;
    }
    return number;
}

std::string reasonOf(int code, int number) {
    std::string reason = fmt::format("{}, code {}", sqlite3_errstr(code), code);
    if (number != 0) {
        reason += fmt::format(", {}", std::generic_category().message(number));
    }
    return reason;
}

/// An error of the file layer: only a write that did not fit leaves the file as it was.
SqliteFailure explainIo(int code, sqlite3* database, std::string_view doing, WrittenFile written) {
    const int number = lastErrno(database, written);
    if (code == SQLITE_IOERR_NOMEM) {
        return {resourceExhausted("{}: out of memory", doing), false};
    }
    if (code == SQLITE_IOERR_SHMSIZE || (code == SQLITE_IOERR_WRITE && isNoSpace(number))) {
        return {resourceExhausted("{}: the disk is full: make room, and try again", doing), false};
    }
    return {unavailable("{}: the disk failed: {}", doing, reasonOf(code, number)), true};
}

}  // namespace

SqliteFailure explain(int code, sqlite3* database, std::string_view doing, WrittenFile written) {
    switch (code & kPrimaryCodeMask) {
    case SQLITE_FULL:
        return {
            resourceExhausted(
                "{}: the disk is full or the store has its largest size: make room, and try again",
                doing),
            false};
    case SQLITE_NOMEM:
        return {resourceExhausted("{}: out of memory", doing), false};
    case SQLITE_IOERR:
        return explainIo(code, database, doing, written);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
    case SQLITE_MISMATCH:
    case SQLITE_CONSTRAINT:
        return {dataLoss("{}: the file is damaged: {}", doing, reasonOf(code, 0)), true};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {unavailable("{}: another program holds a lock on the file", doing), false};
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return {
            permissionDenied(
                "{}: {}",
                doing,
                reasonOf(code, database == nullptr ? 0 : sqlite3_system_errno(database))),
            false};
    default:
        return {internalError("{}: {}", doing, reasonOf(code, 0)), false};
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
