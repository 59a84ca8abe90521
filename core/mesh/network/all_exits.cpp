// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/network/all_exits.h"

#include <algorithm>

namespace weft::mesh::network {

std::vector<AllExits::Column> AllExits::columns(std::span<const std::size_t> destinations) {
    std::vector<Column> columns(destinations.size(), Column(mesh_.graph.size(), kNoNode));
    std::vector<std::uint8_t> asked(mesh_.graph.size());
    for (std::size_t at = 0; at < destinations.size(); ++at) {
        const auto& destination = mesh_.exits.destinations[destinations[at]];
        const auto& exits = mesh_.exits.offers[destination.offers.front()];
        if (destination.offers.size() == 1 && exits.size() == 1) {
            fill(destination.network, exits.front(), columns[at]);
        } else {
            std::ranges::fill(asked, std::uint8_t{1});
        }
    }
    ask(destinations, asked, columns);
    return columns;
}

const AllPairs::Tree& AllExits::treeFrom(NodeNumber exit) {
    if (trees_.size() >= kMostTrees && !trees_.contains(exit)) {
        trees_.clear();
    }
    const auto known = trees_.find(exit);
    return known != trees_.end() ? known->second
                                 : trees_.emplace(exit, pairs_.treeFrom(exit)).first->second;
}

/// Nodes of one class are alike for the rules, if they have addresses of the same families.
bool AllExits::mayUse(NodeNumber source, NodeNumber exit, const net::IpPrefix& network) {
    const auto place = mesh_.classes.of[source] * Graph::kFamilySets + mesh_.graph.families(source);
    verdicts_.resize(std::max(verdicts_.size(), place + 1));
    auto& verdict = verdicts_[place];
    if (verdict == 0) {
        verdict = network_.accepts(source, exit, network) ? 2 : 1;
    }
    return verdict == 2;
}

/// For a destination that one node alone leads to: everybody on the way has to accept it.
void AllExits::fill(const net::IpPrefix& network, NodeNumber exit, Column& column) {
    verdicts_.clear();
    const auto& tree = treeFrom(exit);
    std::vector<std::uint8_t> lets(mesh_.graph.size(), 1);
    std::vector<NodeNumber> others;
    for (const auto node : tree.ways.reached()) {
        const auto before = tree.ways[node].before;
        if (before != exit) {
            lets[node] = lets[before] != 0 && mayUse(before, exit, network) ? 1 : 0;
        }
        if (tree.isPlain[node] != 0) {
            column[node] = lets[node] != 0 && mayUse(node, exit, network) ? exit : kNoNode;
        } else if (isMutual(node, exit) && pairs_.isCarried(node, exit)) {
            others.push_back(node);
        }
    }
    fillOthers(network, exit, std::move(others), column);
    // A neighbour that may send, and hears nothing.
    for (const auto& arc : mesh_.graph.arcs(exit)) {
        const auto node = arc.to;
        if (mesh_.graph.takesPart(node)
            && mesh_.access.reachedFrom(mesh_.classes.of[node]).has(mesh_.classes.of[exit])
            && !isMutual(node, exit) && mayUse(node, exit, network)) {
            column[node] = exit;
        }
    }
}

/// For those that have another way than the cheapest of all.
void AllExits::fillOthers(
    const net::IpPrefix& network, NodeNumber exit, std::vector<NodeNumber> nodes, Column& column) {
    std::erase_if(nodes, [&](NodeNumber node) { return !mayUse(node, exit, network); });
    const bool allMay =
        nodes.empty() || std::ranges::all_of(mesh_.graph.inOrder(), [&](NodeNumber node) {
            return !mesh_.graph.takesPart(node) || node == exit || !isMutual(node, exit)
                   || mayUse(node, exit, network);
        });
    if (allMay) {
        for (const auto node : nodes) {
            column[node] = exit;
        }
        return;
    }
    // Nodes of one class have their ways over the same ones.
    std::ranges::sort(nodes, {}, [this](NodeNumber node) { return mesh_.classes.of[node]; });
    WayTable ways;
    auto last = kNoNode;
    for (const auto node : nodes) {
        if (last == kNoNode || mesh_.classes.of[last] != mesh_.classes.of[node]) {
            ways = pairs_.waysFrom(exit, mesh_.classes.of[node]);
        }
        last = node;
        auto at = ways[node].before;
        while (at != exit && mayUse(at, exit, network)) {
            at = ways[at].before;
        }
        column[node] = at == exit ? exit : kNoNode;
    }
}

void AllExits::ask(
    std::span<const std::size_t> destinations,
    const std::vector<std::uint8_t>& asked,
    std::vector<Column>& columns) {
    for (NodeNumber node = 0; node < asked.size(); ++node) {
        if (asked[node] == 0 || !mesh_.graph.takesPart(node)) {
            continue;
        }
        const auto used = network_.exitsUsedBy(node);
        auto next = used.begin();
        for (std::size_t at = 0; at < destinations.size(); ++at) {
            const auto& wanted = mesh_.exits.destinations[destinations[at]].network;
            next = std::lower_bound(
                next, used.end(), wanted, [](const Network::ChosenExit& exit, const auto& network) {
                    return exit.destination < network;
                });
            columns[at][node] =
                next != used.end() && next->destination == wanted ? next->node : kNoNode;
        }
    }
}

}  // namespace weft::mesh::network
