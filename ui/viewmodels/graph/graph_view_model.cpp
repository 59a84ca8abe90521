// SPDX-License-Identifier: Apache-2.0
#include "ui/viewmodels/graph/graph_view_model.h"

#include <QSet>

#include <algorithm>
#include <functional>
#include <utility>

namespace weft::viewmodels {
namespace {

/// Other when members came, went or have other links: then what connects them is read again.
std::uint64_t shapeOf(const PeersModel& peers) {
    constexpr std::uint64_t kPrime = 1099511628211ULL;
    std::uint64_t hash = 14695981039346656037ULL;
    const auto add = [&hash](std::uint64_t value) { hash = (hash ^ value) * kPrime; };
    for (int i = 0; i < peers.count(); ++i) {
        const api::Peer& peer = peers.rowAt(i).peer;
        add(std::hash<std::string>{}(peer.id));
        add(peer.neighbourCount);
        add(peer.isNeighbour ? 1 : 0);
    }
    return hash;
}

}  // namespace

GraphViewModel::GraphViewModel(
    bridge::Bridge& bridge, const PeersModel& peers, const base::Clock& clock, QObject* parent)
    : GraphSource(parent)
    , bridge_(bridge)
    , peers_(peers)
    , clock_(clock)
    , scene_(std::make_shared<const graph::Scene>())
    , edges_(bridge)
    , permissions_(bridge)
    , loss_(bridge)
    , filter_(nullptr)
    , exporter_([this] {
        return GraphExporter::Content{scene_, places_.positions(), map_};
    })
    , list_(nullptr) {
    connect(&peers_, &PeersModel::peerChanged, this, &GraphViewModel::touch);
    connect(&peers_, &PeersModel::countChanged, this, &GraphViewModel::touch);
    connect(&peers_, &PeersModel::loadedChanged, this, &GraphViewModel::touch);
    connect(&peers_, &PeersModel::livenessChanged, this, &GraphViewModel::touch);
    connect(&edges_, &EdgeReader::changed, this, [this] {
        if (shown_) {
            rebuild();
        }
        Q_EMIT changed();
    });
    connect(&filter_, &GraphFilter::changed, this, &GraphViewModel::draw);
    connect(&loss_, &LossPreview::changed, this, &GraphViewModel::draw);
    connect(&permissions_, &PermissionMap::changed, this, &GraphViewModel::draw);
    connect(&places_, &NodePlaces::changed, this, &GraphViewModel::positionsChanged);
    const auto takePolicy = [this](const std::shared_ptr<const api::PolicyState>& policy) {
        policy_ = policy;
        permissions_.setPolicy(policy);
        // Edges are among the rules, and so are routes and groups.
        shape_ = 0;
        touch();
    };
    connect(&bridge_, &bridge::Bridge::policyChanged, this, takePolicy);
}

std::shared_ptr<const graph::Positions> GraphViewModel::positions() const {
    return places_.positions();
}

void GraphViewModel::setMesh(const api::ProfileId& profile, const QString& name) {
    exporter_.setMeshName(name);
    if (profile == profile_) {
        return;
    }
    profile_ = profile;
    shape_ = 0;
    edges_.setMesh(profile);
    policy_.reset();
    map_ = {};
    places_.clear();
    placedByEdges_ = false;
    current_.clear();
    filter_.clear();
    loss_.setMesh(profile);
    permissions_.setMesh(profile);
    showsPermissions_ = false;
    draw();
    Q_EMIT currentChanged();
}

void GraphViewModel::setLeader(const std::string& leader) {
    if (leader != leader_) {
        leader_ = leader;
        touch();
    }
}

void GraphViewModel::follow(bool readable) {
    if (readable == readable_) {
        return;
    }
    readable_ = readable;
    // Whatever changed meanwhile was not told.
    shape_ = 0;
    if (!readable_) {
        loss_.clear();
    }
    touch();
    Q_EMIT changed();
}

void GraphViewModel::show(bool shown) {
    if (shown == shown_) {
        return;
    }
    shown_ = shown;
    if (shown_) {
        rebuild();
    } else {
        wantPermissions();
    }
}

void GraphViewModel::refresh() {
    edges_.forgetError();
    if (permissionsFailed()) {
        permissions_.refresh();
    }
    if (readable_) {
        edges_.ask();
    }
    Q_EMIT changed();
}

void GraphViewModel::touch() {
    // News of many members come one by one: they are drawn once.
    if (!shown_ || queued_) {
        return;
    }
    queued_ = true;
    const auto later = [this] {
        queued_ = false;
        if (shown_) {
            rebuild();
        }
    };
    QMetaObject::invokeMethod(this, later, Qt::QueuedConnection);
}

bool GraphViewModel::followShape() {
    const auto shape = shapeOf(peers_);
    return std::exchange(shape_, shape) != shape;
}

void GraphViewModel::rebuild() {
    const MapSources sources{peers_, edges_.edges(), policy_.get(), leader_, clock_.wallNow()};
    const int chosen = current();
    map_ = makeMap(sources);
    std::vector<std::string> ids;
    std::vector<graph::Pair> links;
    QSet<QString> zones;
    ids.reserve(map_.nodes.size());
    links.reserve(map_.links.size());
    for (const MapNode& node : map_.nodes) {
        ids.push_back(node.id);
        zones.insert(node.zone);
    }
    for (const MapLink& link : map_.links) {
        links.emplace_back(link.from, link.to);
    }
    zones.remove(QString());
    QStringList sorted(zones.begin(), zones.end());
    sorted.sort(Qt::CaseInsensitive);
    filter_.setZones(sorted);
    const auto layouts = places_.layouts();
    const auto before = scene_;
    if (edges_.edges() != nullptr && !std::exchange(placedByEdges_, true)) {
        // Where nodes stood apart while nobody knew their links is no place to begin from.
        places_.forget();
    }
    places_.setGraph(ids, links);
    wantPermissions();
    if (current() != chosen) {
        // Before the scene, so that nobody takes the old number for a node of the new one.
        Q_EMIT currentChanged();
    }
    draw();
    if (places_.layouts() != layouts && scene_ == before) {
        // Others look the same: nobody was told yet that there are new places.
        Q_EMIT positionsChanged();
    }
    if (readable_ && peers_.loaded() && followShape()) {
        edges_.ask();
    }
}

void GraphViewModel::wantPermissions() {
    std::vector<std::string> ids;
    if (showsPermissions_) {
        ids.reserve(map_.nodes.size());
        for (const MapNode& node : map_.nodes) {
            ids.push_back(node.id);
        }
    }
    permissions_.want(shown_ && readable_ && showsPermissions_, ids, current_);
}

int GraphViewModel::current() const {
    const auto at = current_.empty() ? MeshMap::kNowhere : map_.find(current_);
    return at == MeshMap::kNowhere ? -1 : static_cast<int>(at);
}

void GraphViewModel::setCurrent(int node) {
    const MapNode* chosen = nodeAt(node);
    setCurrentId(chosen == nullptr ? std::string() : chosen->id);
}

void GraphViewModel::choose(const QString& key) {
    // Its node may be there only later, when the graph was just opened.
    setCurrentId(fromPeerKey(key));
}

void GraphViewModel::setCurrentId(const std::string& id) {
    if (id == current_) {
        return;
    }
    current_ = id;
    wantPermissions();
    Q_EMIT currentChanged();
    if (showsPermissions_) {
        draw();
    } else {
        Q_EMIT changed();
    }
}

const MapNode* GraphViewModel::nodeAt(int node) const {
    return node < 0 || node >= count() ? nullptr : &map_.nodes[static_cast<std::size_t>(node)];
}

int GraphViewModel::nextMatch() {
    for (int step = 1; step <= count(); ++step) {
        const int node = (current() + step) % count();
        if (filter_.accepts(*nodeAt(node))) {
            setCurrent(node);
            return node;
        }
    }
    return -1;
}

void GraphViewModel::askLoss(int node) {
    const auto self = std::ranges::find_if(map_.nodes, &MapNode::isSelf);
    if (const MapNode* lost = nodeAt(node); lost != nullptr && readable_) {
        loss_.ask(lost->id, self == map_.nodes.end() ? std::string() : self->id);
    }
}

void GraphViewModel::hold(int node, qreal x, qreal y) {
    if (nodeAt(node) != nullptr) {
        places_.hold(
            static_cast<std::uint32_t>(node), {static_cast<float>(x), static_cast<float>(y)});
    }
}

void GraphViewModel::release(int node) {
    if (nodeAt(node) != nullptr) {
        places_.release(static_cast<std::uint32_t>(node));
    }
}

}  // namespace weft::viewmodels
