// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/peers.h"

#include "core/crypto/digest.h"
#include "core/mesh/detail/length_prefixed.h"
#include "core/net/endpoint.h"

#include "v1/node.pb.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <string_view>

namespace weft::mesh::detail {
namespace {

constexpr std::uint16_t kDefaultGrpcPort = 8443;
constexpr std::uint16_t kDefaultDnsPort = 53;

ConnectProtocol protocolOf(const storage::EdgeRecord& edge) {
    if (edge.attributes.contains("EDGE_ATTRIBUTE_ICE")) {
        return ConnectProtocol::Ice;
    }
    return edge.attributes.contains("EDGE_ATTRIBUTE_LIBP2P") ? ConnectProtocol::Libp2p
                                                             : ConnectProtocol::Native;
}

std::set<net::IpPrefix> routedBy(const storage::Registry& registry, const NodeId& id) {
    std::set<net::IpPrefix> prefixes;
    for (const auto* route : registry.routesOf(id)) {
        for (const auto& destination : route->destinations) {
            prefixes.insert(destination.masked());
        }
    }
    return prefixes;
}

std::uint16_t portOf(
    const storage::NodeRecord& node, std::int32_t feature, std::uint16_t otherwise) {
    const auto port = node.featurePort(feature).value_or(0);
    return port > 0 ? static_cast<std::uint16_t>(port) : otherwise;
}

void appendText(std::string& out, std::string_view text) {
    out += lengthPrefixed({text});
}

void appendPrefixes(std::string& out, const std::vector<net::IpPrefix>& prefixes) {
    fmt::format_to(std::back_inserter(out), "#{}", prefixes.size());
    for (const auto& prefix : prefixes) {
        const auto bytes = prefix.address().bytes();
        out.append(bytes.begin(), bytes.end());
        out.push_back(static_cast<char>(prefix.length()));
        out.push_back(prefix.family() == net::Family::V4 ? '4' : '6');
    }
}

void appendTexts(std::string& out, const std::vector<std::string>& texts) {
    fmt::format_to(std::back_inserter(out), "#{}", texts.size());
    for (const auto& text : texts) {
        appendText(out, text);
    }
}

void appendNode(std::string& out, const storage::NodeRecord& node) {
    appendText(out, node.id.value());
    if (node.publicKey) {
        out.append(node.publicKey->raw().begin(), node.publicKey->raw().end());
    }
    appendText(out, node.primaryEndpoint);
    appendTexts(out, node.wireguardEndpoints);
    appendText(out, node.zone);
    for (const auto& address : {node.privateIpv4, node.privateIpv6}) {
        appendPrefixes(
            out, address ? std::vector<net::IpPrefix>{*address} : std::vector<net::IpPrefix>());
    }
    fmt::format_to(std::back_inserter(out), "#{}", node.features.size());
    for (const auto& feature : node.features) {
        fmt::format_to(std::back_inserter(out), "{}:{},", feature.feature, feature.port);
    }
    appendTexts(out, node.multiaddrs);
    if (node.joinedAt) {
        fmt::format_to(std::back_inserter(out), "@{}", node.joinedAt->time_since_epoch().count());
    }
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

PeerSet computePeers(const storage::Registry& registry, const NodeId& id) {
    PeerSet set;
    // What this node offers itself, and then what a neighbour before offered.
    auto claimed = routedBy(registry, id);
    bool needsIce = false;
    for (const auto* edge : registry.edgesOf(id)) {
        const auto* neighbour = registry.node(edge->target);
        if (neighbour == nullptr || !neighbour->publicKey || neighbour->id == id) {
            continue;
        }
        auto& peer = set.peers.emplace_back();
        peer.node = *neighbour;
        peer.protocol = protocolOf(*edge);
        needsIce =
            needsIce || neighbour->primaryEndpoint.empty() || peer.protocol == ConnectProtocol::Ice;
        peer.node.primaryEndpoint = reachableEndpoint(*neighbour);
        for (const auto& address : {neighbour->privateIpv4, neighbour->privateIpv6}) {
            if (address) {
                peer.allowedIps.push_back(*address);
            }
        }
        for (const auto& prefix : routedBy(registry, neighbour->id)) {
            if (claimed.insert(prefix).second) {
                peer.allowedIps.push_back(prefix);
            }
        }
    }
    if (needsIce) {
        set.iceServers = iceServers(registry, id);
    }
    set.dnsServers = dnsServers(registry, id);
    return set;
}

std::string digestOf(const PeerSet& peers) {
    std::string text;
    for (const auto& peer : peers.peers) {
        appendNode(text, peer.node);
        appendPrefixes(text, peer.allowedIps);
        appendPrefixes(text, peer.allowedRoutes);
        text.push_back(static_cast<char>('0' + static_cast<int>(peer.protocol)));
    }
    text.push_back('|');
    appendTexts(text, peers.iceServers);
    appendTexts(text, peers.dnsServers);
    return crypto::asString(crypto::sha256(text));
}

}  // namespace weft::mesh::detail
