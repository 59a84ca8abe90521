// SPDX-License-Identifier: Apache-2.0
#include "core/base/file.h"

#include "core/base/text.h"
#include "core/base/unique_fd.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace weft::base {
namespace {

constexpr std::size_t kReadChunkBytes = std::size_t{64} * 1024;

std::string nameOf(const std::filesystem::path& path) {
    return escapeForLine(path.native());
}

Status fromErrno(int error, std::string_view doing, const std::filesystem::path& path) {
    const auto text =
        fmt::format("{} {}: {}", doing, nameOf(path), std::generic_category().message(error));
    switch (error) {
    case EACCES:
    case EPERM:
    case EROFS:
        return makeStatus(StatusCode::kPermissionDenied, text);
    case ENOSPC:
    case EDQUOT:
    case EMFILE:
    case ENFILE:
    case EFBIG:
        return makeStatus(StatusCode::kResourceExhausted, text);
    case ENOENT:
        return makeStatus(StatusCode::kNotFound, text);
    case EEXIST:
        return makeStatus(StatusCode::kAlreadyExists, text);
    default:
        return makeStatus(StatusCode::kUnavailable, text);
    }
}

/// For a writer a missing folder is no "not found": what it wants to make is never there before.
Status writeError(int error, std::string_view doing, const std::filesystem::path& path) {
    auto status = fromErrno(error, doing, path);
    if (status.code() == StatusCode::kNotFound) {
        return makeStatus(StatusCode::kUnavailable, messageOf(status));
    }
    return status;
}

std::filesystem::path folderOf(const std::filesystem::path& path) {
    const auto parent = path.parent_path();
    return parent.empty() ? std::filesystem::path(".") : parent;
}

Status syncFolder(const std::filesystem::path& folder) {
    const UniqueFd opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!opened.valid()) {
        return writeError(errno, "opening folder", folder);
    }
    // EINVAL: this file system has no notion of syncing a folder.
    if (::fsync(opened.get()) != 0 && errno != EINVAL) {
        return writeError(errno, "syncing folder", folder);
    }
    return okStatus();
}

Status writeAll(int descriptor, std::string_view bytes, const std::filesystem::path& path) {
    while (!bytes.empty()) {
        const auto written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno != EINTR) {
            return writeError(errno, "writing", path);
        }
        if (written > 0) {
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
    }
    return okStatus();
}

/// A new file beside its target, removed again unless it took the target's name.
class TemporaryFile {
public:
    explicit TemporaryFile(const std::filesystem::path& target)
        : name_(folderOf(target) / (".weft-tmp-XXXXXX")), file_(open(name_)) {}
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    ~TemporaryFile() {
        if (!gone_) {
            ::unlink(name_.c_str());
        }
    }

    Status fill(std::string_view bytes, unsigned mode) {
        if (!file_.valid()) {
            gone_ = true;
            return writeError(openError_, "creating a file in", folderOf(name_));
        }
        WEFT_RETURN_IF_ERROR(writeAll(file_.get(), bytes, name_));
        if (::fchmod(file_.get(), static_cast<mode_t>(mode)) != 0) {
            return writeError(errno, "setting the mode of", name_);
        }
        if (::fsync(file_.get()) != 0) {
            return writeError(errno, "syncing", name_);
        }
        // Its result reports late write errors on network file systems.
        if (::close(file_.release()) != 0) {
            return writeError(errno, "closing", name_);
        }
        return okStatus();
    }

    Status replace(const std::filesystem::path& target) {
        if (::rename(name_.c_str(), target.c_str()) != 0) {
            return writeError(errno, "replacing", target);
        }
        gone_ = true;
        return okStatus();
    }

    /// A hard link fails where a name is taken; the temporary name then goes.
    Status become(const std::filesystem::path& target) {
        if (::link(name_.c_str(), target.c_str()) != 0) {
            return writeError(errno, "creating", target);
        }
        return okStatus();
    }

private:
    int open(std::filesystem::path& pattern) {
        std::string text = pattern.native();
        const int made = ::mkostemp(text.data(), O_CLOEXEC);
        openError_ = errno;
        pattern = text;
        return made;
    }

    int openError_ = 0;
    bool gone_ = false;
    std::filesystem::path name_;
    UniqueFd file_;
};

StatusOr<std::string> readAll(
    int descriptor, std::size_t mostBytes, const std::filesystem::path& path) {
    std::string bytes;
    // One byte above the cap tells "longer" from "exactly as long".
    while (bytes.size() <= mostBytes) {
        const auto before = bytes.size();
        const auto wanted = std::min(kReadChunkBytes, mostBytes - before + 1);
        bytes.resize(before + wanted);
        const auto got = ::read(descriptor, bytes.data() + before, wanted);
        const int error = errno;
        bytes.resize(before + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
        if (got < 0 && error != EINTR) {
            return fromErrno(error, "reading", path);
        }
        if (got == 0) {
            return bytes;
        }
    }
    return makeStatus(
        StatusCode::kResourceExhausted,
        fmt::format("{} is longer than {} bytes", nameOf(path), mostBytes));
}

}  // namespace

Status writeFileAtomically(
    const std::filesystem::path& path, std::string_view bytes, unsigned mode) {
    {
        TemporaryFile file(path);
        WEFT_RETURN_IF_ERROR(file.fill(bytes, mode));
        WEFT_RETURN_IF_ERROR(file.replace(path));
    }
    return syncFolder(folderOf(path));
}

Status createFileAtomically(
    const std::filesystem::path& path, std::string_view bytes, unsigned mode) {
    {
        TemporaryFile file(path);
        WEFT_RETURN_IF_ERROR(file.fill(bytes, mode));
        WEFT_RETURN_IF_ERROR(file.become(path));
    }
    return syncFolder(folderOf(path));
}

Status appendToFile(const std::filesystem::path& path, std::string_view bytes) {
    UniqueFd file(::open(
        path.c_str(),
        O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY,
        static_cast<mode_t>(kPrivateFileMode)));
    if (!file.valid()) {
        return writeError(errno, "opening", path);
    }
    WEFT_RETURN_IF_ERROR(writeAll(file.get(), bytes, path));
    return ::close(file.release()) == 0 ? okStatus() : writeError(errno, "closing", path);
}

StatusOr<FileWithOwner> readFileWithOwner(
    const std::filesystem::path& path, std::size_t mostBytes) {
    // O_NONBLOCK: opening a fifo would wait for a writer.
    const UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (!file.valid()) {
        return errno == ENXIO ? failedPrecondition("{} is not a regular file", nameOf(path))
                              : fromErrno(errno, "opening", path);
    }
    struct stat about {};
    if (::fstat(file.get(), &about) != 0) {
        return fromErrno(errno, "looking at", path);
    }
    if (!S_ISREG(about.st_mode)) {
        return failedPrecondition("{} is not a regular file", nameOf(path));
    }
    WEFT_ASSIGN_OR_RETURN(auto bytes, readAll(file.get(), mostBytes, path));
    return FileWithOwner{std::move(bytes), about.st_mode & 0777U, about.st_uid};
}

StatusOr<std::string> readFile(const std::filesystem::path& path, std::size_t mostBytes) {
    WEFT_ASSIGN_OR_RETURN(auto file, readFileWithOwner(path, mostBytes));
    return std::move(file.bytes);
}

Status makeFolders(const std::filesystem::path& path, unsigned mode) {
    std::vector<std::filesystem::path> missing;
    auto folder = path.lexically_normal();
    if (!folder.has_filename() && folder.has_relative_path()) {
        folder = folder.parent_path();
    }
    std::error_code error;
    while (!folder.empty() && !std::filesystem::is_directory(folder, error)) {
        missing.push_back(folder);
        if (folder == folder.parent_path()) {
            break;
        }
        folder = folder.parent_path();
    }
    std::reverse(missing.begin(), missing.end());
    for (const auto& next : missing) {
        if (::mkdir(next.c_str(), static_cast<mode_t>(mode)) != 0) {
            const int reason = errno;
            // Someone else may have made it meanwhile; a file or a dangling link is in the way.
            if (reason == EEXIST && std::filesystem::is_directory(next, error)) {
                continue;
            }
            return reason == EEXIST ? unavailable("{} is in the way of a folder", nameOf(next))
                                    : writeError(reason, "making folder", next);
        }
        if (::chmod(next.c_str(), static_cast<mode_t>(mode)) != 0) {
            return writeError(errno, "setting the mode of", next);
        }
        WEFT_RETURN_IF_ERROR(syncFolder(folderOf(next)));
    }
    return okStatus();
}

}  // namespace weft::base
