// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/member_changes.h"

namespace weft::mesh::detail {

void merge(const UpdateParams& update, JoinParams& join) {
    if (update.publicKey) {
        join.publicKey = *update.publicKey;
    }
    if (!update.primaryEndpoint.empty()) {
        join.primaryEndpoint = update.primaryEndpoint;
    }
    if (!update.wireguardEndpoints.empty()) {
        join.wireguardEndpoints = update.wireguardEndpoints;
    }
    if (!update.zone.empty()) {
        join.zone = update.zone;
    }
    join.asVoter = join.asVoter || update.asVoter;
    if (!update.routes.empty()) {
        join.routes = update.routes;
    }
    if (!update.features.empty()) {
        join.features = update.features;
    }
    if (!update.multiaddrs.empty()) {
        join.multiaddrs = update.multiaddrs;
    }
}

bool describesSame(const JoinParams& left, const JoinParams& right) {
    return left.publicKey == right.publicKey && left.primaryEndpoint == right.primaryEndpoint
           && left.wireguardEndpoints == right.wireguardEndpoints && left.zone == right.zone
           && left.asVoter == right.asVoter && left.routes == right.routes
           && left.features == right.features && left.multiaddrs == right.multiaddrs;
}

UpdateParams updateBetween(const JoinParams& sent, const JoinParams& wanted) {
    UpdateParams update;
    update.id = wanted.id;
    if (wanted.publicKey != sent.publicKey) {
        update.publicKey = wanted.publicKey;
    }
    update.primaryEndpoint = wanted.primaryEndpoint;
    update.wireguardEndpoints = wanted.wireguardEndpoints;
    update.zone = wanted.zone;
    update.asVoter = wanted.asVoter && !sent.asVoter;
    update.features = wanted.features;
    update.multiaddrs = wanted.multiaddrs;
    if (wanted.routes != sent.routes) {
        update.routes = wanted.routes;
    }
    return update;
}

}  // namespace weft::mesh::detail
