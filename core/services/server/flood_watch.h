// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/asio_loop.h"
#include "core/base/clock.h"
#include "core/net/endpoint.h"
#include "core/services/server/byte_allowance.h"

#include <asio/steady_timer.hpp>

#include <cstdint>
#include <functional>
#include <map>

namespace weft::services {

/// Looks at what each connection has received, without reading it, ten times a second and five
/// times as often while one is new or busy, and has those cut that sent far more than their calls
/// need. Thread: confined to the loop.
class FloodWatch {
public:
    /// How many calls of the connection from an address reached a handler.
    using CallsOf = std::function<std::uint64_t(const net::Endpoint&)>;
    /// Cuts the connection behind a descriptor; false: it could not. It stays in the watch.
    using Cut = std::function<bool(int descriptor)>;

    /// `loop` outlives this.
    FloodWatch(base::AsioLoop& loop, const ByteAllowance& allowance, CallsOf callsOf, Cut cut);

    /// The library reads from it now. Whoever had the number before has gone.
    void add(int descriptor, const net::Endpoint& remote);
    void remove(int descriptor);
    /// Looks at nothing any more.
    void stop();

private:
    struct Watched {
        net::Endpoint remote;
        TimePoint since;
        /// Bytes at the last look.
        std::uint64_t received = 0;
    };

    void schedule();
    /// Whether a connection sends much.
    bool weighAll();
    bool weigh(int descriptor, Watched& connection);

    base::AsioLoop& loop_;
    const ByteAllowance allowance_;
    const CallsOf callsOf_;
    const Cut cut_;
    std::map<int, Watched> watched_;
    asio::steady_timer timer_;
    bool isScheduled_ = false;
    bool isBusy_ = false;
    TimePoint soonUntil_;
    bool isStopped_ = false;
};

}  // namespace weft::services
