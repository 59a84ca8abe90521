// SPDX-License-Identifier: Apache-2.0
// Rows of the sections that say what mesh it is: bootstrap, mesh, storage.
#include "core/config/detail/key_rows.h"

namespace weft::config::detail {

std::span<const Key> bootstrapRows() {
    static constexpr std::string_view kNoElection =
        "one node starts a mesh and the others join it: there is no election";
    static const std::array kRows = {
        Key{.name = "bootstrap.enabled",
            .access = WEFT_CONFIG_FIELD(bootstrap.enabled),
            .help = "Start a mesh, or go on with the one in the store."},
        Key{.name = "bootstrap.ipv4-network",
            .access = WEFT_CONFIG_FIELD(bootstrap.ipv4Network),
            .help = "The IPv4 network of a new mesh."},
        Key{.name = "bootstrap.mesh-domain",
            .access = WEFT_CONFIG_FIELD(bootstrap.meshDomain),
            .help = "The DNS domain of a new mesh."},
        Key{.name = "bootstrap.admin",
            .access = WEFT_CONFIG_FIELD(bootstrap.admin),
            .help = "Who may do everything in a new mesh. Default: the node that starts it."},
        Key{.name = "bootstrap.default-network-policy",
            .access = WEFT_CONFIG_FIELD(bootstrap.defaultNetworkPolicy),
            .help = "Whether members of a new mesh reach each other before there are rules."},
        Key{.name = "bootstrap.disable-rbac",
            .access = WEFT_CONFIG_FIELD(bootstrap.disableRbac),
            .help = "Start a mesh where roles are not checked.",
            .guard = Guard::Insecure},
        Key{.name = "bootstrap.force",
            .help = "a store that holds a mesh is never overwritten: move it away to start anew",
            .foreignType = ForeignType::Bool},
        Key{.name = "bootstrap.election-timeout",
            .help = kNoElection,
            .foreignType = ForeignType::Duration,
            .foreignDefault = "3s"},
        Key{.name = "bootstrap.voters", .help = kNoElection, .foreignType = ForeignType::List},
        Key{.name = "bootstrap.transport.tcp-advertise-address", .help = kNoElection},
        Key{.name = "bootstrap.transport.tcp-listen-address",
            .help = kNoElection,
            .guard = Guard::Listen,
            .foreignDefault = "[::]:9001"},
        Key{.name = "bootstrap.transport.tcp-servers", .help = kNoElection, .subtree = true},
        Key{.name = "bootstrap.transport.tcp-connection-pool",
            .help = kNoElection,
            .foreignType = ForeignType::Number,
            .foreignDefault = "0"},
        Key{.name = "bootstrap.transport.tcp-connect-timeout",
            .help = kNoElection,
            .foreignType = ForeignType::Duration,
            .foreignDefault = "3s"},
        Key{.name = "bootstrap.transport.server-grpc-ports", .help = kNoElection, .subtree = true},
        Key{.name = "bootstrap.transport.rendezvous", .help = kNoElection},
        Key{.name = "bootstrap.transport.rendezvous-nodes",
            .help = kNoElection,
            .foreignType = ForeignType::List},
        Key{.name = "bootstrap.transport.rendezvous-linger",
            .help = kNoElection,
            .foreignType = ForeignType::Duration,
            .foreignDefault = "1m"},
        Key{.name = "bootstrap.transport.psk", .help = kNoElection},
    };
    return kRows;
}

std::span<const Key> meshRows() {
    static const std::array kRows = {
        Key{.name = "mesh.node-id",
            .access = WEFT_CONFIG_FIELD(mesh.nodeId),
            .help = "The name of this node. Default: from the certificate, the user name or the "
                    "host name."},
        Key{.name = "mesh.primary-endpoint",
            .access = WEFT_CONFIG_FIELD(mesh.primaryEndpoint),
            .help = "The address at which others reach this node."},
        Key{.name = "mesh.zone-awareness-id",
            .access = WEFT_CONFIG_FIELD(mesh.zoneAwarenessId),
            .help = "Nodes of one zone connect to each other directly."},
        Key{.name = "mesh.join-address",
            .aliases = {"mesh.join-addresses"},
            .access = WEFT_CONFIG_FIELD(mesh.joinAddresses),
            .help = "Members to join through, in the order to try. Port 8443 when it is missing."},
        Key{.name = "mesh.max-join-retries",
            .access = WEFT_CONFIG_FIELD(mesh.maxJoinRetries),
            .help = "How often a join is tried again, once a second, before it counts as "
                    "failed. A service that starts by itself goes on, less often.",
            .most = 1000000},
        Key{.name = "mesh.routes",
            .access = WEFT_CONFIG_FIELD(mesh.routes),
            .help = "Networks behind this node that it offers to the mesh. The way to the Internet "
                    "(0.0.0.0/0, ::/0) needs a route in the mesh besides."},
        Key{.name = "mesh.agreed-routes",
            .access = WEFT_CONFIG_FIELD(mesh.agreedRoutes),
            .help = "Networks to use, whichever node offers them, although this host reaches them "
                    "in another way, or they are not private: 0.0.0.0/0 and ::/0 send everything "
                    "into the mesh."},
        Key{.name = "mesh.lockdown",
            .access = WEFT_CONFIG_FIELD(mesh.lockdown),
            .help = "While a mesh is to be connected, let nothing leave this host but into its "
                    "tunnels and to private networks.",
            .guard = Guard::Insecure},
        Key{.name = "mesh.grpc-advertise-port",
            .access = WEFT_CONFIG_FIELD(mesh.grpcAdvertisePort),
            .help = "The port of the API that others are told.",
            .least = 1},
        Key{.name = "mesh.request-vote",
            .access = WEFT_CONFIG_FIELD(mesh.requestVote),
            .help = "Ask for a vote in the storage of the mesh."},
        Key{.name = "mesh.request-observer",
            .access = WEFT_CONFIG_FIELD(mesh.requestObserver),
            .help = "Ask for a copy of the storage of the mesh."},
        Key{.name = "mesh.disable-ipv4",
            .access = WEFT_CONFIG_FIELD(mesh.disableIpv4),
            .help = "Ask for no IPv4 address."},
        Key{.name = "mesh.disable-ipv6",
            .access = WEFT_CONFIG_FIELD(mesh.disableIpv6),
            .help = "Use no IPv6 inside the mesh."},
        Key{.name = "mesh.disable-feature-advertisement",
            .access = WEFT_CONFIG_FIELD(mesh.disableFeatureAdvertisement),
            .help = "Do not tell others which services this node has."},
        Key{.name = "mesh.ice-peers",
            .help = "this version has no ICE yet",
            .foreignType = ForeignType::List},
        Key{.name = "mesh.libp2p-peers",
            .help = "this version has no libp2p yet",
            .foreignType = ForeignType::List},
        Key{.name = "mesh.meshdns-advertise-port",
            .help = "the port of services.meshdns.listen-udp is told, as by reference nodes",
            .foreignType = ForeignType::Number,
            .foreignDefault = "53"},
        Key{.name = "mesh.use-meshdns",
            .access = WEFT_CONFIG_FIELD(mesh.useMeshDns),
            .help = "Have the programs of this host find the names of the mesh."},
        Key{.name = "mesh.prefer-ipv6",
            .aliases = {"mesh.storage-prefer-ipv6"},
            .help = "it chooses addresses for Raft, which Weft does not use",
            .foreignType = ForeignType::Bool},
    };
    return kRows;
}

namespace {

constexpr std::string_view kNoRaft = "Weft does not use Raft: one node stores the mesh";

Key raftDuration(std::string_view name, std::string_view reference) {
    return Key{
        .name = name,
        .help = kNoRaft,
        .foreignType = ForeignType::Duration,
        .foreignDefault = reference};
}

Key raftNumber(std::string_view name, std::string_view reference) {
    return Key{
        .name = name,
        .help = kNoRaft,
        .foreignType = ForeignType::Number,
        .foreignDefault = reference};
}

}  // namespace

std::span<const Key> storageRows() {
    static constexpr std::string_view kNoExternal = "this version has no external storage yet";
    static const std::array kRows = {
        Key{.name = "storage.in-memory",
            .access = WEFT_CONFIG_FIELD(storage.inMemory),
            .help = "Keep the mesh in memory only; it is gone when the daemon ends."},
        Key{.name = "storage.path",
            .access = WEFT_CONFIG_FIELD(storage.path),
            .help = "The folder of the store. Default: below the state folder.",
            .guard = Guard::File},
        Key{.name = "storage.provider",
            .access = WEFT_CONFIG_FIELD(storage.provider),
            .help = "What stores the mesh when this node does."},
        Key{.name = "storage.log-level",
            .help = "all parts log at global.log-level",
            .foreignDefault = "info"},
        Key{.name = "storage.raft.listen-address",
            .help = kNoRaft,
            .guard = Guard::Listen,
            .foreignDefault = "[::]:9000"},
        raftDuration("storage.raft.connection-timeout", "3s"),
        raftNumber("storage.raft.connection-pool-count", "0"),
        raftDuration("storage.raft.heartbeat-timeout", "2s"),
        raftDuration("storage.raft.election-timeout", "2s"),
        raftDuration("storage.raft.leader-lease-timeout", "2s"),
        raftDuration("storage.raft.apply-timeout", "10s"),
        raftDuration("storage.raft.commit-timeout", "10s"),
        raftNumber("storage.raft.max-append-entries", "64"),
        raftDuration("storage.raft.snapshot-interval", "30s"),
        raftNumber("storage.raft.snapshot-threshold", "8192"),
        raftNumber("storage.raft.snapshot-retention", "2"),
        raftNumber("storage.raft.observer-chan-buffer", "100"),
        raftNumber("storage.raft.heartbeat-purge-threshold", "25"),
        Key{.name = "storage.external.server", .help = kNoExternal, .guard = Guard::Plugin},
        Key{.name = "storage.external.config",
            .help = kNoExternal,
            .guard = Guard::Plugin,
            .subtree = true},
        Key{.name = "storage.external.insecure",
            .help = "it would call the storage without TLS",
            .guard = Guard::Insecure,
            .foreignType = ForeignType::Bool,
            .weakens = true},
        Key{.name = "storage.external.tls-skip-verify",
            .help = "it would accept any storage server",
            .guard = Guard::Insecure,
            .foreignType = ForeignType::Bool,
            .weakens = true},
        Key{.name = "storage.external.tls-ca-file", .help = kNoExternal, .guard = Guard::File},
        Key{.name = "storage.external.tls-ca-data", .help = kNoExternal, .guard = Guard::Plugin},
        Key{.name = "storage.external.tls-cert-file", .help = kNoExternal, .guard = Guard::File},
        Key{.name = "storage.external.tls-cert-data", .help = kNoExternal, .guard = Guard::Plugin},
        Key{.name = "storage.external.tls-key-file", .help = kNoExternal, .guard = Guard::File},
        Key{.name = "storage.external.tls-key-data", .help = kNoExternal, .guard = Guard::Plugin},
    };
    return kRows;
}

}  // namespace weft::config::detail
