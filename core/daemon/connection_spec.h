// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/status.h"
#include "core/daemon/mesh_connection.h"
#include "core/daemon/profile_store.h"
#include "core/net/ip_prefix.h"

#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace weft::daemon {

/// The profile that stands for the daemon's own configuration and for v1.AppDaemon's Connect.
inline constexpr std::string_view kDefaultProfileId = "default";

/// What it takes to run a stored profile. `base` gives the settings of the daemon itself.
/// Secrets that are known: "password" and "username" (without it the node id) for servers that ask
/// for a password. Errors: kInvalidArgument, naming the field.
StatusOr<ConnectionSpec> specOf(
    const StoredProfile& stored,
    const std::filesystem::path& folder,
    const config::NodeOptions& base,
    const SecretMap& secrets);

/// What it takes to run a configuration.
ConnectionSpec specOf(const config::NodeOptions& options, const std::filesystem::path& folder);

/// How a configuration shows as a profile.
weft::local::v1::Profile profileOf(const config::NodeOptions& options);

/// What stored profiles offer: nothing where the configuration is about a mesh of its own.
std::vector<net::IpPrefix> routesOf(const config::NodeOptions& base);
/// Those of `routes` that a join brings. A way to everywhere is for an administrator to put into
/// the mesh.
std::vector<net::IpPrefix> joinableRoutes(std::vector<net::IpPrefix> routes);

/// Of one profile.
inline constexpr int kMaxJoinAddresses = 16;

/// Errors: kInvalidArgument, naming the field and the rule.
Status validateProfile(const weft::local::v1::Profile& profile);
Status validateCreation(const weft::local::v1::CreateMeshRequest& request);

/// A profile id made from a name ("Büro 2" becomes "b-ro-2") that is not in `taken`.
std::string newProfileId(std::string_view name, const std::set<std::string>& taken);

/// A node id from the host's name: one DNS label, "node" when nothing of it is left.
std::string nodeIdFromHostName(std::string_view hostName);

}  // namespace weft::daemon
