// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/dns/name.h"
#include "core/net/ip_prefix.h"
#include "core/storage/registry/records.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace weft::mesh::dns {

using storage::NodeId;

/// What is told of a node. Foreign text, as the mesh has it.
struct ZoneNode {
    NodeId id;
    std::optional<net::IpAddress> ipv4;
    std::optional<net::IpAddress> ipv6;
    std::int32_t storagePort = 0;
    std::int32_t rpcPort = 0;
    std::vector<std::string> wireguardEndpoints;
    std::string primaryEndpoint;

    static ZoneNode of(const storage::NodeRecord& record);

    friend bool operator==(const ZoneNode&, const ZoneNode&) = default;
};

/// Who keeps the mesh's database.
struct ZoneServers {
    std::optional<NodeId> leader;
    /// The leader is one.
    std::vector<NodeId> voters;
    std::vector<NodeId> observers;

    friend bool operator==(const ZoneServers&, const ZoneServers&) = default;
};

struct ZoneOptions {
    Name domain;
    /// Whose addresses have names here.
    std::vector<net::IpPrefix> networks;
    /// The node that answers.
    NodeId serving;
    /// IPv4 addresses are not told.
    bool ipv6Only = false;
    /// Nodes beyond it have no names.
    std::size_t mostNodes = 200'000;
};

/// The names of one mesh, kept up to date node by node. Thread: confined.
class Zone {
public:
    explicit Zone(ZoneOptions options) : options_(std::move(options)) {}

    /// Adds or replaces. A node without a label (see `labelOf`) is counted and left out.
    void set(ZoneNode node);
    void remove(const NodeId& id);
    void clear();
    void setServers(ZoneServers servers);

    const ZoneOptions& options() const { return options_; }
    const ZoneServers& servers() const { return servers_; }
    /// Goes up with each change; starts again at 0 after 2^32.
    std::uint32_t serial() const { return serial_; }
    std::size_t size() const { return nodes_.size(); }
    /// How many nodes have no name of their own: no label, another has the same but for case, or
    /// there are too many.
    std::size_t leftOut() const;

    /// `label` in lower case. Of several ids that differ in case alone the lower-case one has the
    /// name, else the first in the order of bytes. nullptr: there is none. Valid until a change.
    const ZoneNode* find(const std::string& label) const;
    const ZoneNode* node(const NodeId& id) const;
    /// The node that has the address, the lowest id should there be several.
    const ZoneNode* holder(const net::IpAddress& address) const;
    /// The network of the mesh that `prefix` lies in; nullptr: none.
    const net::IpPrefix* networkOf(const net::IpPrefix& prefix) const;

private:
    std::vector<net::IpAddress> addressesOf(const ZoneNode& node) const;

    const ZoneOptions options_;
    ZoneServers servers_;
    std::uint32_t serial_ = 1;
    std::unordered_map<NodeId, ZoneNode> nodes_;
    std::unordered_map<std::string, std::set<NodeId>> labels_;
    std::map<net::IpAddress, std::set<NodeId>> holders_;
    /// Without a label, or beyond the limit.
    std::set<NodeId> without_;
};

}  // namespace weft::mesh::dns
