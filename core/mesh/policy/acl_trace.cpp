// SPDX-License-Identifier: Apache-2.0
// The slow way through the rules, which keeps account of what it sees.
#include "core/base/text.h"
#include "core/mesh/policy/acl.h"

#include "v1/network_acls.pb.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace weft::mesh::policy {
namespace {

constexpr std::array kMemberKinds{SubjectKind::Node, SubjectKind::User};
/// How many entries of a list a reason names.
constexpr std::size_t kMaxNamedEntries = 4;

std::optional<net::IpPrefix> prefixOf(const std::string& text) {
    auto prefix = net::IpPrefix::parse(text);
    return prefix.ok() ? std::optional(*prefix) : std::nullopt;
}

std::string listText(const std::vector<std::string>& entries) {
    std::string text;
    for (std::size_t at = 0; at < entries.size(); ++at) {
        if (at == kMaxNamedEntries) {
            return text + fmt::format(" and {} more", entries.size() - at);
        }
        text += (at == 0 ? "" : ", ") + base::escapeForLine(entries[at]);
    }
    return text;
}

std::string nodeReason(
    std::string_view side,
    const std::string& node,
    const std::vector<std::string>& entries,
    Dialect dialect) {
    if (entries.empty() && dialect == Dialect::Reference) {
        return fmt::format("its list of {} nodes is empty, which means no node", side);
    }
    const auto who = node.empty() ? std::string("what is no node") : base::escapeForLine(node);
    return fmt::format("{} is not among its {} nodes: {}", who, side, listText(entries));
}

std::string prefixReason(
    std::string_view side,
    const std::optional<net::IpPrefix>& prefix,
    const std::vector<std::string>& entries) {
    if (!prefix) {
        return fmt::format("the {} has no address of this family to look at", side);
    }
    return fmt::format(
        "{} is not within its {} prefixes: {}", prefix->toString(), side, listText(entries));
}

}  // namespace

Flow fromProto(const ::v1::NetworkAction& message) {
    return {
        .sourceNode = message.src_node(),
        .source = prefixOf(message.src_cidr()),
        .destinationNode = message.dst_node(),
        .destination = prefixOf(message.dst_cidr())};
}

std::string_view nameOf(AclField field) {
    switch (field) {
    case AclField::SourceNodes:
        return "source nodes";
    case AclField::DestinationNodes:
        return "destination nodes";
    case AclField::SourceCidrs:
        return "source prefixes";
    case AclField::DestinationCidrs:
        return "destination prefixes";
    case AclField::None:
        break;
    }
    return "none";
}

/// The groups of the two ends of a flow.
struct NetworkRules::Ends {
    Ends(const detail::GroupIndex& groups, const Flow& flow, Dialect chosen)
        : dialect(chosen)
        , source(groupsOf(groups, flow.sourceNode))
        , destination(groupsOf(groups, flow.destinationNode)) {}

    std::vector<detail::GroupIndex::Number> groupsOf(
        const detail::GroupIndex& groups, std::string_view node) const {
        return dialect == Dialect::Seed ? groups.groupsOf(node, kMemberKinds)
                                        : groups.groupsListing(node);
    }

    Dialect dialect;
    std::vector<detail::GroupIndex::Number> source;
    std::vector<detail::GroupIndex::Number> destination;
};

AclField NetworkRules::failing(const Conditions& rule, const Flow& flow, const Ends& ends) const {
    const auto names = [&](const NodeList& list, const std::string& node, const auto& groups) {
        return matchesAny(list, ends.dialect) || std::ranges::find(list.ids, node) != list.ids.end()
               || std::ranges::any_of(list.groups, [&groups](const auto group) {
                      return std::ranges::binary_search(groups, group);
                  });
    };
    if (!names(rule.sourceNodes, flow.sourceNode, ends.source)) {
        return AclField::SourceNodes;
    }
    if (!names(rule.destinationNodes, flow.destinationNode, ends.destination)) {
        return AclField::DestinationNodes;
    }
    if (!rule.sources.matches(flow.source, ends.dialect, !rule.accepts)) {
        return AclField::SourceCidrs;
    }
    if (!rule.destinations.matches(flow.destination, ends.dialect, !rule.accepts)) {
        return AclField::DestinationCidrs;
    }
    return AclField::None;
}

std::size_t NetworkRules::slowRule(const Flow& flow) const {
    const Ends ends(*groups_, flow, dialect_);
    const auto found = std::ranges::find_if(conditions_, [&](const Conditions& rule) {
        return failing(rule, flow, ends) == AclField::None;
    });
    return found == conditions_.end() ? kNoRule
                                      : static_cast<std::size_t>(found - conditions_.begin());
}

std::string NetworkRules::reasonFor(
    const NetworkAcl& acl, AclField field, const Flow& flow, Dialect dialect) const {
    switch (field) {
    case AclField::SourceNodes:
        return nodeReason("source", flow.sourceNode, acl.sourceNodes, dialect);
    case AclField::DestinationNodes:
        return nodeReason("destination", flow.destinationNode, acl.destinationNodes, dialect);
    case AclField::SourceCidrs:
        return prefixReason("source", flow.source, acl.sourceCidrs);
    case AclField::DestinationCidrs:
        return prefixReason("destination", flow.destination, acl.destinationCidrs);
    case AclField::None:
        break;
    }
    return {};
}

Trace NetworkRules::trace(const Flow& flow, Dialect dialect) const {
    Trace trace;
    const Ends ends(*groups_, flow, dialect);
    for (std::size_t at = 0; at < rules_.size(); ++at) {
        const auto& acl = rules_[at];
        const auto failed = failing(conditions_[at], flow, ends);
        trace.steps.push_back(
            {.rule = acl.name,
             .priority = acl.priority,
             .action = acl.action,
             .failed = failed,
             .reason = reasonFor(acl, failed, flow, dialect)});
        if (failed == AclField::None) {
            trace.accepted = conditions_[at].accepts;
            trace.decidedBy = acl.name;
            break;
        }
    }
    return trace;
}

}  // namespace weft::mesh::policy
