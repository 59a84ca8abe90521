// SPDX-License-Identifier: Apache-2.0
#include "app/cli/wording.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace weft::cli {

std::string_view nameOf(api::ConnectionState state) {
    switch (state) {
    case api::ConnectionState::Off:
        return "off";
    case api::ConnectionState::Connecting:
        return "connecting";
    case api::ConnectionState::Connected:
        return "connected";
    case api::ConnectionState::Degraded:
        return "degraded";
    case api::ConnectionState::Reconnecting:
        return "reconnecting";
    case api::ConnectionState::Failed:
        return "failed";
    case api::ConnectionState::Disconnecting:
        return "disconnecting";
    }
    return "unknown";
}

std::string_view nameOf(api::CheckState state) {
    switch (state) {
    case api::CheckState::Ok:
        return "ok";
    case api::CheckState::Warn:
        return "warning";
    case api::CheckState::Failed:
        return "failed";
    case api::CheckState::Off:
        return "off";
    case api::CheckState::Pending:
        return "pending";
    }
    return "unknown";
}

std::string_view nameOf(api::ClusterStatus status) {
    switch (status) {
    case api::ClusterStatus::Unknown:
        return "unknown";
    case api::ClusterStatus::Leader:
        return "leader";
    case api::ClusterStatus::Voter:
        return "voter";
    case api::ClusterStatus::Observer:
        return "observer";
    case api::ClusterStatus::Node:
        return "node";
    }
    return "unknown";
}

std::string_view nameOf(api::InvitationState state) {
    switch (state) {
    case api::InvitationState::Open:
        return "open";
    case api::InvitationState::Used:
        return "used";
    case api::InvitationState::Revoked:
        return "revoked";
    case api::InvitationState::Expired:
        return "expired";
    }
    return "unknown";
}

std::string_view nameOf(api::ProfileKind kind) {
    return kind == api::ProfileKind::Founder ? "founder" : "member";
}

std::string_view nameOf(api::TlsMode mode) {
    switch (mode) {
    case api::TlsMode::Mutual:
        return "mutual";
    case api::TlsMode::ServerOnly:
        return "server-only";
    case api::TlsMode::Insecure:
        return "insecure";
    }
    return "unknown";
}

std::string_view nameOf(api::Severity severity) {
    switch (severity) {
    case api::Severity::Info:
        return "info";
    case api::Severity::Warn:
        return "warning";
    case api::Severity::Error:
        return "error";
    }
    return "unknown";
}

std::string_view nameOf(api::Grade grade) {
    switch (grade) {
    case api::Grade::None:
        return "none";
    case api::Grade::Observe:
        return "observe";
    case api::Grade::Operate:
        return "operate";
    case api::Grade::Administer:
        return "administer";
    }
    return "unknown";
}

std::string_view nameOf(api::Freshness freshness) {
    switch (freshness) {
    case api::Freshness::Never:
        return "never";
    case api::Freshness::Fresh:
        return "fresh";
    case api::Freshness::Stale:
        return "stale";
    case api::Freshness::Gone:
        return "gone";
    }
    return "unknown";
}

Tone toneOf(api::ConnectionState state) {
    switch (state) {
    case api::ConnectionState::Connected:
        return Tone::Good;
    case api::ConnectionState::Failed:
        return Tone::Bad;
    case api::ConnectionState::Off:
        return Tone::Muted;
    default:
        return Tone::Warning;
    }
}

Tone toneOf(api::CheckState state) {
    switch (state) {
    case api::CheckState::Ok:
        return Tone::Good;
    case api::CheckState::Warn:
        return Tone::Warning;
    case api::CheckState::Failed:
        return Tone::Bad;
    default:
        return Tone::Muted;
    }
}

std::string_view checkName(std::string_view id) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kNames = {{
        {"leader", "Leader"},
        {"address", "Addresses"},
        {"state", "State of the mesh"},
        {"certificate", "Certificate"},
        {"routes", "Routes"},
        {"tunnel", "Tunnel"},
        {"handshake", "Handshakes"},
        {"dns", "Names"},
        {"lockdown", "Lockdown"},
    }};
    const auto* found = std::ranges::find(kNames, id, [](const auto& row) { return row.first; });
    return found == kNames.end() ? id : found->second;
}

std::string counted(std::uint64_t count, std::string_view noun) {
    return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string shownDomain(std::string domain) {
    if (domain.ends_with('.')) {
        domain.pop_back();
    }
    return domain;
}

bool isInMesh(api::ConnectionState state) {
    return state == api::ConnectionState::Connected || state == api::ConnectionState::Degraded
           || state == api::ConnectionState::Reconnecting;
}

std::string sentences(const api::Problem& problem) {
    if (problem.remedy.empty()) {
        return problem.text;
    }
    const bool isSentence = problem.text.ends_with('.') || problem.text.empty();
    return problem.text + (isSentence ? " " : ". ") + problem.remedy;
}

namespace {

Document word(std::string_view text) {
    return Document(std::string(text));
}

Document describe(const api::Problem& problem) {
    return Document::Members{
        {"severity", word(nameOf(problem.severity))},
        {"text", problem.text},
        {"remedy", problem.remedy},
    };
}

Document describe(const api::CheckItem& item) {
    return Document::Members{
        {"id", item.id},
        {"state", word(nameOf(item.state))},
        {"text", item.text},
        {"since", timeDocument(item.since)},
    };
}

Document describe(const api::TunnelInterface& tunnel) {
    return Document::Members{
        {"interface", tunnel.name},
        {"listenPort", std::uint32_t{tunnel.listenPort}},
        {"mtu", tunnel.mtu},
    };
}

Document describe(const api::PeerTunnel& tunnel) {
    Document::Members drops;
    for (const api::Drops& drop : tunnel.drops) {
        drops.emplace_back(drop.reason, drop.packets);
    }
    Document::List candidates;
    for (const api::PeerCandidate& candidate : tunnel.candidates) {
        candidates.push_back(
            Document::Members{{"endpoint", candidate.endpoint}, {"inUse", candidate.isInUse}});
    }
    return Document::Members{
        {"endpoint", tunnel.endpoint},
        {"candidates", candidates},
        {"path", tunnel.path},
        {"lastHandshake", timeDocument(tunnel.lastHandshake)},
        {"receivedBytes", tunnel.receivedBytes},
        {"sentBytes", tunnel.sentBytes},
        {"handshakes", tunnel.handshakes},
        {"rekeys", tunnel.rekeys},
        {"keepaliveSeconds", static_cast<std::int64_t>(tunnel.keepalive.count())},
        {"allowedIps", Document::listOf(tunnel.allowedIps)},
        {"drops", drops},
    };
}

Document describe(const api::PeerWay& way) {
    return Document::Members{
        {"kind", way.kind},
        {"reason", way.reason},
        {"text", way.text},
        {"remedy", way.remedy},
    };
}

template <typename T>
Document describeAll(const std::vector<T>& values) {
    Document::List list;
    for (const T& value : values) {
        list.push_back(describe(value));
    }
    return list;
}

}  // namespace

Document describe(const api::Profile& profile) {
    return Document::Members{
        {"id", profile.id.value()},
        {"name", profile.name},
        {"kind", word(nameOf(profile.kind))},
        {"nodeId", profile.nodeId},
        {"joinAddresses", Document::listOf(profile.joinAddresses)},
        {"tlsMode", word(nameOf(profile.tlsMode))},
        {"autoConnect", profile.autoConnect},
        {"acceptDns", profile.acceptDns},
        {"meshDomain", profile.meshDomain},
        {"meshIdentity", profile.meshIdentity},
        {"listenAddress", profile.listenAddress},
        {"endpoints", Document::listOf(profile.endpoints)},
        {"zone", profile.zone},
        {"lockdown", profile.lockdown},
    };
}

std::string_view nameOf(api::RouteState state) {
    switch (state) {
    case api::RouteState::InUse:
        return "in use";
    case api::RouteState::Asked:
        return "asks for a yes";
    case api::RouteState::Refused:
        return "refused";
    case api::RouteState::KeyChanged:
        return "key changed";
    case api::RouteState::Overlaps:
        return "overlaps";
    case api::RouteState::Unused:
        return "not used";
    case api::RouteState::Offered:
        return "offered";
    case api::RouteState::NotOffered:
        return "not offered";
    case api::RouteState::Unknown:
        break;
    }
    return "unknown";
}

Document describe(const api::MeshRoute& route) {
    return Document::Members{
        {"cidr", route.cidr},
        {"node", route.nodeId},
        {"state", word(nameOf(route.state))},
        {"text", route.text},
        {"isDefault", route.isDefault},
        {"needsConsent", route.needsConsent},
        {"publicKey", route.publicKey},
    };
}

Document describe(const api::PolicyTestFigures& figures) {
    Document::List failing;
    for (const auto& each : figures.failing) {
        failing.push_back(Document::Members{{"name", each.name}, {"text", each.text}});
    }
    return Document::Members{
        {"passed", figures.passed},
        {"failed", figures.failed},
        {"at", timeDocument(figures.at)},
        {"failing", std::move(failing)}};
}

Document describe(const api::Connection& connection) {
    return Document::Members{
        {"profile", connection.profileId.value()},
        {"state", word(nameOf(connection.state))},
        {"step", connection.step.text},
        {"failure", connection.failure ? describe(*connection.failure) : Document()},
        {"since", timeDocument(connection.since)},
        {"retryAt", timeDocument(connection.retryAt)},
        {"nodeId", connection.nodeId},
        {"publicKey", connection.publicKey},
        {"meshDomain", connection.meshDomain},
        {"meshIdentity", connection.meshIdentity},
        {"addressIpv4", connection.addressIpv4},
        {"addressIpv6", connection.addressIpv6},
        {"networkIpv4", connection.networkIpv4},
        {"networkIpv6", connection.networkIpv6},
        {"clusterStatus", word(nameOf(connection.clusterStatus))},
        {"leader", connection.leader},
        {"peerCount", connection.peerCount},
        {"certificateExpiresAt", timeDocument(connection.certificateExpiresAt)},
        {"listenAddress", connection.listenAddress},
        {"isAdmin", connection.isAdmin},
        {"tunnel", connection.tunnel ? describe(*connection.tunnel) : Document()},
        {"policyTests", connection.policyTests ? describe(*connection.policyTests) : Document()},
        {"checklist", describeAll(connection.checklist)},
        {"problems", describeAll(connection.problems)},
    };
}

Document describe(const api::Peer& peer) {
    Document::List features;
    for (const api::Feature& feature : peer.features) {
        features.push_back(Document::Members{{"name", feature.name}, {"port", feature.port}});
    }
    return Document::Members{
        {"id", peer.id},
        {"publicKey", peer.publicKey},
        {"addressIpv4", peer.addressIpv4},
        {"addressIpv6", peer.addressIpv6},
        {"primaryEndpoint", peer.primaryEndpoint},
        {"wireguardEndpoints", Document::listOf(peer.wireguardEndpoints)},
        {"zone", peer.zone},
        {"features", features},
        {"joinedAt", timeDocument(peer.joinedAt)},
        {"clusterStatus", word(nameOf(peer.clusterStatus))},
        {"isSelf", peer.isSelf},
        {"isNeighbour", peer.isNeighbour},
        {"neighbourCount", peer.neighbourCount},
        {"liveness", peer.liveness ? word(nameOf(*peer.liveness)) : Document()},
        {"tunnel", peer.tunnel ? describe(*peer.tunnel) : Document()},
        {"way", peer.way ? describe(*peer.way) : Document()},
    };
}

Document describe(const api::Edge& edge) {
    return Document::Members{
        {"source", edge.source}, {"target", edge.target}, {"weight", edge.weight}};
}

Document describe(const api::Invitation& invitation) {
    return Document::Members{
        {"id", invitation.id},
        {"state", word(nameOf(invitation.state))},
        {"nodeId", invitation.nodeId},
        {"note", invitation.note},
        {"createdAt", timeDocument(invitation.createdAt)},
        {"createdBy", invitation.createdBy},
        {"expiresAt", timeDocument(invitation.expiresAt)},
        {"usedBy", invitation.usedBy},
        {"usedAt", timeDocument(invitation.usedAt)},
    };
}

Document describe(const api::CodePreview& preview) {
    return Document::Members{
        {"invitationId", preview.invitationId},
        {"addresses", Document::listOf(preview.addresses)},
        {"authorityFingerprint", preview.authorityFingerprint},
        {"expiresAt", timeDocument(preview.expiresAt)},
        {"expired", preview.expired},
    };
}

Document describe(const api::KeyValue& pair) {
    const bool isText = base::isUtf8(pair.value);
    return Document::Members{
        {"key", pair.key},
        {isText ? "value" : "valueBase64", isText ? pair.value : base::base64Encode(pair.value)},
    };
}

}  // namespace weft::cli
