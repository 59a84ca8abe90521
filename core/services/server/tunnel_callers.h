// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/mutex.h"
#include "core/services/server/arrivals.h"
#include "core/services/server/tunnel_paths.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace weft::services {

/// What is known of a connection that came out of the tunnel.
struct TunnelCall {
    /// The address of ours that it called.
    net::IpAddress called;
    /// The key of the peer that alone could send what came by it, from its beginning until now;
    /// nullopt: others could, or that is not known for sure.
    std::optional<crypto::PublicKey> sender{};

    friend bool operator==(const TunnelCall&, const TunnelCall&) = default;
};

/// Which of the open connections came out of the tunnel, and are tied to its interface, and whose
/// packets they are made of. The number of an interface that has gone may become another's: with
/// the interface goes all that was known of connections, for good.
/// Thread: confined to the gate's, except where noted.
class TunnelCallers {
public:
    /// Does `use` to the socket with this number and inode, whoever owns it. False: it has gone.
    using OnSocket = std::function<bool(int fd, ino_t inode, const std::function<void(int)>& use)>;
    /// One piece of news of the tunnel's interface.
    struct News {
        unsigned index = 0;
        std::uint64_t number = 0;
    };

    explicit TunnelCallers(OnSocket onSocket) : onSocket_(std::move(onSocket)) {}

    /// Looks how an accepted connection came in. `fd` is the caller's still.
    void add(int fd, ino_t inode, const net::Endpoint& remote) WEFT_EXCLUDES(mutex_);
    void remove(int fd);

    /// The interface of the tunnel from now on; 0: there is none. Nobody counts as a caller out of
    /// the tunnel until `settle` gets what this returns. Thread: any.
    News announce(unsigned index) WEFT_EXCLUDES(mutex_);
    /// Takes the news in. Returns the connections that came through an interface before it: no
    /// packet reaches them any more, but from whoever got its number.
    std::vector<int> settle(const News& news) WEFT_EXCLUDES(mutex_);

    /// The device is to get these paths next; `number` grows. Connections that they lead to another
    /// sender prove none from now on. Thread: any.
    void expectPaths(std::uint64_t number, std::shared_ptr<const TunnelPaths> paths)
        WEFT_EXCLUDES(mutex_);
    /// The device has taken them, and all connections that began before were added.
    void settlePaths(std::uint64_t number) WEFT_EXCLUDES(mutex_);

    /// nullopt when the connection from `remote` came in another way than through the tunnel, or
    /// that is not known for sure. Thread: any.
    std::optional<TunnelCall> callOf(const net::Endpoint& remote) const WEFT_EXCLUDES(mutex_);

private:
    struct Known {
        ino_t inode = 0;
        /// Its first packet's; 0: it proves nothing.
        unsigned interfaceIndex = 0;
    };

    std::vector<int> forget(unsigned index);
    void doubtSenders() WEFT_REQUIRES(mutex_);
    void tie();

    const OnSocket onSocket_;
    Arrivals arrivals_;
    std::map<int, Known> known_;
    /// What connections are tied to as they come.
    unsigned settled_ = 0;
    mutable base::Mutex mutex_;
    unsigned trusted_ WEFT_GUARDED_BY(mutex_) = 0;
    std::uint64_t announced_ WEFT_GUARDED_BY(mutex_) = 0;
    PathsInForce paths_ WEFT_GUARDED_BY(mutex_);
};

}  // namespace weft::services
