// SPDX-License-Identifier: Apache-2.0
#include "core/config/options.h"

#include "core/base/text.h"
#include "core/config/value.h"
#include "core/net/network.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace weft::config {
namespace {

constexpr std::size_t kMostIdBytes = 253;
constexpr std::size_t kMostZoneBytes = 253;
constexpr std::size_t kMostAgreedRoutes = 64;
constexpr std::size_t kMostDomainBytes = 253;
constexpr std::size_t kMostLabelBytes = 63;

bool isControl(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
}

bool isLabel(std::string_view label) {
    const auto isLetterOrDigit = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    };
    return !label.empty() && label.size() <= kMostLabelBytes && isLetterOrDigit(label.front())
           && isLetterOrDigit(label.back()) && std::ranges::all_of(label, [&](char c) {
                  return isLetterOrDigit(c) || c == '-' || c == '_';
              });
}

bool isDomain(std::string_view domain) {
    if (domain.ends_with('.')) {
        domain.remove_suffix(1);
    }
    if (domain.empty() || domain.size() > kMostDomainBytes) {
        return false;
    }
    while (true) {
        const auto dot = domain.find('.');
        if (!isLabel(domain.substr(0, dot))) {
            return false;
        }
        if (dot == std::string_view::npos) {
            return true;
        }
        domain.remove_prefix(dot + 1);
    }
}

Status requireTogether(
    bool certificate,
    bool key,
    std::string_view section,
    std::string_view certificateName,
    std::string_view keyName) {
    if (certificate == key) {
        return okStatus();
    }
    return invalidArgument(
        "{0}.{1} and {0}.{2} belong together: give {0}.{3} too",
        section,
        certificateName,
        keyName,
        certificate ? keyName : certificateName);
}

Status validatePassword(const PasswordOptions& options, std::string_view section) {
    if (options.username.empty() && !options.password.empty()) {
        return invalidArgument("{0}.password without a user: give {0}.username too", section);
    }
    if (std::ranges::any_of(options.username, isControl)) {
        return invalidArgument("{}.username has control characters", section);
    }
    return okStatus();
}

/// IFNAMSIZ of Linux without the closing zero; a '+' leaves room for three digits.
Status validateInterfaceName(std::string_view name) {
    constexpr std::size_t kMostBytes = 15;
    constexpr std::size_t kMostDigits = 3;
    const bool numbered = name.ends_with('+');
    const auto stem = numbered ? name.substr(0, name.size() - 1) : name;
    const bool plain = std::ranges::all_of(stem, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
               || c == '-' || c == '_' || c == '.';
    });
    if (stem.empty() || !plain || stem.front() == '.' || stem.front() == '-'
        || stem.size() > (numbered ? kMostBytes - kMostDigits : kMostBytes)) {
        return invalidArgument(
            "wireguard.interface-name: \"{}\" is no name of an interface: write weft0, or weft+ "
            "for the first free number",
            base::escapeForLine(name, 80));
    }
    return okStatus();
}

}  // namespace

Status validateNodeId(std::string_view id) {
    constexpr std::array<std::string_view, 6> kReserved = {
        "self", "local", "localhost", "leader", "voters", "observers"};
    if (id.empty() || id.size() > kMostIdBytes) {
        return invalidArgument("a node id has 1 to {} bytes", kMostIdBytes);
    }
    if (!base::isUtf8(id) || std::ranges::any_of(id, isControl)
        || id.find_first_of(R"(/\:*?"'<>|,)") != std::string_view::npos) {
        return invalidArgument(
            R"("{}" is no node id: it must not have / \ : * ? " ' < > | , or control characters)",
            base::escapeForLine(id, 80));
    }
    if (std::ranges::find(kReserved, id) != kReserved.end()) {
        return invalidArgument("\"{}\" is a reserved word: choose another node id", id);
    }
    return okStatus();
}

Status GlobalOptions::validate() const {
    constexpr std::array<std::string_view, 6> kLevels = {
        "trace", "debug", "info", "warn", "error", "off"};
    if (std::ranges::find(kLevels, logLevel) == kLevels.end()) {
        return invalidArgument(
            "global.log-level: \"{}\" is not trace, debug, info, warn, error or off",
            base::escapeForLine(logLevel, 80));
    }
    if (insecure && mtls) {
        return invalidArgument(
            "global.insecure and global.mtls exclude each other: remove one of them");
    }
    if (mtls && (tlsCertFile.empty() || tlsKeyFile.empty())) {
        return invalidArgument(
            "global.mtls needs a certificate: give global.tls-cert-file and global.tls-key-file");
    }
    if (disableIpv4 && disableIpv6) {
        return invalidArgument(
            "global.disable-ipv4 and global.disable-ipv6 leave no addresses: remove one of them");
    }
    return requireTogether(
        !tlsCertFile.empty(), !tlsKeyFile.empty(), "global", "tls-cert-file", "tls-key-file");
}

Status BootstrapOptions::validate() const {
    // A /30 leaves two addresses: the first node and one more.
    constexpr int kLongest = 30;
    constexpr int kShortest = 8;
    if (!ipv4Network.address().isV4() || ipv4Network.length() < kShortest
        || ipv4Network.length() > kLongest) {
        return invalidArgument(
            "bootstrap.ipv4-network: {} is not an IPv4 network from /{} to /{}",
            ipv4Network.toString(),
            kShortest,
            kLongest);
    }
    WEFT_RETURN_IF_ERROR(annotate(net::checkNetwork(ipv4Network), "bootstrap.ipv4-network"));
    if (!isDomain(meshDomain)) {
        return invalidArgument(
            "bootstrap.mesh-domain: \"{}\" is not a DNS domain: write mesh.internal",
            base::escapeForLine(meshDomain, 80));
    }
    return admin.empty() ? okStatus() : annotate(validateNodeId(admin), "bootstrap.admin");
}

bool MtlsOptions::configured() const {
    return !certFile.empty() || !certData.empty();
}

Status MtlsOptions::validate() const {
    return requireTogether(
        configured(), !keyFile.empty() || !keyData.empty(), "auth.mtls", "cert-file", "key-file");
}

Status AuthOptions::validate() const {
    WEFT_RETURN_IF_ERROR(mtls.validate());
    WEFT_RETURN_IF_ERROR(validatePassword(basic, "auth.basic"));
    WEFT_RETURN_IF_ERROR(validatePassword(ldap, "auth.ldap"));
    if (basic.configured() && ldap.configured()) {
        return invalidArgument("auth.basic and auth.ldap exclude each other: remove one of them");
    }
    return okStatus();
}

Status MeshOptions::validate() const {
    if (!nodeId.empty()) {
        WEFT_RETURN_IF_ERROR(annotate(validateNodeId(nodeId), "mesh.node-id"));
    }
    if (zoneAwarenessId.size() > kMostZoneBytes || !base::isUtf8(zoneAwarenessId)
        || std::ranges::any_of(zoneAwarenessId, isControl)) {
        return invalidArgument(
            "mesh.zone-awareness-id has at most {} bytes of plain text", kMostZoneBytes);
    }
    for (const net::HostPort& address : joinAddresses) {
        if (address.host.empty() || address.port == 0) {
            return invalidArgument(
                "mesh.join-address: \"{}\" names no host and port: write node.example:8443",
                base::escapeForLine(address.toString(), 80));
        }
    }
    for (const net::IpPrefix& route : routes) {
        WEFT_RETURN_IF_ERROR(annotate(net::checkNetwork(route), "mesh.routes"));
    }
    for (const net::IpPrefix& route : agreedRoutes) {
        WEFT_RETURN_IF_ERROR(annotate(net::checkNetwork(route), "mesh.agreed-routes"));
    }
    if (agreedRoutes.size() > kMostAgreedRoutes) {
        return invalidArgument(
            "mesh.agreed-routes: {} networks are given, and {} are the most",
            agreedRoutes.size(),
            kMostAgreedRoutes);
    }
    if (requestVote && requestObserver) {
        return invalidArgument(
            "mesh.request-vote and mesh.request-observer exclude each other: remove one of them");
    }
    if (disableIpv4 && disableIpv6) {
        return invalidArgument(
            "mesh.disable-ipv4 and mesh.disable-ipv6 leave no addresses: remove one of them");
    }
    return okStatus();
}

StorageProvider StorageOptions::effectiveProvider() const {
    return inMemory && provider == StorageProvider::Sqlite ? StorageProvider::Memory : provider;
}

Status StorageOptions::validate() const {
    return okStatus();
}

Status LdapOptions::validate() const {
    if (server.empty()
        && (!bindDn.empty() || !bindPassword.empty() || !caFile.empty() || !userBaseDn.empty()
            || !nodeIdAttribute.empty() || !userStatusAttribute.empty()
            || !userDisabledValue.empty())) {
        return invalidArgument(
            "services.api.ldap has settings and no directory: give services.api.ldap.server too");
    }
    if (!server.empty() && userBaseDn.empty()) {
        return invalidArgument(
            "services.api.ldap.server needs to know below what the users are: give "
            "services.api.ldap.user-base-dn");
    }
    return okStatus();
}

Status ApiOptions::validate() const {
    WEFT_RETURN_IF_ERROR(ldap.validate());
    WEFT_RETURN_IF_ERROR(requireTogether(
        !tlsCertFile.empty() || !tlsCertData.empty(),
        !tlsKeyFile.empty() || !tlsKeyData.empty(),
        "services.api",
        "tls-cert-file",
        "tls-key-file"));
    if (insecure && !clientCaFile.empty()) {
        return invalidArgument(
            "services.api.insecure asks nobody for a certificate, services.api.client-ca-file "
            "does: remove one of them");
    }
    if (insecure && checksPasswords()) {
        return invalidArgument(
            "services.api.insecure would take passwords readable by everybody on the way: remove "
            "it, or services.api.htpasswd-file and services.api.ldap");
    }
    return okStatus();
}

Status MetricsOptions::validate() const {
    if (!path.starts_with('/') || std::ranges::any_of(path, isControl)
        || path.find_first_of(" ?#") != std::string::npos) {
        return invalidArgument(
            "services.metrics.path: \"{}\" is not a path: write /metrics",
            base::escapeForLine(path, 80));
    }
    return okStatus();
}

Status MeshDnsOptions::validate() const {
    for (const auto& [key, listen] :
         {std::pair("listen-udp", &listenUdp), {"listen-tcp", &listenTcp}}) {
        const auto address = net::IpAddress::parse(listen->host);
        const bool isAny = listen->host.empty() || (address.ok() && address->isUnspecified());
        if (!isAny || listen->port == 0) {
            return invalidArgument(
                "services.meshdns.{}: {} chooses an address; names are served at the addresses in "
                "the mesh alone, so give a port as in [::]:53",
                key,
                base::escapeForLine(listen->toString()));
        }
    }
    for (const auto& forwarder : forwarders) {
        if (forwarder.address.isUnspecified() || forwarder.address.isMulticast()) {
            return invalidArgument(
                "services.meshdns.forwarders: {} is not an address of a server",
                forwarder.toString());
        }
    }
    constexpr std::chrono::seconds kLongestTimeout{30};
    if (requestTimeout <= Duration::zero() || requestTimeout > kLongestTimeout) {
        return invalidArgument(
            "services.meshdns.request-timeout: write a time from 1ms to {}s",
            kLongestTimeout.count());
    }
    return okStatus();
}

Status ServicesOptions::validate() const {
    WEFT_RETURN_IF_ERROR(api.validate());
    WEFT_RETURN_IF_ERROR(meshdns.validate());
    return metrics.validate();
}

Status TlsOptions::validate() const {
    return okStatus();
}

Status WireGuardOptions::validate() const {
    for (const net::Endpoint& endpoint : endpoints) {
        if (endpoint.address.isUnspecified() || endpoint.address.isMulticast()) {
            return invalidArgument(
                "wireguard.endpoints: {} is not an address of a host", endpoint.toString());
        }
    }
    WEFT_RETURN_IF_ERROR(validateInterfaceName(interfaceName));
    constexpr std::chrono::seconds kLongestKeepalive{65535};
    if (persistentKeepalive > kLongestKeepalive
        || persistentKeepalive % std::chrono::seconds(1) != Duration::zero()) {
        return invalidArgument(
            "wireguard.persistent-keepalive: {} is not a whole number of seconds up to {}",
            formatDuration(persistentKeepalive),
            kLongestKeepalive.count());
    }
    return okStatus();
}

std::chrono::seconds WireGuardOptions::effectiveKeepalive() const {
    return persistentKeepalive == Duration::zero()
               ? kDefaultKeepalive
               : std::chrono::duration_cast<std::chrono::seconds>(persistentKeepalive);
}

Status WeftOptions::validate() const {
    // sun_path of Linux, with the closing zero.
    constexpr std::size_t kMostSocketBytes = 107;
    if (!stateDir.is_absolute()) {
        return invalidArgument(
            "weft.state-dir: \"{}\" is not an absolute path: write /var/lib/weft",
            base::escapeForLine(stateDir.string(), 80));
    }
    if (!localSocket.is_absolute() || localSocket.string().size() > kMostSocketBytes) {
        return invalidArgument(
            "weft.local-socket: \"{}\" is not an absolute path of at most {} bytes: write "
            "/run/weft/weft.sock",
            base::escapeForLine(localSocket.string(), 120),
            kMostSocketBytes);
    }
    if (connectTimeout <= Duration::zero() || connectTimeout > std::chrono::hours(1)) {
        return invalidArgument("weft.connect-timeout: give more than 0s and at most 1h");
    }
    if (shutdownTimeout < Duration::zero() || shutdownTimeout > std::chrono::minutes(10)) {
        return invalidArgument("weft.shutdown-timeout: give at most 10m");
    }
    return okStatus();
}

std::filesystem::path NodeOptions::storagePath() const {
    return storage.path.empty() ? weft.stateDir / "store" : storage.path;
}

Status NodeOptions::validate() const {
    WEFT_RETURN_IF_ERROR(global.validate());
    WEFT_RETURN_IF_ERROR(bootstrap.validate());
    WEFT_RETURN_IF_ERROR(auth.validate());
    WEFT_RETURN_IF_ERROR(mesh.validate());
    WEFT_RETURN_IF_ERROR(storage.validate());
    WEFT_RETURN_IF_ERROR(services.validate());
    WEFT_RETURN_IF_ERROR(tls.validate());
    WEFT_RETURN_IF_ERROR(wireguard.validate());
    WEFT_RETURN_IF_ERROR(weft.validate());
    if (bootstrap.enabled && storage.provider == StorageProvider::Passthrough) {
        return invalidArgument(
            "bootstrap.enabled stores a mesh and storage.provider=passthrough stores none: remove "
            "one of them");
    }
    if (tls.insecure && (auth.basic.configured() || auth.ldap.configured())) {
        return invalidArgument(
            "tls.insecure would send the password of auth readable by everybody on the way: remove "
            "one of them");
    }
    return okStatus();
}

}  // namespace weft::config
