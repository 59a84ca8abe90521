// SPDX-License-Identifier: Apache-2.0
// What the access rules cost for each packet that comes in, and to make: bench_filter [NODES...]
#include "core/mesh/network/traffic_rules.h"
#include "core/mesh/policy/policy_mirror.h"
#include "core/wireguard/packet/inner_packet.h"
#include "core/wireguard/session/verdict_cache.h"
#include "tests/bench/sample_mesh.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

namespace {

using namespace weft;  // NOLINT(google-build-using-namespace): a program of one file
using bench::SampleMesh;
using Clock = std::chrono::steady_clock;
using Packet = std::vector<std::uint8_t>;

constexpr std::size_t kRounds = 21;
constexpr std::size_t kPackets = 20'000;
/// A busy node's streams.
constexpr std::size_t kStreams = 64;

volatile bool sunk = false;

double medianOf(std::vector<double> times) {
    std::ranges::sort(times);
    return times[times.size() / 2];
}

/// In nanoseconds.
double timeOf(const std::function<void()>& run) {
    const auto start = Clock::now();
    run();
    return std::chrono::duration<double, std::nano>(Clock::now() - start).count();
}

void putWord(std::uint8_t* at, std::uint32_t value) {
    for (int byte = 0; byte < 4; ++byte) {
        at[byte] = static_cast<std::uint8_t>(value >> (8 * (3 - byte)));
    }
}

/// UDP without payload: more than the addresses is not looked at.
Packet packetBetween(std::uint32_t source, std::uint32_t destination) {
    Packet bytes(28);
    bytes[0] = 0x45;
    bytes[3] = 28;
    bytes[9] = wireguard::kProtocolUdp;
    putWord(&bytes[12], source);
    putWord(&bytes[16], destination);
    return bytes;
}

/// To one node, from `streams` others in a random order.
std::vector<Packet> packetsTo(SampleMesh& mesh, std::size_t nodes, std::size_t streams) {
    std::vector<Packet> packets;
    packets.reserve(kPackets);
    for (std::size_t count = 0; count < kPackets; ++count) {
        const auto sender = 1 + mesh.below(std::min(streams, nodes - 1));
        packets.push_back(packetBetween(SampleMesh::ipv4Of(sender), SampleMesh::ipv4Of(0)));
    }
    return packets;
}

/// Nanoseconds for each packet.
double costOf(
    const std::vector<Packet>& packets, const std::shared_ptr<const net::PacketFilter>& filter) {
    wireguard::VerdictCache cache;
    cache.setFilter(filter);
    std::vector<wireguard::InnerPacket> inner;
    inner.reserve(packets.size());
    for (const auto& packet : packets) {
        inner.push_back(*wireguard::parseInner(packet));
    }
    std::vector<double> times;
    for (std::size_t round = 0; round < kRounds; ++round) {
        times.push_back(timeOf([&] {
            for (const auto& packet : inner) {
                sunk = cache.accepts(packet);
            }
        }));
    }
    return medianOf(times) / static_cast<double>(packets.size());
}

double costOfRules(const std::vector<Packet>& packets, const net::PacketFilter& rules) {
    std::vector<double> times;
    for (std::size_t round = 0; round < kRounds; ++round) {
        times.push_back(timeOf([&] {
            for (const auto& packet : packets) {
                const auto inner = *wireguard::parseInner(packet);
                sunk = rules.accepts(inner.sourceAddress(), inner.destinationAddress());
            }
        }));
    }
    return medianOf(times) / static_cast<double>(packets.size());
}

void run(std::size_t nodes, SampleMesh::Shape shape) {
    SampleMesh mesh(nodes, shape);
    storage::Registry registry;
    registry.apply(mesh.take());
    const mesh::policy::PolicyMirror policy(registry);
    const storage::NodeId self(SampleMesh::nameOf(0));

    std::shared_ptr<const net::PacketFilter> rules;
    std::vector<double> times;
    for (std::size_t round = 0; round < kRounds; ++round) {
        mesh::network::TrafficRulesMirror mirror;
        times.push_back(
            timeOf([&] { rules = mirror.renew(policy.current(), registry, self); }) / 1e6);
    }
    const auto few = packetsTo(mesh, nodes, kStreams);
    const auto many = packetsTo(mesh, nodes, nodes);
    fmt::print(
        "{} {} nodes: rules made in {:.2f} ms; for each packet, without rules {:.1f} ns, from {} "
        "senders {:.1f} ns, from all {:.1f} ns, asking the rules {:.1f} ns\n",
        shape == SampleMesh::Shape::Hubs ? "hubs  " : "chords",
        nodes,
        medianOf(times),
        costOf(few, nullptr),
        kStreams,
        costOf(few, rules),
        costOf(many, rules),
        costOfRules(many, *rules));
}

}  // namespace

int main(int argc, char** argv) {
    std::vector<std::size_t> sizes;
    for (int at = 1; at < argc; ++at) {
        const std::string_view text(argv[at]);
        std::size_t nodes = 0;
        const auto read = std::from_chars(text.data(), text.data() + text.size(), nodes);
        if (read.ec != std::errc() || nodes < 10 || nodes > 1'000'000) {
            fmt::print(stderr, "bench_filter: {} is no number of nodes from 10 on\n", text);
            return 2;
        }
        sizes.push_back(nodes);
    }
    if (sizes.empty()) {
        sizes = {100, 1'000, 10'000};
    }
    for (const auto nodes : sizes) {
        for (const auto shape : {SampleMesh::Shape::Hubs, SampleMesh::Shape::Chords}) {
            run(nodes, shape);
        }
    }
    return 0;
}
