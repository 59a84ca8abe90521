// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/connection_spec.h"

#include "core/base/text.h"
#include "core/net/endpoint.h"
#include "core/net/ip_address.h"
#include "core/net/network.h"
#include "core/storage/registry/records.h"

#include <algorithm>
#include <utility>

namespace weft::daemon {
namespace {

namespace local = weft::local::v1;

constexpr std::size_t kMaxNameBytes = 253;
constexpr int kMaxEndpoints = 16;
constexpr std::size_t kMaxLabelBytes = 63;
constexpr std::uint16_t kDefaultPort = 8443;

/// Lower-case letters and digits; everything else becomes one '-', none at the ends.
std::string slug(std::string_view text, std::size_t most) {
    std::string result;
    for (const char c : text) {
        const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        const bool kept = (lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9');
        if (kept) {
            result += lower;
        } else if (!result.empty() && result.back() != '-') {
            result += '-';
        }
        if (result.size() == most) {
            break;
        }
    }
    while (!result.empty() && result.back() == '-') {
        result.pop_back();
    }
    return result;
}

Status validateText(std::string_view text, const char* field) {
    if (text.size() > kMaxNameBytes) {
        return invalidArgument("{} is longer than {} bytes", field, kMaxNameBytes);
    }
    if (base::displayText(text) != text) {
        return invalidArgument("{} has characters that cannot be shown", field);
    }
    return okStatus();
}

/// A DNS name of labels; the trailing dot is forgiven.
Status validateDomain(std::string_view domain) {
    if (domain.ends_with('.')) {
        domain.remove_suffix(1);
    }
    std::size_t start = 0;
    while (start <= domain.size()) {
        const auto end = std::min(domain.find('.', start), domain.size());
        const auto label = domain.substr(start, end - start);
        if (label.size() > kMaxLabelBytes || label.empty()
            || slug(label, kMaxLabelBytes) != label) {
            return invalidArgument(
                "\"{}\" is no domain: lower-case letters, digits and '-', in parts with dots "
                "between, such as home.internal",
                base::escapeForLine(domain));
        }
        start = end + 1;
    }
    return domain.size() <= kMaxNameBytes ? okStatus() : invalidArgument("the domain is too long");
}

template <typename Endpoints>
Status validateEndpoints(const Endpoints& endpoints) {
    if (endpoints.size() > kMaxEndpoints) {
        return invalidArgument("there are more than {} endpoints", kMaxEndpoints);
    }
    for (const auto& endpoint : endpoints) {
        const auto host = net::HostPort::parse(endpoint, kDefaultPort);
        if (!net::IpAddress::parse(endpoint).ok() && (!host.ok() || host->host.empty())) {
            return invalidArgument(
                "\"{}\" is neither an address nor a host name", base::escapeForLine(endpoint));
        }
    }
    return okStatus();
}

std::string withoutDot(std::string domain) {
    if (domain.ends_with('.')) {
        domain.pop_back();
    }
    return domain;
}

Status applyFounder(const StoredProfile& stored, ConnectionSpec& spec) {
    const auto& creation = stored.creation;
    auto& options = spec.options;
    options.bootstrap.enabled = true;
    options.bootstrap.meshDomain = withoutDot(stored.profile.mesh_domain());
    if (!creation.ipv4_network().empty()) {
        WEFT_ASSIGN_OR_RETURN(
            options.bootstrap.ipv4Network, net::IpPrefix::parse(creation.ipv4_network()));
    }
    options.mesh.disableIpv4 = creation.disable_ipv4();
    options.bootstrap.defaultNetworkPolicy =
        creation.default_deny() ? config::NetworkPolicy::Drop : config::NetworkPolicy::Accept;
    spec.steppingPort = stored.profile.listen_address().empty();
    if (!spec.steppingPort) {
        WEFT_ASSIGN_OR_RETURN(
            options.services.api.listenAddress,
            net::HostPort::parse(stored.profile.listen_address(), kDefaultPort));
    }
    options.services.api.insecure = spec.tlsMode == local::Profile::TLS_MODE_INSECURE;
    spec.ownAuthority = !options.services.api.insecure;
    return okStatus();
}

Status applyMember(const StoredProfile& stored, ConnectionSpec& spec) {
    auto& options = spec.options;
    for (const auto& address : stored.profile.join_addresses()) {
        WEFT_ASSIGN_OR_RETURN(auto parsed, net::HostPort::parse(address, kDefaultPort));
        options.mesh.joinAddresses.push_back(std::move(parsed));
    }
    if (options.mesh.joinAddresses.empty()) {
        return invalidArgument("the profile has no address to join at");
    }
    if (spec.tlsMode == local::Profile::TLS_MODE_INSECURE) {
        options.tls.insecure = true;
        return okStatus();
    }
    options.tls.caFile = spec.folder / kAuthorityFile;
    spec.enrolled = spec.tlsMode == local::Profile::TLS_MODE_MUTUAL;
    spec.meshDomain = stored.profile.mesh_domain();
    if (spec.tlsMode == local::Profile::TLS_MODE_MUTUAL) {
        options.auth.mtls.certFile = spec.folder / kCertificateFile;
        options.auth.mtls.keyFile = spec.folder / kCertificateKeyFile;
    }
    return okStatus();
}

/// Empty: a default is chosen.
Status validateListenAddress(const std::string& address) {
    return address.empty() ? okStatus() : net::HostPort::parse(address, kDefaultPort).status();
}

}  // namespace

StatusOr<ConnectionSpec> specOf(
    const StoredProfile& stored,
    const std::filesystem::path& folder,
    const config::NodeOptions& base,
    const SecretMap& secrets) {
    const auto& profile = stored.profile;
    ConnectionSpec spec;
    spec.profileId = profile.id();
    spec.kind = profile.kind();
    spec.folder = folder;
    spec.expectedIdentity = profile.mesh_identity();
    spec.tlsMode = profile.tls_mode();
    spec.endpoints = {profile.endpoints().begin(), profile.endpoints().end()};
    auto& options = spec.options;
    options.weft = base.weft;
    options.global.detectEndpoints = base.global.detectEndpoints;
    options.global.detectPrivateEndpoints = base.global.detectPrivateEndpoints;
    options.global.detectIpv6 = base.global.detectIpv6;
    options.mesh.nodeId = profile.node_id();
    // One interface has one name and one port: those that were meant exactly are the daemon's own.
    options.wireguard.mtu = base.wireguard.mtu;
    options.wireguard.persistentKeepalive = base.wireguard.persistentKeepalive;
    // Told of at one address, each mesh with its label.
    options.services.metrics = base.services.metrics;
    options.wireguard.recordMetrics = base.wireguard.recordMetrics;
    // Each mesh has addresses of its own to serve them at.
    options.services.meshdns = base.services.meshdns;
    options.mesh.useMeshDns = base.mesh.useMeshDns || profile.accept_dns();
    if (base.wireguard.interfaceName.ends_with('+')) {
        options.wireguard.interfaceName = base.wireguard.interfaceName;
    }
    options.mesh.routes = routesOf(base);
    if (!base.hasMeshSource()) {
        options.wireguard.listenPort = base.wireguard.listenPort;
        options.mesh.agreedRoutes = base.mesh.agreedRoutes;
    }
    spec.consents = {profile.agreed_routes().begin(), profile.agreed_routes().end()};
    spec.lockdown = profile.lockdown() || base.mesh.lockdown;
    options.mesh.zoneAwarenessId = profile.zone();
    options.wireguard.keyFile = folder / kNodeKeyFile;
    options.storage.path = folder / kDatabaseFile;
    if (const auto password = secrets.find("password"); password != secrets.end()) {
        const auto name = secrets.find("username");
        options.auth.basic.username =
            name == secrets.end() ? profile.node_id() : std::string(name->second.revealText());
        options.auth.basic.password = config::SharedSecret(password->second.revealText());
    }
    WEFT_RETURN_IF_ERROR(
        profile.kind() == local::Profile::KIND_FOUNDER ? applyFounder(stored, spec)
                                                       : applyMember(stored, spec));
    return spec;
}

ConnectionSpec specOf(const config::NodeOptions& options, const std::filesystem::path& folder) {
    const auto profile = profileOf(options);
    ConnectionSpec spec;
    spec.profileId = profile.id();
    spec.kind = profile.kind();
    spec.folder = folder;
    spec.options = options;
    spec.wireguardPortIsExplicit = options.origins.contains("wireguard.listen-port");
    spec.lockdown = options.mesh.lockdown;
    spec.tlsMode = profile.tls_mode();
    spec.endpoints = {profile.endpoints().begin(), profile.endpoints().end()};
    if (spec.options.wireguard.keyFile.empty()) {
        spec.options.wireguard.keyFile = folder / kNodeKeyFile;
    }
    if (spec.options.storage.path.empty()) {
        spec.options.storage.path = folder / kDatabaseFile;
    }
    const auto& api = options.services.api;
    const bool ownCertificate = api.tlsCertFile.empty() && api.tlsCertData.empty();
    spec.ownAuthority =
        spec.kind == local::Profile::KIND_FOUNDER && !api.insecure && ownCertificate;
    return spec;
}

std::vector<net::IpPrefix> routesOf(const config::NodeOptions& base) {
    return base.hasMeshSource() ? std::vector<net::IpPrefix>() : base.mesh.routes;
}

std::vector<net::IpPrefix> joinableRoutes(std::vector<net::IpPrefix> routes) {
    std::erase_if(routes, [](const net::IpPrefix& each) { return each.isDefaultRoute(); });
    return routes;
}

local::Profile profileOf(const config::NodeOptions& options) {
    local::Profile profile;
    profile.set_id(std::string(kDefaultProfileId));
    profile.set_name("From the configuration");
    profile.set_auto_connect(true);
    profile.set_accept_dns(options.mesh.useMeshDns);
    profile.set_node_id(options.mesh.nodeId);
    profile.set_zone(options.mesh.zoneAwarenessId);
    profile.set_lockdown(options.mesh.lockdown);
    if (options.mesh.primaryEndpoint) {
        profile.add_endpoints(options.mesh.primaryEndpoint->toString());
    }
    const auto& api = options.services.api;
    if (options.bootstrap.enabled) {
        profile.set_kind(local::Profile::KIND_FOUNDER);
        profile.set_mesh_domain(options.bootstrap.meshDomain);
        profile.set_listen_address(api.listenAddress.toString());
        const bool given = !api.tlsCertFile.empty() || !api.tlsCertData.empty();
        const bool asksForCertificates = !given || !api.clientCaFile.empty();
        profile.set_tls_mode(
            api.insecure          ? local::Profile::TLS_MODE_INSECURE
            : asksForCertificates ? local::Profile::TLS_MODE_MUTUAL
                                  : local::Profile::TLS_MODE_SERVER_ONLY);
        return profile;
    }
    profile.set_kind(local::Profile::KIND_MEMBER);
    for (const auto& address : options.mesh.joinAddresses) {
        profile.add_join_addresses(address.toString());
    }
    profile.set_tls_mode(
        options.tls.insecure             ? local::Profile::TLS_MODE_INSECURE
        : options.auth.mtls.configured() ? local::Profile::TLS_MODE_MUTUAL
                                         : local::Profile::TLS_MODE_SERVER_ONLY);
    return profile;
}

Status validateProfile(const local::Profile& profile) {
    WEFT_RETURN_IF_ERROR(validateText(profile.name(), "the name"));
    WEFT_RETURN_IF_ERROR(validateText(profile.zone(), "the zone"));
    WEFT_RETURN_IF_ERROR(storage::validateNodeId(profile.node_id()));
    WEFT_RETURN_IF_ERROR(validateEndpoints(profile.endpoints()));
    if (profile.kind() == local::Profile::KIND_FOUNDER) {
        WEFT_RETURN_IF_ERROR(validateListenAddress(profile.listen_address()));
        return validateDomain(profile.mesh_domain());
    }
    if (profile.join_addresses().empty() || profile.join_addresses_size() > kMaxJoinAddresses) {
        return invalidArgument("give 1 to {} addresses to join at", kMaxJoinAddresses);
    }
    for (const auto& address : profile.join_addresses()) {
        WEFT_RETURN_IF_ERROR(net::HostPort::parse(address, kDefaultPort).status());
    }
    return okStatus();
}

Status validateCreation(const local::CreateMeshRequest& request) {
    WEFT_RETURN_IF_ERROR(validateText(request.name(), "the name"));
    WEFT_RETURN_IF_ERROR(validateDomain(request.domain()));
    WEFT_RETURN_IF_ERROR(storage::validateNewNodeId(request.node_id()));
    WEFT_RETURN_IF_ERROR(validateEndpoints(request.endpoints()));
    WEFT_RETURN_IF_ERROR(validateListenAddress(request.listen_address()));
    if (request.ipv4_network().empty()) {
        return okStatus();
    }
    WEFT_ASSIGN_OR_RETURN(const auto network, net::parseNetwork(request.ipv4_network()));
    constexpr int kSmallestNetwork = 30;
    constexpr int kLargestNetwork = 8;
    if (network.family() != net::Family::V4 || network.length() < kLargestNetwork
        || network.length() > kSmallestNetwork) {
        return invalidArgument(
            "the IPv4 network must have a length from {} to {}", kLargestNetwork, kSmallestNetwork);
    }
    return okStatus();
}

std::string newProfileId(std::string_view name, const std::set<std::string>& taken) {
    constexpr std::size_t kRoomForNumber = 8;
    std::string stem = slug(name, kMaxProfileIdBytes - kRoomForNumber);
    if (stem.empty()) {
        stem = "mesh";
    }
    std::string id = stem;
    for (int number = 2; taken.contains(id) || id == kDefaultProfileId; ++number) {
        id = fmt::format("{}-{}", stem, number);
    }
    return id;
}

std::string nodeIdFromHostName(std::string_view hostName) {
    const auto id = slug(hostName.substr(0, hostName.find('.')), kMaxLabelBytes);
    return storage::validateNewNodeId(id).ok() ? id : "node";
}

}  // namespace weft::daemon
