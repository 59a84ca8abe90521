// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/services/server/arrivals.h"

#include <atomic>
#include <functional>
#include <map>
#include <optional>

#include <sys/types.h>

namespace weft::services {

/// Which of the open connections came out of the tunnel, and are tied to its interface.
/// Thread: confined to the gate's, except where noted.
class TunnelCallers {
public:
    /// Does `use` to the socket with this number and inode, whoever owns it. False: it has gone.
    using OnSocket = std::function<bool(int fd, ino_t inode, const std::function<void(int)>& use)>;

    explicit TunnelCallers(OnSocket onSocket) : onSocket_(std::move(onSocket)) {}

    /// Looks how an accepted connection came in. `fd` is the caller's still.
    void add(int fd, ino_t inode, const net::Endpoint& remote);
    void remove(int fd);
    /// The interface of the tunnel from now on; 0: there is none.
    void use(unsigned index);

    /// The address of ours that the connection from `remote` called through the tunnel; nullopt
    /// when it came in another way, or that is not known for sure. Thread: any.
    std::optional<net::IpAddress> called(const net::Endpoint& remote) const;

private:
    struct Known {
        ino_t inode = 0;
        /// Its first packet's.
        unsigned interfaceIndex = 0;
    };

    const OnSocket onSocket_;
    Arrivals arrivals_;
    std::map<int, Known> known_;
    std::atomic<unsigned> tunnelInterface_{0};
};

}  // namespace weft::services
