// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/policy/acl.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <utility>

namespace weft::mesh::policy {
namespace {

constexpr std::size_t kWordBits = 64;

bool comesBefore(const NetworkAcl& left, const NetworkAcl& right) {
    return left.priority != right.priority ? left.priority > right.priority
                                           : left.name < right.name;
}

}  // namespace

NetworkRules::NetworkRules(
    std::vector<NetworkAcl> acls,
    std::shared_ptr<const detail::GroupIndex> groups,
    Dialect dialect,
    std::size_t maxMatrixBytes)
    : dialect_(dialect), groups_(std::move(groups)) {
    std::ranges::stable_sort(acls, {}, &NetworkAcl::name);
    // Not the one of std::ranges, which clang 14 cannot read.
    const auto twins = [](const NetworkAcl& left, const NetworkAcl& right) {
        return left.name == right.name;
    };
    acls.erase(std::unique(acls.begin(), acls.end(), twins), acls.end());
    std::ranges::sort(acls, comesBefore);
    rules_.reserve(acls.size());
    conditions_.reserve(acls.size());
    for (auto& acl : acls) {
        add(std::move(acl));
    }
    compile(maxMatrixBytes);
}

void NetworkRules::add(NetworkAcl acl) {
    auto sources = detail::CidrList::parse(acl.sourceCidrs);
    auto destinations = detail::CidrList::parse(acl.destinationCidrs);
    const auto& status = sources.ok() ? destinations.status() : sources.status();
    if (!status.ok()) {
        ++unreadable_;
        problems_.push_back(
            {.object = "network-acls/" + acl.name, .text = "it is left out: " + messageOf(status)});
        return;
    }
    Conditions conditions;
    conditions.accepts = acl.action == AclAction::Accept;
    conditions.sources = *std::move(sources);
    conditions.destinations = *std::move(destinations);
    conditions.conditional =
        !conditions.sources.isOpen(dialect_) || !conditions.destinations.isOpen(dialect_);
    conditions.sourceNodes = nodeListOf(acl, acl.sourceNodes);
    conditions.destinationNodes = nodeListOf(acl, acl.destinationNodes);
    report(acl, conditions);
    rules_.push_back(std::move(acl));
    conditions_.push_back(std::move(conditions));
}

NetworkRules::NodeList NetworkRules::nodeListOf(
    const NetworkAcl& acl, const std::vector<std::string>& texts) {
    NodeList list;
    list.empty = texts.empty();
    for (const auto& text : texts) {
        if (text == kWildcard) {
            list.any = true;
        } else if (!text.starts_with(kGroupMark)) {
            list.ids.push_back(text);
        } else if (
            const auto group = groups_->find(std::string_view(text).substr(kGroupMark.size()))) {
            list.groups.push_back(*group);
        } else {
            problems_.push_back(
                {.object = "network-acls/" + acl.name,
                 .text = fmt::format("{} does not exist", base::escapeForLine(text))});
        }
    }
    return list;
}

void NetworkRules::report(const NetworkAcl& acl, const Conditions& conditions) {
    const auto say = [&](std::string_view text) {
        problems_.push_back({.object = "network-acls/" + acl.name, .text = std::string(text)});
    };
    if (conditions.sourceNodes.empty || conditions.destinationNodes.empty) {
        say(dialect_ == Dialect::Seed
                ? "an empty list of nodes means all nodes here and none at reference nodes; "
                  "write * instead"
                : "an empty list of nodes: at reference nodes this rule never matches; write * "
                  "for all nodes");
    }
    if (dialect_ == Dialect::Seed
        && (conditions.sources.hasUnspecified() || conditions.destinations.hasUnspecified())) {
        say("a prefix like 0.0.0.0/0 means one family here and both at reference nodes; write * "
            "for both");
    }
    if (acl.action != AclAction::Accept && acl.action != AclAction::Deny) {
        say("it has no action that is known, so it denies");
    }
}

bool NetworkRules::matchesAny(const NodeList& list, Dialect dialect) const {
    return list.any || (list.empty && dialect == Dialect::Seed);
}

NetworkRules::NodeClass NetworkRules::classOf(std::string_view node) const {
    const auto found = classes_.find(node);
    return found == classes_.end() ? 0 : found->second;
}

bool NetworkRules::accepts(
    NodeClass source,
    const net::IpAddress& from,
    NodeClass destination,
    const net::IpAddress& to) const {
    if (!compiled_) {
        return false;
    }
    const auto* sources = sourceBits(source);
    const auto* destinations = destinationBits(destination);
    for (std::size_t word = 0; word < words_; ++word) {
        for (auto common = sources[word] & destinations[word]; common != 0; common &= common - 1) {
            const auto& rule =
                conditions_[word * kWordBits + static_cast<std::size_t>(std::countr_zero(common))];
            const bool matches = !rule.conditional
                                 || ((rule.sources.isOpen(dialect_)
                                      || rule.sources.contains(detail::WideAddress(from)))
                                     && (rule.destinations.isOpen(dialect_)
                                         || rule.destinations.contains(detail::WideAddress(to))));
            if (matches) {
                return rule.accepts;
            }
        }
    }
    return false;
}

std::size_t NetworkRules::decidingRule(const Flow& flow) const {
    if (!compiled_) {
        return slowRule(flow);
    }
    const auto* sources = sourceBits(classOf(flow.sourceNode));
    const auto* destinations = destinationBits(classOf(flow.destinationNode));
    for (std::size_t word = 0; word < words_; ++word) {
        for (auto common = sources[word] & destinations[word]; common != 0; common &= common - 1) {
            const auto at = word * kWordBits + static_cast<std::size_t>(std::countr_zero(common));
            const auto& rule = conditions_[at];
            if (rule.sources.matches(flow.source, dialect_, !rule.accepts)
                && rule.destinations.matches(flow.destination, dialect_, !rule.accepts)) {
                return at;
            }
        }
    }
    return kNoRule;
}

bool NetworkRules::accepts(const Flow& flow) const {
    const auto at = decidingRule(flow);
    return at != kNoRule && conditions_[at].accepts;
}

}  // namespace weft::mesh::policy
