// SPDX-License-Identifier: Apache-2.0
// What connections of both kinds tell of the records of their mesh.
#include "core/daemon/detail/connection_shell.h"
#include "core/daemon/detail/peer_way.h"
#include "core/daemon/detail/tunnel_messages.h"
#include "core/services/mesh/dot.h"

#include <cstdint>
#include <memory>
#include <utility>

namespace weft::daemon {

void ConnectionShell::graph(Callback<::v1::MeshGraph> done) {
    onLoop([this, done = std::move(done)] {
        const auto* records = registry();
        if (records == nullptr) {
            done(unavailable("the mesh has not been read yet"));
            return;
        }
        ::v1::MeshGraph graph;
        const auto nodes = records->nodes();
        const auto edges = records->edges();
        for (const auto* node : nodes) {
            graph.add_nodes(node->id.value());
        }
        for (const auto* edge : edges) {
            auto* message = graph.add_edges();
            message->set_source(edge->source.value());
            message->set_target(edge->target.value());
            message->set_weight(edge->weight);
        }
        graph.set_dot(services::toDot(nodes, edges));
        done(std::move(graph));
    });
}

void ConnectionShell::ownNode(Callback<::v1::MeshNode> done) {
    onLoop([this, done = std::move(done)] {
        const auto* records = registry();
        const auto* record = records == nullptr ? nullptr : records->node(selfId());
        if (record == nullptr) {
            done(unavailable("this node's record has not been read yet"));
            return;
        }
        ::v1::MeshNode node;
        storage::toProto(*record, &node);
        done(std::move(node));
    });
}

std::shared_ptr<const PeerList> ConnectionShell::peerList() const {
    auto list = std::make_shared<PeerList>();
    const auto nodes = registry()->nodes();
    list->items.reserve(nodes.size());
    for (const auto* node : nodes) {
        addPeer(*node, *list);
    }
    return list;
}

void ConnectionShell::addPeer(const storage::NodeRecord& record, PeerList& list) const {
    if (!record.publicKey) {
        // A placeholder: somebody named the id, and nobody joined under it.
        return;
    }
    PeerList::Item item;
    storage::toProto(record, item.peer.mutable_node());
    item.peer.set_is_self(record.id == selfId());
    item.peer.set_is_neighbour(registry()->edge(selfId(), record.id) != nullptr);
    item.peer.set_neighbour_count(
        static_cast<std::uint32_t>(registry()->edgesOf(record.id).size()));
    item.peer.set_cluster_status(statusOf(record.id));
    const auto* figures = tunnel_ ? tunnel_->statisticsOf(record.id) : nullptr;
    if (figures != nullptr) {
        toProto(*figures, item.peer.mutable_tunnel());
        item.peer.set_liveness(toProto(livenessOf(*figures, clock().wallNow())));
    }
    if (direct_ && record.id != selfId()) {
        describeWay(*direct_, record.id, item.peer);
    }
    item.digest = digestOf(item.peer);
    list.items.push_back(std::move(item));
}

}  // namespace weft::daemon
