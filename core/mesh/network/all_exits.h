// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/network/all_pairs.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

namespace weft::mesh::network {

/// Network::exitsUsedBy of all nodes of a mesh at once: by destination which exit each of them
/// uses. Where one node alone leads to a destination it is read from the ways of that node; else
/// the network is asked. Good until the network's next change.
class AllExits {
public:
    /// By number of the node: the exit that it uses, or kNoNode.
    using Column = std::vector<NodeNumber>;

    /// Both outlive it.
    AllExits(Network& network, AllPairs& pairs)
        : network_(network), pairs_(pairs), mesh_(network.parts()) {}

    /// For places in the destinations of Exits, ascending.
    std::vector<Column> columns(std::span<const std::size_t> destinations);

private:
    /// More trees are not kept.
    static constexpr std::size_t kMostTrees = 64;

    const AllPairs::Tree& treeFrom(NodeNumber exit);
    bool mayUse(NodeNumber source, NodeNumber exit, const net::IpPrefix& network);
    bool isMutual(NodeNumber left, NodeNumber right) {
        return mesh_.access.mutualWith(mesh_.classes.of[left]).has(mesh_.classes.of[right]);
    }
    void fill(const net::IpPrefix& network, NodeNumber exit, Column& column);
    void fillOthers(
        const net::IpPrefix& network,
        NodeNumber exit,
        std::vector<NodeNumber> nodes,
        Column& column);
    void ask(
        std::span<const std::size_t> destinations,
        const std::vector<std::uint8_t>& asked,
        std::vector<Column>& columns);

    Network& network_;
    AllPairs& pairs_;
    Network::Parts mesh_;
    std::map<NodeNumber, AllPairs::Tree> trees_;
    /// For one destination, by class and families: 0 is unknown, 1 no, 2 yes.
    std::vector<std::uint8_t> verdicts_;
};

}  // namespace weft::mesh::network
