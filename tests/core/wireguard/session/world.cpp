// SPDX-License-Identifier: Apache-2.0
#include "tests/core/wireguard/session/world.h"

#include "core/crypto/x25519.h"
#include "core/wireguard/packet/inner_packet.h"
#include "core/wireguard/session/transport_message.h"

#include <algorithm>
#include <utility>

namespace weft::tests {
namespace {

using wireguard::PeerIndex;

constexpr std::size_t kMarkOffset = 20;
constexpr std::uint16_t kPort = 51820;

/// Notes what comes out of the tunnel.
class NodeSink final : public wireguard::InboundSink {
public:
    explicit NodeSink(Node& node) : node_(node) {}

    void deliver(
        PeerIndex /*peer*/, std::span<std::uint8_t> inner, std::uint8_t outerClass) override {
        std::uint32_t mark = 0;
        for (std::size_t i = 0; i < sizeof(mark) && kMarkOffset + i < inner.size(); ++i) {
            mark = mark << 8U | inner[kMarkOffset + i];
        }
        node_.received.push_back(mark);
        node_.receivedClasses.push_back(outerClass);
    }

private:
    Node& node_;
};

void write32(std::span<std::uint8_t> out, std::uint32_t value) {
    for (std::size_t i = 0; i < sizeof(value); ++i) {
        out[i] = static_cast<std::uint8_t>(value >> (24 - 8 * i));
    }
}

std::size_t kindOf(int type) {
    return type >= 1 && type <= 4 ? static_cast<std::size_t>(type) : 0;
}

}  // namespace

Node::Node(std::uint32_t theNumber, wireguard::EngineOptions theOptions, wireguard::Moment start)
    : number(theNumber)
    , options(std::move(theOptions))
    , endpoint{net::IpAddress::v4(0xc0000200 + theNumber), kPort}
    , inner(net::IpAddress::v4(0x0a000000 + theNumber))
    , random(theNumber) {
    const auto generated = crypto::X25519PrivateKey::generate(random);
    privateKey = crypto::SecretBytes(generated.bytes().reveal());
    key = generated.publicKey();
    restart(start);
}

void Node::restart(wireguard::Moment start) {
    engine = std::make_unique<wireguard::Engine>(options, random, start);
    static_cast<void>(engine->setPrivateKey(privateKey.clone(), start));
    engine->setUp(true, start);
}

std::vector<std::uint8_t> markedPacket(
    const net::IpAddress& from, const net::IpAddress& to, std::uint32_t mark, std::size_t bytes) {
    std::vector<std::uint8_t> packet(std::max<std::size_t>(bytes, kMarkOffset + 4));
    packet[0] = 0x45;
    packet[2] = static_cast<std::uint8_t>(packet.size() >> 8U);
    packet[3] = static_cast<std::uint8_t>(packet.size());
    packet[8] = 64;
    packet[9] = 253;
    write32(std::span(packet).subspan(12), from.v4Value());
    write32(std::span(packet).subspan(16), to.v4Value());
    write32(std::span(packet).subspan(kMarkOffset), mark);
    return packet;
}

World::World(std::uint64_t seed)
    : dice(seed), now_(std::chrono::hours(1)), wall_(std::chrono::seconds(1'767'225'600)) {}

Node& World::addNode(wireguard::EngineOptions options) {
    const auto number = static_cast<std::uint32_t>(nodes_.size() + 1);
    nodes_.push_back(
        std::make_unique<Node>(number, std::move(options), wireguard::Moment{now_, wall_}));
    return *nodes_.back();
}

wireguard::PeerSettings World::settingsFor(const Node& other, bool endpoint) {
    wireguard::PeerSettings settings;
    settings.key = other.key;
    settings.allowedIps.push_back(net::IpPrefix::host(other.inner));
    if (endpoint) {
        settings.endpoint.emplace();
        settings.endpoint->address.remote = other.endpoint;
    }
    return settings;
}

PeerIndex World::introduce(Node& node, const Node& other, bool endpoint, std::uint16_t keepalive) {
    auto settings = settingsFor(other, endpoint);
    settings.persistentKeepalive = keepalive;
    return apply(node, std::move(settings));
}

PeerIndex World::apply(Node& node, wireguard::PeerSettings settings) {
    const auto applied = node.engine->applyPeer(settings, momentOf(node));
    node.peers.push_back(std::move(settings));
    collect(node);
    return applied.value().value();
}

void World::introduceBoth(Node& left, Node& right) {
    introduce(left, right);
    introduce(right, left);
}

PeerIndex World::indexOf(const Node& node, const Node& other) const {
    return node.engine->findPeer(other.key).value();
}

wireguard::PeerStatistics World::statisticsOf(const Node& node, const Node& other) const {
    return node.engine->snapshot(indexOf(node, other)).value().statistics;
}

void World::send(Node& from, const Node& to, std::uint32_t mark, std::size_t bytes) {
    sendInner(from, markedPacket(from.inner, to.inner, mark, bytes));
}

void World::sendInner(Node& from, const std::vector<std::uint8_t>& packet) {
    const auto moment = momentOf(from);
    const auto inner = wireguard::parseInner(packet);
    const auto peer = inner ? from.engine->route(*inner) : std::nullopt;
    if (!peer) {
        return;
    }
    const auto grant = from.engine->grant(*peer, 1, moment);
    if (grant.verdict == wireguard::SendGrant::Verdict::Queue) {
        from.engine->stage(*peer, packet, 0, moment);
    } else if (grant.verdict == wireguard::SendGrant::Verdict::Ready) {
        Datagram datagram;
        datagram.bytes.resize(wireguard::transportBytes(packet.size(), from.options.mtu));
        wireguard::sealTransport(
            *grant.aead,
            {grant.remoteIndex, grant.firstCounter},
            packet,
            from.options.mtu,
            datagram.bytes);
        datagram.from = from.endpoint;
        datagram.to = grant.to->address.remote;
        from.engine->sent(*peer, 1, datagram.bytes.size(), moment);
        ++from.sentByType[4];
        from.sentBytes += datagram.bytes.size();
        post(datagram);
    }
    collect(from);
}

wireguard::Moment World::momentOf(const Node& node) const {
    return {now_, wall_ + std::chrono::duration_cast<WallTime::duration>(node.wallOffset)};
}

void World::collect(Node& node) {
    for (const auto& message : node.engine->takeMessages()) {
        Datagram datagram;
        datagram.bytes.assign(message.bytes.begin(), message.bytes.end());
        datagram.from = node.endpoint;
        datagram.to = message.to.address.remote;
        datagram.trafficClass = message.trafficClass;
        ++node.sentByType[kindOf(datagram.type())];
        node.sentBytes += datagram.bytes.size();
        post(datagram);
    }
    const auto events = node.engine->takeEvents();
    node.events.insert(node.events.end(), events.begin(), events.end());
}

void World::collectAll() {
    for (const auto& node : nodes_) {
        collect(*node);
    }
}

void World::post(const Datagram& datagram) {
    auto sent = datagram;
    if (keep) {
        history.push_back(datagram);
    }
    if (filter && !filter(sent)) {
        return;
    }
    std::uniform_real_distribution<double> chance(0, 1);
    const int copies = 1 + (duplication > 0 && chance(dice) < duplication ? 1 : 0);
    for (int i = 0; i < copies; ++i) {
        if (loss > 0 && chance(dice) < loss) {
            continue;
        }
        const auto spread = delaySpread.count() == 0
                                ? Duration::zero()
                                : Duration(static_cast<std::int64_t>(
                                    dice() % static_cast<std::uint64_t>(delaySpread.count())));
        underWay_.emplace(now_ + delay + spread, sent);
    }
}

void World::arrive(const Datagram& datagram) {
    const auto found = std::ranges::find_if(
        nodes_, [&](const auto& node) { return node->endpoint == datagram.to; });
    if (found != nodes_.end()) {
        inject(**found, datagram);
    }
}

void World::inject(Node& to, const Datagram& datagram) {
    auto bytes = datagram.bytes;
    transport::IncomingRun run;
    run.bytes = bytes;
    run.segmentBytes = bytes.size();
    run.from.remote = datagram.from;
    run.trafficClass = datagram.trafficClass;
    NodeSink sink(to);
    ++to.gotByType[kindOf(datagram.type())];
    to.gotBytes += bytes.size();
    to.engine->receive(run, 0, momentOf(to), sink);
    collect(to);
}

std::optional<TimePoint> World::nextTime() const {
    std::optional<TimePoint> next;
    if (!underWay_.empty()) {
        next = underWay_.begin()->first;
    }
    for (const auto& node : nodes_) {
        const auto deadline = node->engine->nextDeadline();
        if (deadline && (!next || *deadline < *next)) {
            next = deadline;
        }
    }
    return next;
}

void World::settle() {
    while (!underWay_.empty() && underWay_.begin()->first <= now_) {
        const auto datagram = std::move(underWay_.begin()->second);
        underWay_.erase(underWay_.begin());
        arrive(datagram);
    }
}

void World::run(Duration time) {
    const auto end = now_ + std::chrono::duration_cast<TimePoint::duration>(time);
    collectAll();
    settle();
    while (const auto next = nextTime()) {
        if (*next > end) {
            break;
        }
        const auto passed = std::max(*next, now_) - now_;
        now_ += passed;
        wall_ += std::chrono::duration_cast<WallTime::duration>(passed);
        settle();
        for (const auto& node : nodes_) {
            if (const auto due = node->engine->nextDeadline(); due && *due <= now_) {
                ++advances_;
                node->engine->advance(momentOf(*node));
                collect(*node);
            }
        }
        settle();
    }
    wall_ += std::chrono::duration_cast<WallTime::duration>(end - now_);
    now_ = end;
}

void World::restart(Node& node) {
    node.restart(momentOf(node));
    for (const auto& settings : node.peers) {
        static_cast<void>(node.engine->applyPeer(settings, momentOf(node)));
    }
    collect(node);
}

}  // namespace weft::tests
