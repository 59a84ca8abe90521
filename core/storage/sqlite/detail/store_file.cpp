// SPDX-License-Identifier: Apache-2.0
#include "core/storage/sqlite/detail/store_file.h"

#include "core/base/file.h"
#include "core/base/unique_fd.h"
#include "core/storage/sqlite/detail/sqlite_error.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <system_error>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace weft::storage::detail {
namespace {

constexpr mode_t kForeignBits = 0077;
/// How each SQLite file begins, with the zero byte (SQLite file format, section 1.3.1).
constexpr std::string_view kMagic("SQLite format 3\0", 16);

/// Not for the database file while SQLite has it open: closing any descriptor of it would give up
/// SQLite's locks.
base::UniqueFd openOwn(const std::string& path, int flags) {
    return base::UniqueFd(
        ::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, base::kPrivateFileMode));
}

std::string ownerOf(int lock) {
    std::array<char, 24> text{};
    const ssize_t length = ::pread(lock, text.data(), text.size() - 1, 0);
    const long process = length > 0 ? std::strtol(text.data(), nullptr, 10) : 0;
    return process > 0 ? fmt::format("process {}", process) : "another process";
}

bool exists(const std::string& path) {
    struct stat info {};
    return ::lstat(path.c_str(), &info) == 0;
}

}  // namespace

StatusOr<std::unique_ptr<StoreFile>> StoreFile::open(const std::filesystem::path& path) {
    std::error_code error;
    const auto absolute = std::filesystem::absolute(path, error);
    if (error) {
        return explainSystemError(error.value(), "finding", path.string());
    }
    WEFT_RETURN_IF_ERROR(base::makeFolders(absolute.parent_path(), base::kPrivateFolderMode));
    auto file = std::unique_ptr<StoreFile>(new StoreFile(absolute.string()));
    WEFT_RETURN_IF_ERROR(file->takeLock());
    WEFT_RETURN_IF_ERROR(file->create());
    return file;
}

StoreFile::~StoreFile() {
    if (lock_ >= 0) {
        ::close(lock_);
    }
}

Status StoreFile::takeLock() {
    const std::string path = path_ + ".lock";
    auto lock = openOwn(path, O_RDWR | O_CREAT);
    if (lock.get() < 0) {
        return explainSystemError(errno, "opening", path);
    }
    if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK) {
            return failedPrecondition("{} is in use by {}", path_, ownerOf(lock.get()));
        }
        return explainSystemError(errno, "locking", path);
    }
    // Only for the message above: a lock without it is as good.
    const std::string process = fmt::format("{}\n", ::getpid());
    if (::ftruncate(lock.get(), 0) == 0) {
        [[maybe_unused]] const ssize_t written =
            ::pwrite(lock.get(), process.data(), process.size(), 0);
    }
    lock_ = lock.release();
    return okStatus();
}

Status StoreFile::create() {
    const auto file = openOwn(path_, O_RDWR | O_CREAT);
    struct stat info {};
    if (file.get() < 0 || ::fstat(file.get(), &info) != 0) {
        return explainSystemError(errno, "opening", path_);
    }
    if (!S_ISREG(info.st_mode)) {
        return failedPrecondition("{} is not a regular file", path_);
    }
    isEmpty_ = info.st_size == 0;
    // A journal is only made after the first page of the file is on the disk. SQLite would take
    // the journal away and start with an empty store.
    for (const char* suffix : {"-wal", kRedoSuffix}) {
        if (isEmpty_ && exists(path_ + suffix)) {
            return dataLoss("{} is empty, but its journal {}{} is there", path_, path_, suffix);
        }
    }
    // SQLite takes a file of one byte for a new one.
    std::array<char, kMagic.size()> magic{};
    const ssize_t length = isEmpty_ ? 0 : ::pread(file.get(), magic.data(), magic.size(), 0);
    if (length < 0) {
        return explainSystemError(errno, "reading", path_);
    }
    if (!isEmpty_ && std::string_view(magic.data(), static_cast<std::size_t>(length)) != kMagic) {
        return dataLoss("{} is not a SQLite file", path_);
    }
    return okStatus();
}

std::size_t StoreFile::bytes() const {
    struct stat info {};
    return ::stat(path_.c_str(), &info) == 0 ? static_cast<std::size_t>(info.st_size) : 0;
}

Status StoreFile::restrict() const {
    for (const char* suffix : {"", "-wal", "-shm", kRedoSuffix}) {
        const std::string path = path_ + suffix;
        struct stat info {};
        if (::lstat(path.c_str(), &info) != 0 || !S_ISREG(info.st_mode)
            || (info.st_mode & kForeignBits) == 0) {
            continue;
        }
        if (::chmod(path.c_str(), base::kPrivateFileMode) != 0) {
            return explainSystemError(errno, "protecting", path);
        }
    }
    return okStatus();
}

void StoreFile::preallocateJournal(std::size_t bytes) const {
    const auto journal = openOwn(path_ + "-wal", O_WRONLY);
    struct stat info {};
    if (journal.get() < 0 || ::fstat(journal.get(), &info) != 0) {
        return;
    }
    static constexpr std::array<char, std::size_t{64} << 10> kZeros{};
    auto at = static_cast<std::size_t>(info.st_size);
    while (at < bytes) {
        const ssize_t written = ::pwrite(
            journal.get(),
            kZeros.data(),
            std::min(kZeros.size(), bytes - at),
            static_cast<off_t>(at));
        if (written <= 0) {
            return;
        }
        at += static_cast<std::size_t>(written);
    }
    ::fdatasync(journal.get());
}

}  // namespace weft::storage::detail
