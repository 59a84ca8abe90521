// SPDX-License-Identifier: Apache-2.0
// Rows of services, and of the sections without a supported key.
#include "core/config/detail/key_rows.h"

namespace weft::config::detail {
namespace {

constexpr std::string_view kNoTurn = "this version has no TURN server yet";
constexpr std::string_view kNoDiscovery = "this version has no discovery yet";

Key flag(std::string_view name, std::string_view reason, std::string_view reference = "false") {
    return Key{
        .name = name,
        .help = reason,
        .foreignType = ForeignType::Bool,
        .foreignDefault = reference};
}

Key listener(std::string_view name, std::string_view reason, std::string_view reference) {
    return Key{.name = name, .help = reason, .guard = Guard::Listen, .foreignDefault = reference};
}

Key list(std::string_view name, std::string_view reason) {
    return Key{.name = name, .help = reason, .foreignType = ForeignType::List};
}

Key number(std::string_view name, std::string_view reason, std::string_view reference) {
    return Key{
        .name = name,
        .help = reason,
        .foreignType = ForeignType::Number,
        .foreignDefault = reference};
}

Key duration(std::string_view name, std::string_view reason, std::string_view reference) {
    return Key{
        .name = name,
        .help = reason,
        .foreignType = ForeignType::Duration,
        .foreignDefault = reference};
}

}  // namespace

std::span<const Key> apiRows() {
    static const std::array kRows = {
        Key{.name = "services.api.disabled",
            .access = WEFT_CONFIG_FIELD(services.api.disabled),
            .help = "Serve no API to the mesh."},
        Key{.name = "services.api.listen-address",
            .access = WEFT_CONFIG_FIELD(services.api.listenAddress),
            .help = "Where the API listens.",
            .guard = Guard::Listen},
        Key{.name = "services.api.tls-cert-file",
            .access = WEFT_CONFIG_FIELD(services.api.tlsCertFile),
            .help = "The certificate of the API.",
            .guard = Guard::File},
        Key{.name = "services.api.tls-cert-data",
            .access = WEFT_CONFIG_FIELD(services.api.tlsCertData),
            .help = "The same certificate as data."},
        Key{.name = "services.api.tls-key-file",
            .access = WEFT_CONFIG_FIELD(services.api.tlsKeyFile),
            .help = "The private key of services.api.tls-cert-file.",
            .guard = Guard::File},
        Key{.name = "services.api.tls-key-data",
            .access = WEFT_CONFIG_FIELD(services.api.tlsKeyData),
            .help = "The same key as data."},
        Key{.name = "services.api.client-ca-file",
            .aliases =
                {"plugins.mtls.ca-file",
                 "plugins.configs.mtls.ca-file",
                 "plugins.configs.mtls.config.ca-file"},
            .access = WEFT_CONFIG_FIELD(services.api.clientCaFile),
            .help = "Who issues the certificates of callers; given, callers must show one.",
            .guard = Guard::File},
        Key{.name = "services.api.htpasswd-file",
            .aliases =
                {"plugins.basic-auth.htpasswd-file",
                 "plugins.configs.basic-auth.htpasswd-file",
                 "plugins.configs.basic-auth.config.htpasswd-file"},
            .access = WEFT_CONFIG_FIELD(services.api.htpasswdFile),
            .help = "Users who may call with a password: bcrypt and argon2id lines, made with "
                    "weftctl passwd.",
            .guard = Guard::File},
    };
    return kRows;
}

std::span<const Key> ldapRows() {
    static const std::array kRows = {
        Key{.name = "services.api.ldap.server",
            .aliases =
                {"plugins.ldap.server",
                 "plugins.configs.ldap.server",
                 "plugins.configs.ldap.config.server"},
            .access = WEFT_CONFIG_FIELD(services.api.ldap.server),
            .help =
                "The directory that checks passwords of callers: ldaps://HOST, or ldap://HOST with "
                "StartTLS.",
            .guard = Guard::Plugin},
        Key{.name = "services.api.ldap.bind-dn",
            .aliases =
                {"plugins.ldap.bind-dn",
                 "plugins.configs.ldap.bind-dn",
                 "plugins.configs.ldap.config.bind-dn"},
            .access = WEFT_CONFIG_FIELD(services.api.ldap.bindDn),
            .help = "As whom the users are searched; missing: as nobody.",
            .guard = Guard::Plugin},
        Key{.name = "services.api.ldap.bind-password",
            .aliases =
                {"plugins.ldap.bind-password",
                 "plugins.configs.ldap.bind-password",
                 "plugins.configs.ldap.config.bind-password"},
            .access = WEFT_CONFIG_FIELD(services.api.ldap.bindPassword),
            .help = "The password of services.api.ldap.bind-dn.",
            .guard = Guard::Plugin},
        Key{.name = "services.api.ldap.ca-file",
            .aliases =
                {"plugins.ldap.ca-file",
                 "plugins.configs.ldap.ca-file",
                 "plugins.configs.ldap.config.ca-file"},
            .access = WEFT_CONFIG_FIELD(services.api.ldap.caFile),
            .help =
                "Who issues the certificate of the directory. Default: the system's authorities.",
            .guard = Guard::File},
        Key{.name = "services.api.ldap.user-base-dn",
            .aliases =
                {"plugins.ldap.user-base-dn",
                 "plugins.configs.ldap.user-base-dn",
                 "plugins.configs.ldap.config.user-base-dn"},
            .access = WEFT_CONFIG_FIELD(services.api.ldap.userBaseDn),
            .help = "Below what the users are.",
            .guard = Guard::Plugin},
        Key{.name = "services.api.ldap.user-id-attribute",
            .aliases =
                {"plugins.ldap.user-id-attribute",
                 "plugins.configs.ldap.user-id-attribute",
                 "plugins.configs.ldap.config.user-id-attribute"},
            .access = WEFT_CONFIG_FIELD(services.api.ldap.userIdAttribute),
            .help = "The attribute that holds the user name.",
            .guard = Guard::Plugin},
        Key{.name = "services.api.ldap.node-id-attribute",
            .aliases =
                {"plugins.ldap.node-id-attribute",
                 "plugins.configs.ldap.node-id-attribute",
                 "plugins.configs.ldap.config.node-id-attribute"},
            .access = WEFT_CONFIG_FIELD(services.api.ldap.nodeIdAttribute),
            .help = "The attribute that holds the identity. Default: the user name is it.",
            .guard = Guard::Plugin},
        Key{.name = "services.api.ldap.user-status-attribute",
            .aliases =
                {"plugins.ldap.user-status-attribute",
                 "plugins.configs.ldap.user-status-attribute",
                 "plugins.configs.ldap.config.user-status-attribute"},
            .access = WEFT_CONFIG_FIELD(services.api.ldap.userStatusAttribute),
            .help = "An attribute that says whether a user is disabled.",
            .guard = Guard::Plugin},
        Key{.name = "services.api.ldap.user-disabled-value",
            .aliases =
                {"plugins.ldap.user-disabled-value",
                 "plugins.configs.ldap.user-disabled-value",
                 "plugins.configs.ldap.config.user-disabled-value"},
            .access = WEFT_CONFIG_FIELD(services.api.ldap.userDisabledValue),
            .help = "Its value for users who are.",
            .guard = Guard::Plugin},
    };
    return kRows;
}

std::span<const Key> servicesRows() {
    static const std::array kRows = {
        Key{.name = "services.api.insecure",
            .access = WEFT_CONFIG_FIELD(services.api.insecure),
            .help = "Serve the API without TLS.",
            .guard = Guard::Insecure},
        Key{.name = "services.api.mesh-enabled",
            .access = WEFT_CONFIG_FIELD(services.api.meshEnabled),
            .help = "Serve nodes and graph to members."},
        flag(
            "services.api.admin-enabled",
            "the Admin API is always there, for those who have the right"),
        flag("services.api.web-enabled", "the API is served as gRPC only"),
        Key{.name = "services.api.disable-leader-proxy",
            .access = WEFT_CONFIG_FIELD(services.api.disableLeaderProxy),
            .help = "Do not hand calls of other members to the leader."},
        Key{.name = "services.metrics.enabled",
            .access = WEFT_CONFIG_FIELD(services.metrics.enabled),
            .help = "Serve metrics of all meshes for Prometheus.",
            .guard = Guard::Listen},
        Key{.name = "services.metrics.listen-address",
            .access = WEFT_CONFIG_FIELD(services.metrics.listenAddress),
            .help = "Where metrics are served.",
            .guard = Guard::Listen},
        Key{.name = "services.metrics.path",
            .access = WEFT_CONFIG_FIELD(services.metrics.path),
            .help = "The path of the metrics page."},
        Key{.name = "services.meshdns.enabled",
            .access = WEFT_CONFIG_FIELD(services.meshdns.enabled),
            .help = "Answer for the names of the mesh by DNS.",
            .guard = Guard::Listen},
        Key{.name = "services.meshdns.listen-udp",
            .access = WEFT_CONFIG_FIELD(services.meshdns.listenUdp),
            .help = "The UDP port of the names, at this node's addresses in the mesh.",
            .guard = Guard::Listen},
        Key{.name = "services.meshdns.listen-tcp",
            .access = WEFT_CONFIG_FIELD(services.meshdns.listenTcp),
            .help = "The TCP port of the names.",
            .guard = Guard::Listen},
        Key{.name = "services.meshdns.forwarders",
            .access = WEFT_CONFIG_FIELD(services.meshdns.forwarders),
            .help = "DNS servers for names outside the mesh. Default: those of this host.",
            .guard = Guard::Listen},
        Key{.name = "services.meshdns.subscribe-forwarders",
            .access = WEFT_CONFIG_FIELD(services.meshdns.subscribeForwarders),
            .help = "Ask nodes of the mesh for names in internal. that are not of this mesh."},
        Key{.name = "services.meshdns.disable-forwarding",
            .access = WEFT_CONFIG_FIELD(services.meshdns.disableForwarding),
            .help = "Refuse names outside the mesh."},
        Key{.name = "services.meshdns.request-timeout",
            .access = WEFT_CONFIG_FIELD(services.meshdns.requestTimeout),
            .help = "How long others may take for a name outside the mesh."},
        Key{.name = "services.meshdns.cache-size",
            .access = WEFT_CONFIG_FIELD(services.meshdns.cacheSize),
            .help = "How many answers of others are kept.",
            .most = 100000},
        Key{.name = "services.meshdns.ipv6-only",
            .access = WEFT_CONFIG_FIELD(services.meshdns.ipv6Only),
            .help = "Tell no IPv4 addresses."},
        flag("services.webrtc.enabled", "this version has no ICE yet"),
        list("services.webrtc.stun-servers", "this version has no ICE yet"),
        flag("services.turn.enabled", kNoTurn),
        Key{.name = "services.turn.endpoint", .help = kNoTurn},
        Key{.name = "services.turn.public-ip", .help = kNoTurn},
        listener("services.turn.listen-address", kNoTurn, "[::]:3478"),
        Key{.name = "services.turn.realm", .help = kNoTurn, .foreignDefault = "webmesh"},
        Key{.name = "services.turn.port-range", .help = kNoTurn, .foreignDefault = "49152-65535"},
        number("services.meshdns.reuse-port", "one thread answers more than a mesh asks for", "0"),
        flag("services.meshdns.compression", "names are always compressed", "true"),
    };
    return kRows;
}

std::span<const Key> foreignRows() {
    static const std::array kRows = {
        flag("discovery.announce", kNoDiscovery),
        Key{.name = "discovery.rendezvous", .help = kNoDiscovery},
        flag("discovery.discover", kNoDiscovery),
        list("discovery.bootstrap-servers", kNoDiscovery),
        duration("discovery.announce-ttl", kNoDiscovery, "1m"),
        list("discovery.local-addrs", kNoDiscovery),
        duration("discovery.connect-timeout", kNoDiscovery, "5s"),
        Key{.name = "plugins.configs.ipam",
            .help = "addresses are assigned by Weft itself",
            .guard = Guard::Plugin,
            .subtree = true},
        Key{.name = "plugins.ipam",
            .help = "addresses are assigned by Weft itself",
            .guard = Guard::Plugin,
            .subtree = true},
        Key{.name = "plugins.configs.debug",
            .help = "the debug service of the reference is not offered",
            .guard = Guard::Plugin,
            .subtree = true},
        Key{.name = "plugins.debug",
            .help = "the debug service of the reference is not offered",
            .guard = Guard::Plugin,
            .subtree = true},
        // Any other plugin may be the one that checks who calls.
        Key{.name = "plugins",
            .help = "this version runs no plugins, and without the one that checks callers the "
                    "mesh would be open; use services.api.client-ca-file, "
                    "services.api.htpasswd-file, services.api.ldap or invitations",
            .guard = Guard::Plugin,
            .weakens = true,
            .subtree = true},
        Key{.name = "bridge",
            .help = "this version does not bridge meshes yet; use one profile for each",
            .guard = Guard::Plugin,
            .subtree = true},
        flag("app-daemon", "weftd always offers its local socket", "true"),
        Key{.name = "app-daemon-bind",
            .help = "the local socket is weft.local-socket",
            .guard = Guard::Start},
        Key{.name = "app-daemon-insecure-socket",
            .help = "it would open the local socket to everybody; use weft.local-group",
            .guard = Guard::Start,
            .foreignType = ForeignType::Bool,
            .foreignDefault = "false",
            .weakens = true},
        flag("app-daemon-grpc-web", "the local socket speaks gRPC only"),
    };
    return kRows;
}

}  // namespace weft::config::detail
