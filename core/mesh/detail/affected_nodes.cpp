// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/affected_nodes.h"

#include "core/mesh/network/transit.h"
#include "core/mesh/policy/detail/group_index.h"
#include "core/mesh/policy_object.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace weft::mesh::detail {
namespace {

using policy::NetworkAcl;
using policy::detail::GroupIndex;

constexpr std::array kMemberKinds{policy::SubjectKind::Node, policy::SubjectKind::User};

/// What a change says in words that can be looked at: rules and groups as they were and are.
struct Said {
    /// Anybody's ways may be others.
    bool concernsAll = false;
    std::vector<NetworkAcl> rules;
    std::vector<policy::Group> groupsBefore;
    std::set<std::string, std::less<>> groups;
};

void take(const PolicyObject& object, bool isBefore, Said& said) {
    if (const auto* rule = std::get_if<NetworkAcl>(&object)) {
        said.rules.push_back(*rule);
    } else if (const auto* group = std::get_if<policy::Group>(&object); group != nullptr) {
        said.groups.insert(group->name);
        if (isBefore) {
            said.groupsBefore.push_back(*group);
        }
    }
}

Said saidBy(const ChangeRecord& change) {
    Said said;
    said.concernsAll = change.withoutObjects;
    for (const auto& object : change.objects) {
        const auto kind = object.ref.kind;
        said.concernsAll = said.concernsAll || kind == policy::ObjectKind::Route
                           || kind == policy::ObjectKind::Edge;
        for (const auto* text : {&object.before, &object.after}) {
            if (text->empty()) {
                continue;
            }
            const auto decoded = decode(kind, *text);
            if (decoded.ok()) {
                take(*decoded, text == &object.before, said);
            } else {
                said.concernsAll = true;
            }
        }
    }
    return said;
}

/// The groups of now, but those that were changed as they were before.
GroupIndex indexBefore(const policy::Policy& policy, const Said& said) {
    auto groups = said.groupsBefore;
    for (const auto& group : policy.groups()) {
        if (!said.groups.contains(group.name)) {
            groups.push_back(group);
        }
    }
    return GroupIndex(std::move(groups));
}

std::optional<std::string_view> groupIn(std::string_view text) {
    return text.starts_with(policy::kGroupMark)
               ? std::optional(text.substr(policy::kGroupMark.size()))
               : std::nullopt;
}

/// Adds those that the groups are in.
void addAround(const GroupIndex& index, std::set<std::string, std::less<>>& groups) {
    auto all = groups;
    for (const auto& name : groups) {
        if (const auto number = index.find(name)) {
            for (const auto around : index.groupsAround(*number)) {
                all.insert(index.groups()[around].name);
            }
        }
    }
    groups = std::move(all);
}

bool namesOne(const std::vector<std::string>& list, const std::set<std::string, std::less<>>& of) {
    return std::ranges::any_of(list, [&of](const std::string& text) {
        const auto group = groupIn(text);
        return group && of.contains(*group);
    });
}

/// Whom a list of nodes names.
class Naming {
public:
    Naming(const GroupIndex& now, const GroupIndex& before) : now_(now), before_(before) {}

    /// Whether one of the rules names the node at either end.
    bool isNamed(const NodeId& node, const std::vector<NetworkAcl>& rules) const {
        const auto groups = groupsOf(node);
        return std::ranges::any_of(rules, [&](const NetworkAcl& rule) {
            return holds(rule.sourceNodes, node, groups)
                   || holds(rule.destinationNodes, node, groups);
        });
    }

private:
    using Groups = std::set<std::string, std::less<>>;

    Groups groupsOf(const NodeId& node) const {
        Groups names;
        for (const auto* index : {&now_, &before_}) {
            for (const auto number : index->groupsOf(node.value(), kMemberKinds)) {
                names.insert(index->groups()[number].name);
            }
        }
        return names;
    }

    /// A list of nobody stands for everybody, as in rules.
    static bool holds(
        const std::vector<std::string>& list, const NodeId& node, const Groups& groups) {
        return list.empty() || namesOne(list, groups)
               || std::ranges::any_of(list, [&node](const std::string& text) {
                      return text == policy::kWildcard || text == node.value();
                  });
    }

    const GroupIndex& now_;
    const GroupIndex& before_;
};

std::vector<NodeId> allNodes(const storage::Registry& registry) {
    std::vector<NodeId> ids;
    for (const auto* node : registry.nodes()) {
        if (node->publicKey) {
            ids.push_back(node->id);
        }
    }
    return ids;
}

bool isOfARoute(
    const storage::Registry& registry, const std::set<std::string, std::less<>>& groups) {
    return std::ranges::any_of(registry.routes(), [&groups](const auto* route) {
        const auto group = groupIn(route->node);
        return group && groups.contains(*group);
    });
}

}  // namespace

std::vector<NodeId> affectedNodes(
    const ChangeRecord& change,
    const storage::Registry& registry,
    const policy::Policy& policy,
    const NodeId& leader) {
    auto said = saidBy(change);
    const GroupIndex now(policy.groups());
    const auto before = indexBefore(policy, said);
    addAround(now, said.groups);
    addAround(before, said.groups);
    for (const auto& rule : policy.network().rules()) {
        if (namesOne(rule.sourceNodes, said.groups)
            || namesOne(rule.destinationNodes, said.groups)) {
            said.rules.push_back(rule);
        }
    }
    if (said.concernsAll || said.rules.size() > kMostNamingRules
        || isOfARoute(registry, said.groups)) {
        return allNodes(registry);
    }
    if (said.rules.empty()) {
        return {leader};
    }
    const Naming naming(now, before);
    auto ids = allNodes(registry);
    std::erase_if(ids, [&](const NodeId& id) {
        return !naming.isNamed(id, said.rules)
               && !network::mayBeTransit(registry, &policy.network(), id);
    });
    return ids;
}

}  // namespace weft::mesh::detail
