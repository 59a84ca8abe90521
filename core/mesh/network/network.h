// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/subscription.h"
#include "core/mesh/network/exits.h"
#include "core/mesh/network/graph.h"
#include "core/mesh/network/paths.h"
#include "core/mesh/policy/policy_mirror.h"
#include "core/storage/registry/observers.h"
#include "core/storage/registry/registry.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace weft::mesh::network {

/// A neighbour, and all that is reached through it.
struct Neighbour {
    NodeId id;
    /// Its own addresses, those of the nodes behind it, then `routes`. No prefix is with two
    /// neighbours: the device would keep it with the one that was set up last.
    std::vector<net::IpPrefix> allowed;
    /// The networks outside the mesh.
    std::vector<net::IpPrefix> routes;

    friend bool operator==(const Neighbour&, const Neighbour&) = default;
};

/// What becomes of traffic between two nodes.
struct Trace {
    enum class Outcome : std::uint8_t {
        Carried,      ///< both ways, along `path`
        Denied,       ///< by the access rules, one way at least
        Unconnected,  ///< no edges lead there over nodes that both may reach
        Withheld      ///< nodes on the way would take another one: neither end is told
    };
    Outcome outcome = Outcome::Unconnected;
    /// Carried: from the first node to the last.
    std::vector<NodeId> path;
};

/// The mesh as each of its nodes is to see it: who its neighbours are and what lies behind them, by
/// edges, access rules and routes. It follows a registry, and keeps nodes as numbers and the rules
/// as bits in memory. Thread: confined to the registry's loop.
class Network {
public:
    /// Whose neighbours may be others now.
    struct Touched {
        bool everybody = false;
        std::vector<NodeId> nodes;
        /// How many edges were looked at for it.
        std::size_t edges = 0;
    };

    /// Both outlive it, and `policy` follows `registry`.
    Network(const storage::Registry& registry, const policy::PolicyMirror& policy);
    Network(const Network&) = delete;
    Network& operator=(const Network&) = delete;
    ~Network() = default;

    /// Runs after each change that may matter to somebody.
    [[nodiscard]] Subscription onChange(std::function<void(const Touched&)> changed) const {
        return observers_.add(std::move(changed));
    }

    /// Sorted by id; empty for a node that does not take part.
    std::vector<Neighbour> neighboursOf(const NodeId& id);
    /// Differs when `neighboursOf` or what the neighbours say of themselves does; found without
    /// making the lists.
    std::uint64_t versionOf(const NodeId& id);
    Trace trace(const NodeId& from, const NodeId& to);
    /// Whether the access rules let packets pass this way; false while one of the two does not take
    /// part.
    bool mayReach(const NodeId& from, const NodeId& to);

    const Graph& graph() const { return graph_; }

    /// The exit that a node uses for a destination.
    struct ChosenExit {
        net::IpPrefix destination;
        NodeNumber node = kNoNode;
        NodeNumber first = kNoNode;
    };
    /// What `routes` of its neighbours are made from; in order of the destinations.
    std::vector<ChosenExit> exitsUsedBy(NodeNumber source);
    /// Whether the access rules accept what `source` sends to a network behind `exit`.
    bool accepts(NodeNumber source, NodeNumber exit, const net::IpPrefix& destination) const;

    /// What questions about all nodes at once are answered with; good until the next change.
    struct Parts {
        const Graph& graph;
        Access& access;
        const Classes& classes;
        Paths& paths;
        const Exits& exits;
    };
    Parts parts() { return {graph_, *access_, classes_, *paths_, exits_}; }

private:
    enum class Verdict : std::uint8_t { Unknown, Accepted, Denied };
    /// Who offers a destination, the closest to a node first as far as they were asked for.
    struct Candidates {
        std::vector<NodeNumber> sorted;
        std::vector<NodeNumber> heap;
        bool hasOwn = false;
    };

    void note(const storage::Registry::Change& change);
    void rebuild();
    void renewAccess();
    void noteNode(const NodeId& id, bool comesWithEdges, Touched& touched);
    void noteEdge(const NodeId& source, const NodeId& target, Touched& touched);
    std::optional<std::int32_t> weightOf(const NodeId& source, const NodeId& target) const;
    void touchUsers(NodeNumber left, NodeNumber right, Touched& touched);
    void makeRoom();
    bool classify(NodeNumber node);
    bool forget(NodeNumber node);
    bool renewExits();
    std::vector<ChosenExit> chooseExits(NodeNumber source, const WayTable& ways);
    const std::vector<ChosenExit>& exitsFor(NodeNumber source, const WayTable& ways);
    Candidates candidatesOf(
        const std::vector<std::uint32_t>& offers, NodeNumber source, const WayTable& ways) const;
    NodeNumber chooseExit(
        NodeNumber source,
        const WayTable& ways,
        const net::IpPrefix& destination,
        Candidates& candidates) const;
    bool allChoose(NodeNumber exit, std::size_t number, NodeNumber source, const WayTable& ways);
    bool acceptsOnlyExit(NodeNumber source, std::size_t destination);
    std::vector<NodeNumber> neighbourNumbers(NodeNumber source, const WayTable& ways) const;
    std::uint64_t edgeMark(NodeNumber source, NodeNumber neighbour) const;

    const storage::Registry& registry_;
    const policy::PolicyMirror& policy_;
    Graph graph_;
    std::unique_ptr<Access> access_;
    Classes classes_;
    std::unique_ptr<Paths> paths_;
    /// By number: whether it counts in `classes_.members`.
    std::vector<std::uint8_t> counted_;
    Exits exits_;
    /// By class and the families that its nodes have addresses of, then by destination: what the
    /// rules say of the only exit. Empty until somebody asks.
    std::vector<std::vector<Verdict>> onlyExits_;
    /// What the last node that was asked for chose, and whether that depends on other nodes' ways.
    NodeNumber chosenFor_ = kNoNode;
    std::vector<ChosenExit> chosen_;
    bool choiceDepends_ = false;
    mutable storage::Observers<Touched> observers_;
    Subscription watch_;
};

}  // namespace weft::mesh::network
