// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/base/unique_fd.h"

#include <filesystem>
#include <optional>

#include <sys/types.h>

namespace weft::daemon {

/// Who may reach the socket: the folder is 0750, the socket 0660, both of `group`; without a group
/// (or without the right to give it) the folder is 0700 and the socket 0600.
struct SocketAccess {
    std::optional<gid_t> group;
};

/// A listening unix socket at a path that nobody else can have prepared.
///
/// The folder is made when it is missing. One that exists must be a real folder of ours or of root
/// and closed to writing by others. At the path itself only a socket of ours that refuses
/// connections is removed: a link, a file, a foreign socket, and one that somebody serves are
/// errors and stay.
class BoundSocket {
public:
    /// Errors: kInvalidArgument     the path is relative, or too long for a socket
    ///         kPermissionDenied    folder or path belong to others, or are open to them
    ///         kFailedPrecondition  another daemon serves it, or something else stands there
    ///         kUnavailable         what else the system reports
    /// Changes the process's umask for a moment: before other threads create files.
    static StatusOr<BoundSocket> create(
        const std::filesystem::path& path, const SocketAccess& access);

    BoundSocket(BoundSocket&& other) noexcept = default;
    BoundSocket& operator=(BoundSocket&& other) = delete;
    BoundSocket(const BoundSocket&) = delete;
    BoundSocket& operator=(const BoundSocket&) = delete;
    /// Removes the path if it is still the socket that was made here.
    ~BoundSocket();

    int fd() const { return fd_.get(); }
    const std::filesystem::path& path() const { return path_; }

private:
    BoundSocket(std::filesystem::path path, base::UniqueFd fd, dev_t device, ino_t inode)
        : path_(std::move(path)), fd_(std::move(fd)), device_(device), inode_(inode) {}

    std::filesystem::path path_;
    base::UniqueFd fd_;
    dev_t device_ = 0;
    ino_t inode_ = 0;
};

}  // namespace weft::daemon
