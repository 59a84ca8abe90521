// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/peers.h"

#include "core/net/endpoint.h"

#include "v1/node.pb.h"

#include <algorithm>
#include <utility>

namespace weft::mesh::detail {
namespace {

constexpr std::uint16_t kDefaultGrpcPort = 8443;
constexpr std::uint16_t kDefaultDnsPort = 53;

ConnectProtocol protocolOf(const storage::EdgeRecord* edge) {
    if (edge == nullptr) {
        return ConnectProtocol::Native;
    }
    if (edge->attributes.contains("EDGE_ATTRIBUTE_ICE")) {
        return ConnectProtocol::Ice;
    }
    return edge->attributes.contains("EDGE_ATTRIBUTE_LIBP2P") ? ConnectProtocol::Libp2p
                                                              : ConnectProtocol::Native;
}

std::uint16_t portOf(
    const storage::NodeRecord& node, std::int32_t feature, std::uint16_t otherwise) {
    const auto port = node.featurePort(feature).value_or(0);
    return port > 0 ? static_cast<std::uint16_t>(port) : otherwise;
}

}  // namespace

std::string reachableEndpoint(const storage::NodeRecord& node) {
    const auto primary = net::IpAddress::parse(node.primaryEndpoint);
    if (primary.ok()) {
        for (const auto& text : node.wireguardEndpoints) {
            const auto endpoint = net::Endpoint::parse(text);
            if (endpoint.ok() && endpoint->address == *primary) {
                return text;
            }
        }
    }
    return node.wireguardEndpoints.empty() ? std::string() : node.wireguardEndpoints.front();
}

std::vector<std::string> dnsServers(const storage::Registry& registry, const NodeId& without) {
    std::vector<std::string> servers;
    for (const auto* node : registry.nodesWithFeature(v1::MESH_DNS)) {
        const auto& address = node->privateIpv4 ? node->privateIpv4 : node->privateIpv6;
        if (node->id != without && address) {
            const auto port = portOf(*node, v1::MESH_DNS, kDefaultDnsPort);
            servers.push_back(net::Endpoint{address->address(), port}.toString());
        }
    }
    std::ranges::sort(servers);
    return servers;
}

std::vector<std::string> iceServers(const storage::Registry& registry, const NodeId& without) {
    std::vector<std::string> servers;
    for (const auto* node : registry.nodesWithFeature(v1::ICE_NEGOTIATION)) {
        const auto address = net::IpAddress::parse(node->primaryEndpoint);
        if (node->id != without && address.ok()) {
            const auto port = portOf(*node, v1::NODES, kDefaultGrpcPort);
            servers.push_back(net::Endpoint{*address, port}.toString());
        }
    }
    std::ranges::sort(servers);
    return servers;
}

storage::NodeRecord toldRecord(
    const storage::NodeRecord& record, const NodeId& to, const Sightings* seen) {
    auto told = record;
    told.primaryEndpoint = reachableEndpoint(record);
    if (seen == nullptr || !record.primaryEndpoint.empty()) {
        return told;
    }
    // Behind the first, which stays the primary one; before the others, which may be too many.
    auto& places = told.wireguardEndpoints;
    std::ptrdiff_t at = places.empty() ? 0 : 1;
    for (const auto& place : seen->placesOf(record.id, to)) {
        auto text = place.toString();
        if (std::ranges::count(record.wireguardEndpoints, text) == 0) {
            places.insert(places.begin() + at++, std::move(text));
        }
    }
    return told;
}

PeerSet computePeers(
    const storage::Registry& registry,
    network::Network& network,
    const NodeId& id,
    const Sightings* seen) {
    PeerSet set;
    bool needsIce = false;
    for (auto& neighbour : network.neighboursOf(id)) {
        const auto* record = registry.node(neighbour.id);
        if (record == nullptr) {
            continue;
        }
        auto& peer = set.peers.emplace_back();
        peer.node = toldRecord(*record, id, seen);
        peer.protocol = protocolOf(registry.edge(id, neighbour.id));
        peer.allowedIps = std::move(neighbour.allowed);
        peer.allowedRoutes = std::move(neighbour.routes);
        needsIce =
            needsIce || record->primaryEndpoint.empty() || peer.protocol == ConnectProtocol::Ice;
    }
    if (needsIce) {
        set.iceServers = iceServers(registry, id);
    }
    set.dnsServers = dnsServers(registry, id);
    return set;
}

}  // namespace weft::mesh::detail
