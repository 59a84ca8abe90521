// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/changes/contents.h"

#include "core/base/text.h"
#include "core/mesh/changes/policy_set.h"
#include "core/mesh/policy/validate.h"

#include <string_view>
#include <utility>

namespace weft::mesh::changes {
namespace {

Status validateRoute(const storage::RouteRecord& route) {
    WEFT_RETURN_IF_ERROR(annotate(storage::validateId(route.name), "name of the route"));
    const auto node = std::string_view(route.node);
    const bool isGroup = node.starts_with(policy::kGroupMark);
    WEFT_RETURN_IF_ERROR(annotate(
        storage::validateId(isGroup ? node.substr(policy::kGroupMark.size()) : node),
        "{} of the route",
        isGroup ? "group" : "node"));
    if (!route.nextHopNode.empty()) {
        WEFT_RETURN_IF_ERROR(
            annotate(storage::validateId(route.nextHopNode), "next hop of the route"));
    }
    if (route.destinations.empty()) {
        return invalidArgument("route {} has no destination", base::escapeForLine(route.name));
    }
    if (route.destinations.size() > kMaxRouteDestinations) {
        return invalidArgument(
            "route {} has more than {} destinations",
            base::escapeForLine(route.name),
            kMaxRouteDestinations);
    }
    return okStatus();
}

Status validateEdge(const storage::EdgeRecord& edge) {
    WEFT_RETURN_IF_ERROR(
        annotate(storage::validateNodeId(edge.source.value()), "source of the edge"));
    WEFT_RETURN_IF_ERROR(
        annotate(storage::validateNodeId(edge.target.value()), "target of the edge"));
    if (edge.source == edge.target) {
        return invalidArgument(
            "an edge links two nodes, not {} with itself",
            base::escapeForLine(edge.source.value()));
    }
    if (edge.attributes.size() > kMaxEdgeAttributes) {
        return invalidArgument("an edge has at most {} attributes", kMaxEdgeAttributes);
    }
    for (const auto& [name, value] : edge.attributes) {
        for (const auto* text : {&name, &value}) {
            if (text->size() > kMaxEdgeTextBytes || !base::isUtf8(*text)) {
                return invalidArgument(
                    "the attributes of an edge are texts of at most {} bytes", kMaxEdgeTextBytes);
            }
        }
    }
    return okStatus();
}

struct Rules {
    Status operator()(const storage::RouteRecord& route) const { return validateRoute(route); }
    Status operator()(const storage::EdgeRecord& edge) const { return validateEdge(edge); }
    template <typename Object>
    Status operator()(const Object& object) const {
        return policy::validate(object);
    }
};

struct Form {
    PolicyObject operator()(storage::RouteRecord route) const { return route; }
    PolicyObject operator()(storage::EdgeRecord edge) const { return canonical(std::move(edge)); }
    template <typename Object>
    PolicyObject operator()(Object object) const {
        return policy::normalised(std::move(object));
    }
};

}  // namespace

Status validate(const PolicyObject& object) {
    return std::visit(Rules(), object);
}

PolicyObject normalised(PolicyObject object) {
    return std::visit(Form(), std::move(object));
}

}  // namespace weft::mesh::changes
