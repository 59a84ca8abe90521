// SPDX-License-Identifier: Apache-2.0
// Rows of the sections that say what this node is: weft, global, auth, tls, wireguard.
#include "core/config/detail/key_rows.h"

namespace weft::config::detail {

std::span<const Key> weftRows() {
    static const std::array kRows = {
        Key{.name = "weft.state-dir",
            .access = WEFT_CONFIG_FIELD(weft.stateDir),
            .help = "The folder of keys, stores and profiles.",
            .guard = Guard::Start},
        Key{.name = "weft.local-socket",
            .access = WEFT_CONFIG_FIELD(weft.localSocket),
            .help = "The socket where weftctl and the window reach the daemon.",
            .guard = Guard::Start},
        Key{.name = "weft.local-group",
            .access = WEFT_CONFIG_FIELD(weft.localGroup),
            .help = "The group whose members may use the socket; empty for none.",
            .guard = Guard::Start},
        Key{.name = "weft.group-grade",
            .access = WEFT_CONFIG_FIELD(weft.groupGrade),
            .help = "What members of the group may do: observe, or operate (connect, disconnect, "
                    "publish) too.",
            .guard = Guard::Start},
        Key{.name = "weft.tunnel",
            .access = WEFT_CONFIG_FIELD(weft.tunnel),
            .help = "Whether a connection brings a tunnel interface up. Without one a node is a "
                    "member whose packets do not flow.",
            .guard = Guard::Start},
        Key{.name = "weft.connect-timeout",
            .aliases = {"start-timeout"},
            .access = WEFT_CONFIG_FIELD(weft.connectTimeout),
            .help = "How long a connect may take, retries included.",
            .guard = Guard::Start},
        Key{.name = "weft.shutdown-timeout",
            .aliases = {"shutdown-timeout"},
            .access = WEFT_CONFIG_FIELD(weft.shutdownTimeout),
            .help = "How long leaving the mesh may take at the end.",
            .guard = Guard::Start},
    };
    return kRows;
}

std::span<const Key> globalRows() {
    static const std::array kRows = {
        Key{.name = "global.log-level",
            .access = WEFT_CONFIG_FIELD(global.logLevel),
            .help = "trace, debug, info, warn, error or off.",
            .guard = Guard::Start},
        Key{.name = "global.tls-cert-file",
            .access = WEFT_CONFIG_FIELD(global.tlsCertFile),
            .help = "Certificate for the API, and with global.mtls for calls to others.",
            .guard = Guard::File},
        Key{.name = "global.tls-key-file",
            .access = WEFT_CONFIG_FIELD(global.tlsKeyFile),
            .help = "The private key of global.tls-cert-file.",
            .guard = Guard::File},
        Key{.name = "global.tls-ca-file",
            .access = WEFT_CONFIG_FIELD(global.tlsCaFile),
            .help = "Who issues the certificates of the servers that this node calls.",
            .guard = Guard::File},
        Key{.name = "global.tls-client-ca-file",
            .access = WEFT_CONFIG_FIELD(global.tlsClientCaFile),
            .help = "With global.mtls: who issues the certificates of callers.",
            .guard = Guard::File},
        Key{.name = "global.mtls",
            .access = WEFT_CONFIG_FIELD(global.mtls),
            .help = "Show a certificate to others and ask callers for theirs."},
        Key{.name = "global.insecure",
            .access = WEFT_CONFIG_FIELD(global.insecure),
            .help = "No TLS at all: sets tls.insecure and services.api.insecure.",
            .guard = Guard::Insecure},
        Key{.name = "global.primary-endpoint",
            .access = WEFT_CONFIG_FIELD(global.primaryEndpoint),
            .help = "The address at which others reach this node."},
        Key{.name = "global.endpoints",
            .access = WEFT_CONFIG_FIELD(global.endpoints),
            .help = "More addresses at which others reach this node."},
        Key{.name = "global.disable-ipv4",
            .access = WEFT_CONFIG_FIELD(global.disableIpv4),
            .help = "No IPv4 inside the mesh."},
        Key{.name = "global.disable-ipv6",
            .access = WEFT_CONFIG_FIELD(global.disableIpv6),
            .help = "No IPv6 inside the mesh."},
        Key{.name = "global.verify-chain-only",
            .help = "it would accept any self-signed server; trust its authority with "
                    "tls.tls-ca-file",
            .guard = Guard::Insecure,
            .foreignType = ForeignType::Bool,
            .weakens = true},
        Key{.name = "global.insecure-skip-verify",
            .help = "it would accept any server; trust its authority with tls.tls-ca-file",
            .guard = Guard::Insecure,
            .foreignType = ForeignType::Bool,
            .weakens = true},
        Key{.name = "global.detect-endpoints",
            .access = WEFT_CONFIG_FIELD(global.detectEndpoints),
            .help =
                "Tell other nodes the public addresses of this host, and follow their changes."},
        Key{.name = "global.detect-private-endpoints",
            .access = WEFT_CONFIG_FIELD(global.detectPrivateEndpoints),
            .help = "Tell other nodes the private addresses of this host too; includes "
                    "global.detect-endpoints."},
        Key{.name = "global.detect-ipv6",
            .access = WEFT_CONFIG_FIELD(global.detectIpv6),
            .help = "Detect IPv6 addresses as well."},
        Key{.name = "global.allow-remote-detection",
            .help = "nobody outside the mesh is asked for this host's address: give "
                    "global.primary-endpoint",
            .foreignType = ForeignType::Bool},
    };
    return kRows;
}

std::span<const Key> authRows() {
    static const std::array kRows = {
        Key{.name = "auth.mtls.cert-file",
            .access = WEFT_CONFIG_FIELD(auth.mtls.certFile),
            .help = "The certificate that this node shows to others.",
            .guard = Guard::File},
        Key{.name = "auth.mtls.cert-data",
            .access = WEFT_CONFIG_FIELD(auth.mtls.certData),
            .help = "The same certificate as data."},
        Key{.name = "auth.mtls.key-file",
            .access = WEFT_CONFIG_FIELD(auth.mtls.keyFile),
            .help = "The private key of auth.mtls.cert-file.",
            .guard = Guard::File},
        Key{.name = "auth.mtls.key-data",
            .access = WEFT_CONFIG_FIELD(auth.mtls.keyData),
            .help = "The same key as data."},
        Key{.name = "auth.basic.username",
            .access = WEFT_CONFIG_FIELD(auth.basic.username),
            .help = "The user name for basic authentication."},
        Key{.name = "auth.basic.password",
            .access = WEFT_CONFIG_FIELD(auth.basic.password),
            .help = "The password for basic authentication."},
        Key{.name = "auth.ldap.username",
            .access = WEFT_CONFIG_FIELD(auth.ldap.username),
            .help = "The user name for LDAP authentication."},
        Key{.name = "auth.ldap.password",
            .access = WEFT_CONFIG_FIELD(auth.ldap.password),
            .help = "The password for LDAP authentication."},
    };
    return kRows;
}

std::span<const Key> tlsRows() {
    static const std::array kRows = {
        Key{.name = "tls.tls-ca-file",
            .aliases = {"tls.ca-file"},
            .access = WEFT_CONFIG_FIELD(tls.caFile),
            .help = "Who issues the certificates of the servers that this node calls.",
            .guard = Guard::File},
        Key{.name = "tls.tls-ca-data",
            .aliases = {"tls.ca-data"},
            .access = WEFT_CONFIG_FIELD(tls.caData),
            .help = "The same certificate as data."},
        Key{.name = "tls.insecure",
            .access = WEFT_CONFIG_FIELD(tls.insecure),
            .help = "Call servers without TLS.",
            .guard = Guard::Insecure},
        Key{.name = "tls.verify-chain-only",
            .help = "it would accept any self-signed server; trust its authority with "
                    "tls.tls-ca-file",
            .guard = Guard::Insecure,
            .foreignType = ForeignType::Bool,
            .weakens = true},
        Key{.name = "tls.insecure-skip-verify",
            .help = "it would accept any server; trust its authority with tls.tls-ca-file",
            .guard = Guard::Insecure,
            .foreignType = ForeignType::Bool,
            .weakens = true},
    };
    return kRows;
}

std::span<const Key> wireguardRows() {
    static const std::array kRows = {
        Key{.name = "wireguard.listen-port",
            .access = WEFT_CONFIG_FIELD(wireguard.listenPort),
            .help = "The UDP port of WireGuard. When it was not given and is taken, the next free "
                    "one; others are told the real one.",
            .guard = Guard::Listen,
            .least = 1025},
        Key{.name = "wireguard.key-file",
            .access = WEFT_CONFIG_FIELD(wireguard.keyFile),
            .help = "The key of this node; made when it is missing. Default: below the state "
                    "folder.",
            .guard = Guard::File},
        Key{.name = "wireguard.endpoints",
            .access = WEFT_CONFIG_FIELD(wireguard.endpoints),
            .help = "Where others reach WireGuard on this node."},
        Key{.name = "wireguard.interface-name",
            .access = WEFT_CONFIG_FIELD(wireguard.interfaceName),
            .help = "The name of the tunnel interface; a + at its end stands for the first free "
                    "number.",
            .guard = Guard::Listen},
        Key{.name = "wireguard.mtu",
            .access = WEFT_CONFIG_FIELD(wireguard.mtu),
            .help = "The largest packet, in bytes, that the tunnel interface takes.",
            .least = 1280,
            .most = 9000},
        Key{.name = "wireguard.persistent-keepalive",
            .access = WEFT_CONFIG_FIELD(wireguard.persistentKeepalive),
            .help = "How long a silent peer is left without a sign of life; 0s stands for 30s."},
        Key{.name = "wireguard.record-metrics",
            .access = WEFT_CONFIG_FIELD(wireguard.recordMetrics),
            .help = "Give each peer series of its own at services.metrics."},
        Key{.name = "wireguard.record-metrics-interval",
            .help = "figures are read when they are asked for",
            .foreignType = ForeignType::Duration,
            .foreignDefault = "10s"},
        Key{.name = "wireguard.key-rotation-interval",
            .help = "a key changes only when its owner asks for it",
            .foreignType = ForeignType::Duration,
            .foreignDefault = "168h"},
        Key{.name = "wireguard.force-interface-name",
            .help = "an interface of another program is never taken away; Weft's own go with it",
            .foreignType = ForeignType::Bool},
        Key{.name = "wireguard.force-tun",
            .help = "packets always take a tunnel device, never the kernel's WireGuard",
            .foreignType = ForeignType::Bool},
        Key{.name = "wireguard.masquerade",
            .help = "the firewall is left alone",
            .foreignType = ForeignType::Bool},
    };
    return kRows;
}

}  // namespace weft::config::detail
