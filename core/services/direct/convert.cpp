// SPDX-License-Identifier: Apache-2.0
#include "core/services/direct/convert.h"

#include "weft/mesh/v1/direct.pb.h"

#include <utility>

namespace weft::services {
namespace {

namespace pb = mesh::v1;

using State = mesh::WayReport::State;
using Kind = mesh::DirectOffer::Kind;

static_assert(static_cast<int>(State::Lost) == static_cast<int>(pb::DirectWayState::STATE_LOST));
static_assert(
    static_cast<int>(mesh::RelayReason::NotWeft) == static_cast<int>(pb::RELAY_REASON_NOT_WEFT));

State stateOf(pb::DirectWayState::State state) {
    return pb::DirectWayState::State_IsValid(state) ? static_cast<State>(state) : State::Unknown;
}

Kind kindOf(pb::DirectOffer::Kind kind) {
    switch (kind) {
    case pb::DirectOffer::KIND_PROBE:
        return Kind::Probe;
    case pb::DirectOffer::KIND_DIRECT:
        return Kind::Direct;
    default:
        return Kind::Relayed;
    }
}

pb::DirectOffer::Kind toProto(Kind kind) {
    switch (kind) {
    case Kind::Probe:
        return pb::DirectOffer::KIND_PROBE;
    case Kind::Direct:
        return pb::DirectOffer::KIND_DIRECT;
    case Kind::Relayed:
        break;
    }
    return pb::DirectOffer::KIND_RELAYED;
}

}  // namespace

StatusOr<mesh::DirectReport> reportOf(const pb::DirectReport& message) {
    if (std::cmp_greater(message.sightings_size(), mesh::kMaxReportedSightings)
        || std::cmp_greater(message.ways_size(), mesh::kMaxReportedWays)) {
        return invalidArgument(
            "a report holds at most {} sightings and {} ways",
            mesh::kMaxReportedSightings,
            mesh::kMaxReportedWays);
    }
    mesh::DirectReport report;
    report.node = mesh::NodeId(message.node_id());
    for (const auto& sighting : message.sightings()) {
        const auto endpoint = net::Endpoint::parse(sighting.endpoint());
        if (!endpoint.ok()) {
            return annotate(endpoint.status(), "sightings");
        }
        report.sightings.push_back(
            {mesh::NodeId(sighting.node_id()), {endpoint->address.unmapped(), endpoint->port}});
    }
    for (const auto& way : message.ways()) {
        report.ways.push_back({mesh::NodeId(way.node_id()), way.round(), stateOf(way.state())});
    }
    return report;
}

void toProto(const mesh::DirectReport& report, pb::DirectReport* message) {
    message->set_node_id(report.node.value());
    for (const auto& sighting : report.sightings) {
        auto* added = message->add_sightings();
        added->set_node_id(sighting.node.value());
        added->set_endpoint(sighting.endpoint.toString());
    }
    for (const auto& way : report.ways) {
        auto* added = message->add_ways();
        added->set_node_id(way.node.value());
        added->set_round(way.round);
        added->set_state(static_cast<pb::DirectWayState::State>(way.state));
    }
}

mesh::DirectOffers offersOf(const pb::DirectOffers& message) {
    mesh::DirectOffers offers;
    offers.complete = message.complete();
    for (const auto& offer : message.offers()) {
        if (offers.offers.size() >= mesh::kMaxReportedWays) {
            break;
        }
        auto& added = offers.offers.emplace_back();
        added.node = storage::fromProto(offer.node());
        added.round = offer.round();
        added.kind = kindOf(offer.kind());
        added.reason = pb::RelayReason_IsValid(offer.reason())
                           ? static_cast<mesh::RelayReason>(offer.reason())
                           : mesh::RelayReason::None;
    }
    return offers;
}

void toProto(const mesh::DirectOffers& offers, pb::DirectOffers* message) {
    message->set_complete(offers.complete);
    for (const auto& offer : offers.offers) {
        auto* added = message->add_offers();
        storage::toProto(offer.node, added->mutable_node());
        added->set_round(offer.round);
        added->set_kind(toProto(offer.kind));
        added->set_reason(static_cast<pb::RelayReason>(offer.reason));
    }
}

}  // namespace weft::services
