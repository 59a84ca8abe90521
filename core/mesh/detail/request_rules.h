// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/detail/mesh_view.h"

#include <string>
#include <vector>

namespace weft::mesh::detail {

/// Checks of what a node sends about itself. Errors of all: kInvalidArgument, naming what is wrong.

/// Refuses routes that overlap the mesh's own networks in either direction (so the default routes
/// too), loopback, link-local and multicast ranges.
Status validateRoutes(const std::vector<net::IpPrefix>& routes, const MeshInfo& mesh);
/// A bare address that others can send to. Takes "invalid IP" for none.
StatusOr<std::string> checkedPrimaryEndpoint(const std::string& text);
/// `address:port` texts; repeated ones once.
StatusOr<std::vector<std::string>> checkedWireguardEndpoints(std::vector<std::string> texts);
StatusOr<std::vector<storage::FeaturePort>> checkedFeatures(
    std::vector<storage::FeaturePort> features);
Status validateZone(std::string_view zone);
Status validateMultiaddrs(const std::vector<std::string>& multiaddrs);

}  // namespace weft::mesh::detail
