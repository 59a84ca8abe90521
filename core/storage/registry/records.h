// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/base/status.h"
#include "core/base/strong_id.h"
#include "core/crypto/node_key.h"
#include "core/net/ip_prefix.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace v1 {
class MeshNode;
class MeshEdge;
class Route;        // NOLINT(bugprone-forward-declaration-namespace)
class Group;        // NOLINT(bugprone-forward-declaration-namespace)
class Role;         // NOLINT(bugprone-forward-declaration-namespace)
class RoleBinding;  // NOLINT(bugprone-forward-declaration-namespace)
class NetworkACL;   // NOLINT(bugprone-forward-declaration-namespace)
}  // namespace v1

namespace weft::storage {

struct NodeIdTag {};
using NodeId = base::StrongId<NodeIdTag>;

/// The id rules of the mesh: non-empty UTF-8, at most 253 bytes, none of / \ : * ? " ' < > | and
/// comma; node ids besides none of the reserved words. Errors: kInvalidArgument, naming the rule.
Status validateId(std::string_view id);
Status validateNodeId(std::string_view id);
/// What we let people create: one DNS label, lower case, at most 63 bytes.
Status validateNewNodeId(std::string_view id);

struct FeaturePort {
    /// The number of v1.Feature; unknown numbers are kept.
    std::int32_t feature = 0;
    std::int32_t port = 0;

    friend bool operator==(const FeaturePort&, const FeaturePort&) = default;
};

/// A vertex of the mesh, `/registry/nodes/<id>`.
struct NodeRecord {
    NodeId id;
    /// nullopt: a placeholder.
    std::optional<crypto::PublicKey> publicKey;
    std::string primaryEndpoint;
    std::vector<std::string> wireguardEndpoints;
    std::string zone;
    std::optional<net::IpPrefix> privateIpv4;
    std::optional<net::IpPrefix> privateIpv6;
    std::vector<FeaturePort> features;
    std::vector<std::string> multiaddrs;
    std::optional<WallTime> joinedAt;

    /// The port of a feature; nullopt when the node does not have it.
    std::optional<std::int32_t> featurePort(std::int32_t feature) const;

    friend bool operator==(const NodeRecord&, const NodeRecord&) = default;
};

/// One direction of an edge, `/registry/edges/<source>/<target>`; each edge is stored twice.
struct EdgeRecord {
    NodeId source;
    NodeId target;
    std::int32_t weight = 0;
    std::map<std::string, std::string> attributes{};

    friend bool operator==(const EdgeRecord&, const EdgeRecord&) = default;
};

struct RouteRecord {
    std::string name;
    std::string node;
    std::vector<net::IpPrefix> destinations{};
    std::string nextHopNode{};

    friend bool operator==(const RouteRecord&, const RouteRecord&) = default;
};

/// Lenient as the mesh needs it: "invalid Prefix", "invalid IP" and texts that do not parse are
/// taken as empty.
NodeRecord fromProto(const v1::MeshNode& message);
void toProto(const NodeRecord& record, v1::MeshNode* message);
EdgeRecord fromProto(const v1::MeshEdge& message);
void toProto(const EdgeRecord& record, v1::MeshEdge* message);
RouteRecord fromProto(const v1::Route& message);
void toProto(const RouteRecord& record, v1::Route* message);

/// protojson as stored. Errors: kDataLoss.
StatusOr<NodeRecord> decodeNode(std::string_view json);
/// `hasMore`: whether it has fields that are not known and left out.
StatusOr<EdgeRecord> decodeEdge(std::string_view json, bool* hasMore = nullptr);
StatusOr<RouteRecord> decodeRoute(std::string_view json, bool* hasMore = nullptr);
std::string encodeNode(const NodeRecord& record);
std::string encodeEdge(const EdgeRecord& record);
std::string encodeEdge(
    const NodeId& source,
    const NodeId& target,
    std::int32_t weight,
    const std::map<std::string, std::string>& attributes);
std::string encodeRoute(const RouteRecord& record);

/// Keys of the registry.
inline constexpr std::string_view kRegistryPrefix = "/registry/";
inline constexpr std::string_view kNodesPrefix = "/registry/nodes/";
inline constexpr std::string_view kEdgesPrefix = "/registry/edges/";
inline constexpr std::string_view kRolesPrefix = "/registry/roles/";
inline constexpr std::string_view kRoleBindingsPrefix = "/registry/rolebindings/";
inline constexpr std::string_view kGroupsPrefix = "/registry/groups/";
inline constexpr std::string_view kNetworkAclsPrefix = "/registry/network-acls/";
inline constexpr std::string_view kRoutesPrefix = "/registry/routes/";
inline constexpr std::string_view kRbacDisabledKey = "/registry/rbac-disabled";
inline constexpr std::string_view kIpv6PrefixKey = "/registry/meshstate/ipv6prefix";
inline constexpr std::string_view kIpv4PrefixKey = "/registry/meshstate/ipv4prefix";
inline constexpr std::string_view kMeshDomainKey = "/registry/meshstate/meshdomain";
/// Weft's own shared data; only its typed services write it.
inline constexpr std::string_view kWeftPrefix = "/weft/v1/";
std::string nodeKey(const NodeId& id);
std::string edgeKey(const NodeId& source, const NodeId& target);

}  // namespace weft::storage
