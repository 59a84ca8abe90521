// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/local/socket_path.h"

#include "core/base/file.h"
#include "core/base/unix_address.h"

#include <cerrno>
#include <string>
#include <system_error>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>

namespace weft::daemon {
namespace {

constexpr int kBacklog = 128;
constexpr mode_t kWritableByOthers = 022;

Status systemError(const std::filesystem::path& path, const char* what) {
    const int code = errno;
    if (code == EACCES || code == EPERM) {
        return permissionDenied(
            "{} {}: {}", what, path.string(), std::generic_category().message(code));
    }
    return unavailable("{} {}: {}", what, path.string(), std::generic_category().message(code));
}

/// Makes the last folder ours to give: group and mode.
Status makeFolder(const std::filesystem::path& folder, const SocketAccess& access) {
    WEFT_RETURN_IF_ERROR(base::makeFolders(folder.parent_path(), 0755));
    if (::mkdir(folder.c_str(), base::kPrivateFolderMode) != 0) {
        return errno == EEXIST ? okStatus() : systemError(folder, "making the folder");
    }
    if (access.group && ::chown(folder.c_str(), static_cast<uid_t>(-1), *access.group) == 0
        && ::chmod(folder.c_str(), 0750) != 0) {
        return systemError(folder, "opening the folder to its group");
    }
    return okStatus();
}

/// Opens and checks the folder, and keeps other daemons out of it until the result is closed.
StatusOr<base::UniqueFd> lockFolder(const std::filesystem::path& folder) {
    base::UniqueFd fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!fd.valid()) {
        if (errno == ELOOP || errno == ENOTDIR) {
            return permissionDenied("{} is not a real folder", folder.string());
        }
        return systemError(folder, "opening the folder");
    }
    struct stat info {};
    if (::fstat(fd.get(), &info) != 0) {
        return systemError(folder, "looking at the folder");
    }
    if (info.st_uid != ::geteuid() && info.st_uid != 0) {
        return permissionDenied("the folder {} belongs to another user", folder.string());
    }
    if ((info.st_mode & kWritableByOthers) != 0) {
        return permissionDenied(
            "the folder {} can be written by others: give the socket a folder of its own",
            folder.string());
    }
    if (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) {
        return failedPrecondition("another daemon starts at {} right now", folder.string());
    }
    return fd;
}

/// Whether somebody answers at the socket.
StatusOr<bool> isServed(const std::filesystem::path& path, const base::UnixAddress& address) {
    const base::UniqueFd probe(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!probe.valid()) {
        return systemError(path, "making a socket for");
    }
    if (::connect(probe.get(), address.get(), address.size()) == 0 || errno == EAGAIN
        || errno == EINPROGRESS) {
        return true;
    }
    if (errno == ECONNREFUSED) {
        return false;
    }
    return systemError(path, "trying the socket");
}

Status clearPath(const std::filesystem::path& path, const base::UnixAddress& address) {
    struct stat info {};
    if (::lstat(path.c_str(), &info) != 0) {
        return errno == ENOENT ? okStatus() : systemError(path, "looking at");
    }
    if (!S_ISSOCK(info.st_mode)) {
        return failedPrecondition(
            "{} is not a socket: move it away, or choose another path", path.string());
    }
    if (info.st_uid != ::geteuid()) {
        return permissionDenied("the socket {} belongs to another user", path.string());
    }
    WEFT_ASSIGN_OR_RETURN(const bool served, isServed(path, address));
    if (served) {
        return failedPrecondition("another daemon serves {}", path.string());
    }
    if (::unlink(path.c_str()) != 0) {
        return systemError(path, "removing the stale socket");
    }
    return okStatus();
}

Status openToGroup(const std::filesystem::path& path, const SocketAccess& access) {
    if (!access.group || ::chown(path.c_str(), static_cast<uid_t>(-1), *access.group) != 0) {
        // A user who is not in the group cannot give the socket to it: it stays private.
        return okStatus();
    }
    if (::chmod(path.c_str(), 0660) != 0) {
        return systemError(path, "opening the socket to its group");
    }
    return okStatus();
}

}  // namespace

StatusOr<BoundSocket> BoundSocket::create(
    const std::filesystem::path& path, const SocketAccess& access) {
    if (!path.is_absolute()) {
        return invalidArgument("the path of the local socket must be absolute: {}", path.string());
    }
    WEFT_ASSIGN_OR_RETURN(const auto address, base::UnixAddress::of(path));
    const auto folder = path.parent_path();
    WEFT_RETURN_IF_ERROR(makeFolder(folder, access));
    WEFT_ASSIGN_OR_RETURN(const base::UniqueFd lock, lockFolder(folder));
    WEFT_RETURN_IF_ERROR(clearPath(path, address));

    base::UniqueFd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!fd.valid()) {
        return systemError(path, "making a socket for");
    }
    const mode_t before = ::umask(0177);
    const int bound = ::bind(fd.get(), address.get(), address.size());
    const int error = errno;
    ::umask(before);
    if (bound != 0) {
        errno = error;
        return systemError(path, "binding");
    }
    struct stat info {};
    if (::lstat(path.c_str(), &info) != 0) {
        return systemError(path, "looking at");
    }
    BoundSocket socket(path, std::move(fd), info.st_dev, info.st_ino);
    WEFT_RETURN_IF_ERROR(openToGroup(path, access));
    if (::listen(socket.fd(), kBacklog) != 0) {
        return systemError(path, "listening at");
    }
    return socket;
}

BoundSocket::~BoundSocket() {
    if (!fd_.valid()) {
        return;
    }
    struct stat info {};
    if (::lstat(path_.c_str(), &info) == 0 && S_ISSOCK(info.st_mode) && info.st_dev == device_
        && info.st_ino == inode_) {
        ::unlink(path_.c_str());
    }
}

}  // namespace weft::daemon
