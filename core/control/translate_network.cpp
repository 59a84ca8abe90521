// SPDX-License-Identifier: Apache-2.0
#include "core/control/translate_network.h"

#include "core/control/detail/timestamps.h"
#include "core/control/translate.h"

#include <algorithm>
#include <limits>

namespace weft::control {
namespace {

namespace local = weft::local::v1;

std::uint32_t millisecondsOf(std::chrono::milliseconds time) {
    // 0 would mean the daemon's own choice.
    return static_cast<std::uint32_t>(
        std::clamp<std::int64_t>(time.count(), 1, std::numeric_limits<std::uint32_t>::max()));
}

local::AddressFamily familyOf(const std::optional<api::AddressFamily>& family) {
    if (!family) {
        return local::ADDRESS_FAMILY_UNSPECIFIED;
    }
    return *family == api::AddressFamily::Ipv4 ? local::ADDRESS_FAMILY_IPV4
                                               : local::ADDRESS_FAMILY_IPV6;
}

api::PingLossReason reasonOf(local::PingLoss::Reason reason) {
    switch (reason) {
    case local::PingLoss::REASON_UNREACHABLE:
        return api::PingLossReason::Unreachable;
    case local::PingLoss::REASON_NOT_SENT:
        return api::PingLossReason::NotSent;
    default:
        return api::PingLossReason::Timeout;
    }
}

api::AddressFamily familyOf(local::AddressFamily family) {
    return family == local::ADDRESS_FAMILY_IPV6 ? api::AddressFamily::Ipv6
                                                : api::AddressFamily::Ipv4;
}

api::PathKind kindOf(local::PathAlternative::Kind kind) {
    switch (kind) {
    case local::PathAlternative::KIND_OVER_NODES:
        return api::PathKind::OverNodes;
    case local::PathAlternative::KIND_ENDPOINT:
        return api::PathKind::Endpoint;
    default:
        return api::PathKind::Direct;
    }
}

api::PathReason reasonOf(local::PathReason reason) {
    // They stand in the same order, and a newer daemon may know more.
    const int number = reason;
    constexpr int kKnown = static_cast<int>(api::PathReason::Unknown);
    static_assert(static_cast<int>(api::PathReason::NoTunnel) == local::PATH_REASON_NO_TUNNEL);
    static_assert(static_cast<int>(api::PathReason::NoWay) == local::PATH_REASON_NO_WAY);
    return number >= 0 && number < kKnown ? static_cast<api::PathReason>(number)
                                          : api::PathReason::Unknown;
}

}  // namespace

local::PingRequest toProto(const api::PingQuestion& question) {
    local::PingRequest request;
    request.set_target(question.target);
    request.set_family(familyOf(question.family));
    request.set_count(question.count);
    request.set_interval_milliseconds(millisecondsOf(question.interval));
    request.set_timeout_milliseconds(millisecondsOf(question.timeout));
    return request;
}

std::optional<api::PingUpdate> fromProto(const local::PingUpdate& update) {
    switch (update.what_case()) {
    case local::PingUpdate::kStart: {
        const auto& start = update.start();
        return api::PingStart{start.node_id(), start.address(), start.doubt()};
    }
    case local::PingUpdate::kReply: {
        const auto& reply = update.reply();
        return api::PingReply{
            reply.sequence(),
            std::chrono::nanoseconds(reply.round_trip_nanoseconds()),
            reply.hop_limit()};
    }
    case local::PingUpdate::kLoss: {
        const auto& loss = update.loss();
        return api::PingLoss{loss.sequence(), reasonOf(loss.reason()), loss.text()};
    }
    default:
        return std::nullopt;
    }
}

api::PathExplanation fromProto(const local::PathExplanation& path) {
    api::PathExplanation known;
    known.nodeId = path.node_id();
    for (const auto& hop : path.hops()) {
        known.hops.push_back({hop.node_id(), hop.endpoint()});
    }
    known.works = path.works();
    known.lastHandshake = detail::time(path.has_last_handshake(), path.last_handshake());
    for (const auto& family : path.families()) {
        known.families.push_back(
            {familyOf(family.family()),
             family.own_address(),
             family.address(),
             family.usable(),
             reasonOf(family.reason())});
    }
    for (const auto& way : path.alternatives()) {
        known.alternatives.push_back(
            {kindOf(way.kind()),
             way.endpoint(),
             way.in_use(),
             reasonOf(way.reason()),
             way.text(),
             way.remedy()});
    }
    known.reason = reasonOf(path.reason());
    known.summary = path.summary();
    known.remedy = path.remedy();
    return known;
}

std::vector<api::NetworkCheck> fromProto(const local::NetworkReport& report) {
    std::vector<api::NetworkCheck> checks;
    for (const auto& check : report.checks()) {
        checks.push_back({check.id(), fromProto(check.state()), check.text(), check.remedy()});
    }
    return checks;
}

api::NameService fromProto(const local::NameService& message) {
    api::NameService names;
    names.domain = message.domain();
    names.server = message.server();
    names.servesMembers = message.serves_members();
    names.nodes = message.nodes();
    names.nodesWithoutName = message.nodes_without_name();
    names.askedAt = detail::time(message.has_asked_at(), message.asked_at());
    names.answers = message.answers();
    names.reason = message.reason();
    names.hostAsks = message.host_asks();
    names.way = message.host_way() == local::NameService::HOST_WAY_RESOLVED ? api::ResolverWay::Link
                : message.host_way() == local::NameService::HOST_WAY_RESOLV_CONF
                    ? api::ResolverWay::File
                    : api::ResolverWay::None;
    names.hostReason = message.host_reason();
    names.queries = message.queries();
    names.dropped = message.dropped();
    names.forwarded = message.forwarded();
    names.fromCache = message.from_cache();
    names.failed = message.failed();
    names.connections = message.connections();
    return names;
}

api::NameAnswer fromProto(const local::NameAnswer& message) {
    api::NameAnswer answer;
    answer.name = message.name();
    answer.type = message.type();
    answer.server = message.server();
    answer.result = message.result();
    answer.took = std::chrono::nanoseconds(message.took_nanoseconds());
    for (const auto& record : message.records()) {
        answer.records.push_back({record.name(), record.ttl(), record.type(), record.data()});
    }
    return answer;
}

}  // namespace weft::control
