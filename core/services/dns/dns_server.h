// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/base/status.h"
#include "core/mesh/dns/forwarding.h"
#include "core/mesh/dns/zone.h"
#include "core/net/endpoint.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace weft::services {

/// What the server gives at most.
struct DnsLimits {
    /// Queries of one source in a second, and of them for others to answer. What is beyond is
    /// dropped; a TCP connection is closed.
    std::uint32_t queriesPerSource = 10'000;
    std::uint32_t forwardsPerSource = 200;
    std::size_t connections = 64;
    std::size_t connectionsPerSource = 16;
    /// A TCP connection that says nothing for so long is closed.
    Duration idle = std::chrono::seconds(10);
    mesh::dns::ForwardingLimits forwarding;
};

struct DnsServerOptions {
    mesh::dns::ZoneOptions zone;
    /// Where it listens: this node's addresses in the mesh.
    std::vector<net::IpAddress> addresses;
    /// The tunnel: what comes through it from an address of the mesh is from a member, and what
    /// comes from this host is taken besides. Empty: all that comes from an address of the mesh.
    std::string device;
    /// 0: any free one, the same on each address.
    std::uint16_t udpPort = 53;
    std::uint16_t tcpPort = 53;
    /// Otherwise this host alone is answered.
    bool servesMembers = true;
    /// One more for this host alone, by UDP and TCP; 0: none. Done without when it is taken.
    std::uint16_t hostPort = 0;
    /// Whether names outside the mesh are asked of others. Otherwise they are refused.
    bool forwards = true;
    /// The same for this host.
    bool forwardsForHost = true;
    /// Whom to ask. Empty: those in `resolverFile`, read anew when it is older than a few seconds.
    std::vector<net::Endpoint> forwarders;
    std::filesystem::path resolverFile = "/etc/resolv.conf";
    std::size_t cacheEntries = 100;
    DnsLimits limits;
};

/// Since the start.
struct DnsFigures {
    std::uint64_t queries = 0;
    /// From strangers, or beyond what a source may have.
    std::uint64_t dropped = 0;
    std::uint64_t forwarded = 0;
    std::uint64_t fromCache = 0;
    std::uint64_t failed = 0;
    std::size_t connections = 0;
};

/// Answers for the names of one mesh by UDP and TCP on this node's addresses in it, and asks others
/// for the rest. Nobody outside the mesh is answered. Runs on a thread of its own.
class DnsServer {
public:
    /// Listens, and answers from then on with an empty zone.
    /// Errors: kUnavailable (a port is taken or must not be used), kInvalidArgument (there is no
    /// address), kResourceExhausted (no more descriptors).
    static StatusOr<std::unique_ptr<DnsServer>> start(DnsServerOptions options);
    DnsServer(const DnsServer&) = delete;
    DnsServer& operator=(const DnsServer&) = delete;
    /// Stops; what is under way is not answered.
    ~DnsServer();

    std::uint16_t udpPort() const;
    std::uint16_t tcpPort() const;
    /// Where this host asks: at the port for it alone when there is one.
    net::Endpoint hostEndpoint() const;
    /// Why there is no port for this host alone, although it was asked for.
    const Status& hostPortFailure() const;

    // Thread: any. Taken in order.
    void setNodes(std::vector<mesh::dns::ZoneNode> nodes, std::vector<mesh::dns::NodeId> gone);
    /// In place of all that were there.
    void replaceNodes(std::vector<mesh::dns::ZoneNode> nodes);
    void setServers(mesh::dns::ZoneServers servers);
    /// Nodes that know names of other meshes: they are asked for names in "internal." first, and
    /// for no others.
    void setMeshForwarders(std::vector<net::Endpoint> forwarders);

    /// As they were a moment ago. Thread: any.
    DnsFigures figures() const;
    /// Nodes without a name of their own.
    std::size_t leftOut() const;

    /// Asks `at`, which is this server or leads to it, for the zone of this server over the
    /// network, as a client would. `done` runs on the server's thread, once, within two seconds;
    /// never after the destructor.
    void probe(const net::Endpoint& at, std::function<void(const Status&)> done);

private:
    struct Impl;
    explicit DnsServer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace weft::services
