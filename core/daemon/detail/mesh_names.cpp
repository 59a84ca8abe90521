// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/mesh_names.h"

#include "core/base/log.h"
#include "core/base/text.h"
#include "core/daemon/detail/state_lines.h"
#include "core/mesh/dns/reverse.h"

#include "v1/node.pb.h"
#include "weft/local/v1/network.pb.h"

#include <algorithm>
#include <utility>

namespace weft::daemon {
namespace {

namespace local = weft::local::v1;
namespace dns = mesh::dns;

constexpr std::uint16_t kDnsPort = 53;
/// How often this node asks itself.
constexpr std::chrono::minutes kProbeInterval{1};
/// After a query in vain, each time twice as long: the addresses may only be on their way.
constexpr std::chrono::seconds kFirstProbeRetry{1};
/// After a port was taken.
constexpr std::chrono::seconds kRetryInterval{30};

spdlog::logger& log() {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): local, made once
    static auto& logger = base::logger("daemon");
    return logger;
}

std::uint16_t portOf(const storage::NodeRecord& node, std::int32_t feature) {
    const auto port = node.featurePort(feature).value_or(0);
    constexpr std::int32_t kMostPort = 65535;
    return port > 0 && port <= kMostPort ? static_cast<std::uint16_t>(port) : kDnsPort;
}

/// A placeholder is nobody yet.
bool hasJoined(const storage::NodeRecord* node) {
    return node != nullptr && node->publicKey.has_value();
}

}  // namespace

MeshNames::~MeshNames() {
    timer_.cancel();
    server_.reset();
}

void MeshNames::open(const std::string& device) {
    close();
    device_ = device;
    follow();
}

void MeshNames::close() {
    device_.reset();
    stop();
}

void MeshNames::stop() {
    timer_.cancel();
    place_.reset();
    failure_ = okStatus();
    answers_.reset();
    if (server_ && parts_.isForHost) {
        resolver_.reset();
        parts_.setResolver(std::nullopt);
    }
    // What it has posted before comes too late.
    alive_ = std::make_shared<bool>(true);
    if (server_) {
        server_.reset();
        log().info("names closed profile={}", parts_.profileId);
        parts_.changed();
    }
}

std::optional<MeshNames::Place> MeshNames::placeNow() const {
    const auto* records = parts_.registry();
    const auto* own = records == nullptr ? nullptr : records->node(parts_.self);
    if (own == nullptr || records->domain().empty()) {
        return std::nullopt;
    }
    Place place;
    place.domain = records->domain();
    for (const auto& prefix : {own->privateIpv4, own->privateIpv6}) {
        if (prefix) {
            place.addresses.push_back(prefix->address());
        }
    }
    for (const auto& network : {records->networkIpv4(), records->networkIpv6()}) {
        if (network) {
            place.networks.push_back(network->masked());
        }
    }
    return place.addresses.empty() ? std::nullopt : std::optional(std::move(place));
}

StatusOr<services::DnsServerOptions> MeshNames::serverOptions(const Place& place) const {
    const auto& own = parts_.options;
    services::DnsServerOptions options;
    WEFT_ASSIGN_OR_RETURN(options.zone.domain, dns::Name::parse(place.domain));
    if (options.zone.domain == dns::Name()) {
        return invalidArgument("the mesh has no domain");
    }
    options.zone.networks = place.networks;
    options.zone.serving = parts_.self;
    options.zone.ipv6Only = own.ipv6Only;
    options.addresses = place.addresses;
    options.device = *device_;
    options.servesMembers = own.enabled;
    options.udpPort = own.enabled ? own.listenUdp.port : std::uint16_t{0};
    options.tcpPort = own.enabled ? own.listenTcp.port : std::uint16_t{0};
    // Where a resolv.conf(5) can lead to; who asks there asks for everything.
    options.hostPort = parts_.isForHost ? kDnsPort : std::uint16_t{0};
    options.forwards = !own.disableForwarding;
    options.forwardsForHost = options.forwards || parts_.isForHost;
    for (auto forwarder : own.forwarders) {
        forwarder.port = forwarder.port == 0 ? kDnsPort : forwarder.port;
        options.forwarders.push_back(forwarder);
    }
    options.cacheEntries = own.cacheSize;
    options.limits.forwarding.all = own.requestTimeout;
    return options;
}

void MeshNames::follow() {
    if (!isWanted() || !device_) {
        return;
    }
    const auto place = placeNow();
    if (!place) {
        return;
    }
    if (place != place_) {
        stop();
        start(*place);
    } else if (server_) {
        server_->setServers(parts_.servers());
        leftOut_ = server_->leftOut();
    }
}

void MeshNames::start(const Place& place) {
    place_ = place;
    auto options = serverOptions(place);
    auto started = options.ok() ? services::DnsServer::start(*std::move(options))
                                : StatusOr<std::unique_ptr<services::DnsServer>>(options.status());
    if (!started.ok()) {
        if (failure_ != started.status()) {
            log().warn(
                "names not served profile={} reason={}",
                parts_.profileId,
                messageOf(started.status()));
        }
        failure_ = started.status();
        retryLater();
        parts_.changed();
        return;
    }
    failure_ = okStatus();
    server_ = *std::move(started);
    log().info(
        "names served profile={} udp={} tcp={}",
        parts_.profileId,
        server_->udpPort(),
        server_->tcpPort());
    fill();
    server_->setServers(parts_.servers());
    setResolver();
    probe();
    parts_.changed();
}

void MeshNames::setResolver() {
    if (!parts_.isForHost) {
        return;
    }
    const auto nameOf = [](const dns::Name& name) {
        auto text = name.toString();
        text.pop_back();
        return text;
    };
    platform::LinkNames names;
    names.server = server_->hostEndpoint();
    names.domains.push_back(nameOf(*dns::Name::parse(place_->domain)));
    for (const auto& network : place_->networks) {
        for (const auto& address : place_->addresses) {
            if (network.contains(address)) {
                names.domains.push_back(nameOf(dns::reverseZone(network, address)));
            }
        }
    }
    parts_.setResolver(std::move(names));
}

void MeshNames::noteResolver(const platform::ResolverState& state) {
    if (!server_ || resolver_ == state) {
        return;
    }
    resolver_ = state;
    // Another way is there to be asked.
    probe();
    parts_.changed();
}

net::Endpoint MeshNames::whereAsked() const {
    return parts_.isForHost ? server_->hostEndpoint()
                            : net::Endpoint{place_->addresses.front(), server_->udpPort()};
}

void MeshNames::retryLater() {
    timer_ = parts_.loop.after(kRetryInterval, [this] {
        if (place_ && !server_) {
            start(Place(*place_));
        }
    });
}

void MeshNames::fill() {
    std::vector<dns::ZoneNode> nodes;
    for (const auto* node : parts_.registry()->nodes()) {
        if (hasJoined(node)) {
            nodes.push_back(dns::ZoneNode::of(*node));
        }
    }
    server_->replaceNodes(std::move(nodes));
    setForwarders();
}

void MeshNames::note(const storage::Registry::Change& change) {
    if (!server_) {
        return;
    }
    if (change.everything) {
        fill();
        return;
    }
    if (change.nodes.empty()) {
        return;
    }
    std::vector<dns::ZoneNode> nodes;
    std::vector<dns::NodeId> gone;
    for (const auto& id : change.nodes) {
        const auto* node = parts_.registry()->node(id);
        if (hasJoined(node)) {
            nodes.push_back(dns::ZoneNode::of(*node));
        } else {
            gone.push_back(id);
        }
    }
    server_->setNodes(std::move(nodes), std::move(gone));
    setForwarders();
}

void MeshNames::setForwarders() {
    if (!parts_.options.subscribeForwarders) {
        return;
    }
    std::vector<net::Endpoint> forwarders;
    for (const auto* node : parts_.registry()->nodesWithFeature(::v1::FORWARD_MESH_DNS)) {
        const auto server = nameServerOf(*node, ::v1::FORWARD_MESH_DNS);
        if (node->id != parts_.self && server) {
            forwarders.push_back(*server);
        }
    }
    server_->setMeshForwarders(std::move(forwarders));
}

void MeshNames::probe() {
    // Through all that a program of this host would go through.
    const bool isByLink =
        resolver_ && resolver_->status.ok() && resolver_->way == platform::ResolverWay::Link;
    server_->probe(
        isByLink ? net::Endpoint{platform::kLinkResolverAddress, kDnsPort} : whereAsked(),
        [this, &loop = parts_.loop, alive = std::weak_ptr(alive_)](const Status& status) {
            loop.post([this, alive, status] {
                if (!alive.expired() && status.code() != StatusCode::kCancelled) {
                    onProbed(status);
                }
            });
        });
}

void MeshNames::onProbed(const Status& status) {
    const bool isNew = !answers_ || answers_->ok() != status.ok();
    answers_ = status;
    answeredAt_ = parts_.loop.clock().wallNow();
    vain_ = status.ok() ? 0 : vain_ + 1;
    constexpr unsigned kMostDoublings = 6;
    const Duration retry = kFirstProbeRetry * (1U << std::min(vain_, kMostDoublings)) / 2;
    const Duration pause = status.ok() ? Duration(kProbeInterval) : retry;
    timer_ = parts_.loop.after(pause, [this] { probe(); });
    leftOut_ = server_->leftOut();
    if (isNew) {
        parts_.changed();
    }
}

std::optional<std::uint16_t> MeshNames::port() const {
    return server_ && parts_.options.enabled ? std::optional(server_->udpPort()) : std::nullopt;
}

std::optional<services::DnsFigures> MeshNames::figures() const {
    return server_ ? std::optional(server_->figures()) : std::nullopt;
}

void MeshNames::describe(local::NameService& service) const {
    service.set_host_asks(parts_.isForHost);
    if (!failure_.ok()) {
        service.set_reason(messageOf(failure_));
    }
    if (!server_) {
        return;
    }
    service.set_server(whereAsked().toString());
    service.set_serves_members(parts_.options.enabled);
    const auto nodes = parts_.registry()->nodes();
    const auto known = static_cast<std::size_t>(std::ranges::count_if(nodes, hasJoined));
    service.set_nodes(static_cast<std::uint32_t>(known - std::min(known, leftOut_)));
    service.set_nodes_without_name(static_cast<std::uint32_t>(leftOut_));
    if (answers_) {
        setTime(service.mutable_asked_at(), answeredAt_);
        service.set_answers(answers_->ok());
        service.set_reason(answers_->ok() ? "" : messageOf(*answers_));
    }
    if (resolver_) {
        using platform::ResolverWay;
        const bool isSet = resolver_->status.ok() && resolver_->way != ResolverWay::None;
        service.set_host_way(
            !isSet                                ? local::NameService::HOST_WAY_NONE
            : resolver_->way == ResolverWay::Link ? local::NameService::HOST_WAY_RESOLVED
                                                  : local::NameService::HOST_WAY_RESOLV_CONF);
        service.set_host_reason(isSet ? "" : messageOf(resolver_->status));
    }
    const auto figures = server_->figures();
    service.set_queries(figures.queries);
    service.set_dropped(figures.dropped);
    service.set_forwarded(figures.forwarded);
    service.set_from_cache(figures.fromCache);
    service.set_failed(figures.failed);
    service.set_connections(static_cast<std::uint32_t>(figures.connections));
}

void MeshNames::describe(local::Connection& state) const {
    if (!isWanted()) {
        addCheck(
            state,
            "dns",
            local::CheckItem::STATE_OFF,
            "Names are not served here (services.meshdns.enabled)");
    } else if (!failure_.ok()) {
        describeFailure(state);
    } else if (!server_ || !answers_ || (parts_.isForHost && !resolver_)) {
        addCheck(
            state,
            "dns",
            local::CheckItem::STATE_PENDING,
            server_ ? "Being asked for the first time" : "Waits for the tunnel and the domain");
    } else {
        describeAnswers(state);
    }
}

void MeshNames::describeFailure(local::Connection& state) const {
    addCheck(state, "dns", local::CheckItem::STATE_WARN, messageOf(failure_));
    addProblem(
        state,
        local::Problem::SEVERITY_WARN,
        fmt::format("This node does not answer for names: {}.", messageOf(failure_)),
        failure_.code() == StatusCode::kInvalidArgument
            ? "Use addresses; only who started the mesh can give it another domain."
            : "End that program, or give other ports in services.meshdns.listen-udp and "
              "listen-tcp; it is tried again by itself, and the rest works.");
}

void MeshNames::describeAnswers(local::Connection& state) const {
    auto text = answers_->ok() ? fmt::format(
                    "{} is answered for at {}",
                    base::escapeForLine(place_->domain),
                    whereAsked().toString())
                               : messageOf(*answers_);
    const bool isSet = describeResolver(state, text);
    addCheck(
        state,
        "dns",
        answers_->ok() && isSet ? local::CheckItem::STATE_OK : local::CheckItem::STATE_WARN,
        std::move(text));
    setTime(state.mutable_checklist()->rbegin()->mutable_since(), answeredAt_);
    if (leftOut_ > 0) {
        addProblem(
            state,
            local::Problem::SEVERITY_INFO,
            fmt::format(
                "Nodes without a name: {}. Their ids are no labels of DNS, or taken.", leftOut_),
            "Reach them by address, or have them join again under letters, digits and hyphens.");
    }
}

bool MeshNames::describeResolver(local::Connection& state, std::string& text) const {
    if (!parts_.isForHost) {
        return true;
    }
    if (resolver_->status.ok()) {
        text += resolver_->way == platform::ResolverWay::Link
                    ? ", and this host asks there (systemd-resolved)"
                    : ", and this host asks there (/etc/resolv.conf)";
        return true;
    }
    text += ", but this host does not ask there";
    auto reason = messageOf(resolver_->status);
    if (const auto& taken = server_->hostPortFailure(); !taken.ok()) {
        reason += fmt::format("; {}", messageOf(taken));
    }
    addProblem(
        state,
        local::Problem::SEVERITY_WARN,
        fmt::format("The programs of this host do not find the names of the mesh: {}.", reason),
        "It is tried again by itself, and the rest works. Switch mesh.use-meshdns off to do without.");
    return false;
}

std::optional<net::Endpoint> nameServerOf(const storage::NodeRecord& node, std::int32_t feature) {
    const auto& address = node.privateIpv4 ? node.privateIpv4 : node.privateIpv6;
    return address ? std::optional(net::Endpoint{address->address(), portOf(node, feature)})
                   : std::nullopt;
}

}  // namespace weft::daemon
