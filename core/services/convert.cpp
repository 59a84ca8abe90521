// SPDX-License-Identifier: Apache-2.0
#include "core/services/convert.h"

#include "v1/members.pb.h"
#include "weft/mesh/v1/mesh.pb.h"

#include <google/protobuf/util/time_util.h>

namespace weft::services {

namespace {

using google::protobuf::RepeatedPtrField;

template <typename List>
std::vector<std::string> textsOf(const List& list) {
    return {list.begin(), list.end()};
}

Status checkCount(std::string_view field, int count, std::size_t most) {
    if (static_cast<std::size_t>(count) > most) {
        return invalidArgument("{}: {} elements, at most {} are taken", field, count, most);
    }
    return okStatus();
}

StatusOr<std::vector<net::IpPrefix>> routesOf(const RepeatedPtrField<std::string>& texts) {
    WEFT_RETURN_IF_ERROR(checkCount("routes", texts.size(), kMaxRoutesPerCall));
    std::vector<net::IpPrefix> routes;
    for (const auto& text : texts) {
        auto route = net::IpPrefix::parse(text);
        if (!route.ok()) {
            return annotate(route.status(), "routes");
        }
        routes.push_back(*route);
    }
    return routes;
}

std::vector<net::IpPrefix> lenientPrefixes(const RepeatedPtrField<std::string>& texts) {
    std::vector<net::IpPrefix> prefixes;
    for (const auto& text : texts) {
        if (auto prefix = net::IpPrefix::parse(text); prefix.ok()) {
            prefixes.push_back(*prefix);
        }
    }
    return prefixes;
}

template <typename List>
std::vector<storage::FeaturePort> featuresOf(const List& list) {
    std::vector<storage::FeaturePort> features;
    for (const auto& feature : list) {
        features.push_back({static_cast<std::int32_t>(feature.feature()), feature.port()});
    }
    return features;
}

template <typename Message>
void putFeatures(const std::vector<storage::FeaturePort>& features, Message* message) {
    for (const auto& feature : features) {
        auto* added = message->add_features();
        added->set_feature(static_cast<::v1::Feature>(feature.feature));
        added->set_port(feature.port);
    }
}

template <typename List>
void putTexts(const std::vector<std::string>& texts, List* list) {
    for (const auto& text : texts) {
        *list->Add() = text;
    }
}

void putPrefixes(const std::vector<net::IpPrefix>& prefixes, RepeatedPtrField<std::string>* list) {
    for (const auto& prefix : prefixes) {
        *list->Add() = prefix.toString();
    }
}

template <typename Message>
Status checkLists(const Message& request) {
    WEFT_RETURN_IF_ERROR(
        checkCount("wireguard_endpoints", request.wireguard_endpoints_size(), kMaxListPerCall));
    WEFT_RETURN_IF_ERROR(checkCount("features", request.features_size(), kMaxListPerCall));
    return checkCount("multiaddrs", request.multiaddrs_size(), kMaxListPerCall);
}

mesh::ConnectProtocol protocolOf(::v1::ConnectProtocol protocol) {
    switch (protocol) {
    case ::v1::CONNECT_ICE:
        return mesh::ConnectProtocol::Ice;
    case ::v1::CONNECT_LIBP2P:
        return mesh::ConnectProtocol::Libp2p;
    default:
        return mesh::ConnectProtocol::Native;
    }
}

::v1::ConnectProtocol toProto(mesh::ConnectProtocol protocol) {
    switch (protocol) {
    case mesh::ConnectProtocol::Ice:
        return ::v1::CONNECT_ICE;
    case mesh::ConnectProtocol::Libp2p:
        return ::v1::CONNECT_LIBP2P;
    case mesh::ConnectProtocol::Native:
        break;
    }
    return ::v1::CONNECT_NATIVE;
}

template <typename Message>
void putPeers(const mesh::PeerSet& peers, Message* message) {
    for (const auto& peer : peers.peers) {
        auto* added = message->add_peers();
        storage::toProto(peer.node, added->mutable_node());
        putPrefixes(peer.allowedIps, added->mutable_allowed_ips());
        putPrefixes(peer.allowedRoutes, added->mutable_allowed_routes());
        added->set_proto(toProto(peer.protocol));
    }
    putTexts(peers.iceServers, message->mutable_ice_servers());
    putTexts(peers.dnsServers, message->mutable_dns_servers());
}

template <typename Message>
mesh::PeerSet peersFrom(const Message& message) {
    mesh::PeerSet set;
    for (const auto& peer : message.peers()) {
        mesh::WireGuardPeer& added = set.peers.emplace_back();
        added.node = storage::fromProto(peer.node());
        added.allowedIps = lenientPrefixes(peer.allowed_ips());
        added.allowedRoutes = lenientPrefixes(peer.allowed_routes());
        added.protocol = protocolOf(peer.proto());
    }
    set.iceServers = textsOf(message.ice_servers());
    set.dnsServers = textsOf(message.dns_servers());
    return set;
}

google::protobuf::Timestamp timestampOf(WallTime time) {
    return google::protobuf::util::TimeUtil::NanosecondsToTimestamp(
        std::chrono::duration_cast<std::chrono::nanoseconds>(time.time_since_epoch()).count());
}

// Out of range becomes the epoch: the time is shown, not reckoned with.
WallTime timeOf(const google::protobuf::Timestamp& message) {
    constexpr std::int64_t kMostSeconds = 4'102'444'800;  // 2100-01-01
    if (message.seconds() < 0 || message.seconds() > kMostSeconds) {
        return {};
    }
    return WallTime(std::chrono::duration_cast<WallTime::duration>(
        std::chrono::seconds(message.seconds()) + std::chrono::nanoseconds(message.nanos())));
}

}  // namespace

StatusOr<mesh::JoinParams> paramsOf(const ::v1::JoinRequest& request) {
    WEFT_RETURN_IF_ERROR(checkLists(request));
    mesh::JoinParams params;
    params.id = mesh::NodeId(request.id());
    WEFT_ASSIGN_OR_RETURN(params.publicKey, crypto::PublicKey::parse(request.public_key()));
    params.primaryEndpoint = request.primary_endpoint();
    params.wireguardEndpoints = textsOf(request.wireguard_endpoints());
    params.zone = request.zone_awareness_id();
    params.assignIpv4 = request.assign_ipv4();
    params.preferStorageIpv6 = request.prefer_storage_ipv6();
    params.asVoter = request.as_voter();
    params.asObserver = request.as_observer();
    WEFT_ASSIGN_OR_RETURN(params.routes, routesOf(request.routes()));
    WEFT_RETURN_IF_ERROR(checkCount(
        "direct_peers", static_cast<int>(request.direct_peers().size()), kMaxListPerCall));
    for (const auto& [peer, protocol] : request.direct_peers()) {
        params.directPeers.emplace(mesh::NodeId(peer), protocolOf(protocol));
    }
    params.features = featuresOf(request.features());
    params.multiaddrs = textsOf(request.multiaddrs());
    return params;
}

StatusOr<mesh::UpdateParams> paramsOf(const ::v1::UpdateRequest& request) {
    WEFT_RETURN_IF_ERROR(checkLists(request));
    mesh::UpdateParams params;
    params.id = mesh::NodeId(request.id());
    if (!request.public_key().empty()) {
        WEFT_ASSIGN_OR_RETURN(params.publicKey, crypto::PublicKey::parse(request.public_key()));
    }
    params.primaryEndpoint = request.primary_endpoint();
    params.wireguardEndpoints = textsOf(request.wireguard_endpoints());
    params.zone = request.zone_awareness_id();
    params.asVoter = request.as_voter();
    WEFT_ASSIGN_OR_RETURN(params.routes, routesOf(request.routes()));
    params.features = featuresOf(request.features());
    params.multiaddrs = textsOf(request.multiaddrs());
    return params;
}

void toProto(const mesh::JoinParams& params, ::v1::JoinRequest* request) {
    request->set_id(params.id.value());
    request->set_public_key(params.publicKey.toString());
    request->set_primary_endpoint(params.primaryEndpoint);
    putTexts(params.wireguardEndpoints, request->mutable_wireguard_endpoints());
    request->set_zone_awareness_id(params.zone);
    request->set_assign_ipv4(params.assignIpv4);
    request->set_prefer_storage_ipv6(params.preferStorageIpv6);
    request->set_as_voter(params.asVoter);
    request->set_as_observer(params.asObserver);
    putPrefixes(params.routes, request->mutable_routes());
    for (const auto& [peer, protocol] : params.directPeers) {
        (*request->mutable_direct_peers())[peer.value()] = toProto(protocol);
    }
    putFeatures(params.features, request);
    putTexts(params.multiaddrs, request->mutable_multiaddrs());
}

void toProto(const mesh::UpdateParams& params, ::v1::UpdateRequest* request) {
    request->set_id(params.id.value());
    if (params.publicKey) {
        request->set_public_key(params.publicKey->toString());
    }
    request->set_primary_endpoint(params.primaryEndpoint);
    putTexts(params.wireguardEndpoints, request->mutable_wireguard_endpoints());
    request->set_zone_awareness_id(params.zone);
    request->set_as_voter(params.asVoter);
    putPrefixes(params.routes, request->mutable_routes());
    putFeatures(params.features, request);
    putTexts(params.multiaddrs, request->mutable_multiaddrs());
}

StatusOr<mesh::EnrolParams> paramsOf(const mesh::v1::EnrolRequest& request) {
    if (request.secret().size() > kMaxSecretBytes
        || request.invitation_id().size() > kMaxSecretBytes
        || request.signature().size() > kMaxSecretBytes
        || request.certificate_request().size() > kMaxRequestPemBytes) {
        return invalidArgument("the enrolment request is larger than any honest one");
    }
    mesh::EnrolParams params;
    params.invitationId = request.invitation_id();
    params.secret = request.secret();
    params.nodeId = mesh::NodeId(request.node_id());
    WEFT_ASSIGN_OR_RETURN(params.publicKey, crypto::PublicKey::parse(request.public_key()));
    params.signature = request.signature();
    params.certificateRequestPem = request.certificate_request();
    WEFT_ASSIGN_OR_RETURN(params.routes, routesOf(request.routes()));
    return params;
}

void toProto(const mesh::JoinGrant& grant, ::v1::JoinResponse* response) {
    if (grant.addressIpv4) {
        response->set_address_ipv4(grant.addressIpv4->toString());
    }
    response->set_address_ipv6(grant.addressIpv6.toString());
    response->set_network_ipv4(grant.networkIpv4.toString());
    response->set_network_ipv6(grant.networkIpv6.toString());
    response->set_mesh_domain(grant.meshDomain);
    putPeers(grant.peers, response);
}

StatusOr<mesh::JoinGrant> grantOf(const ::v1::JoinResponse& response) {
    mesh::JoinGrant grant;
    const auto read = [](std::string_view field, const std::string& text, net::IpPrefix* into) {
        auto prefix = net::IpPrefix::parse(text);
        if (!prefix.ok()) {
            return annotate(prefix.status(), "the server answered an unusable {}", field);
        }
        *into = *prefix;
        return okStatus();
    };
    if (!response.address_ipv4().empty()) {
        net::IpPrefix address;
        WEFT_RETURN_IF_ERROR(read("address_ipv4", response.address_ipv4(), &address));
        grant.addressIpv4 = address;
    }
    WEFT_RETURN_IF_ERROR(read("address_ipv6", response.address_ipv6(), &grant.addressIpv6));
    WEFT_RETURN_IF_ERROR(read("network_ipv4", response.network_ipv4(), &grant.networkIpv4));
    WEFT_RETURN_IF_ERROR(read("network_ipv6", response.network_ipv6(), &grant.networkIpv6));
    grant.meshDomain = response.mesh_domain();
    if (!grant.meshDomain.ends_with('.')) {
        grant.meshDomain += '.';
    }
    grant.peers = peersFrom(response);
    return grant;
}

void toProto(const mesh::PeerSet& peers, ::v1::PeerConfigurations* message) {
    putPeers(peers, message);
}

mesh::PeerSet peersOf(const ::v1::PeerConfigurations& message) {
    return peersFrom(message);
}

void toProto(
    const std::vector<mesh::StorageServer>& servers, ::v1::StorageConfigurationResponse* response) {
    using Suffrage = mesh::StorageServer::Suffrage;
    for (const auto& server : servers) {
        auto* added = response->add_servers();
        added->set_id(server.id.value());
        added->set_address(server.address);
        // Both count alike: leader 1, voter 2, observer 3, node 4.
        static_assert(static_cast<int>(Suffrage::Node) == static_cast<int>(::v1::CLUSTER_NODE));
        added->set_suffrage(static_cast<::v1::ClusterStatus>(server.suffrage));
    }
}

std::vector<mesh::StorageServer> serversOf(const ::v1::StorageConfigurationResponse& response) {
    using Suffrage = mesh::StorageServer::Suffrage;
    std::vector<mesh::StorageServer> servers;
    for (const auto& server : response.servers()) {
        const bool known = ::v1::ClusterStatus_IsValid(server.suffrage());
        servers.push_back(
            {mesh::NodeId(server.id()),
             known ? static_cast<Suffrage>(server.suffrage()) : Suffrage::Unknown,
             server.address()});
    }
    return servers;
}

void toProto(const mesh::InvitationRecord& record, mesh::v1::Invitation* message) {
    message->set_id(record.id);
    message->set_node_id(record.nodeId.value());
    message->set_note(record.note);
    *message->mutable_created_at() = timestampOf(record.createdAt);
    *message->mutable_expires_at() = timestampOf(record.expiresAt);
    message->set_created_by(record.createdBy);
    // The states count alike, from 1 on the wire.
    message->set_state(
        static_cast<mesh::v1::Invitation::State>(static_cast<int>(record.state) + 1));
    message->set_used_by(record.usedBy);
    if (record.usedAt) {
        *message->mutable_used_at() = timestampOf(*record.usedAt);
    }
}

mesh::InvitationRecord recordOf(const mesh::v1::Invitation& message) {
    using State = mesh::InvitationRecord::State;
    mesh::InvitationRecord record;
    record.id = message.id();
    record.nodeId = mesh::NodeId(message.node_id());
    record.note = message.note();
    record.createdAt = timeOf(message.created_at());
    record.expiresAt = timeOf(message.expires_at());
    record.createdBy = message.created_by();
    const int state = static_cast<int>(message.state()) - 1;
    // What this version does not know cannot be used: shown as revoked.
    record.state = state >= 0 && state <= static_cast<int>(State::Expired)
                       ? static_cast<State>(state)
                       : State::Revoked;
    record.usedBy = message.used_by();
    if (message.has_used_at()) {
        record.usedAt = timeOf(message.used_at());
    }
    return record;
}

}  // namespace weft::services
