// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/dns/answer.h"
#include "tests/fuzz/fuzz_check.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace {

namespace dns = weft::mesh::dns;

dns::Zone makeZone() {
    dns::ZoneOptions options;
    options.domain = *dns::Name::parse("mesh.internal");
    options.networks = {
        *weft::net::IpPrefix::parse("172.16.0.0/12"), *weft::net::IpPrefix::parse("fd00:1::/32")};
    options.serving = dns::NodeId("ns");
    dns::Zone zone(std::move(options));
    dns::ZoneServers servers;
    for (const std::string id : {"ns", "Node-A", "a.b", "c"}) {
        dns::ZoneNode node;
        node.id = dns::NodeId(id);
        node.ipv4 = weft::net::IpAddress::v4(0xAC100001U + static_cast<unsigned>(zone.size()));
        node.ipv6 = *weft::net::IpAddress::parse("fd00:1::1:0");
        servers.voters.push_back(node.id);
        zone.set(std::move(node));
    }
    servers.leader = dns::NodeId("ns");
    zone.setServers(std::move(servers));
    return zone;
}

/// A reply is one for the query, within its limit, and no query itself.
void checkReply(std::span<const std::uint8_t> query, const dns::Bytes& reply, std::size_t most) {
    WEFT_FUZZ_CHECK(reply.size() >= dns::kHeaderBytes && reply.size() <= most);
    WEFT_FUZZ_CHECK(std::equal(reply.begin(), reply.begin() + 2, query.begin()));
    WEFT_FUZZ_CHECK((reply[2] & 0x80U) != 0);
    const auto again = dns::readQuery(reply, dns::Transport::Udp);
    WEFT_FUZZ_CHECK(std::holds_alternative<dns::Silence>(again));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const dns::Zone zone = makeZone();
    const std::span query(data, size);
    WEFT_FUZZ_CHECK(std::holds_alternative<dns::Silence>(
        dns::answer(zone, query, dns::Transport::Udp, dns::Caller::Stranger)));
    const auto udp = dns::answer(zone, query, dns::Transport::Udp, dns::Caller::Member);
    const auto tcp = dns::answer(zone, query, dns::Transport::Tcp, dns::Caller::Member);
    WEFT_FUZZ_CHECK(udp.index() == tcp.index());
    if (const auto* reply = std::get_if<dns::Bytes>(&udp)) {
        checkReply(query, *reply, dns::kMaxUdpReplyBytes);
        checkReply(query, std::get<dns::Bytes>(tcp), dns::kMaxTcpReplyBytes);
    }
    if (const auto* outside = std::get_if<dns::Outside>(&udp)) {
        // What is for others is not of the mesh, and can be refused.
        const auto& asked = outside->query;
        WEFT_FUZZ_CHECK(!asked.question.name.isWithin(zone.options().domain));
        const auto refused = dns::plainReply(asked, dns::Rcode::Refused);
        checkReply(query, refused, dns::kMaxUdpReplyBytes);
        WEFT_FUZZ_CHECK(dns::Name::fromWire(asked.question.name.wire()) == asked.question.name);
    }
    return 0;
}
