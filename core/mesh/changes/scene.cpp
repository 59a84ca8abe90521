// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/changes/scene.h"

#include <string>

namespace weft::mesh::changes {
namespace {

using storage::Event;

Event gone(std::string key) {
    return {Event::Kind::Delete, std::move(key), std::string(), 0};
}

Event put(std::string key, std::string value) {
    return {Event::Kind::Put, std::move(key), std::move(value), 0};
}

void addGoneLink(const NodeId& left, const NodeId& right, std::vector<Event>& events) {
    events.push_back(gone(storage::edgeKey(left, right)));
    events.push_back(gone(storage::edgeKey(right, left)));
}

/// Sets have an edge from one end, stores from both.
void addEvents(const Edit& edit, std::vector<Event>& events) {
    if (edit.ref.kind != policy::ObjectKind::Edge) {
        events.push_back(
            edit.after ? put(keyOf(edit.ref), encode(*edit.after)) : gone(keyOf(edit.ref)));
        return;
    }
    if (!edit.after) {
        addGoneLink(NodeId(edit.ref.name), NodeId(edit.ref.target), events);
        return;
    }
    const auto& edge = std::get<storage::EdgeRecord>(*edit.after);
    for (const auto& [from, to] :
         {std::pair(edge.source, edge.target), std::pair(edge.target, edge.source)}) {
        events.push_back(
            put(storage::edgeKey(from, to),
                storage::encodeEdge(from, to, edge.weight, edge.attributes)));
    }
}

}  // namespace

Scene::Scene(const storage::Registry& live) {
    registry_.copyFrom(live);
    network_ = std::make_unique<network::Network>(registry_, policy_);
}

Scene::Scene(const storage::Registry& live, const PolicySet& rules) {
    registry_.copyFrom(live);
    apply(difference(PolicySet::of(live), rules));
    network_ = std::make_unique<network::Network>(registry_, policy_);
}

void Scene::apply(const std::vector<Edit>& edits) {
    std::vector<Event> events;
    for (const auto& edit : edits) {
        addEvents(edit, events);
    }
    registry_.apply(events);
}

void Scene::remove(const std::vector<NodeId>& nodes, const std::vector<Link>& links) {
    std::vector<Event> events;
    // The graph also has what a foreign server wrote from one end alone.
    const auto& graph = network_->graph();
    for (const auto& id : nodes) {
        const auto number = graph.find(id);
        if (number == network::kNoNode) {
            continue;
        }
        for (const auto& arc : graph.arcs(number)) {
            addGoneLink(id, graph.id(arc.to), events);
        }
        events.push_back(gone(storage::nodeKey(id)));
    }
    for (const auto& [left, right] : links) {
        addGoneLink(left, right, events);
    }
    registry_.apply(events);
}

}  // namespace weft::mesh::changes
