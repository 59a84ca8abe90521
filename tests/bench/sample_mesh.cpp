// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/sample_mesh.h"

#include "core/crypto/node_key.h"
#include "core/mesh/policy/records.h"
#include "core/storage/registry/registry.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace weft::bench {
namespace {

using storage::Event;
using storage::NodeId;

constexpr std::size_t kTeams = 40;
constexpr std::size_t kRoutes = 100;
constexpr std::size_t kEdgesPerHundredNodes = 250;

/// One key for all: making ten thousand takes longer than all else, and nobody looks at them here.
const crypto::PublicKey& sharedKey() {
    static const auto key = crypto::NodeKey::generate().value().publicKey();
    return key;
}

}  // namespace

// NOLINTNEXTLINE(cert-msc51-cpp): the same mesh each time
SampleMesh::SampleMesh(std::size_t nodes, Shape shape) : size_(nodes), shape_(shape), random_(7) {
    addRules();
    for (std::size_t number = 0; number < nodes; ++number) {
        putNode(number);
    }
    shape == Shape::Hubs ? linkHubs() : linkChords();
    for (std::size_t number = 0; number < kRoutes; ++number) {
        storage::RouteRecord route;
        route.name = fmt::format("r{}", number);
        route.node = nameOf(below(size_));
        route.destinations = {net::IpPrefix(
            net::IpAddress::v4(0x0A000000U + (static_cast<std::uint32_t>(number) << 8U)), 24)};
        put(std::string(storage::kRoutesPrefix) + route.name, storage::encodeRoute(route));
    }
}

/// With more, not all of them linked, ways become long, and agreeing on them takes long as well.
std::size_t SampleMesh::hubs() const {
    return std::clamp<std::size_t>(size_ / 100, 1, 100);
}

std::string SampleMesh::nameOf(std::size_t number) {
    return fmt::format("node-{:06}", number);
}

void SampleMesh::putNode(std::size_t number) {
    storage::NodeRecord node;
    node.id = NodeId(nameOf(number));
    node.publicKey = sharedKey();
    node.privateIpv4 = net::IpPrefix::host(net::IpAddress::v4(ipv4Of(number)));
    std::array<std::uint8_t, 16> bytes{0xfd, 1, 2, 3};
    for (std::size_t at = 0; at < 4; ++at) {
        bytes[8 + at] = static_cast<std::uint8_t>(number >> (8 * at));
    }
    node.privateIpv6 = net::IpPrefix(net::IpAddress::v6(bytes), 112);
    put(storage::nodeKey(node.id), storage::encodeNode(node));
}

void SampleMesh::link(std::size_t left, std::size_t right, bool isThere) {
    const NodeId one(nameOf(left));
    const NodeId other(nameOf(right));
    if (left == right || (isThere && !linked_.insert(std::minmax(left, right)).second)) {
        return;
    }
    if (!isThere) {
        linked_.erase(std::minmax(left, right));
    }
    for (const auto& [from, to] : {std::pair(one, other), std::pair(other, one)}) {
        events_.push_back(
            {isThere ? Event::Kind::Put : Event::Kind::Delete,
             storage::edgeKey(from, to),
             isThere ? storage::encodeEdge(from, to, 1, {}) : std::string(),
             0});
    }
}

void SampleMesh::putAcl(
    const std::string& name,
    std::int32_t priority,
    mesh::policy::AclAction action,
    std::string from,
    std::string to) {
    mesh::policy::NetworkAcl acl;
    acl.name = name;
    acl.priority = priority;
    acl.action = action;
    acl.sourceNodes = {std::move(from)};
    acl.destinationNodes = {std::move(to)};
    put(std::string(storage::kNetworkAclsPrefix) + name, mesh::policy::encode(acl));
}

void SampleMesh::put(std::string key, std::string value) {
    events_.push_back({Event::Kind::Put, std::move(key), std::move(value), 0});
}

void SampleMesh::addRules() {
    using mesh::policy::AclAction;
    std::vector<mesh::policy::Group> teams(kTeams + 1);
    for (std::size_t number = 0; number < size_; ++number) {
        const auto team = number < hubs() ? kTeams : number % kTeams;
        teams[team].subjects.push_back({nameOf(number), mesh::policy::SubjectKind::Node});
    }
    for (std::size_t team = 0; team <= kTeams; ++team) {
        teams[team].name = fmt::format("team-{}", team);
        put(std::string(storage::kGroupsPrefix) + teams[team].name,
            mesh::policy::encode(teams[team]));
    }
    std::size_t count = 0;
    if (shape_ == Shape::Hubs) {
        for (std::size_t team = 0; team < kTeams; ++team, ++count) {
            const auto group = fmt::format("group:team-{}", team);
            putAcl(fmt::format("inside-{}", team), 0, AclAction::Accept, group, group);
        }
        const auto servers = fmt::format("group:team-{}", kTeams);
        putAcl("to-hubs", 0, AclAction::Accept, "*", servers);
        putAcl("from-hubs", 0, AclAction::Accept, servers, "*");
    } else {
        putAcl("all", 0, AclAction::Accept, "*", "*");
        ++count;
        // One that matters, so that not everybody is alike.
        putAcl("off", 5, AclAction::Deny, nameOf(1), nameOf(size_ - 1));
    }
    for (count += 2; count < 100; ++count) {
        putAcl(fmt::format("idle-{}", count), -1, AclAction::Deny, "nobody", "nobody");
    }
}

void SampleMesh::linkHubs() {
    for (std::size_t left = 0; left < hubs(); ++left) {
        for (std::size_t right = left + 1; right < std::min(hubs(), left + 50); ++right) {
            link(left, right);
        }
    }
    for (auto number = hubs(); number < size_; ++number) {
        link(number, below(hubs()));
        link(number, below(hubs()));
    }
}

void SampleMesh::linkChords() {
    for (std::size_t number = 0; number < size_; ++number) {
        link(number, (number + 1) % size_);
    }
    while (linked_.size() < size_ * kEdgesPerHundredNodes / 100) {
        link(below(size_), below(size_));
    }
}

}  // namespace weft::bench
