// SPDX-License-Identifier: Apache-2.0
#include "tests/core/mesh/network/world.h"

#include "core/crypto/node_key.h"
#include "core/mesh/policy/records.h"
#include "tests/core/mesh/mesh_fixture.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace weft::mesh::network::tests {
namespace {

using policy::oracle::Reading;

/// Those whom the field `node` of a route names.
std::set<std::string> offeringNodes(
    const std::string& node, const std::vector<policy::Group>& groups) {
    if (!node.starts_with("group:")) {
        return {node};
    }
    std::set<std::string> offering;
    for (const auto& group : groups) {
        if (node != "group:" + group.name) {
            continue;
        }
        for (const auto& subject : group.subjects) {
            offering.insert(subject.name);
        }
    }
    return offering;
}

void linkAll(const policy::Group& group, World& world) {
    for (const auto& one : group.subjects) {
        for (const auto& other : group.subjects) {
            if (one.name < other.name) {
                world.edges[{one.name, other.name}] = 1;
            }
        }
    }
}

std::string nameOf(std::size_t number) {
    return fmt::format("n{}", number);
}

/// Making a key takes longer than all else in these tests.
crypto::PublicKey keyOf(const std::string& name) {
    static std::map<std::string, crypto::PublicKey> keys;
    const auto known = keys.find(name);
    if (known != keys.end()) {
        return known->second;
    }
    const auto number = static_cast<std::uint32_t>(std::stoul(name.substr(1)));
    return keys.emplace(name, weft::tests::nodeKeyOf(number + 1).publicKey()).first->second;
}

}  // namespace

bool World::mayReach(const std::string& from, const std::string& to) const {
    const auto known = verdicts.find({from, to});
    if (known != verdicts.end()) {
        return known->second;
    }
    const auto& source = nodes.at(from);
    const auto& target = nodes.at(to);
    const bool may =
        policy::oracle::accepts(rules, {from, source.ipv4, to, target.ipv4}, Reading::Strict)
        || policy::oracle::accepts(rules, {from, source.ipv6, to, target.ipv6}, Reading::Strict);
    return verdicts[{from, to}] = may;
}

bool World::mayUse(
    const std::string& from, const std::string& exit, const std::string& network) const {
    const bool isV6 = network.find(':') != std::string::npos;
    const auto& source = nodes.at(from);
    return policy::oracle::accepts(
        rules, {from, isV6 ? source.ipv6 : source.ipv4, exit, network}, Reading::Strict);
}

bool World::isExit(const std::string& id, const std::string& network) const {
    const auto takesPart = [this](const std::string& name) {
        const auto node = nodes.find(name);
        return node != nodes.end() && node->second.hasKey;
    };
    for (const auto& [name, route] : routes) {
        if (route.destination != network || !takesPart(id)) {
            continue;
        }
        auto offering = offeringNodes(route.node, rules.groups);
        std::erase_if(offering, [&](const std::string& one) { return !takesPart(one); });
        if (route.nextHop.empty() ? offering.contains(id)
                                  : !offering.empty() && route.nextHop == id) {
            return true;
        }
    }
    return false;
}

World::Node RandomWorld::node(std::size_t number) {
    World::Node node;
    node.ipv4 = oneIn(12) ? "" : fmt::format("172.16.0.{}/32", number + 1);
    node.ipv6 =
        oneIn(12) && !node.ipv4.empty() ? "" : fmt::format("fd00:0:0:{:x}::/112", number + 1);
    node.hasKey = !oneIn(15);
    return node;
}

std::string RandomWorld::someNode(const World& world) {
    return std::next(world.nodes.begin(), static_cast<std::ptrdiff_t>(below(world.nodes.size())))
        ->first;
}

void RandomWorld::addEdge(World& world) {
    const auto left = someNode(world);
    const auto right = someNode(world);
    if (left != right) {
        world.edges[std::minmax(left, right)] = static_cast<std::int32_t>(below(3));
    }
}

policy::NetworkAcl RandomWorld::acl(const World& world, std::size_t number) {
    policy::NetworkAcl acl;
    acl.name = fmt::format("acl{}", number);
    acl.priority = static_cast<std::int32_t>(below(10));
    acl.action = oneIn(3) ? policy::AclAction::Deny : policy::AclAction::Accept;
    const auto list = [&](std::vector<std::string>& names) {
        if (oneIn(3)) {
            names = {"*"};
            return;
        }
        for (std::size_t count = 1 + below(4); count > 0; --count) {
            names.push_back(oneIn(3) ? fmt::format("group:g{}", below(3)) : someNode(world));
        }
    };
    list(acl.sourceNodes);
    list(acl.destinationNodes);
    if (oneIn(4)) {
        acl.destinationCidrs = {oneIn(2) ? "172.16.0.0/29" : "10.0.0.0/15"};
    }
    return acl;
}

void RandomWorld::addRules(World& world, Access access) {
    const auto accept = [&world](std::string name, std::string from, std::string to) {
        policy::NetworkAcl acl;
        acl.name = std::move(name);
        acl.action = policy::AclAction::Accept;
        acl.sourceNodes = {std::move(from)};
        acl.destinationNodes = {std::move(to)};
        world.rules.acls.push_back(acl);
    };
    if (access == Access::All) {
        accept("all", "*", "*");
        return;
    }
    for (std::size_t group = 0; group < 3; ++group) {
        world.rules.groups.push_back({.name = fmt::format("g{}", group), .subjects = {}});
    }
    for (const auto& [id, node] : world.nodes) {
        world.rules.groups[below(3)].subjects.push_back(
            {.name = id, .kind = policy::SubjectKind::Node});
    }
    if (access == Access::Teams) {
        accept("team1", "group:g1", "group:g1");
        accept("team2", "group:g2", "group:g2");
        accept("to-servers", "*", "group:g0");
        accept("from-servers", "group:g0", "*");
        // Servers see each other without the help of a team.
        linkAll(world.rules.groups[0], world);
        return;
    }
    if (oneIn(2)) {
        accept("some", "*", "*");
        world.rules.acls.back().priority = -1;
    }
    for (std::size_t number = below(6); number > 0; --number) {
        world.rules.acls.push_back(acl(world, number));
    }
}

World RandomWorld::world(Access access, std::size_t nodes) {
    World world;
    for (std::size_t number = 0; number < nodes; ++number) {
        world.nodes[nameOf(number)] = node(number);
    }
    for (std::size_t number = below(nodes * 2 + 1); number > 0; --number) {
        addEdge(world);
    }
    // Now and then one has many tunnels.
    const auto linked = oneIn(8) ? nodes : 1;
    for (std::size_t number = 1; number < linked; ++number) {
        world.edges.emplace(std::minmax(nameOf(0), nameOf(number)), 1);
    }
    for (std::size_t number = below(5); number > 0; --number) {
        world.routes[fmt::format("r{}", number)] = {
            someNode(world), fmt::format("10.{}.0.0/16", below(4)), ""};
    }
    addRules(world, access);
    return world;
}

void RandomWorld::addRoutes(World& world) {
    for (std::size_t number = below(4); number > 0; --number) {
        world.routes[fmt::format("s{}", number)] = {
            oneIn(2) ? fmt::format("group:g{}", below(3)) : someNode(world),
            fmt::format("10.{}.0.0/16", below(4)),
            oneIn(3) ? someNode(world) : ""};
    }
}

void RandomWorld::change(World& world) {
    world.verdicts.clear();
    switch (below(9)) {
    case 0:
        addEdge(world);
        break;
    case 1:
        if (!world.edges.empty()) {
            world.edges.erase(std::next(
                world.edges.begin(), static_cast<std::ptrdiff_t>(below(world.edges.size()))));
        }
        break;
    case 2: {
        const auto number = below(world.nodes.size() + 2);
        world.nodes[nameOf(number)] = node(number);
        break;
    }
    case 3:
        if (world.nodes.size() > 3) {
            const auto gone = someNode(world);
            world.nodes.erase(gone);
            std::erase_if(world.edges, [&gone](const auto& edge) {
                return edge.first.first == gone || edge.first.second == gone;
            });
        }
        break;
    case 4:
        world.routes[fmt::format("r{}", below(5))] = {
            oneIn(3) ? fmt::format("group:g{}", below(3)) : someNode(world),
            fmt::format("10.{}.0.0/16", below(4)),
            oneIn(4) ? someNode(world) : ""};
        break;
    case 5:
        if (!world.rules.groups.empty()) {
            auto& subjects = world.rules.groups[below(world.rules.groups.size())].subjects;
            if (!subjects.empty() && oneIn(2)) {
                subjects.pop_back();
            } else {
                subjects.push_back({.name = someNode(world), .kind = policy::SubjectKind::Node});
            }
        }
        break;
    case 6:
        world.nodes.at(someNode(world)).ipv4 = world.nodes.at(someNode(world)).ipv4;
        break;
    case 7:
        world.nodes.at(someNode(world)).endpoint = fmt::format("192.0.2.{}", below(200));
        break;
    default:
        if (!world.rules.acls.empty() && oneIn(2)) {
            world.rules.acls.pop_back();
        } else {
            world.rules.acls.push_back(acl(world, 100 + next_++));
        }
    }
}

std::map<std::string, std::string> recordsOf(const World& world) {
    std::map<std::string, std::string> records;
    for (const auto& [id, node] : world.nodes) {
        storage::NodeRecord record;
        record.id = NodeId(id);
        if (node.hasKey) {
            record.publicKey = keyOf(id);
        }
        record.primaryEndpoint = node.endpoint;
        if (!node.ipv4.empty()) {
            record.privateIpv4 = net::IpPrefix::parse(node.ipv4).value();
        }
        if (!node.ipv6.empty()) {
            record.privateIpv6 = net::IpPrefix::parse(node.ipv6).value();
        }
        records[storage::nodeKey(record.id)] = storage::encodeNode(record);
    }
    for (const auto& [ends, weight] : world.edges) {
        const NodeId left(ends.first);
        const NodeId right(ends.second);
        records[storage::edgeKey(left, right)] = storage::encodeEdge(left, right, weight, {});
        records[storage::edgeKey(right, left)] = storage::encodeEdge(right, left, weight, {});
    }
    for (const auto& [name, route] : world.routes) {
        records[std::string(storage::kRoutesPrefix) + name] = storage::encodeRoute(
            {.name = name,
             .node = route.node,
             .destinations = {net::IpPrefix::parse(route.destination).value()},
             .nextHopNode = route.nextHop});
    }
    if (!world.networkIpv4.empty()) {
        records[std::string(storage::kIpv4PrefixKey)] = world.networkIpv4;
    }
    for (const auto& group : world.rules.groups) {
        records[std::string(storage::kGroupsPrefix) + group.name] = policy::encode(group);
    }
    for (const auto& acl : world.rules.acls) {
        records[std::string(storage::kNetworkAclsPrefix) + acl.name] = policy::encode(acl);
    }
    return records;
}

void Mirror::follow(const World& world) {
    auto records = recordsOf(world);
    std::vector<storage::Event> events;
    for (const auto& [key, value] : records_) {
        if (!records.contains(key)) {
            events.push_back({storage::Event::Kind::Delete, key, "", 0});
        }
    }
    for (const auto& [key, value] : records) {
        const auto before = records_.find(key);
        if (before == records_.end() || before->second != value) {
            events.push_back({storage::Event::Kind::Put, key, value, 0});
        }
    }
    records_ = std::move(records);
    registry_.apply(events);
}

void Mirror::reset(const World& world) {
    records_ = recordsOf(world);
    std::vector<storage::Entry> entries;
    for (const auto& [key, value] : records_) {
        auto& entry = entries.emplace_back();
        entry.key = key;
        entry.value = value;
    }
    registry_.reset(entries, 0);
}

}  // namespace weft::mesh::network::tests
