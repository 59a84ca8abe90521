// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/dns/zone.h"

#include "v1/node.pb.h"

#include <algorithm>
#include <utility>

namespace weft::mesh::dns {
namespace {

std::optional<net::IpAddress> addressOf(const std::optional<net::IpPrefix>& prefix) {
    return prefix ? std::optional(prefix->address()) : std::nullopt;
}

template <typename Key, typename Index>
void drop(Index& index, const Key& key, const NodeId& id) {
    const auto found = index.find(key);
    if (found != index.end() && found->second.erase(id) > 0 && found->second.empty()) {
        index.erase(found);
    }
}

}  // namespace

ZoneNode ZoneNode::of(const storage::NodeRecord& record) {
    ZoneNode node;
    node.id = record.id;
    node.ipv4 = addressOf(record.privateIpv4);
    node.ipv6 = addressOf(record.privateIpv6);
    node.storagePort = record.featurePort(::v1::STORAGE_PROVIDER).value_or(0);
    node.rpcPort = record.featurePort(::v1::NODES).value_or(0);
    node.wireguardEndpoints = record.wireguardEndpoints;
    node.primaryEndpoint = record.primaryEndpoint;
    return node;
}

std::vector<net::IpAddress> Zone::addressesOf(const ZoneNode& node) const {
    std::vector<net::IpAddress> addresses;
    if (node.ipv4 && !options_.ipv6Only) {
        addresses.push_back(*node.ipv4);
    }
    if (node.ipv6) {
        addresses.push_back(*node.ipv6);
    }
    return addresses;
}

void Zone::set(ZoneNode node) {
    if (const auto before = nodes_.find(node.id);
        before != nodes_.end() && before->second == node) {
        return;
    }
    remove(node.id);
    const auto label = labelOf(node.id.value());
    if (!label || nodes_.size() >= options_.mostNodes) {
        if (without_.size() < options_.mostNodes) {
            without_.insert(node.id);
        }
        return;
    }
    ++serial_;
    labels_[*label].insert(node.id);
    for (const auto& address : addressesOf(node)) {
        holders_[address].insert(node.id);
    }
    const auto id = node.id;
    nodes_.emplace(id, std::move(node));
}

void Zone::remove(const NodeId& id) {
    without_.erase(id);
    const auto found = nodes_.find(id);
    if (found == nodes_.end()) {
        return;
    }
    ++serial_;
    drop(labels_, labelOf(id.value()).value_or(""), id);
    for (const auto& address : addressesOf(found->second)) {
        drop(holders_, address, id);
    }
    nodes_.erase(found);
}

void Zone::clear() {
    ++serial_;
    nodes_.clear();
    labels_.clear();
    holders_.clear();
    without_.clear();
}

void Zone::setServers(ZoneServers servers) {
    if (servers_ != servers) {
        ++serial_;
        servers_ = std::move(servers);
    }
}

std::size_t Zone::leftOut() const {
    return without_.size() + nodes_.size() - labels_.size();
}

const ZoneNode* Zone::node(const NodeId& id) const {
    const auto found = nodes_.find(id);
    return found == nodes_.end() ? nullptr : &found->second;
}

const ZoneNode* Zone::find(const std::string& label) const {
    const auto found = labels_.find(label);
    if (found == labels_.end()) {
        return nullptr;
    }
    const auto* exact = node(NodeId(label));
    return exact != nullptr ? exact : node(*found->second.begin());
}

const ZoneNode* Zone::holder(const net::IpAddress& address) const {
    const auto found = holders_.find(address);
    return found == holders_.end() ? nullptr : node(*found->second.begin());
}

const net::IpPrefix* Zone::networkOf(const net::IpPrefix& prefix) const {
    const auto found =
        std::ranges::find_if(options_.networks, [&prefix](const net::IpPrefix& network) {
            return network.contains(prefix);
        });
    return found == options_.networks.end() ? nullptr : &*found;
}

}  // namespace weft::mesh::dns
