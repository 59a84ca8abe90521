// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"

#include <filesystem>

#include <sys/socket.h>
#include <sys/un.h>

namespace weft::base {

/// The address of a unix socket with a path, as the system's calls take it.
class UnixAddress {
public:
    /// Errors: kInvalidArgument the path is empty, or longer than the system takes.
    static StatusOr<UnixAddress> of(const std::filesystem::path& path);

    const sockaddr* get() const;
    socklen_t size() const { return sizeof(address_); }

private:
    UnixAddress() = default;

    sockaddr_un address_{};
};

}  // namespace weft::base
