// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mesh/dns/message.h"
#include "core/net/ip_address.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <ldns/ldns.h>

namespace weft::mesh::dns::detail {

// The library's objects with an owner. It ends the process when there is no memory, as new does.

struct Freed {
    void operator()(ldns_pkt* packet) const { ldns_pkt_free(packet); }
    void operator()(ldns_rr* record) const { ldns_rr_free(record); }
    void operator()(ldns_rdf* field) const { ldns_rdf_deep_free(field); }
};
using Packet = std::unique_ptr<ldns_pkt, Freed>;
using Record = std::unique_ptr<ldns_rr, Freed>;
using Field = std::unique_ptr<ldns_rdf, Freed>;

/// nullptr when the library cannot read it.
Packet readPacket(std::span<const std::uint8_t> bytes);
/// Empty when the library cannot write it.
Bytes writePacket(const ldns_pkt* packet);
/// As it stands there.
Bytes sentNameOf(const ldns_rr* record);
std::optional<Name> nameOf(const ldns_rdf* field);

/// How long what we say holds, in seconds: as in reference nodes, so that a change is seen at once.
inline constexpr std::uint32_t kTtlSeconds = 1;

Record addressRecord(const Name& owner, const net::IpAddress& address);
/// CNAME, NS, PTR.
Record nameRecord(const Name& owner, std::uint16_t type, const Name& target);
/// At most 255 bytes of each text are told.
Record textRecord(const Name& owner, const std::vector<std::string>& texts);
/// `primary` is who answers.
Record authorityRecord(const Name& owner, const Name& primary, std::uint32_t serial);

/// The reply that is made step by step. Thread: confined.
class Reply {
public:
    explicit Reply(const Query& query);

    void setRcode(Rcode rcode);
    void setTruncated() { ldns_pkt_set_tc(packet_.get(), true); }
    void setAuthoritative() { ldns_pkt_set_aa(packet_.get(), true); }
    void add(ldns_pkt_section section, Record record);
    bool hasAnswers() const { return ldns_pkt_ancount(packet_.get()) > 0; }

    /// What does not fit goes in this order: the additional records, then all, with the mark that
    /// tells the client to come again by TCP (RFC 2181 section 9).
    Bytes finish();
    /// The query itself in place of a reply to it.
    Bytes finishQuery();

private:
    void drop(ldns_pkt_section section);

    const Query& query_;
    Packet packet_;
};

}  // namespace weft::mesh::dns::detail
