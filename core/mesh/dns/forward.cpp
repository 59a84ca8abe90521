// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/dns/forward.h"

#include "core/mesh/dns/detail/packet.h"

#include <algorithm>
#include <array>
#include <utility>

namespace weft::mesh::dns {
namespace {

std::optional<net::IpAddress> addressOf(const ldns_rr* record) {
    const auto type = ldns_rr_get_type(record);
    const auto* field = ldns_rr_rd_count(record) == 1 ? ldns_rr_rdf(record, 0) : nullptr;
    if (field == nullptr) {
        return std::nullopt;
    }
    const std::span bytes(ldns_rdf_data(field), ldns_rdf_size(field));
    constexpr std::size_t kIpv4Bytes = 4;
    if (type == LDNS_RR_TYPE_A && bytes.size() == kIpv4Bytes) {
        std::uint32_t value = 0;
        for (const auto byte : bytes) {
            value = value << 8U | byte;
        }
        return net::IpAddress::v4(value);
    }
    std::array<std::uint8_t, 16> value{};
    if (type == LDNS_RR_TYPE_AAAA && bytes.size() == value.size()) {
        std::ranges::copy(bytes, value.begin());
        return net::IpAddress::v6(value).unmapped();
    }
    return std::nullopt;
}

/// The least of the records' lives; of "no" the life that the zone's SOA gives it (RFC 2308).
std::chrono::seconds ttlOf(const ldns_pkt* packet) {
    std::chrono::seconds ttl = kMaxTtl;
    bool found = false;
    const auto take = [&](std::uint32_t seconds) {
        found = true;
        ttl = std::min(ttl, std::chrono::seconds(seconds));
    };
    const auto* answers = ldns_pkt_answer(packet);
    for (std::size_t at = 0; at < ldns_rr_list_rr_count(answers); ++at) {
        take(ldns_rr_ttl(ldns_rr_list_rr(answers, at)));
    }
    const auto* authority = ldns_pkt_authority(packet);
    constexpr std::size_t kMinimumAt = 6;
    for (std::size_t at = 0; !found && at < ldns_rr_list_rr_count(authority); ++at) {
        const auto* record = ldns_rr_list_rr(authority, at);
        if (ldns_rr_get_type(record) == LDNS_RR_TYPE_SOA
            && ldns_rr_rd_count(record) == kMinimumAt + 1) {
            take(std::min(
                ldns_rr_ttl(record), ldns_rdf2native_int32(ldns_rr_rdf(record, kMinimumAt))));
        }
    }
    return found ? ttl : std::chrono::seconds(0);
}

bool isOwn(const ldns_rr* record, std::span<const net::IpPrefix> own) {
    const auto address = addressOf(record);
    return address && std::ranges::any_of(own, [&address](const net::IpPrefix& network) {
               return network.contains(*address);
           });
}

void copy(
    const ldns_rr_list* from,
    ldns_pkt_section section,
    std::chrono::seconds age,
    std::span<const net::IpPrefix> own,
    detail::Reply& reply) {
    for (std::size_t at = 0; at < ldns_rr_list_rr_count(from); ++at) {
        const auto* record = ldns_rr_list_rr(from, at);
        if (isOwn(record, own)) {
            continue;
        }
        detail::Record copied(ldns_rr_clone(record));
        const auto passed = static_cast<std::uint32_t>(age.count());
        const auto most = static_cast<std::uint32_t>(kMaxTtl.count());
        const auto left = std::min(ldns_rr_ttl(record), most);
        ldns_rr_set_ttl(copied.get(), left > passed ? left - passed : 0);
        reply.add(section, std::move(copied));
    }
}

}  // namespace

Bytes forwardQuery(const Question& question, std::uint16_t id, bool recursion) {
    Query query;
    query.id = id;
    query.recursionDesired = recursion;
    query.hasEdns = true;
    query.question = question;
    query.sentName = question.name.wire();
    return detail::Reply(query).finishQuery();
}

std::optional<Forwarded> readForwarded(
    std::span<const std::uint8_t> bytes, std::uint16_t id, const Question& question) {
    if (bytes.size() < kHeaderBytes || bytes.size() > kMaxTcpReplyBytes) {
        return std::nullopt;
    }
    const auto packet = detail::readPacket(bytes);
    if (!packet || !ldns_pkt_qr(packet.get()) || ldns_pkt_id(packet.get()) != id
        || ldns_rr_list_rr_count(ldns_pkt_question(packet.get())) != 1) {
        return std::nullopt;
    }
    const auto* asked = ldns_rr_list_rr(ldns_pkt_question(packet.get()), 0);
    if (static_cast<std::uint16_t>(ldns_rr_get_type(asked)) != question.type
        || static_cast<std::uint16_t>(ldns_rr_get_class(asked)) != question.qclass
        || detail::nameOf(ldns_rr_owner(asked)) != question.name) {
        return std::nullopt;
    }
    Forwarded said;
    said.rcode = static_cast<Rcode>(ldns_pkt_get_rcode(packet.get()));
    // What was cut is not kept.
    said.ttl = said.isAnswer() && !ldns_pkt_tc(packet.get()) ? ttlOf(packet.get())
                                                             : std::chrono::seconds(0);
    said.bytes.assign(bytes.begin(), bytes.end());
    return said;
}

Bytes forwardedReply(
    const Query& query,
    const Forwarded& said,
    std::chrono::seconds age,
    std::span<const net::IpPrefix> own) {
    const auto packet = detail::readPacket(said.bytes);
    if (!packet) {
        return plainReply(query, Rcode::ServFail);
    }
    detail::Reply reply(query);
    reply.setRcode(said.rcode);
    copy(ldns_pkt_answer(packet.get()), LDNS_SECTION_ANSWER, age, own, reply);
    copy(ldns_pkt_authority(packet.get()), LDNS_SECTION_AUTHORITY, age, own, reply);
    if (ldns_pkt_tc(packet.get())) {
        reply.setTruncated();
    }
    return reply.finish();
}

}  // namespace weft::mesh::dns
