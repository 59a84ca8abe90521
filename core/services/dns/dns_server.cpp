// SPDX-License-Identifier: Apache-2.0
#include "core/services/dns/dns_server.h"

#include "core/base/asio_loop.h"
#include "core/services/dns/detail/dns_core.h"
#include "core/services/dns/detail/sockets.h"
#include "core/services/dns/detail/tcp_connection.h"
#include "core/services/dns/detail/tcp_door.h"
#include "core/services/dns/detail/udp_door.h"

#include <future>
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

/// All sockets of one kind, with the same port; `port` becomes the one that was taken.
Status openAll(
    int type, const DnsServerOptions& options, std::uint16_t& port, std::vector<Opened>& sockets) {
    for (const auto& address : options.addresses) {
        std::vector<std::pair<std::string, detail::Door>> devices = {
            {options.device, detail::Door::Tunnel}};
        if (!options.device.empty()) {
            // What this host sends to its own address never leaves it.
            devices.emplace_back(kLoopback, detail::Door::Host);
        }
        for (const auto& [device, door] : devices) {
            WEFT_ASSIGN_OR_RETURN(
                auto opened, detail::openServerSocket(type, {address, port}, device));
            port = opened.second;
            sockets.push_back({std::move(opened.first), door});
        }
    }
    return okStatus();
}

}  // namespace

struct DnsServer::Impl {
    explicit Impl(DnsServerOptions own) : options(std::move(own)) {}

    void open(std::vector<Opened>& udp, std::vector<Opened>& tcp);
    void close();
    void publish() { counters.leftOut = core->zone().leftOut(); }
    void probe(std::function<void(const Status&)> done);
    void endProbe(const Status& status);

    const DnsServerOptions options;
    std::uint16_t udpPort = 0;
    std::uint16_t tcpPort = 0;
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
    core->setPort(udpPort);
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

void DnsServer::Impl::probe(std::function<void(const Status&)> done) {
    endProbe(cancelled("another question came in between"));
    probed = std::move(done);
    probing = std::make_shared<detail::Upstream>(
        loop.context(),
        net::Endpoint{options.addresses.front(), udpPort},
        dns::Question{options.zone.domain, dns::kTypeSoa, dns::kClassIn},
        false,
        [this](const std::optional<dns::Forwarded>& said) {
            endProbe(
                said && said->rcode == dns::Rcode::NoError
                    ? okStatus()
                    : unavailable("this node does not answer for the names of its mesh"));
        });
    probeLimit = loop.after(
        kProbePatience, [this] { endProbe(unavailable("a query to this node had no answer")); });
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
    std::vector<Opened> udp;
    std::vector<Opened> tcp;
    WEFT_RETURN_IF_ERROR(openAll(SOCK_DGRAM, impl->options, impl->udpPort, udp));
    WEFT_RETURN_IF_ERROR(openAll(SOCK_STREAM, impl->options, impl->tcpPort, tcp));
    std::promise<void> opened;
    impl->loop.post([&opened, &impl, &udp, &tcp] {
        impl->open(udp, tcp);
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

void DnsServer::probe(std::function<void(const Status&)> done) {
    impl_->loop.post([impl = impl_.get(), done = std::move(done)] { impl->probe(done); });
}

}  // namespace weft::services
