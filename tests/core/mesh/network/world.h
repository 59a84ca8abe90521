// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/network/network.h"
#include "tests/core/mesh/policy/oracle.h"

#include <cstdint>
#include <map>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace weft::mesh::network::tests {

/// A mesh as plain texts and pairs.
struct World {
    struct Node {
        std::string ipv4;
        std::string ipv6;
        bool hasKey = true;
        std::string endpoint{};
    };
    struct Route {
        std::string node;
        std::string destination;
        std::string nextHop;
    };
    using Edge = std::pair<std::string, std::string>;

    std::map<std::string, Node> nodes;
    /// Each once, the lower id first.
    std::map<Edge, std::int32_t> edges;
    std::map<std::string, Route> routes;
    policy::oracle::World rules;
    /// Empty: the mesh has none.
    std::string networkIpv4{};
    /// What the oracle has said; it takes its time.
    mutable std::map<Edge, bool> verdicts;

    bool linked(const std::string& left, const std::string& right) const {
        return edges.contains(std::minmax(left, right));
    }
    bool mayReach(const std::string& from, const std::string& to) const;
    bool mayReachEachOther(const std::string& left, const std::string& right) const {
        return mayReach(left, right) && mayReach(right, left);
    }
    /// Whether the rules accept traffic to a network behind `exit`.
    bool mayUse(const std::string& from, const std::string& exit, const std::string& network) const;
    /// Whether a route leads to the network by way of the node, which has a key.
    bool isExit(const std::string& id, const std::string& network) const;
};

/// Whose access rules a random mesh has.
enum class Access : std::uint8_t {
    All,      ///< one rule that accepts everything
    Teams,    ///< groups that do not see each other, and servers that everybody sees
    Anything  ///< random rules
};

class RandomWorld {
public:
    explicit RandomWorld(std::uint64_t seed) : random_(seed) {}

    World world(Access access, std::size_t nodes);
    /// Adds, changes or takes away one thing.
    void change(World& world);
    /// Some of groups, and some with a next hop.
    void addRoutes(World& world);
    std::size_t below(std::size_t count) { return random_() % count; }

private:
    bool oneIn(std::size_t count) { return below(count) == 0; }
    World::Node node(std::size_t number);
    std::string someNode(const World& world);
    void addEdge(World& world);
    void addRules(World& world, Access access);
    policy::NetworkAcl acl(const World& world, std::size_t number);

    std::size_t next_ = 0;
    std::mt19937_64 random_;
};

/// The world's records as a store holds them.
std::map<std::string, std::string> recordsOf(const World& world);

/// A registry that holds a world, and the network on it.
class Mirror {
public:
    explicit Mirror(const World& world) { follow(world); }

    /// Applies what is other than before.
    void follow(const World& world);
    /// The same, read anew from the first record to the last.
    void reset(const World& world);
    Network& network() { return network_; }
    const storage::Registry& registry() const { return registry_; }

private:
    std::map<std::string, std::string> records_;
    storage::Registry registry_;
    policy::PolicyMirror policy_{registry_};
    Network network_{registry_, policy_};
};

}  // namespace weft::mesh::network::tests
