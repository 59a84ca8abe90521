// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/base/unique_fd.h"

#include <filesystem>
#include <utility>

#include <sys/types.h>
#include <unistd.h>

namespace weft::wireguard {

/// A listening local stream socket with its file, which goes with it.
class SocketFile {
public:
    /// Errors: those of ControlSocket::create.
    static StatusOr<SocketFile> listenAt(const std::filesystem::path& path);

    SocketFile(const SocketFile&) = delete;
    SocketFile& operator=(const SocketFile&) = delete;
    SocketFile(SocketFile&& other) noexcept = default;
    SocketFile& operator=(SocketFile&&) = delete;
    ~SocketFile();

    int fd() const { return fd_.get(); }
    const std::filesystem::path& path() const { return path_; }

private:
    SocketFile(base::UniqueFd fd, std::filesystem::path path, dev_t device, ino_t inode)
        : fd_(std::move(fd)), path_(std::move(path)), device_(device), inode_(inode) {}

    base::UniqueFd fd_;
    std::filesystem::path path_;
    dev_t device_;
    ino_t inode_;
};

}  // namespace weft::wireguard
