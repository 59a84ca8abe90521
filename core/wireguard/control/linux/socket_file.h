// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"

#include <filesystem>
#include <utility>

#include <sys/types.h>
#include <unistd.h>

namespace weft::wireguard {

/// The one owner of a file descriptor.
class Descriptor {
public:
    Descriptor() = default;
    explicit Descriptor(int fd) : fd_(fd) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(fd_, other.fd_);
        return *this;
    }
    ~Descriptor() {
        if (fd_ >= 0) {
            ::close(fd_);
        }
    }

    int get() const { return fd_; }
    bool valid() const { return fd_ >= 0; }

private:
    int fd_ = -1;
};

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
    SocketFile(Descriptor fd, std::filesystem::path path, dev_t device, ino_t inode)
        : fd_(std::move(fd)), path_(std::move(path)), device_(device), inode_(inode) {}

    Descriptor fd_;
    std::filesystem::path path_;
    dev_t device_;
    ino_t inode_;
};

}  // namespace weft::wireguard
