// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/changes/detail/name_set.h"
#include "core/mesh/changes/lint.h"
#include "core/mesh/policy/acl.h"
#include "core/mesh/policy/rules.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace weft::mesh::changes::detail {

/// Whom one end of a rule is about.
struct RuleSide {
    /// Numbers of names, with groups expanded; without sets it is empty.
    NameSet names;
    /// Empty: all addresses.
    std::vector<net::IpPrefix> prefixes;
    policy::detail::CidrList list;

    bool isOpen() const { return prefixes.empty(); }
};

/// An access rule that the engine tries.
struct LintRule {
    const policy::NetworkAcl* acl = nullptr;
    bool accepts = false;
    /// Whether a list of nodes is empty: reference nodes match nobody then.
    bool hasEmptyList = false;
    /// Whether a node that is known, or any, is on both sides.
    bool isLive = true;
    RuleSide source;
    RuleSide destination;
    /// Earlier rules that match whatever it matches; without sets empty.
    std::vector<const LintRule*> shadowedBy;
};

/// What all checks look at, made once.
class LintScene {
public:
    explicit LintScene(const LintSubject& subject);
    LintScene(const LintScene&) = delete;
    LintScene& operator=(const LintScene&) = delete;
    ~LintScene() = default;

    const PolicySet& policy() const { return subject_.policy; }
    const storage::Registry& registry() const { return subject_.registry; }
    const LintLimits& limits() const { return subject_.limits; }
    const std::optional<std::string>& administrator() const { return subject_.administrator; }

    /// Sorted by id; their places are their numbers.
    const std::vector<const storage::NodeRecord*>& nodes() const { return nodes_; }
    bool isNode(std::string_view name) const { return numbers_.contains(name); }

    const policy::detail::GroupIndex& groups() const { return *groups_; }
    const std::shared_ptr<const policy::detail::GroupIndex>& sharedGroups() const {
        return groups_;
    }
    bool isGroup(std::string_view name) const { return groups_->find(name).has_value(); }
    const policy::NetworkRules& network() const { return network_; }
    /// In the order in which they are tried.
    const std::vector<LintRule>& rules() const { return rules_; }
    /// Whether names and shadows are there to be compared.
    bool hasSets() const { return hasSets_; }
    /// Whether the rule at a place decides for a node that is known, or for one to come.
    bool decidesForSomebody(std::size_t at) const;
    /// Whether earlier rules leave nothing to a rule from all to all with this priority.
    bool isEverythingDeniedAbove(std::int32_t priority) const;

private:
    std::size_t size() const { return nodes_.size() + 1 + others_.size(); }
    void nameOthers();
    void addSets();
    NameSet namesOf(const std::vector<std::string>& texts) const;

    LintSubject subject_;
    std::vector<const storage::NodeRecord*> nodes_;
    std::shared_ptr<const policy::detail::GroupIndex> groups_;
    policy::NetworkRules network_;
    std::vector<LintRule> rules_;
    bool hasSets_ = false;
    /// The nodes, and everybody else.
    NameSet known_;
    /// First the nodes, then one for everybody who is named nowhere, then all other names.
    std::unordered_map<std::string_view, std::size_t> numbers_;
    std::vector<std::string_view> others_;
    std::unordered_map<std::string_view, std::size_t> otherNumbers_;
    std::vector<NameSet> groupNames_;
};

/// Whether `above` matches whatever `below` matches, prefixes alone.
bool coversPrefixes(const LintRule& above, const LintRule& below);
/// Fills `shadowedBy` of rules that are in the order in which they are tried.
void noteShadows(std::vector<LintRule>& rules);
/// At reference nodes a rule with an empty list matches nobody, so that it hides no other.
enum class EmptyLists : std::uint8_t { Nobody, Everybody };
/// The rules of `earlier` that leave nothing to `rule`; empty: something is left.
std::vector<const LintRule*> shadowsOf(
    const LintRule& rule, std::span<const LintRule> earlier, EmptyLists emptyLists);

}  // namespace weft::mesh::changes::detail
