// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/mutex.h"
#include "core/crypto/node_key.h"
#include "core/net/endpoint.h"

#include <functional>
#include <map>
#include <optional>
#include <string>

namespace weft::services {

/// How a connection came in.
struct Arrival {
    /// The address of ours that was called.
    net::IpAddress local;
    /// The interface of the first packet; 0: unknown.
    unsigned interfaceIndex = 0;
    /// The key of the peer that alone can have sent what came by the connection; nullopt: open.
    std::optional<crypto::PublicKey> sender{};

    friend bool operator==(const Arrival&, const Arrival&) = default;
};

/// How the open connections came in, by where they come from: all that the gRPC library tells of a
/// call's connection. Bounded by the number of connections. Thread: any.
class Arrivals {
public:
    /// `descriptor` stands for the connection until `remove`.
    void add(int descriptor, const net::Endpoint& remote, const Arrival& arrival)
        WEFT_EXCLUDES(mutex_);
    void remove(int descriptor) WEFT_EXCLUDES(mutex_);
    /// For good, connections lose the sender who is not `stillOnly` the one from their address.
    using StillOnly = std::function<bool(const net::IpAddress&, const crypto::PublicKey& sender)>;
    void doubt(const StillOnly& stillOnly) WEFT_EXCLUDES(mutex_);

    /// nullopt: nothing is known of `remote`, or two connections from it came in differently, and
    /// one of the callers could pass for the other.
    std::optional<Arrival> of(const net::Endpoint& remote) const WEFT_EXCLUDES(mutex_);

private:
    struct Entry {
        net::IpAddress address;
        std::string remote;
        Arrival arrival;
    };
    mutable base::Mutex mutex_;
    std::map<int, Entry> entries_ WEFT_GUARDED_BY(mutex_);
    std::multimap<std::string, int> descriptors_ WEFT_GUARDED_BY(mutex_);
};

}  // namespace weft::services
