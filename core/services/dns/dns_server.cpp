// SPDX-License-Identifier: Apache-2.0
#include "core/services/dns/dns_server.h"

#include "core/base/asio_loop.h"
#include "core/services/dns/detail/dns_core.h"
#include "core/services/dns/detail/sockets.h"
#include "core/services/dns/detail/tcp_connection.h"
#include "core/services/dns/detail/tcp_door.h"
#include "core/services/dns/detail/udp_door.h"

#include <algorithm>
#include <future>
#include <iterator>
#include <map>
#include <utility>

namespace weft::services {
namespace {

namespace dns = mesh::dns;

constexpr std::chrono::seconds kProbePatience{2};
constexpr const char* kLoopback = "lo";

struct Opened {
    base::UniqueFd socket;
    detail::Door door;
};

using Doors = std::vector<std::pair<std::string, detail::Door>>;

/// What this host sends to its own address never leaves it.
Doors doorsOf(const DnsServerOptions& options, bool servesMembers) {
    Doors doors = {
        {options.device, servesMembers ? detail::Door::Tunnel : detail::Door::TunnelToHost}};
    if (!options.device.empty()) {
        doors.emplace_back(kLoopback, detail::Door::Host);
    }
    return doors;
}

/// All sockets of one kind, with the same port; `port` becomes the one that was taken.
Status openAll(
    int type,
    const DnsServerOptions& options,
    const Doors& doors,
    std::uint16_t& port,
    std::vector<Opened>& sockets) {
    for (const auto& address : options.addresses) {
        for (const auto& [device, door] : doors) {
            WEFT_ASSIGN_OR_RETURN(
                auto opened, detail::openServerSocket(type, {address, port}, device));
            port = opened.second;
            sockets.push_back({std::move(opened.first), door});
        }
    }
    return okStatus();
}

using Sockets = std::map<int, std::vector<Opened>>;

/// For this host alone, beside what is there; nothing is changed when it fails.
Status openHostPort(
    const DnsServerOptions& options, const std::map<int, std::uint16_t>& there, Sockets& sockets) {
    Sockets more;
    for (const auto& [type, taken] : there) {
        auto port = options.hostPort;
        if (taken != port) {
            WEFT_RETURN_IF_ERROR(openAll(type, options, doorsOf(options, false), port, more[type]));
        }
    }
    for (auto& [type, opened] : more) {
        std::ranges::move(opened, std::back_inserter(sockets[type]));
    }
    return okStatus();
}

}  // namespace

struct DnsServer::Impl {
    explicit Impl(DnsServerOptions own) : options(std::move(own)) {}

    void open(std::vector<Opened>& udp, std::vector<Opened>& tcp);
    void close();
    void publish() { counters.leftOut = core->zone().leftOut(); }
    void probe(const net::Endpoint& at, std::function<void(const Status&)> done);
    void endProbe(const Status& status);

    const DnsServerOptions options;
    std::uint16_t udpPort = 0;
    std::uint16_t tcpPort = 0;
    /// 0: there is none.
    std::uint16_t hostPort = 0;
    Status hostPortFailure;
    detail::DnsCounters counters;
    base::AsioLoop loop{"names"};
    // On the loop.
    std::unique_ptr<detail::DnsCore> core;
    std::unique_ptr<detail::TcpConnections> connections;
    std::vector<std::shared_ptr<detail::UdpDoor>> udpDoors;
    std::vector<std::shared_ptr<detail::TcpDoor>> tcpDoors;
    std::shared_ptr<detail::Upstream> probing;
    std::function<void(const Status&)> probed;
    Subscription probeLimit;
};

void DnsServer::Impl::open(std::vector<Opened>& udp, std::vector<Opened>& tcp) {
    core = std::make_unique<detail::DnsCore>(loop, options, counters);
    core->setPorts({udpPort, hostPort});
    connections = std::make_unique<detail::TcpConnections>(options.limits, counters);
    for (auto& [socket, door] : udp) {
        udpDoors.push_back(
            std::make_shared<detail::UdpDoor>(loop.context(), std::move(socket), door, *core));
        udpDoors.back()->start();
    }
    for (auto& [socket, door] : tcp) {
        tcpDoors.push_back(std::make_shared<detail::TcpDoor>(
            loop.context(), std::move(socket), door, *core, *connections));
        tcpDoors.back()->start();
    }
}

void DnsServer::Impl::close() {
    probeLimit.cancel();
    probed = nullptr;
    if (probing) {
        probing->close();
    }
    for (const auto& door : udpDoors) {
        door->close();
    }
    for (const auto& door : tcpDoors) {
        door->close();
    }
    connections->closeAll();
    core.reset();
}

void DnsServer::Impl::probe(const net::Endpoint& at, std::function<void(const Status&)> done) {
    endProbe(cancelled("another question came in between"));
    probed = std::move(done);
    probing = std::make_shared<detail::Upstream>(
        loop.context(),
        at,
        dns::Question{options.zone.domain, dns::kTypeSoa, dns::kClassIn},
        true,
        [this, at](const std::optional<dns::Forwarded>& said) {
            endProbe(
                said && said->rcode == dns::Rcode::NoError
                    ? okStatus()
                    : unavailable("{} does not answer for the names of the mesh", at.toString()));
        });
    probeLimit = loop.after(kProbePatience, [this, at] {
        endProbe(unavailable("a query to {} had no answer", at.toString()));
    });
    probing->start();
}

void DnsServer::Impl::endProbe(const Status& status) {
    probeLimit.cancel();
    if (probing) {
        probing->close();
        probing.reset();
    }
    if (const auto done = std::exchange(probed, nullptr)) {
        done(status);
    }
}

StatusOr<std::unique_ptr<DnsServer>> DnsServer::start(DnsServerOptions options) {
    if (options.addresses.empty()) {
        return invalidArgument("there is no address to serve names at");
    }
    auto impl = std::make_unique<Impl>(std::move(options));
    impl->udpPort = impl->options.udpPort;
    impl->tcpPort = impl->options.tcpPort;
    Sockets sockets;
    const auto doors = doorsOf(impl->options, impl->options.servesMembers);
    WEFT_RETURN_IF_ERROR(
        openAll(SOCK_DGRAM, impl->options, doors, impl->udpPort, sockets[SOCK_DGRAM]));
    WEFT_RETURN_IF_ERROR(
        openAll(SOCK_STREAM, impl->options, doors, impl->tcpPort, sockets[SOCK_STREAM]));
    if (impl->options.hostPort != 0) {
        impl->hostPortFailure = openHostPort(
            impl->options, {{SOCK_DGRAM, impl->udpPort}, {SOCK_STREAM, impl->tcpPort}}, sockets);
        impl->hostPort = impl->hostPortFailure.ok() ? impl->options.hostPort : 0;
    }
    std::promise<void> opened;
    impl->loop.post([&opened, &impl, &sockets] {
        impl->open(sockets[SOCK_DGRAM], sockets[SOCK_STREAM]);
        opened.set_value();
    });
    opened.get_future().wait();
    return std::unique_ptr<DnsServer>(new DnsServer(std::move(impl)));
}

DnsServer::DnsServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

DnsServer::~DnsServer() {
    std::promise<void> closed;
    impl_->loop.post([this, &closed] {
        impl_->close();
        closed.set_value();
    });
    closed.get_future().wait();
    impl_->loop.stop();
}

std::uint16_t DnsServer::udpPort() const {
    return impl_->udpPort;
}

std::uint16_t DnsServer::tcpPort() const {
    return impl_->tcpPort;
}

net::Endpoint DnsServer::hostEndpoint() const {
    return {
        impl_->options.addresses.front(), impl_->hostPort != 0 ? impl_->hostPort : impl_->udpPort};
}

const Status& DnsServer::hostPortFailure() const {
    return impl_->hostPortFailure;
}

void DnsServer::setNodes(std::vector<dns::ZoneNode> nodes, std::vector<dns::NodeId> gone) {
    impl_->loop.post([impl = impl_.get(), nodes = std::move(nodes), gone = std::move(gone)] {
        for (const auto& id : gone) {
            impl->core->zone().remove(id);
        }
        for (const auto& node : nodes) {
            impl->core->zone().set(node);
        }
        impl->publish();
    });
}

void DnsServer::replaceNodes(std::vector<dns::ZoneNode> nodes) {
    impl_->loop.post([impl = impl_.get(), nodes = std::move(nodes)] {
        impl->core->zone().clear();
        for (const auto& node : nodes) {
            impl->core->zone().set(node);
        }
        impl->publish();
    });
}

void DnsServer::setServers(dns::ZoneServers servers) {
    impl_->loop.post([impl = impl_.get(), servers = std::move(servers)] {
        impl->core->zone().setServers(servers);
    });
}

void DnsServer::setMeshForwarders(std::vector<net::Endpoint> forwarders) {
    impl_->loop.post([impl = impl_.get(), forwarders = std::move(forwarders)] {
        impl->core->setMeshForwarders(forwarders);
    });
}

DnsFigures DnsServer::figures() const {
    const auto& counters = impl_->counters;
    DnsFigures figures;
    figures.queries = counters.queries;
    figures.dropped = counters.dropped;
    figures.forwarded = counters.forwarded;
    figures.fromCache = counters.fromCache;
    figures.failed = counters.failed;
    figures.connections = counters.connections;
    return figures;
}

std::size_t DnsServer::leftOut() const {
    return impl_->counters.leftOut;
}

void DnsServer::probe(const net::Endpoint& at, std::function<void(const Status&)> done) {
    impl_->loop.post([impl = impl_.get(), at, done = std::move(done)] { impl->probe(at, done); });
}

}  // namespace weft::services
