// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/policy/detail/cidr_list.h"
#include "core/mesh/policy/detail/group_index.h"
#include "core/mesh/policy/flow.h"
#include "core/mesh/policy/model.h"
#include "core/net/ip_prefix.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace weft::mesh::policy {

/// The access rules of one moment: the highest priority first, then by name; the first that
/// matches decides, and without one traffic is denied. Immutable. Thread: any.
class NetworkRules {
public:
    /// Nodes with the same number are in the same lists and groups.
    using NodeClass = std::uint32_t;
    static constexpr std::size_t kNoRule = static_cast<std::size_t>(-1);
    /// A larger matrix is not made: each check then walks through the rules.
    static constexpr std::size_t kMaxMatrixBytes = 67'108'864;
    static constexpr std::size_t kMaxCompileSteps = 33'554'432;

    NetworkRules() : NetworkRules({}, std::make_shared<const detail::GroupIndex>()) {}
    /// Rules whose prefixes do not parse are left out and reported. Of two of one name the first
    /// counts.
    NetworkRules(
        std::vector<NetworkAcl> acls,
        std::shared_ptr<const detail::GroupIndex> groups,
        Dialect dialect = Dialect::Seed,
        std::size_t maxMatrixBytes = kMaxMatrixBytes);

    NodeClass classOf(std::string_view node) const;
    /// One packet, by the addresses it carries. Denies everything unless `isCompiled`.
    bool accepts(
        NodeClass source,
        const net::IpAddress& from,
        NodeClass destination,
        const net::IpAddress& to) const;
    /// The place in `rules()` of the rule that decides, or kNoRule.
    std::size_t decidingRule(const Flow& flow) const;
    bool accepts(const Flow& flow) const;
    Trace trace(const Flow& flow) const { return trace(flow, dialect_); }
    /// Slow; also for the dialect that the rules were not made for.
    Trace trace(const Flow& flow, Dialect dialect) const;

    bool isCompiled() const { return compiled_; }
    Dialect dialect() const { return dialect_; }
    /// In the order in which they are tried.
    const std::vector<NetworkAcl>& rules() const { return rules_; }
    /// How many were left out.
    std::size_t unreadable() const { return unreadable_; }
    /// What reference nodes read otherwise, and what can never match, by rule.
    const std::vector<Problem>& problems() const { return problems_; }

private:
    friend class Reachability;

    /// One list of nodes.
    struct NodeList {
        bool any = false;
        bool empty = false;
        std::vector<std::string> ids;
        std::vector<detail::GroupIndex::Number> groups;
    };
    struct Conditions {
        bool accepts = false;
        /// Prefixes matter.
        bool conditional = false;
        NodeList sourceNodes;
        NodeList destinationNodes;
        detail::CidrList sources;
        detail::CidrList destinations;
    };
    struct Ends;
    struct Compiler;

    void add(NetworkAcl acl);
    void compile(std::size_t maxMatrixBytes);
    NodeList nodeListOf(const NetworkAcl& acl, const std::vector<std::string>& texts);
    void report(const NetworkAcl& acl, const Conditions& conditions);
    bool matchesAny(const NodeList& list, Dialect dialect) const;
    AclField failing(const Conditions& rule, const Flow& flow, const Ends& ends) const;
    std::size_t slowRule(const Flow& flow) const;
    std::string reasonFor(
        const NetworkAcl& acl, AclField field, const Flow& flow, Dialect dialect) const;

    const std::uint64_t* sourceBits(NodeClass node) const { return &bits_[node * 2 * words_]; }
    const std::uint64_t* destinationBits(NodeClass node) const {
        return &bits_[(node * 2 + 1) * words_];
    }

    Dialect dialect_ = Dialect::Seed;
    std::shared_ptr<const detail::GroupIndex> groups_;
    std::vector<NetworkAcl> rules_;
    std::vector<Conditions> conditions_;
    bool compiled_ = false;
    /// Of a mask with one bit for each rule.
    std::size_t words_ = 0;
    /// For each class: the rules that take it as source, and those that take it as destination.
    std::vector<std::uint64_t> bits_;
    /// Nodes that no list and no group names are of class 0.
    detail::TextMap<NodeClass> classes_;
    std::size_t unreadable_ = 0;
    std::vector<Problem> problems_;
};

}  // namespace weft::mesh::policy
