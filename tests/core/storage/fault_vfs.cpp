// SPDX-License-Identifier: Apache-2.0
#include "tests/core/storage/fault_vfs.h"

#include "core/base/check.h"

#include <sqlite3.h>

namespace weft::tests {

std::atomic<bool> FaultVfs::failJournalSync = false;
std::atomic<bool> FaultVfs::failFileSync = false;
std::atomic<bool> FaultVfs::diskFull = false;
std::atomic<bool> FaultVfs::fileFull = false;
std::atomic<int> FaultVfs::journalSyncs = 0;

namespace {

sqlite3_vfs* realVfs = nullptr;
sqlite3_vfs faultVfs;

/// What the real layer does with one kind of file, and our version of it.
struct Methods {
    const sqlite3_io_methods* real = nullptr;
    sqlite3_io_methods faulty{};
};
Methods databaseMethods;
Methods journalMethods;

int syncDatabase(sqlite3_file* file, int flags) {
    return FaultVfs::failFileSync ? SQLITE_IOERR_FSYNC : databaseMethods.real->xSync(file, flags);
}

int syncJournal(sqlite3_file* file, int flags) {
    ++FaultVfs::journalSyncs;
    return FaultVfs::failJournalSync ? SQLITE_IOERR_FSYNC : journalMethods.real->xSync(file, flags);
}

int writeDatabase(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 at) {
    return FaultVfs::diskFull || FaultVfs::fileFull
               ? SQLITE_FULL
               : databaseMethods.real->xWrite(file, bytes, count, at);
}

int writeJournal(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 at) {
    return FaultVfs::diskFull ? SQLITE_FULL : journalMethods.real->xWrite(file, bytes, count, at);
}

void replace(
    sqlite3_file* file,
    Methods& methods,
    int (*sync)(sqlite3_file*, int),
    int (*write)(sqlite3_file*, const void*, int, sqlite3_int64)) {
    methods.real = file->pMethods;
    methods.faulty = *file->pMethods;
    methods.faulty.xSync = sync;
    methods.faulty.xWrite = write;
    file->pMethods = &methods.faulty;
}

int openFile(sqlite3_vfs* /*vfs*/, const char* name, sqlite3_file* file, int flags, int* outFlags) {
    const int code = realVfs->xOpen(realVfs, name, file, flags, outFlags);
    if (code != SQLITE_OK || (flags & SQLITE_OPEN_READWRITE) == 0) {
        return code;
    }
    if ((flags & SQLITE_OPEN_MAIN_DB) != 0) {
        replace(file, databaseMethods, syncDatabase, writeDatabase);
    } else if ((flags & SQLITE_OPEN_WAL) != 0) {
        replace(file, journalMethods, syncJournal, writeJournal);
    }
    return code;
}

}  // namespace

std::string FaultVfs::install() {
    if (realVfs == nullptr) {
        realVfs = sqlite3_vfs_find(nullptr);
        WEFT_CHECK(realVfs != nullptr);
        faultVfs = *realVfs;
        faultVfs.zName = "weft-faults";
        faultVfs.pNext = nullptr;
        faultVfs.xOpen = openFile;
        WEFT_CHECK(sqlite3_vfs_register(&faultVfs, 0) == SQLITE_OK);
    }
    failJournalSync = false;
    failFileSync = false;
    diskFull = false;
    fileFull = false;
    journalSyncs = 0;
    return faultVfs.zName;
}

}  // namespace weft::tests
