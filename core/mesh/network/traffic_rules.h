// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/policy/policy.h"
#include "core/net/packet_filter.h"
#include "core/storage/registry/registry.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace weft::mesh::network {

using storage::NodeId;

/// The access rules of one moment, for the packets that come to one node: each needs a rule that
/// accepts the node that its source belongs to, and that of its destination, with these addresses.
/// An address belongs to the node that has it, or to those that lead to the network that it is in;
/// any other destination is this node's. A packet from an address of nobody is not accepted.
/// Answers need a rule as well: nothing is remembered of connections.
class TrafficRules final : public net::PacketFilter {
public:
    TrafficRules(
        std::shared_ptr<const policy::Policy> policy,
        const storage::Registry& registry,
        const NodeId& self);

    bool accepts(const net::IpAddress& source, const net::IpAddress& destination) const override;

private:
    struct Node {
        policy::NetworkRules::NodeClass number = 0;
        /// For rules that are not compiled.
        std::string id;
    };
    /// Nodes that the rules cannot tell apart are there once.
    using Nodes = std::vector<Node>;
    using Entry = std::pair<net::IpPrefix, std::uint32_t>;

    Node nodeOf(const NodeId& id) const;
    void add(const net::IpPrefix& prefix, std::uint32_t owners) {
        entries_.emplace_back(prefix.masked(), owners);
    }
    void sort();
    /// nullptr: it is nobody's.
    const Nodes* ownersOf(const net::IpAddress& address) const;
    bool accepts(
        const Node& from,
        const net::IpAddress& source,
        const Node& to,
        const net::IpAddress& destination) const;

    std::shared_ptr<const policy::Policy> policy_;
    Nodes self_;
    std::vector<Nodes> owners_;
    /// In order of the prefixes, each once; a node's address comes before a network.
    std::vector<Entry> entries_;
    /// Those in use, the longest first.
    std::vector<int> lengthsV4_;
    std::vector<int> lengthsV6_;
};

/// Follows a registry and makes the rules anew when another one would come out. Thread: confined.
class TrafficRulesMirror {
public:
    /// nullptr: the same as before, or nothing is known yet of the node itself.
    std::shared_ptr<const net::PacketFilter> renew(
        std::shared_ptr<const policy::Policy> policy,
        const storage::Registry& registry,
        const NodeId& self);
    /// What a change of the records comes to.
    void note(const storage::Registry::Change& change, const storage::Registry& registry);

private:
    struct Addresses {
        std::optional<net::IpPrefix> ipv4;
        std::optional<net::IpPrefix> ipv6;
        friend bool operator==(const Addresses&, const Addresses&) = default;
    };
    static std::optional<Addresses> addressesOf(
        const NodeId& id, const storage::Registry& registry);

    std::shared_ptr<const policy::Policy> policy_;
    std::unordered_map<NodeId, Addresses> known_;
    bool isStale_ = true;
};

}  // namespace weft::mesh::network
