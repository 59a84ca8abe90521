// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/asio_loop.h"
#include "core/mesh/dns/answer.h"
#include "core/mesh/dns/cache.h"
#include "core/mesh/dns/forwarding.h"
#include "core/mesh/dns/rate.h"
#include "core/services/dns/detail/upstream.h"
#include "core/services/dns/dns_server.h"

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace weft::services::detail {

/// What others may read while the server works.
struct DnsCounters {
    std::atomic<std::uint64_t> queries = 0;
    std::atomic<std::uint64_t> dropped = 0;
    std::atomic<std::uint64_t> forwarded = 0;
    std::atomic<std::uint64_t> fromCache = 0;
    std::atomic<std::uint64_t> failed = 0;
    std::atomic<std::size_t> connections = 0;
    std::atomic<std::size_t> leftOut = 0;
};

/// Who sends through one door. What this host sends to its own addresses comes in by loopback as
/// IPv6, and as IPv4 under the name of the interface that has the address; the system takes no IPv4
/// packet from outside that comes from an address of its own.
enum class Door : std::uint8_t {
    Tunnel,        ///< members, if their address is one of the mesh, and this host
    TunnelToHost,  ///< the same way, and this host alone is answered
    Host,          ///< this host alone
};

/// What is done with queries, whatever way they came. Thread: confined to the loop.
class DnsCore {
public:
    using Reply = std::function<void(mesh::dns::Bytes)>;

    /// Both outlive it.
    DnsCore(base::AsioLoop& loop, const DnsServerOptions& options, DnsCounters& counters);
    ~DnsCore();
    DnsCore(const DnsCore&) = delete;
    DnsCore& operator=(const DnsCore&) = delete;

    /// The ports that were taken: this server is never asked by itself.
    void setPorts(std::vector<std::uint16_t> ports) { ports_ = std::move(ports); }
    mesh::dns::Zone& zone() { return zone_; }
    void setMeshForwarders(std::vector<net::Endpoint> forwarders);

    mesh::dns::Caller callerAt(Door door, const net::IpAddress& source) const;
    mesh::dns::Verdict take(
        std::span<const std::uint8_t> query,
        mesh::dns::Transport by,
        Door door,
        const net::IpAddress& source);
    /// For what `take` leaves to others. `reply` runs once, now or later, unless the core goes.
    void forward(mesh::dns::Query query, Door door, const net::IpAddress& source, Reply reply);

private:
    struct Client {
        mesh::dns::Query query;
        Reply reply;
    };

    std::vector<mesh::dns::Forwarder> forwardersFor(const mesh::dns::Name& name);
    const std::vector<net::Endpoint>& systemServers();
    bool isSelf(const net::Endpoint& server) const;
    void act(mesh::dns::Forwarding::Steps steps);
    void send(const mesh::dns::Forwarding::Send& send);
    void settle(const mesh::dns::Forwarding::Done& done);
    void arm();
    void onTime();
    TimePoint now() const { return loop_.clock().now(); }

    base::AsioLoop& loop_;
    const DnsServerOptions& options_;
    DnsCounters& counters_;
    mesh::dns::Zone zone_;
    mesh::dns::Cache cache_;
    mesh::dns::Forwarding forwarding_;
    mesh::dns::SourceRate queries_;
    mesh::dns::SourceRate forwards_;
    std::vector<std::uint16_t> ports_;
    std::vector<net::Endpoint> meshForwarders_;
    std::vector<net::Endpoint> systemServers_;
    std::optional<TimePoint> systemServersRead_;
    std::map<mesh::dns::Forwarding::Client, Client> clients_;
    mesh::dns::Forwarding::Client nextClient_ = 1;
    std::map<mesh::dns::Forwarding::Attempt, std::shared_ptr<Upstream>> upstreams_;
    Subscription timer_;
};

}  // namespace weft::services::detail
