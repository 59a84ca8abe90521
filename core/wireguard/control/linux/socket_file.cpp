// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/control/linux/socket_file.h"

#include "core/base/file.h"
#include "core/base/unix_address.h"

#include <cerrno>
#include <string>
#include <system_error>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>

namespace weft::wireguard {
namespace {

constexpr int kBacklog = 16;
constexpr mode_t kSocketMode = 0700;
constexpr mode_t kFolderMode = 0755;

Status systemError(const std::filesystem::path& path, const char* what) {
    const int code = errno;
    const auto text = std::generic_category().message(code);
    if (code == EACCES || code == EPERM || code == EROFS) {
        return permissionDenied("{} {}: {}", what, path.string(), text);
    }
    return unavailable("{} {}: {}", what, path.string(), text);
}

/// What stands in the way at `path` is removed when it is ours and nobody serves it.
Status removeStale(const std::filesystem::path& path, const base::UnixAddress& address) {
    struct stat info {};
    if (::lstat(path.c_str(), &info) != 0) {
        return errno == ENOENT ? okStatus() : systemError(path, "looking at");
    }
    if (!S_ISSOCK(info.st_mode)) {
        return failedPrecondition("{} is there and is not a socket", path.string());
    }
    const base::UniqueFd probe(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!probe.valid()) {
        return systemError(path, "making a socket for");
    }
    // EAGAIN: somebody listens, and his backlog is full.
    if (::connect(probe.get(), address.get(), address.size()) == 0 || errno == EAGAIN) {
        return failedPrecondition(
            "{} is served by another process: an interface of this name is up", path.string());
    }
    if (errno != ECONNREFUSED && errno != ENOENT) {
        return systemError(path, "asking who serves");
    }
    if (info.st_uid != ::geteuid()) {
        return permissionDenied(
            "{} is a dead socket of the user with the id {}; remove it first",
            path.string(),
            info.st_uid);
    }
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) {
        return systemError(path, "removing the dead socket");
    }
    return okStatus();
}

}  // namespace

StatusOr<SocketFile> SocketFile::listenAt(const std::filesystem::path& path) {
    WEFT_ASSIGN_OR_RETURN(const auto address, base::UnixAddress::of(path));
    WEFT_RETURN_IF_ERROR(annotate(
        base::makeFolders(path.parent_path(), kFolderMode), "making the control socket's folder"));
    WEFT_RETURN_IF_ERROR(removeStale(path, address));
    base::UniqueFd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    // The file gets the mode that the socket has when it is bound: so it is never open to others,
    // and the umask, which belongs to all threads, stays as it is.
    if (!fd.valid() || ::fchmod(fd.get(), kSocketMode) != 0) {
        return systemError(path, "making a socket for");
    }
    if (::bind(fd.get(), address.get(), address.size()) != 0) {
        return systemError(path, "binding");
    }
    struct stat info {};
    if (::lstat(path.c_str(), &info) != 0) {
        return systemError(path, "looking at");
    }
    SocketFile file(std::move(fd), path, info.st_dev, info.st_ino);
    if (::listen(file.fd(), kBacklog) != 0) {
        return systemError(path, "listening on");
    }
    return file;
}

SocketFile::~SocketFile() {
    struct stat info {};
    if (fd_.valid() && ::lstat(path_.c_str(), &info) == 0 && info.st_dev == device_
        && info.st_ino == inode_) {
        ::unlink(path_.c_str());
    }
}

}  // namespace weft::wireguard
