// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/daemon/detail/route_consents.h"
#include "core/mesh/policy/model.h"
#include "core/storage/registry/registry.h"

#include <cstddef>
#include <vector>

namespace weft::daemon {

/// Offers in one list of routes for people.
inline constexpr std::size_t kMostListedRoutes = 4096;

/// The networks behind all nodes but `self` that `consents` wants to hear of, in order; cut at
/// kMostRouteOffers.
std::vector<RouteOffer> askedOffers(
    const storage::Registry& registry,
    const std::vector<mesh::policy::Group>& groups,
    const storage::NodeId& self,
    const RouteConsents& consents);

/// All of them; cut at kMostListedRoutes.
std::vector<RouteOffer> listedOffers(
    const storage::Registry& registry,
    const std::vector<mesh::policy::Group>& groups,
    const storage::NodeId& self);

}  // namespace weft::daemon
