// SPDX-License-Identifier: Apache-2.0
#include "core/storage/registry/records.h"

#include "core/base/text.h"
#include "core/net/endpoint.h"
#include "core/storage/registry/detail/record_reader.h"
#include "core/storage/registry/json_cursor.h"

#include "v1/mesh.pb.h"
#include "v1/network_acls.pb.h"
#include "v1/node.pb.h"

#include <fmt/format.h>
#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <array>

namespace weft::storage {
namespace {

constexpr std::size_t kMaxIdBytes = 253;
constexpr std::size_t kMaxLabelBytes = 63;
constexpr std::string_view kForbidden = "/\\:*?\"'<>|,";
constexpr std::array<std::string_view, 6> kReservedIds = {
    "self", "local", "localhost", "leader", "voters", "observers"};

/// With the domain of the mesh it is the name that its servers prove to be.
constexpr std::string_view kServersLabel = "storage";

/// What a system_clock of nanoseconds can hold, with room to spare: years 1900 to 2200.
constexpr std::int64_t kMinSeconds = -2'208'988'800;
constexpr std::int64_t kMaxSeconds = 7'258'118'400;

template <typename Message>
Status parseJson(std::string_view json, Message* message) {
    google::protobuf::util::JsonParseOptions options;
    // A reader forgives what a newer writer added; our own writers never add fields.
    options.ignore_unknown_fields = true;
    const auto status = google::protobuf::util::JsonStringToMessage(
        google::protobuf::StringPiece(json.data(), json.size()), message, options);
    if (!status.ok()) {
        return dataLoss(
            "record does not parse: {}", base::escapeForLine(std::string(status.message()), 120));
    }
    return okStatus();
}

/// The same; `hasMore` tells of fields that were ignored, and may be nullptr.
template <typename Message>
Status parseJson(std::string_view json, Message* message, bool* hasMore) {
    if (hasMore != nullptr) {
        Message strict;
        *hasMore = !google::protobuf::util::JsonStringToMessage(
                        google::protobuf::StringPiece(json.data(), json.size()), &strict)
                        .ok();
        if (!*hasMore) {
            *message = std::move(strict);
            return okStatus();
        }
    }
    return parseJson(json, message);
}

template <typename Message>
std::string printJson(const Message& message) {
    std::string json;
    // It fails only for messages that hold Any or broken timestamps; ours hold neither.
    (void)google::protobuf::util::MessageToJsonString(message, &json);
    return json;
}

std::optional<net::IpPrefix> lenientPrefix(const std::string& text) {
    if (text.empty()) {
        return std::nullopt;
    }
    auto prefix = net::IpPrefix::parse(text);
    return prefix.ok() ? std::optional(*prefix) : std::nullopt;
}

bool isEndpointText(const std::string& text) {
    return !text.empty() && (net::IpAddress::parse(text).ok() || net::Endpoint::parse(text).ok());
}

}  // namespace

namespace detail {

void RawNode::finish(NodeRecord* record) {
    if (!publicKey.empty()) {
        if (auto key = crypto::PublicKey::parse(publicKey); key.ok()) {
            record->publicKey = *key;
        }
    }
    if (isEndpointText(primaryEndpoint)) {
        record->primaryEndpoint = std::move(primaryEndpoint);
    }
    for (auto& endpoint : wireguardEndpoints) {
        if (net::Endpoint::parse(endpoint).ok()) {
            record->wireguardEndpoints.push_back(std::move(endpoint));
        }
    }
    record->privateIpv4 = lenientPrefix(privateIpv4);
    record->privateIpv6 = lenientPrefix(privateIpv6);
}

std::optional<WallTime> wallTime(std::int64_t seconds, std::int32_t nanos) {
    if (seconds < kMinSeconds || seconds > kMaxSeconds || nanos < 0 || nanos > 999'999'999) {
        return std::nullopt;
    }
    return WallTime(std::chrono::duration_cast<WallTime::duration>(
        std::chrono::seconds(seconds) + std::chrono::nanoseconds(nanos)));
}

}  // namespace detail

Status validateId(std::string_view id) {
    if (id.empty()) {
        return invalidArgument("id is empty");
    }
    if (id.size() > kMaxIdBytes) {
        return invalidArgument("id is longer than {} bytes", kMaxIdBytes);
    }
    if (!base::isUtf8(id)) {
        return invalidArgument("id is not UTF-8");
    }
    if (const auto at = id.find_first_of(kForbidden); at != std::string_view::npos) {
        return invalidArgument(
            "id {} contains the character {}, which ids must not",
            base::escapeForLine(id),
            id.substr(at, 1));
    }
    return okStatus();
}

Status validateNodeId(std::string_view id) {
    WEFT_RETURN_IF_ERROR(validateId(id));
    if (std::ranges::find(kReservedIds, id) != kReservedIds.end()) {
        return invalidArgument("the node id {} is reserved", id);
    }
    return okStatus();
}

Status validateNewNodeId(std::string_view id) {
    WEFT_RETURN_IF_ERROR(validateNodeId(id));
    const auto allowed = [](char symbol) {
        return (symbol >= 'a' && symbol <= 'z') || (symbol >= '0' && symbol <= '9')
               || symbol == '-';
    };
    if (id == kServersLabel) {
        return invalidArgument(
            "the node name {} is reserved: it stands for the servers of the mesh", id);
    }
    if (id.size() > kMaxLabelBytes) {
        return invalidArgument("a node name has at most {} characters", kMaxLabelBytes);
    }
    if (!std::ranges::all_of(id, allowed)) {
        return invalidArgument(
            "a node name has lower-case letters, digits and hyphens, not {}",
            base::escapeForLine(id));
    }
    if (id.front() == '-' || id.back() == '-') {
        return invalidArgument("a node name does not begin or end with a hyphen: {}", id);
    }
    return okStatus();
}

std::optional<std::int32_t> NodeRecord::featurePort(std::int32_t feature) const {
    const auto found = std::ranges::find(features, feature, &FeaturePort::feature);
    return found == features.end() ? std::nullopt : std::optional(found->port);
}

NodeRecord fromProto(const v1::MeshNode& message) {
    NodeRecord record;
    record.id = NodeId(message.id());
    record.zone = message.zone_awareness_id();
    record.multiaddrs.assign(message.multiaddrs().begin(), message.multiaddrs().end());
    for (const auto& feature : message.features()) {
        record.features.push_back({static_cast<std::int32_t>(feature.feature()), feature.port()});
    }
    if (message.has_joined_at()) {
        record.joinedAt =
            detail::wallTime(message.joined_at().seconds(), message.joined_at().nanos());
    }
    detail::RawNode raw{
        .publicKey = message.public_key(),
        .primaryEndpoint = message.primary_endpoint(),
        .wireguardEndpoints =
            {message.wireguard_endpoints().begin(), message.wireguard_endpoints().end()},
        .privateIpv4 = message.private_ipv4(),
        .privateIpv6 = message.private_ipv6()};
    raw.finish(&record);
    return record;
}

void toProto(const NodeRecord& record, v1::MeshNode* message) {
    message->Clear();
    message->set_id(record.id.value());
    if (record.publicKey) {
        message->set_public_key(record.publicKey->toString());
    }
    message->set_primary_endpoint(record.primaryEndpoint);
    message->mutable_wireguard_endpoints()->Assign(
        record.wireguardEndpoints.begin(), record.wireguardEndpoints.end());
    message->set_zone_awareness_id(record.zone);
    if (record.privateIpv4) {
        message->set_private_ipv4(record.privateIpv4->toString());
    }
    if (record.privateIpv6) {
        message->set_private_ipv6(record.privateIpv6->toString());
    }
    for (const auto& feature : record.features) {
        auto* added = message->add_features();
        added->set_feature(static_cast<v1::Feature>(feature.feature));
        added->set_port(feature.port);
    }
    message->mutable_multiaddrs()->Assign(record.multiaddrs.begin(), record.multiaddrs.end());
    if (record.joinedAt) {
        const auto since = record.joinedAt->time_since_epoch();
        const auto seconds = std::chrono::floor<std::chrono::seconds>(since);
        message->mutable_joined_at()->set_seconds(seconds.count());
        message->mutable_joined_at()->set_nanos(
            static_cast<std::int32_t>(std::chrono::nanoseconds(since - seconds).count()));
    }
}

EdgeRecord fromProto(const v1::MeshEdge& message) {
    return {
        .source = NodeId(message.source()),
        .target = NodeId(message.target()),
        .weight = message.weight(),
        .attributes = {message.attributes().begin(), message.attributes().end()}};
}

void toProto(const EdgeRecord& record, v1::MeshEdge* message) {
    message->Clear();
    message->set_source(record.source.value());
    message->set_target(record.target.value());
    message->set_weight(record.weight);
    for (const auto& [name, value] : record.attributes) {
        (*message->mutable_attributes())[name] = value;
    }
}

RouteRecord fromProto(const v1::Route& message) {
    RouteRecord record;
    record.name = message.name();
    record.node = message.node();
    record.nextHopNode = message.next_hop_node();
    for (const auto& text : message.destination_cidrs()) {
        if (auto prefix = net::IpPrefix::parse(text); prefix.ok()) {
            record.destinations.push_back(*prefix);
        }
    }
    return record;
}

void toProto(const RouteRecord& record, v1::Route* message) {
    message->Clear();
    message->set_name(record.name);
    message->set_node(record.node);
    message->set_next_hop_node(record.nextHopNode);
    for (const auto& destination : record.destinations) {
        message->add_destination_cidrs(destination.toString());
    }
}

StatusOr<NodeRecord> decodeNode(std::string_view json) {
    if (auto record = detail::readNode(json)) {
        return *std::move(record);
    }
    v1::MeshNode message;
    WEFT_RETURN_IF_ERROR(parseJson(json, &message));
    return fromProto(message);
}

StatusOr<EdgeRecord> decodeEdge(std::string_view json, bool* hasMore) {
    if (auto record = detail::readEdge(json)) {
        if (hasMore != nullptr) {
            *hasMore = false;
        }
        return *std::move(record);
    }
    v1::MeshEdge message;
    WEFT_RETURN_IF_ERROR(parseJson(json, &message, hasMore));
    return fromProto(message);
}

StatusOr<RouteRecord> decodeRoute(std::string_view json, bool* hasMore) {
    v1::Route message;
    WEFT_RETURN_IF_ERROR(parseJson(json, &message, hasMore));
    return fromProto(message);
}

std::string encodeNode(const NodeRecord& record) {
    v1::MeshNode message;
    toProto(record, &message);
    return printJson(message);
}

std::string encodeEdge(const EdgeRecord& record) {
    return encodeEdge(record.source, record.target, record.weight, record.attributes);
}

std::string encodeEdge(
    const NodeId& source,
    const NodeId& target,
    std::int32_t weight,
    const std::map<std::string, std::string>& attributes) {
    // By hand: a join of a public node into a large mesh writes thousands of edges, and protobuf's
    // writer takes some 10 us for each.
    std::string json = "{";
    json.reserve(source.value().size() + target.value().size() + 48);
    const auto name = [&json](std::string_view quotedField) {
        if (json.size() > 1) {
            json.push_back(',');
        }
        json += quotedField;
    };
    if (!source.empty()) {
        name(R"("source":)");
        appendJsonText(json, source.value());
    }
    if (!target.empty()) {
        name(R"("target":)");
        appendJsonText(json, target.value());
    }
    if (weight != 0) {
        name(R"("weight":)");
        fmt::format_to(std::back_inserter(json), "{}", weight);
    }
    if (!attributes.empty()) {
        name(R"("attributes":)");
        char separator = '{';
        for (const auto& [key, value] : attributes) {
            json.push_back(separator);
            appendJsonText(json, key);
            json.push_back(':');
            appendJsonText(json, value);
            separator = ',';
        }
        json.push_back('}');
    }
    json.push_back('}');
    return json;
}

std::string encodeRoute(const RouteRecord& record) {
    v1::Route message;
    toProto(record, &message);
    return printJson(message);
}

std::string nodeKey(const NodeId& id) {
    std::string key(kNodesPrefix);
    key += id.value();
    return key;
}

std::string edgeKey(const NodeId& source, const NodeId& target) {
    std::string key;
    key.reserve(kEdgesPrefix.size() + source.value().size() + target.value().size() + 1);
    key += kEdgesPrefix;
    key += source.value();
    key += '/';
    key += target.value();
    return key;
}

}  // namespace weft::storage
