// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/base/status.h"
#include "core/net/endpoint.h"
#include "core/net/ip_address.h"
#include "core/services/server/byte_allowance.h"
#include "core/services/server/tunnel_callers.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace weft::services {

/// What the gate lets in. The total is besides kept below half of the descriptor limit.
struct AcceptLimits {
    std::size_t connectionsPerSource = 64;
    std::size_t connections = 1024;
    /// A connection that has sent nothing by then is closed; it cost no state but this gate's.
    Duration firstByteTimeout = std::chrono::seconds(10);
    /// Descriptors at the upper end of the limit that connections do not get, so that the store
    /// and the local socket still find some.
    std::size_t reservedDescriptors = 32;
    /// A connection that sends more is cut.
    ByteAllowance bytes;
    /// A source whose connection was cut does not get another for so long: who floods connects
    /// again at once.
    Duration penalty = std::chrono::seconds(1);
};

struct AcceptCounters {
    std::uint64_t accepted = 0;
    std::uint64_t refusedBySource = 0;
    std::uint64_t refusedByTotal = 0;
    /// The first bytes were not of the protocol.
    std::uint64_t refusedGarbage = 0;
    std::uint64_t silent = 0;
    std::uint64_t descriptorShortages = 0;
    std::uint64_t cut = 0;
    /// Open now.
    std::size_t open = 0;
};

/// The only way into the mesh-facing server: accepts connections itself, holds the caps, looks at
/// the first bytes, and only then hands a descriptor on. When descriptors run out it refuses with
/// one kept for that, waits, and goes on; it never spins.
///
/// Afterwards a FloodWatch has those connections cut that sent far more than their calls need:
/// floods of CONTINUATION, PING and SETTINGS frames, and streams that are reset before their first
/// message. Until then the library takes what comes. What neither this nor the dispatcher sees is
/// work inside the library for few bytes (header tables that are rebuilt again and again). Runs on
/// two threads of its own.
class AcceptGate {
public:
    enum class Protocol : std::uint8_t { Tls, Http2 };

    struct Options {
        /// Host empty: all addresses of both families.
        net::HostPort listen;
        /// Whether a taken port is an error; else the next free one of kPortSteps is taken.
        bool exactPort = true;
        Protocol protocol = Protocol::Tls;
        AcceptLimits limits;
        /// Not empty: only what comes in through this network interface.
        std::string device = {};
    };
    static constexpr std::uint16_t kPortSteps = 100;

    /// Receives a connected descriptor, which it owns from then on. Runs on a thread of its own,
    /// one at a time: it may take as long as the connection has bytes to read.
    using HandOver = std::function<void(int descriptor)>;
    /// How many calls of the connection from an address reached a handler. Thread: any.
    using CallsOf = std::function<std::uint64_t(const net::Endpoint&)>;

    /// Listens, and accepts from `start` on. Errors: kInvalidArgument (the address), kUnavailable
    /// (the port is taken or must not be used).
    static StatusOr<std::unique_ptr<AcceptGate>> open(
        const Options& options, HandOver handOver, CallsOf callsOf);
    AcceptGate(const AcceptGate&) = delete;
    AcceptGate& operator=(const AcceptGate&) = delete;
    /// Stops.
    ~AcceptGate();

    void start();
    /// Closes the listener and what was not handed on. Idempotent; not from the gate's threads.
    void stop();

    /// The port that is listened on.
    std::uint16_t port() const;
    /// Closes the connection from `remote`, whoever holds it. Thread: any.
    void cut(const net::Endpoint& remote);
    /// The interface of the tunnel; 0: it has gone, or there is none. Connections that come in
    /// there take packets of no other; those that came through an interface before it are ended.
    /// Thread: any.
    void setTunnelInterface(unsigned index);
    /// The tunnel's device is to get these paths next; `number` grows. Thread: any.
    void expectTunnelPaths(std::uint64_t number, std::shared_ptr<const TunnelPaths> paths);
    /// It has taken them. Thread: any.
    void settleTunnelPaths(std::uint64_t number);
    /// nullopt when the connection from `remote` came in another way than through the tunnel, or
    /// that is not known for sure. Thread: any.
    std::optional<TunnelCall> tunnelCall(const net::Endpoint& remote) const;
    /// Thread: any.
    AcceptCounters counters() const;

private:
    struct Impl;
    explicit AcceptGate(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace weft::services
