// SPDX-License-Identifier: Apache-2.0
#include "core/services/dns/detail/dns_core.h"

#include "core/base/file.h"
#include "core/platform/resolver/resolver_text.h"

#include <algorithm>
#include <utility>

namespace weft::services::detail {
namespace {

namespace dns = mesh::dns;

/// Nodes that forward for other meshes; more of them would not be reached in time anyway.
constexpr std::size_t kMostMeshForwarders = 8;
constexpr std::chrono::seconds kReadResolversAfter{5};

const dns::Name& internalName() {
    static const auto name = *dns::Name::parse("internal");
    return name;
}

}  // namespace

DnsCore::DnsCore(base::AsioLoop& loop, const DnsServerOptions& options, DnsCounters& counters)
    : loop_(loop)
    , options_(options)
    , counters_(counters)
    , zone_(options.zone)
    , cache_(options.cacheEntries)
    , forwarding_(options.limits.forwarding)
    , queries_(options.limits.queriesPerSource)
    , forwards_(options.limits.forwardsPerSource) {}

DnsCore::~DnsCore() {
    timer_.cancel();
    for (const auto& [attempt, upstream] : upstreams_) {
        upstream->close();
    }
}

void DnsCore::setMeshForwarders(std::vector<net::Endpoint> forwarders) {
    meshForwarders_ = std::move(forwarders);
    meshForwarders_.resize(std::min(meshForwarders_.size(), kMostMeshForwarders));
}

dns::Caller DnsCore::callerAt(Door door, const net::IpAddress& source) const {
    const auto& own = options_.addresses;
    const bool isOwn = source.isV4() && std::ranges::find(own, source) != own.end();
    if (door == Door::Host || isOwn) {
        return dns::Caller::Host;
    }
    const bool isOfTheMesh = zone_.networkOf(net::IpPrefix::host(source)) != nullptr;
    return door == Door::Tunnel && isOfTheMesh ? dns::Caller::Member : dns::Caller::Stranger;
}

dns::Verdict DnsCore::take(
    std::span<const std::uint8_t> query,
    dns::Transport by,
    Door door,
    const net::IpAddress& source) {
    ++counters_.queries;
    const auto caller = callerAt(door, source);
    if (caller == dns::Caller::Stranger || !queries_.take(source, now())) {
        ++counters_.dropped;
        return dns::Silence();
    }
    return dns::answer(zone_, query, by, caller);
}

void DnsCore::forward(dns::Query query, Door door, const net::IpAddress& source, Reply reply) {
    auto forwarders = forwardersFor(query.question.name);
    const bool isServed =
        callerAt(door, source) == dns::Caller::Host ? options_.forwardsForHost : options_.forwards;
    if (!isServed || forwarders.empty() || !query.recursionDesired) {
        reply(dns::plainReply(query, dns::Rcode::Refused));
        return;
    }
    if (const auto found = cache_.find(query.question, now()); found.said != nullptr) {
        ++counters_.fromCache;
        reply(dns::forwardedReply(query, *found.said, found.age, options_.zone.networks));
        return;
    }
    if (!forwards_.take(source, now())) {
        ++counters_.dropped;
        reply(dns::plainReply(query, dns::Rcode::Refused));
        return;
    }
    ++counters_.forwarded;
    const auto question = query.question;
    const auto client = nextClient_++;
    clients_.emplace(client, Client{std::move(query), std::move(reply)});
    act(forwarding_.ask(question, client, std::move(forwarders), now()));
    arm();
}

bool DnsCore::isSelf(const net::Endpoint& server) const {
    return std::ranges::find(ports_, server.port) != ports_.end()
           && std::ranges::find(options_.addresses, server.address) != options_.addresses.end();
}

std::vector<dns::Forwarder> DnsCore::forwardersFor(const dns::Name& name) {
    std::vector<dns::Forwarder> forwarders;
    if (name.isWithin(internalName())) {
        for (const auto& server : meshForwarders_) {
            forwarders.push_back({server, true});
        }
    }
    for (const auto& server : options_.forwarders.empty() ? systemServers() : options_.forwarders) {
        forwarders.push_back({server, false});
    }
    std::erase_if(forwarders, [this](const dns::Forwarder& each) { return isSelf(each.address); });
    return forwarders;
}

const std::vector<net::Endpoint>& DnsCore::systemServers() {
    if (!systemServersRead_ || now() - *systemServersRead_ >= kReadResolversAfter) {
        systemServersRead_ = now();
        const auto text = base::readFile(options_.resolverFile, platform::kMostResolverFileBytes);
        systemServers_ = text.ok() ? platform::nameserversOf(*text) : std::vector<net::Endpoint>();
    }
    return systemServers_;
}

void DnsCore::act(dns::Forwarding::Steps steps) {
    if (steps.over) {
        if (const auto upstream = upstreams_.extract(*steps.over)) {
            upstream.mapped()->close();
        }
    }
    if (steps.send) {
        send(*steps.send);
    }
    if (steps.done) {
        settle(*steps.done);
    }
}

void DnsCore::send(const dns::Forwarding::Send& send) {
    const auto attempt = send.attempt;
    auto upstream = std::make_shared<Upstream>(
        loop_.context(),
        send.to,
        send.question,
        send.recursion,
        [this, attempt](std::optional<dns::Forwarded> said) {
            act(said ? forwarding_.onReply(attempt, *std::move(said), now())
                     : forwarding_.onFailure(attempt, now()));
            arm();
        });
    upstreams_.emplace(attempt, upstream);
    upstream->start();
}

void DnsCore::settle(const dns::Forwarding::Done& done) {
    if (done.said) {
        cache_.put(done.question, *done.said, now());
    } else {
        ++counters_.failed;
    }
    for (const auto number : done.clients) {
        const auto client = clients_.extract(number);
        if (!client) {
            continue;
        }
        const auto& [query, reply] = client.mapped();
        reply(
            done.said ? dns::forwardedReply(
                query, *done.said, std::chrono::seconds(0), options_.zone.networks)
                      : dns::plainReply(query, dns::Rcode::ServFail));
    }
}

void DnsCore::arm() {
    const auto next = forwarding_.nextDeadline();
    if (!next) {
        timer_.cancel();
        return;
    }
    timer_ = loop_.after(std::max(*next - now(), Duration::zero()), [this] { onTime(); });
}

void DnsCore::onTime() {
    while (forwarding_.nextDeadline().value_or(TimePoint::max()) <= now()) {
        act(forwarding_.onTime(now()));
    }
    arm();
}

}  // namespace weft::services::detail
