// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/inner_servers.h"

#include "v1/node.pb.h"

#include <algorithm>
#include <array>
#include <limits>

namespace weft::mesh::detail {
namespace {

bool isStorageMember(const storage::NodeRecord& node) {
    constexpr std::array kKinds{::v1::STORAGE_PROVIDER, ::v1::STORAGE_QUERIER, ::v1::MEMBERSHIP};
    return std::ranges::any_of(
        kKinds, [&node](const auto kind) { return node.featurePort(kind).has_value(); });
}

}  // namespace

std::vector<net::HostPort> innerServers(const PeerSet& peers) {
    std::vector<net::HostPort> servers;
    for (const auto& peer : peers.peers) {
        const auto port = peer.node.featurePort(::v1::NODES);
        if (!port || *port <= 0 || *port > std::numeric_limits<std::uint16_t>::max()
            || !isStorageMember(peer.node)) {
            continue;
        }
        for (const auto& prefix : {peer.node.privateIpv6, peer.node.privateIpv4}) {
            if (prefix) {
                servers.push_back(
                    {prefix->address().toString(), static_cast<std::uint16_t>(*port)});
            }
        }
    }
    return servers;
}

}  // namespace weft::mesh::detail
