// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/policy/acl.h"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace weft::mesh::policy {

/// A node with its addresses in the mesh.
struct NodeAddresses {
    std::string id;
    std::optional<net::IpPrefix> ipv4{};
    std::optional<net::IpPrefix> ipv6{};
};

/// A bit for each ordered pair of nodes.
class ReachMatrix {
public:
    explicit ReachMatrix(std::size_t nodes) : words_((nodes + 63) / 64), bits_(nodes * words_) {}

    bool at(std::size_t source, std::size_t destination) const {
        return ((bits_[source * words_ + destination / 64] >> (destination % 64)) & 1U) != 0;
    }
    std::span<std::uint64_t> row(std::size_t source) {
        return std::span(bits_).subspan(source * words_, words_);
    }
    /// How many pairs may.
    std::size_t count() const;

private:
    std::size_t words_;
    std::vector<std::uint64_t> bits_;
};

/// Which of many nodes may reach which: the verdict on their own IPv4 addresses or that on their
/// own IPv6 addresses accepts (webmesh.md 7.2). `rules` is looked at while it lives.
class Reachability {
public:
    /// Nodes with the same number reach the same nodes and are reached by the same ones.
    using Number = std::uint32_t;

    Reachability(const NetworkRules& rules, std::vector<NodeAddresses> nodes);

    std::size_t size() const { return nodes_.size(); }
    bool mayReach(std::size_t source, std::size_t destination) const;
    ReachMatrix matrix() const;

    /// The class of one more node, which `matrix` and `mayReach` know nothing of. Rules that are
    /// not compiled have a new class for each call.
    Number classify(const NodeAddresses& node);
    std::size_t classes() const { return classes_; }
    bool classesMayReach(Number source, Number destination) const;

private:
    void fillMasks(const NodeAddresses& node, std::vector<std::uint64_t>& masks) const;
    void prepare();
    bool nodesMayReach(const NodeAddresses& from, const NodeAddresses& to) const;
    void fillRow(const std::vector<std::uint8_t>& reachable, std::span<std::uint64_t> row) const;

    const NetworkRules& rules_;
    std::vector<NodeAddresses> nodes_;
    std::size_t words_;
    /// For each class: the rules that take it as source and as destination with its IPv4 address,
    /// and then with its IPv6 address.
    std::vector<std::uint64_t> masks_;
    /// Whether each rule accepts.
    std::vector<std::uint64_t> accepting_;
    /// The rules whose prefixes matter.
    std::vector<std::size_t> conditional_;
    std::map<std::vector<std::uint64_t>, Number> numbers_;
    std::vector<Number> classOf_;
    std::size_t classes_ = 0;
    /// One node of each class, when the rules are not compiled.
    std::vector<NodeAddresses> classified_;
};

}  // namespace weft::mesh::policy
