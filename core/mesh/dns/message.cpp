// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/dns/message.h"

#include "core/mesh/dns/detail/packet.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace weft::mesh::dns {
namespace {

constexpr std::size_t kFlagsAt = 2;
constexpr std::uint8_t kReplyBit = 0x80;
constexpr std::uint8_t kOpcodeBits = 0x78;
constexpr std::uint8_t kRecursionDesiredBit = 0x01;
constexpr std::uint8_t kRecursionAvailableBit = 0x80;
/// From here on types are those of queries and not of records, but for the few that are named.
constexpr std::uint16_t kFirstMetaType = 128;
constexpr std::uint16_t kLastMetaType = 255;

unsigned wordAt(std::span<const std::uint8_t> bytes, std::size_t at) {
    return static_cast<unsigned>(bytes[at] << 8U | bytes[at + 1]);
}

/// When the question cannot be repeated: it was not read.
Bytes bareReply(std::span<const std::uint8_t> query, Rcode rcode) {
    Bytes bytes(kHeaderBytes, 0);
    std::copy_n(query.begin(), kFlagsAt, bytes.begin());
    bytes[kFlagsAt] = static_cast<std::uint8_t>(
        kReplyBit | (query[kFlagsAt] & (kOpcodeBits | kRecursionDesiredBit)));
    bytes[kFlagsAt + 1] =
        static_cast<std::uint8_t>(kRecursionAvailableBit | static_cast<unsigned>(rcode));
    return bytes;
}

Query queryOf(const ldns_pkt* packet, Name name, Transport by) {
    const auto* question = ldns_rr_list_rr(ldns_pkt_question(packet), 0);
    Query query;
    query.id = ldns_pkt_id(packet);
    query.recursionDesired = ldns_pkt_rd(packet);
    query.checkingDisabled = ldns_pkt_cd(packet);
    query.hasEdns = ldns_pkt_edns(packet);
    query.dnssecOk = query.hasEdns && ldns_pkt_edns_do(packet);
    query.sentName = detail::sentNameOf(question);
    query.question.name = std::move(name);
    query.question.type = static_cast<std::uint16_t>(ldns_rr_get_type(question));
    query.question.qclass = static_cast<std::uint16_t>(ldns_rr_get_class(question));
    if (by == Transport::Tcp) {
        query.mostReplyBytes = kMaxTcpReplyBytes;
    } else if (query.hasEdns) {
        query.mostReplyBytes = std::clamp<std::size_t>(
            ldns_pkt_edns_udp_size(packet), kMinUdpReplyBytes, kMaxUdpReplyBytes);
    }
    return query;
}

/// What is not answered whatever the name is.
std::optional<Rcode> refusalOf(const ldns_pkt* packet, const Question& question) {
    if (ldns_pkt_edns(packet) && ldns_pkt_edns_version(packet) != 0) {
        return Rcode::BadVers;
    }
    if (question.type == kTypeOpt || question.type == 0) {
        return Rcode::FormErr;
    }
    if (question.type == kTypeAxfr || question.type == kTypeIxfr || question.qclass != kClassIn) {
        return Rcode::Refused;
    }
    if (question.type >= kFirstMetaType && question.type <= kLastMetaType) {
        return Rcode::NotImp;
    }
    return std::nullopt;
}

}  // namespace

std::variant<Query, Bytes, Silence> readQuery(std::span<const std::uint8_t> bytes, Transport by) {
    if (bytes.size() < kHeaderBytes || (bytes[kFlagsAt] & kReplyBit) != 0) {
        return Silence();
    }
    if ((bytes[kFlagsAt] & kOpcodeBits) != 0) {
        return bareReply(bytes, Rcode::NotImp);
    }
    constexpr std::size_t kQuestionsAt = 4;
    if (wordAt(bytes, kQuestionsAt) != 1 || bytes.size() > kMaxQueryBytes) {
        return bareReply(bytes, Rcode::FormErr);
    }
    const auto packet = detail::readPacket(bytes);
    const auto* questions = packet ? ldns_pkt_question(packet.get()) : nullptr;
    if (questions == nullptr || ldns_rr_list_rr_count(questions) != 1) {
        return bareReply(bytes, Rcode::FormErr);
    }
    auto name = detail::nameOf(ldns_rr_owner(ldns_rr_list_rr(questions, 0)));
    if (!name) {
        return bareReply(bytes, Rcode::FormErr);
    }
    auto query = queryOf(packet.get(), *std::move(name), by);
    if (const auto refusal = refusalOf(packet.get(), query.question)) {
        return plainReply(query, *refusal);
    }
    return query;
}

Bytes plainReply(const Query& query, Rcode rcode) {
    detail::Reply reply(query);
    reply.setRcode(rcode);
    return reply.finish();
}

}  // namespace weft::mesh::dns
