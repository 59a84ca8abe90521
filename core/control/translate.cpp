// SPDX-License-Identifier: Apache-2.0
#include "core/control/translate.h"

#include "core/control/detail/timestamps.h"
#include "core/control/translate_policy_tests.h"

#include <google/protobuf/timestamp.pb.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace weft::control {
namespace {

namespace local = weft::local::v1;
using detail::time;

template <typename Strings>
std::vector<std::string> strings(const Strings& list) {
    return {list.begin(), list.end()};
}

api::TlsMode tlsMode(local::Profile::TlsMode mode) {
    switch (mode) {
    case local::Profile::TLS_MODE_SERVER_ONLY:
        return api::TlsMode::ServerOnly;
    case local::Profile::TLS_MODE_INSECURE:
        return api::TlsMode::Insecure;
    default:
        return api::TlsMode::Mutual;
    }
}

local::Profile::TlsMode tlsMode(api::TlsMode mode) {
    switch (mode) {
    case api::TlsMode::ServerOnly:
        return local::Profile::TLS_MODE_SERVER_ONLY;
    case api::TlsMode::Insecure:
        return local::Profile::TLS_MODE_INSECURE;
    case api::TlsMode::Mutual:
        break;
    }
    return local::Profile::TLS_MODE_MUTUAL;
}

api::RouteState routeState(local::Route::State state) {
    switch (state) {
    case local::Route::STATE_IN_USE:
        return api::RouteState::InUse;
    case local::Route::STATE_ASKED:
        return api::RouteState::Asked;
    case local::Route::STATE_REFUSED:
        return api::RouteState::Refused;
    case local::Route::STATE_KEY_CHANGED:
        return api::RouteState::KeyChanged;
    case local::Route::STATE_OVERLAPS:
        return api::RouteState::Overlaps;
    case local::Route::STATE_UNUSED:
        return api::RouteState::Unused;
    case local::Route::STATE_OFFERED:
        return api::RouteState::Offered;
    case local::Route::STATE_NOT_OFFERED:
        return api::RouteState::NotOffered;
    default:
        return api::RouteState::Unknown;
    }
}

api::ConnectionState connectionState(local::Connection::State state) {
    switch (state) {
    case local::Connection::STATE_CONNECTING:
        return api::ConnectionState::Connecting;
    case local::Connection::STATE_CONNECTED:
        return api::ConnectionState::Connected;
    case local::Connection::STATE_DEGRADED:
        return api::ConnectionState::Degraded;
    case local::Connection::STATE_RECONNECTING:
        return api::ConnectionState::Reconnecting;
    case local::Connection::STATE_FAILED:
        return api::ConnectionState::Failed;
    case local::Connection::STATE_DISCONNECTING:
        return api::ConnectionState::Disconnecting;
    default:
        return api::ConnectionState::Off;
    }
}

api::ClusterStatus clusterStatus(::v1::ClusterStatus status) {
    switch (status) {
    case ::v1::CLUSTER_LEADER:
        return api::ClusterStatus::Leader;
    case ::v1::CLUSTER_VOTER:
        return api::ClusterStatus::Voter;
    case ::v1::CLUSTER_OBSERVER:
        return api::ClusterStatus::Observer;
    case ::v1::CLUSTER_NODE:
        return api::ClusterStatus::Node;
    default:
        return api::ClusterStatus::Unknown;
    }
}

api::Severity severity(local::Problem::Severity severity) {
    switch (severity) {
    case local::Problem::SEVERITY_ERROR:
        return api::Severity::Error;
    case local::Problem::SEVERITY_WARN:
        return api::Severity::Warn;
    default:
        return api::Severity::Info;
    }
}

api::InvitationState invitationState(weft::mesh::v1::Invitation::State state) {
    switch (state) {
    case weft::mesh::v1::Invitation::STATE_USED:
        return api::InvitationState::Used;
    case weft::mesh::v1::Invitation::STATE_REVOKED:
        return api::InvitationState::Revoked;
    case weft::mesh::v1::Invitation::STATE_EXPIRED:
        return api::InvitationState::Expired;
    default:
        return api::InvitationState::Open;
    }
}

api::Grade grade(local::Grade grade) {
    switch (grade) {
    case local::GRADE_OBSERVE:
        return api::Grade::Observe;
    case local::GRADE_OPERATE:
        return api::Grade::Operate;
    case local::GRADE_ADMINISTER:
        return api::Grade::Administer;
    default:
        return api::Grade::None;
    }
}

std::optional<api::Freshness> freshness(local::Liveness liveness) {
    switch (liveness) {
    case local::LIVENESS_NEVER:
        return api::Freshness::Never;
    case local::LIVENESS_FRESH:
        return api::Freshness::Fresh;
    case local::LIVENESS_STALE:
        return api::Freshness::Stale;
    case local::LIVENESS_GONE:
        return api::Freshness::Gone;
    default:
        return std::nullopt;
    }
}

api::PeerTunnel fromProto(const local::TunnelPeer& message) {
    api::PeerTunnel tunnel;
    tunnel.endpoint = message.endpoint();
    tunnel.path = message.path();
    tunnel.lastHandshake = time(message.has_last_handshake(), message.last_handshake());
    tunnel.receivedBytes = message.receive_bytes();
    tunnel.sentBytes = message.transmit_bytes();
    tunnel.handshakes = message.handshakes();
    tunnel.rekeys = message.rekeys();
    tunnel.keepalive = std::chrono::seconds(message.keepalive_seconds());
    tunnel.allowedIps = strings(message.allowed_ips());
    for (const auto& drops : message.drops()) {
        tunnel.drops.push_back({drops.reason(), drops.packets()});
    }
    for (const auto& candidate : message.candidates()) {
        tunnel.candidates.push_back({candidate.endpoint(), candidate.in_use()});
    }
    return tunnel;
}

/// "KIND_DIRECT" without its prefix, in lower case; empty for what is unspecified or not known.
std::string wordOf(std::string_view name, std::string_view prefix) {
    if (!name.starts_with(prefix) || name.ends_with("_UNSPECIFIED")) {
        return {};
    }
    std::string text(name.substr(prefix.size()));
    std::ranges::transform(text, text.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    return text;
}

api::PeerWay fromProto(const local::PeerWay& message) {
    return {
        .kind = wordOf(local::PeerWay::Kind_Name(message.kind()), "KIND_"),
        .reason = wordOf(weft::mesh::v1::RelayReason_Name(message.reason()), "RELAY_REASON_"),
        .text = message.text(),
        .remedy = message.remedy()};
}

}  // namespace

api::CheckState fromProto(local::CheckItem::State state) {
    switch (state) {
    case local::CheckItem::STATE_OK:
        return api::CheckState::Ok;
    case local::CheckItem::STATE_WARN:
        return api::CheckState::Warn;
    case local::CheckItem::STATE_FAILED:
        return api::CheckState::Failed;
    case local::CheckItem::STATE_OFF:
        return api::CheckState::Off;
    default:
        return api::CheckState::Pending;
    }
}

api::Problem fromProto(const local::Problem& message) {
    return {severity(message.severity()), message.text(), message.remedy()};
}

api::Capabilities fromProto(const local::Capabilities& message) {
    return {
        .version = message.version(),
        .grade = grade(message.grade()),
        .features = strings(message.features()),
        .defaultNodeId = message.default_node_id(),
        .keepsSecrets = message.keeps_secrets(),
        .hasLocalApi = true};
}

api::Profile fromProto(const local::Profile& message) {
    return {
        .id = api::ProfileId(message.id()),
        .name = message.name(),
        .kind = message.kind() == local::Profile::KIND_FOUNDER ? api::ProfileKind::Founder
                                                               : api::ProfileKind::Member,
        .nodeId = message.node_id(),
        .joinAddresses = strings(message.join_addresses()),
        .tlsMode = tlsMode(message.tls_mode()),
        .autoConnect = message.auto_connect(),
        .acceptDns = message.accept_dns(),
        .meshDomain = message.mesh_domain(),
        .meshIdentity = message.mesh_identity(),
        .listenAddress = message.listen_address(),
        .endpoints = strings(message.endpoints()),
        .zone = message.zone(),
        .lockdown = message.lockdown()};
}

api::MeshRoute fromProto(const local::Route& message) {
    return {
        .cidr = message.cidr(),
        .nodeId = message.node_id(),
        .state = routeState(message.state()),
        .text = message.text(),
        .isDefault = message.is_default(),
        .needsConsent = message.needs_consent(),
        .publicKey = message.public_key()};
}

api::Connection fromProto(const local::Connection& message) {
    api::Connection connection;
    connection.profileId = api::ProfileId(message.profile_id());
    connection.state = connectionState(message.state());
    connection.step = {message.step().number(), message.step().count(), message.step().text()};
    if (message.has_failure()) {
        connection.failure = fromProto(message.failure());
    }
    connection.since = time(message.has_since(), message.since());
    connection.retryAt = time(message.has_retry_at(), message.retry_at());
    connection.nodeId = message.node_id();
    connection.publicKey = message.public_key();
    connection.meshDomain = message.mesh_domain();
    connection.meshIdentity = message.mesh_identity();
    connection.addressIpv4 = message.address_ipv4();
    connection.addressIpv6 = message.address_ipv6();
    connection.networkIpv4 = message.network_ipv4();
    connection.networkIpv6 = message.network_ipv6();
    connection.clusterStatus = clusterStatus(message.cluster_status());
    connection.leader = message.leader();
    connection.peerCount = message.peer_count();
    connection.certificateExpiresAt =
        time(message.has_certificate_expires_at(), message.certificate_expires_at());
    for (const auto& item : message.checklist()) {
        connection.checklist.push_back(
            {item.id(),
             fromProto(item.state()),
             item.text(),
             time(item.has_since(), item.since())});
    }
    for (const auto& item : message.problems()) {
        connection.problems.push_back(fromProto(item));
    }
    connection.weftMesh = message.weft_mesh();
    connection.listenAddress = message.listen_address();
    connection.isAdmin = message.is_admin();
    connection.policyChanges = message.policy_changes();
    if (message.has_policy_tests()) {
        connection.policyTests = fromProto(message.policy_tests());
    }
    if (message.has_tunnel()) {
        const auto& tunnel = message.tunnel();
        connection.tunnel = {
            tunnel.interface_name(),
            static_cast<std::uint16_t>(tunnel.listen_port()),
            tunnel.mtu()};
    }
    return connection;
}

api::DaemonState fromProto(const local::DaemonState& message) {
    api::DaemonState state;
    state.revision = message.revision();
    for (const auto& profile : message.profiles()) {
        state.profiles.push_back(fromProto(profile));
    }
    for (const auto& connection : message.connections()) {
        state.connections.push_back(fromProto(connection));
    }
    state.defaultProfile = api::ProfileId(message.default_profile_id());
    return state;
}

api::CodePreview fromProto(const local::CodePreview& message) {
    return {
        .addresses = strings(message.addresses()),
        .authorityFingerprint = message.authority_fingerprint(),
        .expiresAt = time(message.has_expires_at(), message.expires_at()),
        .expired = message.expired(),
        .invitationId = message.invitation_id()};
}

api::Peer fromProto(const local::Peer& message) {
    const auto& node = message.node();
    api::Peer peer;
    peer.id = node.id();
    peer.publicKey = node.public_key();
    peer.primaryEndpoint = node.primary_endpoint();
    peer.wireguardEndpoints = strings(node.wireguard_endpoints());
    peer.zone = node.zone_awareness_id();
    peer.addressIpv4 = node.private_ipv4();
    peer.addressIpv6 = node.private_ipv6();
    for (const auto& feature : node.features()) {
        const auto& name = ::v1::Feature_Name(feature.feature());
        peer.features.push_back(
            {name.empty() ? std::to_string(static_cast<int>(feature.feature())) : name,
             feature.port()});
    }
    peer.joinedAt = time(node.has_joined_at(), node.joined_at());
    peer.clusterStatus = clusterStatus(message.cluster_status());
    peer.isSelf = message.is_self();
    peer.isNeighbour = message.is_neighbour();
    peer.neighbourCount = message.neighbour_count();
    if (message.has_tunnel()) {
        peer.tunnel = fromProto(message.tunnel());
    }
    peer.liveness = freshness(message.liveness());
    if (message.has_way()) {
        peer.way = fromProto(message.way());
    }
    return peer;
}

api::PeersUpdate fromProto(const local::PeersUpdate& message) {
    api::PeersUpdate update;
    update.reset = message.reset();
    update.changed.reserve(static_cast<std::size_t>(message.changed_size()));
    for (const auto& peer : message.changed()) {
        update.changed.push_back(fromProto(peer));
    }
    update.removedIds = strings(message.removed_ids());
    update.complete = message.complete();
    return update;
}

api::Graph fromProto(const ::v1::MeshGraph& message) {
    api::Graph graph;
    graph.nodes = strings(message.nodes());
    for (const auto& edge : message.edges()) {
        graph.edges.push_back({edge.source(), edge.target(), edge.weight()});
    }
    graph.dot = message.dot();
    return graph;
}

api::Invitation fromProto(const weft::mesh::v1::Invitation& message) {
    return {
        .id = message.id(),
        .nodeId = message.node_id(),
        .note = message.note(),
        .createdAt = time(message.has_created_at(), message.created_at()),
        .expiresAt = time(message.has_expires_at(), message.expires_at()),
        .createdBy = message.created_by(),
        .state = invitationState(message.state()),
        .usedBy = message.used_by(),
        .usedAt = time(message.has_used_at(), message.used_at())};
}

std::vector<api::InterfaceMetrics> fromProto(const ::v1::MetricsResponse& message) {
    std::vector<api::InterfaceMetrics> metrics;
    for (const auto& [name, figures] : message.interfaces()) {
        metrics.push_back(
            {.deviceName = name,
             .publicKey = figures.public_key(),
             .addressIpv4 = figures.address_v4(),
             .addressIpv6 = figures.address_v6(),
             .type = figures.type(),
             .listenPort = figures.listen_port(),
             .receivedBytes = figures.total_receive_bytes(),
             .sentBytes = figures.total_transmit_bytes(),
             .peerCount = figures.num_peers()});
    }
    return metrics;
}

local::Profile toProto(const api::Profile& profile) {
    local::Profile message;
    message.set_id(profile.id.value());
    message.set_name(profile.name);
    message.set_kind(
        profile.kind == api::ProfileKind::Founder ? local::Profile::KIND_FOUNDER
                                                  : local::Profile::KIND_MEMBER);
    message.set_node_id(profile.nodeId);
    message.mutable_join_addresses()->Assign(
        profile.joinAddresses.begin(), profile.joinAddresses.end());
    message.set_tls_mode(tlsMode(profile.tlsMode));
    message.set_auto_connect(profile.autoConnect);
    message.set_accept_dns(profile.acceptDns);
    message.set_mesh_domain(profile.meshDomain);
    message.set_mesh_identity(profile.meshIdentity);
    message.set_listen_address(profile.listenAddress);
    message.mutable_endpoints()->Assign(profile.endpoints.begin(), profile.endpoints.end());
    message.set_zone(profile.zone);
    message.set_lockdown(profile.lockdown);
    return message;
}

local::SetRouteConsentRequest::Answer toProto(api::RouteAnswer answer) {
    switch (answer) {
    case api::RouteAnswer::Agree:
        return local::SetRouteConsentRequest::ANSWER_AGREE;
    case api::RouteAnswer::Refuse:
        return local::SetRouteConsentRequest::ANSWER_REFUSE;
    case api::RouteAnswer::Forget:
        break;
    }
    return local::SetRouteConsentRequest::ANSWER_FORGET;
}

local::CreateMeshRequest toProto(const api::CreateMeshParams& params) {
    local::CreateMeshRequest message;
    message.set_name(params.name);
    message.set_domain(params.domain);
    message.set_node_id(params.nodeId);
    message.set_ipv4_network(params.ipv4Network);
    message.set_disable_ipv4(params.disableIpv4);
    message.set_default_deny(params.defaultDeny);
    message.set_listen_address(params.listenAddress);
    message.mutable_endpoints()->Assign(params.endpoints.begin(), params.endpoints.end());
    message.set_tls_mode(tlsMode(params.tlsMode));
    return message;
}

local::JoinWithCodeRequest toProto(const api::JoinWithCodeParams& params) {
    local::JoinWithCodeRequest message;
    message.set_code(params.code);
    message.set_node_id(params.nodeId);
    message.set_name(params.name);
    message.mutable_endpoints()->Assign(params.endpoints.begin(), params.endpoints.end());
    return message;
}

api::DaemonState stateFromStatus(const ::v1::StatusResponse& status) {
    api::Profile profile;
    profile.id = api::ProfileId(kLegacyProfileId);
    profile.name = kLegacyProfileId;
    api::Connection connection;
    connection.profileId = profile.id;
    if (status.has_node() || status.connection_status() == ::v1::StatusResponse::CONNECTED) {
        connection.state = api::ConnectionState::Connected;
    } else if (status.connection_status() == ::v1::StatusResponse::CONNECTING) {
        connection.state = api::ConnectionState::Connecting;
    }
    connection.nodeId = status.node().id();
    connection.publicKey = status.node().public_key();
    connection.addressIpv4 = status.node().private_ipv4();
    connection.addressIpv6 = status.node().private_ipv6();
    profile.nodeId = connection.nodeId;
    api::DaemonState state;
    state.profiles.push_back(std::move(profile));
    state.connections.push_back(std::move(connection));
    state.defaultProfile = api::ProfileId(kLegacyProfileId);
    return state;
}

}  // namespace weft::control
