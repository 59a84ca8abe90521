// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/base/status.h"
#include "core/config/secret.h"
#include "core/net/endpoint.h"
#include "core/net/ip_address.h"
#include "core/net/ip_prefix.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace weft::config {

// The options of weftd, one struct per section, with the names of the reference's configuration.
// Each default stands here and nowhere else. Each `validate()` reports the first problem with the
// full name of the key and what to do (kInvalidArgument). Plain values; thread: any.

enum class NetworkPolicy : std::uint8_t { Accept, Drop };
enum class StorageProvider : std::uint8_t {
    Sqlite,
    Memory,
    Passthrough,  ///< this node never stores a mesh
};
/// What members of the local group may do (`weft.group-grade`).
enum class GroupGrade : std::uint8_t { Observe, Operate };

/// `global`: settings that other sections take over where they have none of their own.
struct GlobalOptions {
    std::string logLevel = "info";
    std::filesystem::path tlsCertFile;
    std::filesystem::path tlsKeyFile;
    std::filesystem::path tlsCaFile;
    std::filesystem::path tlsClientCaFile;
    bool mtls = false;
    bool insecure = false;
    std::optional<net::IpAddress> primaryEndpoint;
    /// Port 0 stands for `wireguard.listen-port`.
    std::vector<net::Endpoint> endpoints;
    bool disableIpv4 = false;
    bool disableIpv6 = false;
    /// Tell others this host's public addresses.
    bool detectEndpoints = false;
    /// And the private ones; means detectEndpoints too.
    bool detectPrivateEndpoints = false;
    /// And IPv6.
    bool detectIpv6 = false;

    Status validate() const;
};

/// `bootstrap`: starting a mesh.
struct BootstrapOptions {
    bool enabled = false;
    net::IpPrefix ipv4Network{net::IpAddress::v4(0xAC100000), 12};
    std::string meshDomain = "webmesh.internal";
    /// The subject that may do everything; unset: the id of the node that starts the mesh.
    std::string admin;
    NetworkPolicy defaultNetworkPolicy = NetworkPolicy::Accept;
    bool disableRbac = false;

    Status validate() const;
};

/// A client certificate, as files or as data; data wins where both are given.
struct MtlsOptions {
    std::filesystem::path certFile;
    PemText certData;
    std::filesystem::path keyFile;
    SecretPem keyData;

    bool configured() const;
    Status validate() const;
};

struct PasswordOptions {
    std::string username;
    SharedSecret password;

    bool configured() const { return !username.empty(); }
};

/// `auth`: how this node proves itself to others.
struct AuthOptions {
    MtlsOptions mtls;
    PasswordOptions basic;
    PasswordOptions ldap;

    Status validate() const;
};

/// `mesh`: this node in a mesh.
struct MeshOptions {
    /// Empty: from the certificate, the user name or the host name, in this order.
    std::string nodeId;
    std::optional<net::IpAddress> primaryEndpoint;
    std::string zoneAwarenessId;
    std::vector<net::HostPort> joinAddresses;
    std::uint32_t maxJoinRetries = 15;
    std::vector<net::IpPrefix> routes;
    /// Networks to use whoever offers them, though this host reaches them in another way, or they
    /// are the way to everywhere.
    std::vector<net::IpPrefix> agreedRoutes;
    /// While a mesh is to be connected, nothing leaves this host but into its tunnels and to
    /// private networks.
    bool lockdown = false;
    /// What others are told; 0 never occurs.
    std::uint16_t grpcAdvertisePort = 8443;
    bool requestVote = false;
    bool requestObserver = false;
    bool disableIpv4 = false;
    bool disableIpv6 = false;
    bool disableFeatureAdvertisement = false;
    /// Whether the programs of this host find the names of the mesh.
    bool useMeshDns = false;

    Status validate() const;
};

/// `storage`: where a mesh that this node stores lives.
struct StorageOptions {
    bool inMemory = false;
    /// Empty: below `weft.state-dir`.
    std::filesystem::path path;
    StorageProvider provider = StorageProvider::Sqlite;

    /// `provider`, or Memory when `inMemory` is set.
    StorageProvider effectiveProvider() const;
    Status validate() const;
};

/// `services.api.ldap`: the directory that passwords of callers are checked by.
struct LdapOptions {
    /// ldaps://, ldap:// (StartTLS follows) or ldapi://; empty: none is asked.
    std::string server;
    std::string bindDn;
    SharedSecret bindPassword;
    std::filesystem::path caFile;
    std::string userBaseDn;
    std::string userIdAttribute = "uid";
    /// Empty: the user id is the identity.
    std::string nodeIdAttribute;
    std::string userStatusAttribute;
    std::string userDisabledValue;

    /// What only makes sense together. The parts themselves are checked where the directory is
    /// asked.
    Status validate() const;
};

/// `services.api`: the mesh-facing gRPC server.
struct ApiOptions {
    bool disabled = false;
    /// Port 0: the system chooses.
    net::HostPort listenAddress{"::", 8443};
    std::filesystem::path tlsCertFile;
    PemText tlsCertData;
    std::filesystem::path tlsKeyFile;
    SecretPem tlsKeyData;
    /// Who issues the certificates of callers; set: callers must show one.
    std::filesystem::path clientCaFile;
    /// Users and hashes of passwords; set: callers may show a password of it.
    std::filesystem::path htpasswdFile;
    LdapOptions ldap;
    bool insecure = false;
    bool meshEnabled = true;
    /// Whether a plain node keeps to itself what only the leader can answer.
    bool disableLeaderProxy = false;

    /// Whether callers can prove who they are by a password.
    bool checksPasswords() const { return !htpasswdFile.empty() || !ldap.server.empty(); }
    Status validate() const;
};

/// `services.metrics`: the Prometheus endpoint.
struct MetricsOptions {
    bool enabled = false;
    /// The loopback address, unlike the reference: the page names peers and shows traffic.
    net::HostPort listenAddress{"127.0.0.1", 8080};
    std::string path = "/metrics";

    Status validate() const;
};

/// `services.meshdns`: the names of the mesh, by DNS.
struct MeshDnsOptions {
    bool enabled = false;
    /// The ports alone count: names are served at this node's addresses in the mesh.
    net::HostPort listenUdp{"::", 53};
    net::HostPort listenTcp{"::", 53};
    /// Whom to ask for other names; without a port 53. Empty: the servers of this host.
    std::vector<net::Endpoint> forwarders;
    /// Whether nodes that know names of other meshes are asked for names in "internal.".
    bool subscribeForwarders = false;
    bool disableForwarding = false;
    /// Until a question to others has failed.
    Duration requestTimeout = std::chrono::seconds(5);
    /// Answers of others that are kept; 0: none.
    std::uint32_t cacheSize = 100;
    /// IPv4 addresses are not told.
    bool ipv6Only = false;

    Status validate() const;
};

struct ServicesOptions {
    ApiOptions api;
    MetricsOptions metrics;
    MeshDnsOptions meshdns;

    Status validate() const;
};

/// `tls`: how this node checks the servers that it calls.
struct TlsOptions {
    std::filesystem::path caFile;
    PemText caData;
    bool insecure = false;

    Status validate() const;
};

/// What reference nodes use when nothing else is said. A peer that is heard of this often counts as
/// there also when nobody talks to it.
inline constexpr std::chrono::seconds kDefaultKeepalive{30};

/// `wireguard`.
struct WireGuardOptions {
    std::uint16_t listenPort = 51820;
    /// Empty: below `weft.state-dir`.
    std::filesystem::path keyFile;
    /// Advertised; a port of 0 was replaced by `listenPort` when the options were loaded.
    std::vector<net::Endpoint> endpoints;
    /// With '+' at its end: the first free one with a number in its place.
    std::string interfaceName = "weft+";
    std::uint16_t mtu = 1420;
    /// Whole seconds. Zero stands for the default, as in reference nodes: there it is always on.
    Duration persistentKeepalive = kDefaultKeepalive;
    /// Per-peer series for Prometheus.
    bool recordMetrics = false;

    std::chrono::seconds effectiveKeepalive() const;
    Status validate() const;
};

/// `weft`: keys of this program alone.
struct WeftOptions {
    std::filesystem::path stateDir;
    std::filesystem::path localSocket;
    std::string localGroup = "weft";
    GroupGrade groupGrade = GroupGrade::Operate;
    /// Off: connections have no tunnel interface.
    bool tunnel = true;
    /// The whole of a Connect, retries included.
    Duration connectTimeout = std::chrono::seconds(30);
    /// How long leaving the mesh may take at the end.
    Duration shutdownTimeout = std::chrono::seconds(10);

    Status validate() const;
};

/// Everything, and where it came from.
struct NodeOptions {
    GlobalOptions global;
    BootstrapOptions bootstrap;
    AuthOptions auth;
    MeshOptions mesh;
    StorageOptions storage;
    ServicesOptions services;
    TlsOptions tls;
    WireGuardOptions wireguard;
    WeftOptions weft;

    /// For people, one line each: what was given and has no effect, and why.
    std::vector<std::string> warnings;
    /// Key -> where its value came from ("/etc/weft/weft.yaml:3", "environment WEFT_MESH_NODE_ID",
    /// "flag --mesh.node-id", "request", "global.insecure"). A key that is missing has its default.
    std::map<std::string, std::string, std::less<>> origins;

    /// Whether there is a mesh to start or to join at start; without one the daemon waits for a
    /// Connect.
    bool hasMeshSource() const { return bootstrap.enabled || !mesh.joinAddresses.empty(); }
    /// `storage.path`, or its place below the state folder.
    std::filesystem::path storagePath() const;

    /// All sections, and what they say together.
    Status validate() const;
};

/// Whether `id` can be a node id: 1 to 253 bytes of UTF-8 without control characters, without
/// / \ : * ? " ' < > | , and none of the reserved words. Errors: kInvalidArgument.
Status validateNodeId(std::string_view id);

}  // namespace weft::config
