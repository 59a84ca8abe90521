// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/graph/mesh_graph.h"

#include "core/net/ip_prefix.h"
#include "ui/bridge/text.h"
#include "ui/viewmodels/peer_way.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace weft::viewmodels {
namespace {

using graph::LinkStyle;

/// The context of these texts in the catalogues.
class MapWords {
    Q_DECLARE_TR_FUNCTIONS(MapWords)
};

bool isDefaultRoute(const std::string& prefix) {
    const auto parsed = net::IpPrefix::parse(prefix);
    return parsed.ok() && parsed->isDefaultRoute();
}

/// What leads through a member besides its own addresses.
std::uint8_t marksOfNetworks(const api::Peer& peer) {
    std::uint8_t marks = graph::kNoMark;
    if (!peer.tunnel) {
        return marks;
    }
    for (const std::string& prefix : peer.tunnel->allowedIps) {
        if (isDefaultRoute(prefix)) {
            marks |= graph::kExit;
        }
    }
    return marks;
}

std::uint8_t marksOf(const api::Peer& peer, std::string_view leader) {
    std::uint8_t marks = marksOfNetworks(peer);
    if (peer.isSelf) {
        marks |= graph::kSelf;
    }
    if (peer.clusterStatus == api::ClusterStatus::Leader || peer.id == leader) {
        marks |= graph::kLeader;
    }
    if (peer.clusterStatus == api::ClusterStatus::Leader
        || peer.clusterStatus == api::ClusterStatus::Voter) {
        marks |= graph::kVoter;
    }
    for (const api::Feature& feature : peer.features) {
        if (feature.name == "MESH_DNS" || feature.name == "FORWARD_MESH_DNS") {
            marks |= graph::kDns;
        }
    }
    return marks;
}

MapNode makeNode(const PeersModel::Row& row, const MapSources& sources) {
    MapNode node;
    node.id = row.peer.id;
    node.name = row.name;
    node.stateText = peerStateText(row.peer, sources.now);
    node.stateIcon = peerStateIcon(row.peer, sources.now);
    node.tone = peerTone(row.peer, sources.now);
    node.wayText = wayWord(row.peer);
    node.address = row.address;
    node.zone = row.zone;
    node.features = featureWords(row.peer);
    node.haystack = row.haystack;
    node.marks = marksOf(row.peer, sources.leader);
    node.isSelf = row.peer.isSelf;
    const auto freshness = livenessOf(row.peer, sources.now);
    node.isGone = freshness == api::Freshness::Gone;
    node.isOnline = row.peer.isSelf || !row.peer.tunnel || freshness == api::Freshness::Fresh;
    return node;
}

LinkStyle styleOf(const api::MeshEdge& edge) {
    if (edge.attributes.contains(api::kEdgeAttributeIce)) {
        return LinkStyle::Ice;
    }
    return edge.attributes.contains(api::kEdgeAttributeLibp2p) ? LinkStyle::Libp2p
                                                               : LinkStyle::Direct;
}

std::uint64_t pairKey(std::uint32_t one, std::uint32_t other) {
    constexpr unsigned kHalf = 32;
    const auto [low, high] = std::minmax(one, other);
    return (std::uint64_t{low} << kHalf) | high;
}

/// Gathers links, each pair once.
class LinkMaker {
public:
    LinkMaker(MeshMap& map, const MapSources& sources) : map_(map), sources_(sources) {}

    void addEdges() {
        noteStyles();
        if (sources_.edges == nullptr) {
            return;
        }
        for (const api::Edge& edge : sources_.edges->edges) {
            add(map_.find(edge.source), map_.find(edge.target));
        }
    }
    /// Tunnels of this node that no edge of the mesh says: ways that it found.
    void addTunnels() {
        const auto self = std::ranges::find_if(map_.nodes, &MapNode::isSelf);
        if (self == map_.nodes.end()) {
            return;
        }
        self_ = static_cast<std::uint32_t>(self - map_.nodes.begin());
        for (std::uint32_t i = 0; i < map_.nodes.size(); ++i) {
            const api::Peer& peer = sources_.peers.rowAt(static_cast<int>(i)).peer;
            const bool found = peer.way && peer.way->kind == "direct";
            if (peer.isNeighbour || found) {
                add(self_, i);
            }
        }
    }
    /// What this node knows of the packets on its own links.
    void refine() {
        for (MapLink& link : map_.links) {
            if (link.from == self_ || link.to == self_) {
                const auto far = link.from == self_ ? link.to : link.from;
                refine(link, sources_.peers.rowAt(static_cast<int>(far)));
            }
        }
    }

private:
    void noteStyles() {
        if (sources_.policy == nullptr) {
            return;
        }
        for (const api::StoredObject& stored : sources_.policy->objects) {
            const auto* edge = std::get_if<api::MeshEdge>(&stored.object);
            if (edge == nullptr) {
                continue;
            }
            const auto from = map_.find(edge->source);
            const auto to = map_.find(edge->target);
            if (from != MeshMap::kNowhere && to != MeshMap::kNowhere) {
                styles_.emplace(pairKey(from, to), styleOf(*edge));
            }
        }
    }
    void add(std::uint32_t from, std::uint32_t to) {
        if (from == to || from == MeshMap::kNowhere || to == MeshMap::kNowhere
            || !seen_.emplace(pairKey(from, to), true).second) {
            return;
        }
        const auto style = styles_.find(pairKey(from, to));
        map_.links.push_back(
            {from, to, style == styles_.end() ? LinkStyle::Direct : style->second, 0});
        ++map_.nodes[from].linkCount;
        ++map_.nodes[to].linkCount;
    }
    void refine(MapLink& link, const PeersModel::Row& row) const {
        const api::Peer& peer = row.peer;
        link.rate = static_cast<float>(row.rates.received + row.rates.sent);
        if (!peer.tunnel) {
            // Whoever has no tunnels at all, as an administrator's node may, sees the edges alone.
            link.style = anyTunnel() ? LinkStyle::Idle : link.style;
            return;
        }
        const auto freshness = livenessOf(peer, sources_.now);
        if (freshness == api::Freshness::Gone || freshness == api::Freshness::Never) {
            link.style = LinkStyle::Idle;
        } else if (peer.tunnel->path == "ice") {
            link.style = LinkStyle::Ice;
        } else if (peer.tunnel->path == "libp2p") {
            link.style = LinkStyle::Libp2p;
        }
    }
    bool anyTunnel() const {
        if (!anyTunnel_) {
            anyTunnel_ = false;
            for (int i = 0; i < sources_.peers.count() && !*anyTunnel_; ++i) {
                anyTunnel_ = sources_.peers.rowAt(i).peer.tunnel.has_value();
            }
        }
        return *anyTunnel_;
    }

    MeshMap& map_;
    const MapSources& sources_;
    std::uint32_t self_ = MeshMap::kNowhere;
    std::unordered_map<std::uint64_t, LinkStyle> styles_;
    std::unordered_map<std::uint64_t, bool> seen_;
    mutable std::optional<bool> anyTunnel_;
};

void addRoute(MeshMap& map, const api::Route& route) {
    const auto at = map.find(route.node);
    if (at == MeshMap::kNowhere) {
        return;
    }
    for (const std::string& network : route.destinationCidrs) {
        map.nodes[at].marks |= isDefaultRoute(network) ? graph::kExit : graph::kRouter;
    }
}

void addGroup(MeshMap& map, const api::Group& group) {
    for (const api::Subject& subject : group.subjects) {
        const bool isNode =
            subject.kind == api::SubjectKind::Node || subject.kind == api::SubjectKind::All;
        const auto at = isNode ? map.find(subject.name) : MeshMap::kNowhere;
        if (at != MeshMap::kNowhere) {
            MapNode& node = map.nodes[at];
            node.groups.append(bridge::shown(group.name));
            node.haystack += QLatin1Char('\n') + node.groups.last().toCaseFolded();
        }
    }
}

void addPolicy(MeshMap& map, const api::PolicyState& policy) {
    for (const api::StoredObject& stored : policy.objects) {
        if (const auto* route = std::get_if<api::Route>(&stored.object)) {
            addRoute(map, *route);
        } else if (const auto* group = std::get_if<api::Group>(&stored.object)) {
            addGroup(map, *group);
        }
    }
}

}  // namespace

std::uint32_t MeshMap::find(const std::string& id) const {
    const auto found = places.find(id);
    return found == places.end() ? kNowhere : found->second;
}

std::vector<std::uint32_t> MeshMap::neighboursOf(std::uint32_t node) const {
    std::vector<std::uint32_t> found;
    for (const MapLink& link : links) {
        if (link.from == node || link.to == node) {
            found.push_back(link.from == node ? link.to : link.from);
        }
    }
    return found;
}

MeshMap makeMap(const MapSources& sources) {
    MeshMap map;
    const auto count = static_cast<std::size_t>(sources.peers.count());
    map.nodes.reserve(count);
    map.places.reserve(count);
    for (int i = 0; i < sources.peers.count(); ++i) {
        map.nodes.push_back(makeNode(sources.peers.rowAt(i), sources));
        map.places.emplace(map.nodes.back().id, static_cast<std::uint32_t>(i));
    }
    if (sources.policy != nullptr) {
        addPolicy(map, *sources.policy);
    }
    LinkMaker links(map, sources);
    links.addEdges();
    links.addTunnels();
    links.refine();
    return map;
}

QString linkCountText(std::size_t count) {
    return MapWords::tr("%n link(s)", nullptr, static_cast<int>(count));
}

QString nodeLine(const MapNode& node) {
    const QString links = linkCountText(node.linkCount);
    return node.wayText.isEmpty()
               ? MapWords::tr("%1, %2, %3", "a member, its state, how many links it has")
                     .arg(node.name, node.stateText, links)
               : MapWords::tr("%1, %2, %3, %4", "a member, its state, its way, how many links")
                     .arg(node.name, node.stateText, node.wayText, links);
}

QString marksText(std::uint8_t marks) {
    QStringList words;
    const auto add = [&](std::uint8_t mark, const QString& word) {
        if ((marks & mark) != 0) {
            words.append(word);
        }
    };
    add(graph::kLeader, MapWords::tr("Leader"));
    if ((marks & graph::kLeader) == 0) {
        add(graph::kVoter, MapWords::tr("Voter"));
    }
    add(graph::kExit, MapWords::tr("Exit"));
    add(graph::kRouter, MapWords::tr("Router"));
    add(graph::kDns, MapWords::tr("DNS"));
    return words.join(QStringLiteral(" · "));
}

}  // namespace weft::viewmodels
