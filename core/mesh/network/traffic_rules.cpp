// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/network/traffic_rules.h"

#include "core/mesh/network/exits.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

namespace weft::mesh::network {

TrafficRules::TrafficRules(
    std::shared_ptr<const policy::Policy> policy,
    const storage::Registry& registry,
    const NodeId& self)
    : policy_(std::move(policy)), self_{nodeOf(self)} {
    for (const auto* record : registry.nodes()) {
        if (!record->publicKey) {
            continue;
        }
        const auto place = static_cast<std::uint32_t>(owners_.size());
        owners_.push_back({nodeOf(record->id)});
        for (const auto& address : {record->privateIpv4, record->privateIpv6}) {
            if (address) {
                add(*address, place);
            }
        }
    }
    std::map<net::IpPrefix, std::vector<NodeId>> networks;
    for (const auto* route : registry.routes()) {
        const auto exits = exitsOf(*route, registry, policy_->groups());
        for (const auto& destination : route->destinations) {
            if (!exits.empty() && liesOutside(destination, registry)) {
                auto& nodes = networks[destination.masked()];
                nodes.insert(nodes.end(), exits.begin(), exits.end());
            }
        }
    }
    for (const auto& [network, ids] : networks) {
        Nodes nodes;
        std::set<std::pair<policy::NetworkRules::NodeClass, std::string>> seen;
        for (const auto& id : ids) {
            auto node = nodeOf(id);
            if (seen.emplace(node.number, node.id).second) {
                nodes.push_back(std::move(node));
            }
        }
        add(network, static_cast<std::uint32_t>(owners_.size()));
        owners_.push_back(std::move(nodes));
    }
    sort();
}

TrafficRules::Node TrafficRules::nodeOf(const NodeId& id) const {
    const auto& rules = policy_->network();
    return {
        .number = rules.isCompiled() ? rules.classOf(id.value()) : 0,
        .id = rules.isCompiled() ? std::string() : id.value()};
}

void TrafficRules::sort() {
    // Of two nodes with one address the one with the lower id has it, as in lists of peers.
    std::ranges::stable_sort(entries_, {}, &Entry::first);
    const auto isSame = [](const Entry& left, const Entry& right) {
        return left.first == right.first;
    };
    entries_.erase(std::unique(entries_.begin(), entries_.end(), isSame), entries_.end());
    std::set<int, std::greater<>> v4;
    std::set<int, std::greater<>> v6;
    for (const auto& [prefix, owners] : entries_) {
        (prefix.family() == net::Family::V4 ? v4 : v6).insert(prefix.length());
    }
    lengthsV4_.assign(v4.begin(), v4.end());
    lengthsV6_.assign(v6.begin(), v6.end());
}

const TrafficRules::Nodes* TrafficRules::ownersOf(const net::IpAddress& address) const {
    for (const auto length : address.isV4() ? lengthsV4_ : lengthsV6_) {
        const auto prefix = net::IpPrefix(address, length).masked();
        const auto found = std::ranges::lower_bound(entries_, prefix, {}, &Entry::first);
        if (found != entries_.end() && found->first == prefix) {
            return &owners_[found->second];
        }
    }
    return nullptr;
}

bool TrafficRules::accepts(
    const Node& from,
    const net::IpAddress& source,
    const Node& to,
    const net::IpAddress& destination) const {
    const auto& rules = policy_->network();
    if (rules.isCompiled()) {
        return rules.accepts(from.number, source, to.number, destination);
    }
    return rules.accepts(policy::Flow{
        .sourceNode = from.id,
        .source = net::IpPrefix::host(source),
        .destinationNode = to.id,
        .destination = net::IpPrefix::host(destination)});
}

bool TrafficRules::accepts(const net::IpAddress& source, const net::IpAddress& destination) const {
    const auto* senders = ownersOf(source);
    if (senders == nullptr) {
        return false;
    }
    const auto* known = ownersOf(destination);
    const auto& receivers = known == nullptr ? self_ : *known;
    return std::ranges::any_of(*senders, [&](const Node& from) {
        return std::ranges::any_of(
            receivers, [&](const Node& to) { return accepts(from, source, to, destination); });
    });
}

std::optional<TrafficRulesMirror::Addresses> TrafficRulesMirror::addressesOf(
    const NodeId& id, const storage::Registry& registry) {
    const auto* record = registry.node(id);
    if (record == nullptr || !record->publicKey) {
        return std::nullopt;
    }
    return Addresses{record->privateIpv4, record->privateIpv6};
}

void TrafficRulesMirror::note(
    const storage::Registry::Change& change, const storage::Registry& registry) {
    isStale_ = isStale_ || change.everything || change.routes || change.meshState;
    // Most of what nodes say anew are endpoints.
    for (const auto& id : change.nodes) {
        const auto now = addressesOf(id, registry);
        const auto before = known_.find(id);
        if (now ? before != known_.end() && before->second == *now : before == known_.end()) {
            continue;
        }
        isStale_ = true;
        if (now) {
            known_.insert_or_assign(id, *now);
        } else {
            known_.erase(id);
        }
    }
}

std::shared_ptr<const net::PacketFilter> TrafficRulesMirror::renew(
    std::shared_ptr<const policy::Policy> policy,
    const storage::Registry& registry,
    const NodeId& self) {
    // Records that are read anew begin with none.
    if ((!isStale_ && policy == policy_) || registry.node(self) == nullptr) {
        return nullptr;
    }
    if (isStale_) {
        known_.clear();
        for (const auto* record : registry.nodes()) {
            if (const auto addresses = addressesOf(record->id, registry)) {
                known_.emplace(record->id, *addresses);
            }
        }
    }
    isStale_ = false;
    policy_ = std::move(policy);
    return std::make_shared<TrafficRules>(policy_, registry, self);
}

}  // namespace weft::mesh::network
