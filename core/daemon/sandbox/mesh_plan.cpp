// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/sandbox/mesh_plan.h"

#include "core/base/check.h"
#include "core/crypto/digest.h"
#include "core/daemon/sandbox/cast.h"
#include "core/daemon/sandbox/draw.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

namespace weft::daemon::sandbox {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::uint16_t kWireguardPort = 51820;
/// With this node they are as many as are all paired with each other (DirectPairs).
constexpr std::size_t kMostSeekers = 16;
/// Of those that may go away, every so many do.
constexpr std::size_t kGoesAway = 3;

// Networks that the documents of the IETF keep for examples (RFC 5737), and private ones behind
// their routers: nothing here is anybody's.
constexpr std::uint32_t kHomeRouter = 0xCB007114;      // 203.0.113.20
constexpr std::uint32_t kOfficeRouter = 0xC633641E;    // 198.51.100.30
constexpr std::uint32_t kCloudHosts = 0xC0000200;      // 192.0.2.0
constexpr std::uint32_t kRoadHosts = 0xC6336400;       // 198.51.100.0
constexpr std::uint32_t kHomeNetwork = 0xC0A8B200;     // 192.168.178.0
constexpr std::uint32_t kOfficeNetwork = 0x0A140000;   // 10.20.0.0
constexpr std::uint32_t kCarrierNetwork = 0x64401000;  // 100.64.16.0

/// What the tunnels of a kind carry on average, as this node counts, and how far away it is.
struct Habits {
    double received;
    double sent;
    milliseconds nearest;
    milliseconds farthest;
    std::uint64_t lostPerMille;
};

Habits habitsOf(NodeKind kind) {
    switch (kind) {
    case NodeKind::Phone:
        return {3e3, 5e3, milliseconds(35), milliseconds(80), 15};
    case NodeKind::Laptop:
        return {9e3, 2.2e4, milliseconds(14), milliseconds(40), 4};
    case NodeKind::Desktop:
        return {1.2e4, 1.8e4, milliseconds(6), milliseconds(12), 1};
    case NodeKind::Server:
        return {9e4, 2.5e4, milliseconds(9), milliseconds(22), 0};
    case NodeKind::Nas:
        return {3.2e5, 1.4e5, milliseconds(6), milliseconds(10), 0};
    case NodeKind::Camera:
        return {1.8e5, 2e3, milliseconds(7), milliseconds(15), 2};
    case NodeKind::Device:
        return {800, 600, milliseconds(6), milliseconds(12), 1};
    case NodeKind::Router:
        return {2e4, 1.5e4, milliseconds(5), milliseconds(9), 0};
    case NodeKind::Relay:
        return {6e4, 5.5e4, milliseconds(11), milliseconds(14), 0};
    case NodeKind::Exit:
        return {1.6e5, 2e4, milliseconds(16), milliseconds(19), 0};
    }
    return {};
}

net::Endpoint at(std::uint32_t address, std::uint16_t port) {
    return {net::IpAddress::v4(address), port};
}

/// A port that a router gives; never one below those.
std::uint16_t outerPort(Draw draw) {
    constexpr std::uint16_t kLowest = 20'000;
    constexpr std::uint64_t kPorts = 40'000;
    return static_cast<std::uint16_t>(kLowest + draw.below(kPorts));
}

/// `number` is that of the node, which no other has.
void place(SimulatedNode& node, std::uint32_t number, std::uint64_t seed) {
    // Each network's first hosts are its routers.
    constexpr std::uint32_t kFirst = 20;
    const std::uint16_t port = outerPort(Draw(seed, "port " + node.id.value()));
    if (node.kind == NodeKind::Router) {
        node.outside = at(node.zone == kHome ? kHomeRouter : kOfficeRouter, kWireguardPort);
        node.inside = node.outside;
    } else if (node.zone == kHome) {
        node.inside = at(kHomeNetwork + kFirst + number, kWireguardPort);
        node.outside = at(kHomeRouter, port);
    } else if (node.zone == kOffice) {
        node.inside = at(kOfficeNetwork + kFirst + number, kWireguardPort);
        node.outside = at(kOfficeRouter, port);
    } else if (node.zone == kCloud) {
        node.outside = at(kCloudHosts + kFirst + number, kWireguardPort);
        node.inside = node.outside;
    } else {
        constexpr std::uint32_t kFirstOnTheRoad = 50;
        node.inside = at(kCarrierNetwork + number, kWireguardPort);
        node.outside = at(kRoadHosts + kFirstOnTheRoad + number, port);
    }
}

void offerRoutes(SimulatedNode& node) {
    constexpr int kHomeLength = 24;
    constexpr int kOfficeLength = 16;
    if (node.kind == NodeKind::Router && node.zone == kHome) {
        node.routes = {net::IpPrefix(net::IpAddress::v4(kHomeNetwork), kHomeLength)};
    } else if (node.kind == NodeKind::Router) {
        node.routes = {net::IpPrefix(net::IpAddress::v4(kOfficeNetwork), kOfficeLength)};
    }
}

bool mayGoAway(NodeKind kind) {
    return kind == NodeKind::Laptop || kind == NodeKind::Phone || kind == NodeKind::Camera;
}

bool seeks(const SimulatedNode& node) {
    switch (node.kind) {
    case NodeKind::Desktop:
    case NodeKind::Laptop:
    case NodeKind::Phone:
    case NodeKind::Relay:
    case NodeKind::Exit:
        return true;
    case NodeKind::Server:
        return !node.isPublic();
    default:
        return false;
    }
}

Presence goingAway(Draw& draw) {
    const auto minutesOf = [&draw](double low, double high) {
        return std::chrono::duration_cast<Duration>(
            std::chrono::duration<double, std::ratio<60>>(draw.between(low, high)));
    };
    const auto period = minutesOf(14, 26);
    // Longer than a session lives (three minutes): it is seen to be gone.
    const auto away = minutesOf(5, 8);
    return {period, away, minutesOf(0, 14)};
}

void giveHabits(SimulatedNode& node, std::uint64_t seed) {
    Draw draw(seed, "habits " + node.id.value());
    const auto habits = habitsOf(node.kind);
    const double scale = draw.between(0.5, 1.5);
    node.received = Traffic::of(habits.received * scale, draw);
    node.sent = Traffic::of(habits.sent * scale, draw);
    node.delay =
        std::chrono::duration_cast<Duration>(std::chrono::duration<double, std::milli>(draw.between(
            static_cast<double>(habits.nearest.count()),
            static_cast<double>(habits.farthest.count()))));
    node.lostPerMille = habits.lostPerMille;
    constexpr double kLatestHandshake = 120;
    node.firstHandshake = std::chrono::duration_cast<Duration>(
        std::chrono::duration<double>(draw.between(1, kLatestHandshake)));
}

SimulatedNode nodeOf(const Role& role, std::uint32_t number, std::uint64_t seed) {
    SimulatedNode node;
    const bool isExtra = number >= cast().size();
    node.id =
        mesh::NodeId(isExtra ? fmt::format("{}-{}", role.id, number + 1) : std::string(role.id));
    node.kind = role.kind;
    node.zone = std::string(role.zone);
    node.nat = role.nat;
    node.key = keyOf(seed, node.id).publicKey();
    const auto key = node.key.wireGuardKey();
    WEFT_CHECK(key.ok());
    node.wireguardKey = *key;
    place(node, number, seed);
    offerRoutes(node);
    giveHabits(node, seed);
    return node;
}

}  // namespace

crypto::NodeKey keyOf(std::uint64_t seed, const mesh::NodeId& id) {
    const auto bytes = crypto::sha256(fmt::format("weft-sandbox {} {}", seed, id.value()));
    auto key = crypto::NodeKey::fromSeed(bytes);
    WEFT_CHECK(key.ok());
    return *std::move(key);
}

MeshPlan planMesh(std::uint64_t seed, std::size_t count) {
    WEFT_CHECK(count >= kLeastNodes && count <= kMostNodes);
    MeshPlan plan{.seed = seed, .nodes = {}};
    std::size_t seekers = 0;
    std::size_t restless = 0;
    for (std::size_t number = 0; number < count; ++number) {
        const bool isExtra = number >= cast().size();
        const auto& role =
            isExtra ? extras()[(number - cast().size()) % extras().size()] : cast()[number];
        auto& node =
            plan.nodes.emplace_back(nodeOf(role, static_cast<std::uint32_t>(number), seed));
        if (number == 0) {
            continue;
        }
        node.seeksDirectWays = seeks(node) && seekers++ < kMostSeekers;
        if (mayGoAway(node.kind) && restless++ % kGoesAway == kGoesAway - 1) {
            Draw draw(seed, "absence " + node.id.value());
            node.presence = goingAway(draw);
        }
    }
    return plan;
}

bool canMeet(const SimulatedNode& one, const SimulatedNode& other) {
    const bool areBeside = !one.zone.empty() && one.zone == other.zone;
    return areBeside || one.isPublic() || other.isPublic()
           || (one.nat == Nat::Cone && other.nat == Nat::Cone);
}

net::Endpoint placeOf(const SimulatedNode& node, const SimulatedNode& observer) {
    if (!node.zone.empty() && node.zone == observer.zone) {
        return node.inside;
    }
    if (node.nat != Nat::Symmetric) {
        return node.outside;
    }
    return {node.outside.address, outerPort(Draw(0, node.id.value() + ' ' + observer.id.value()))};
}

Duration roundTrip(const SimulatedNode& one, const SimulatedNode& other) {
    constexpr std::int64_t kLocal = 12;
    const auto both = one.delay + other.delay;
    return !one.zone.empty() && one.zone == other.zone && one.zone != kCloud ? both / kLocal : both;
}

}  // namespace weft::daemon::sandbox
