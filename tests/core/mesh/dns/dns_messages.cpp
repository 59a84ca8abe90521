// SPDX-License-Identifier: Apache-2.0
#include "tests/core/mesh/dns/dns_messages.h"

#include "core/mesh/dns/detail/packet.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include <ldns/ldns.h>

namespace weft::mesh::dns::tests {
namespace {

void putWord(Bytes& bytes, unsigned value) {
    bytes.push_back(static_cast<std::uint8_t>(value >> 8U));
    bytes.push_back(static_cast<std::uint8_t>(value & 0xFFU));
}

std::string take(char* text) {
    std::string result(text);
    std::free(text);  // NOLINT(cppcoreguidelines-no-malloc): the library's
    std::ranges::replace(result, '\t', ' ');
    while (!result.empty() && (result.back() == '\n' || result.back() == ' ')) {
        result.pop_back();
    }
    return result;
}

std::vector<std::string> linesOf(const ldns_rr_list* records) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < ldns_rr_list_rr_count(records); ++at) {
        lines.push_back(take(ldns_rr2str(ldns_rr_list_rr(records, at))));
    }
    return lines;
}

std::string headerOf(const ldns_pkt* packet) {
    const auto code = ldns_pkt_get_rcode(packet) + (ldns_pkt_edns_extended_rcode(packet) << 4U);
    auto* known = ldns_pkt_rcode2str(ldns_pkt_get_rcode(packet));
    std::string text = take(known);
    if (code > LDNS_RCODE_NOTZONE) {
        text = std::to_string(code);
    }
    text += ldns_pkt_qr(packet) ? " qr" : "";
    text += ldns_pkt_aa(packet) ? " aa" : "";
    text += ldns_pkt_tc(packet) ? " tc" : "";
    text += ldns_pkt_rd(packet) ? " rd" : "";
    text += ldns_pkt_ra(packet) ? " ra" : "";
    return text;
}

}  // namespace

Bytes queryBytes(const Asked& asked) {
    Bytes bytes;
    putWord(bytes, asked.id);
    putWord(bytes, asked.recursionDesired ? 0x0100U : 0U);
    putWord(bytes, 1);
    putWord(bytes, 0);
    putWord(bytes, 0);
    putWord(bytes, asked.udpBytes > 0 ? 1U : 0U);
    std::string_view rest = asked.name;
    while (!rest.empty()) {
        const auto dot = std::min(rest.find('.'), rest.size());
        bytes.push_back(static_cast<std::uint8_t>(dot));
        bytes.insert(bytes.end(), rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(dot));
        rest.remove_prefix(std::min(dot + 1, rest.size()));
    }
    bytes.push_back(0);
    putWord(bytes, asked.type);
    putWord(bytes, asked.qclass);
    if (asked.udpBytes > 0) {
        bytes.push_back(0);
        putWord(bytes, kTypeOpt);
        putWord(bytes, asked.udpBytes);
        putWord(bytes, asked.ednsVersion);
        putWord(bytes, asked.dnssecOk ? 0x8000U : 0U);
        putWord(bytes, 0);
    }
    return bytes;
}

Told read(const Bytes& bytes) {
    Told told;
    told.bytes = bytes.size();
    ldns_pkt* packet = nullptr;
    if (ldns_wire2pkt(&packet, bytes.data(), bytes.size()) != LDNS_STATUS_OK) {
        ADD_FAILURE() << "a reply of " << bytes.size() << " bytes cannot be read";
        return told;
    }
    told.header = headerOf(packet);
    told.id = ldns_pkt_id(packet);
    const auto* questions = ldns_pkt_question(packet);
    for (std::size_t at = 0; at < ldns_rr_list_rr_count(questions); ++at) {
        const auto* question = ldns_rr_list_rr(questions, at);
        told.question.push_back(
            take(ldns_rdf2str(ldns_rr_owner(question))) + " "
            + take(ldns_rr_type2str(ldns_rr_get_type(question))));
    }
    told.answer = linesOf(ldns_pkt_answer(packet));
    told.authority = linesOf(ldns_pkt_authority(packet));
    told.additional = linesOf(ldns_pkt_additional(packet));
    told.hasEdns = ldns_pkt_edns(packet);
    told.dnssecOk = ldns_pkt_edns_do(packet);
    ldns_pkt_free(packet);
    return told;
}

Bytes addressesReply(const Name& name, std::size_t count) {
    constexpr std::uint32_t kFirst = 0x0A000001;
    Query query;
    query.question = {name, kTypeA, kClassIn};
    query.sentName = name.wire();
    query.mostReplyBytes = kMaxTcpReplyBytes;
    detail::Reply reply(query);
    for (std::size_t number = 0; number < count; ++number) {
        const auto address = net::IpAddress::v4(kFirst + static_cast<std::uint32_t>(number));
        reply.add(LDNS_SECTION_ANSWER, detail::addressRecord(name, address));
    }
    return reply.finish();
}

}  // namespace weft::mesh::dns::tests
