// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/dns/detail/packet.h"

#include <algorithm>
#include <utility>

namespace weft::mesh::dns::detail {
namespace {

constexpr std::size_t kMaxTextBytes = 255;
/// Of an SOA: how often to look for another state, and how long "no" holds. Nobody copies the zone.
constexpr std::uint32_t kRefreshSeconds = 60;

Field fieldOf(ldns_rdf_type type, const Bytes& bytes) {
    return Field(ldns_rdf_new_frm_data(type, bytes.size(), bytes.data()));
}

Field fieldOf(const Name& name) {
    return fieldOf(LDNS_RDF_TYPE_DNAME, name.wire());
}

Record recordOf(const Bytes& owner, std::uint16_t type, std::uint16_t rclass) {
    Record record(ldns_rr_new());
    ldns_rr_set_owner(record.get(), fieldOf(LDNS_RDF_TYPE_DNAME, owner).release());
    // The library keeps any number in its enumerations.
    ldns_rr_set_type(record.get(), static_cast<ldns_rr_type>(type));
    ldns_rr_set_class(record.get(), static_cast<ldns_rr_class>(rclass));
    ldns_rr_set_ttl(record.get(), kTtlSeconds);
    return record;
}

void push(const Record& record, Field field) {
    ldns_rr_push_rdf(record.get(), field.release());
}

Packet packetFor(const Query& query) {
    Packet packet(ldns_pkt_new());
    ldns_pkt_set_id(packet.get(), query.id);
    ldns_pkt_set_qr(packet.get(), true);
    ldns_pkt_set_ra(packet.get(), true);
    ldns_pkt_set_rd(packet.get(), query.recursionDesired);
    ldns_pkt_set_cd(packet.get(), query.checkingDisabled);
    auto question = recordOf(query.sentName, query.question.type, query.question.qclass);
    ldns_rr_set_question(question.get(), true);
    ldns_pkt_push_rr(packet.get(), LDNS_SECTION_QUESTION, question.release());
    if (query.hasEdns) {
        ldns_pkt_set_edns_udp_size(packet.get(), kMaxUdpReplyBytes);
        ldns_pkt_set_edns_do(packet.get(), query.dnssecOk);
    }
    return packet;
}

}  // namespace

Packet readPacket(std::span<const std::uint8_t> bytes) {
    ldns_pkt* packet = nullptr;
    if (ldns_wire2pkt(&packet, bytes.data(), bytes.size()) != LDNS_STATUS_OK) {
        return nullptr;
    }
    return Packet(packet);
}

Bytes writePacket(const ldns_pkt* packet) {
    std::uint8_t* bytes = nullptr;
    std::size_t size = 0;
    if (ldns_pkt2wire(&bytes, packet, &size) != LDNS_STATUS_OK) {
        return {};
    }
    Bytes result(bytes, bytes + size);
    LDNS_FREE(bytes);
    return result;
}

Bytes sentNameOf(const ldns_rr* record) {
    const auto* owner = ldns_rr_owner(record);
    const auto* data = ldns_rdf_data(owner);
    return {data, data + ldns_rdf_size(owner)};
}

std::optional<Name> nameOf(const ldns_rdf* field) {
    return Name::fromWire({ldns_rdf_data(field), ldns_rdf_size(field)});
}

Record addressRecord(const Name& owner, const net::IpAddress& address) {
    auto record = recordOf(owner.wire(), address.isV4() ? kTypeA : kTypeAaaa, kClassIn);
    const auto bytes = address.bytes();
    push(
        record,
        fieldOf(
            address.isV4() ? LDNS_RDF_TYPE_A : LDNS_RDF_TYPE_AAAA, {bytes.begin(), bytes.end()}));
    return record;
}

Record nameRecord(const Name& owner, std::uint16_t type, const Name& target) {
    auto record = recordOf(owner.wire(), type, kClassIn);
    push(record, fieldOf(target));
    return record;
}

Record textRecord(const Name& owner, const std::vector<std::string>& texts) {
    auto record = recordOf(owner.wire(), kTypeTxt, kClassIn);
    for (const auto& text : texts) {
        const auto size = std::min(text.size(), kMaxTextBytes);
        Bytes bytes{static_cast<std::uint8_t>(size)};
        bytes.insert(bytes.end(), text.begin(), text.begin() + static_cast<std::ptrdiff_t>(size));
        push(record, fieldOf(LDNS_RDF_TYPE_STR, bytes));
    }
    return record;
}

Record authorityRecord(const Name& owner, const Name& primary, std::uint32_t serial) {
    auto record = recordOf(owner.wire(), kTypeSoa, kClassIn);
    push(record, fieldOf(primary));
    push(record, fieldOf(primary.below("hostmaster").value_or(primary)));
    for (const auto number :
         {serial, kRefreshSeconds, kRefreshSeconds, kRefreshSeconds, kTtlSeconds}) {
        push(record, Field(ldns_native2rdf_int32(LDNS_RDF_TYPE_INT32, number)));
    }
    return record;
}

Reply::Reply(const Query& query) : query_(query), packet_(packetFor(query)) {}

void Reply::setRcode(Rcode rcode) {
    constexpr unsigned kHeaderBits = 4;
    const auto number = static_cast<unsigned>(rcode);
    ldns_pkt_set_rcode(packet_.get(), static_cast<std::uint8_t>(number & 0xFU));
    ldns_pkt_set_edns_extended_rcode(
        packet_.get(), static_cast<std::uint8_t>(number >> kHeaderBits));
}

void Reply::add(ldns_pkt_section section, Record record) {
    ldns_pkt_push_rr(packet_.get(), section, record.release());
}

void Reply::drop(ldns_pkt_section section) {
    auto* list = section == LDNS_SECTION_ANSWER      ? ldns_pkt_answer(packet_.get())
                 : section == LDNS_SECTION_AUTHORITY ? ldns_pkt_authority(packet_.get())
                                                     : ldns_pkt_additional(packet_.get());
    while (const Record last{ldns_rr_list_pop_rr(list)}) {
    }
    ldns_pkt_set_section_count(packet_.get(), section, 0);
}

Bytes Reply::finish() {
    auto bytes = writePacket(packet_.get());
    if (bytes.size() > query_.mostReplyBytes) {
        drop(LDNS_SECTION_ADDITIONAL);
        bytes = writePacket(packet_.get());
    }
    if (bytes.size() > query_.mostReplyBytes) {
        drop(LDNS_SECTION_ANSWER);
        drop(LDNS_SECTION_AUTHORITY);
        ldns_pkt_set_tc(packet_.get(), true);
        bytes = writePacket(packet_.get());
    }
    return bytes;
}

Bytes Reply::finishQuery() {
    ldns_pkt_set_qr(packet_.get(), false);
    ldns_pkt_set_ra(packet_.get(), false);
    return writePacket(packet_.get());
}

}  // namespace weft::mesh::dns::detail
