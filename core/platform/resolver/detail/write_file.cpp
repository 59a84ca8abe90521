// SPDX-License-Identifier: Apache-2.0
#include "core/platform/resolver/detail/write_file.h"

#include "core/base/file.h"
#include "core/base/log.h"
#include "core/base/unique_fd.h"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace weft::platform::detail {
namespace {

/// Of a file that was not there: everybody's programs look names up.
constexpr unsigned kMode = 0644;
constexpr unsigned kModeBits = 07777;

Status failure(const std::filesystem::path& file, int error) {
    const auto name = base::quoted(file.string());
    switch (error) {
    case EACCES:
    case EPERM:
        return permissionDenied(
            "this program may not write {}: have systemd-resolved run, or let this user write the "
            "file",
            name);
    case EROFS:
        return permissionDenied(
            "{} is mounted read-only here, as in a container or in a service with "
            "ProtectSystem=strict: have systemd-resolved run, or mount it writable",
            name);
    case ENOSPC:
    case EDQUOT:
        return resourceExhausted("there is no room on the disk to write {}", name);
    default:
        return unavailable("writing {}: {}", name, std::generic_category().message(error));
    }
}

/// Whether a new file in its place would be the same but for its bytes.
bool mayBeReplaced(const struct stat& file) {
    return S_ISREG(file.st_mode) && file.st_uid == ::geteuid() && file.st_gid == ::getegid()
           && file.st_nlink == 1;
}

Status writeInPlace(const std::filesystem::path& file, std::string_view bytes) {
    const base::UniqueFd open(::open(file.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY));
    if (!open.valid()) {
        return failure(file, errno);
    }
    for (std::size_t at = 0; at < bytes.size();) {
        const auto left = bytes.substr(at);
        const auto written = ::pwrite(open.get(), left.data(), left.size(), static_cast<off_t>(at));
        if (written < 0 && errno != EINTR) {
            return failure(file, errno);
        }
        at += written < 0 ? 0 : static_cast<std::size_t>(written);
    }
    if (::ftruncate(open.get(), static_cast<off_t>(bytes.size())) != 0
        || ::fsync(open.get()) != 0) {
        return failure(file, errno);
    }
    return okStatus();
}

}  // namespace

Status writeFile(
    const std::filesystem::path& file,
    const std::optional<std::string>& now,
    std::string_view bytes) {
    struct stat known {};
    if (!now) {
        return base::createFileAtomically(file, bytes, kMode);
    }
    if (::lstat(file.c_str(), &known) != 0) {
        return failure(file, errno);
    }
    // A file that is mounted there cannot be replaced, nor one in a folder of somebody else.
    if (mayBeReplaced(known)
        && base::writeFileAtomically(file, bytes, known.st_mode & kModeBits).ok()) {
        return okStatus();
    }
    return writeInPlace(file, bytes);
}

void removeLeftovers(const std::filesystem::path& file) {
    // As base::writeFileAtomically calls them.
    constexpr std::string_view kPrefix = ".weft-tmp-";
    std::error_code error;
    std::filesystem::directory_iterator entry(file.parent_path(), error);
    for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
        struct stat known {};
        if (entry->path().filename().native().starts_with(kPrefix)
            && ::lstat(entry->path().c_str(), &known) == 0 && S_ISREG(known.st_mode)
            && known.st_uid == ::geteuid()) {
            ::unlink(entry->path().c_str());
        }
    }
}

Status removeFile(const std::filesystem::path& file) {
    return ::unlink(file.c_str()) == 0 || errno == ENOENT ? okStatus() : failure(file, errno);
}

}  // namespace weft::platform::detail
