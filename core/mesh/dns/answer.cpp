// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/dns/answer.h"

#include "core/base/text.h"
#include "core/mesh/dns/detail/packet.h"
#include "core/mesh/dns/reverse.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string>
#include <utility>
#include <vector>

namespace weft::mesh::dns {
namespace {

/// Of one text about a node, with its key in front.
constexpr std::size_t kMostTextBytes = 220;

/// One query about a name of the mesh.
class Answer {
public:
    Answer(const Zone& zone, const Query& query)
        : zone_(zone), query_(query), name_(query.question.name), reply_(query) {
        reply_.setAuthoritative();
    }

    Bytes ofDomain();
    Bytes ofAddress(const Reverse& reverse, const net::IpPrefix& network);

private:
    std::uint16_t type() const { return query_.question.type; }
    const Name& domain() const { return zone_.options().domain; }
    /// The name of the node that answers; the domain's when it has none.
    Name primary() const;
    std::optional<Name> nameOf(const NodeId& id) const;

    void apex(const Name& owner);
    void node(const Name& owner, const ZoneNode& node);
    void addresses(ldns_pkt_section section, const Name& owner, const ZoneNode& node, bool all);
    void text(ldns_pkt_section section, const Name& owner, const ZoneNode& node);
    void members(const std::vector<NodeId>& ids);
    bool alias(const std::string& label);
    /// With who answers for `zone`, or with what says that there is nothing.
    Bytes close(const Name& zone, bool exists);

    const Zone& zone_;
    const Query& query_;
    const Name& name_;
    detail::Reply reply_;
};

std::optional<Name> Answer::nameOf(const NodeId& id) const {
    const auto label = labelOf(id.value());
    const auto* node = label ? zone_.find(*label) : nullptr;
    // Another may have the name.
    return node != nullptr && node->id == id ? domain().below(*label) : std::nullopt;
}

Name Answer::primary() const {
    return nameOf(zone_.options().serving).value_or(domain());
}

Bytes Answer::close(const Name& zone, bool exists) {
    if (reply_.hasAnswers()) {
        if (type() != kTypeNs || zone != name_) {
            reply_.add(LDNS_SECTION_AUTHORITY, detail::nameRecord(zone, kTypeNs, primary()));
        }
        return reply_.finish();
    }
    reply_.setRcode(exists ? Rcode::NoError : Rcode::NxDomain);
    reply_.add(LDNS_SECTION_AUTHORITY, detail::authorityRecord(zone, primary(), zone_.serial()));
    return reply_.finish();
}

void Answer::apex(const Name& owner) {
    if (type() == kTypeSoa) {
        reply_.add(LDNS_SECTION_ANSWER, detail::authorityRecord(owner, primary(), zone_.serial()));
    } else if (type() == kTypeNs) {
        reply_.add(LDNS_SECTION_ANSWER, detail::nameRecord(owner, kTypeNs, primary()));
    }
}

void Answer::addresses(
    ldns_pkt_section section, const Name& owner, const ZoneNode& node, bool all) {
    if (node.ipv4 && !zone_.options().ipv6Only && (all || type() == kTypeA)) {
        reply_.add(section, detail::addressRecord(owner, *node.ipv4));
    }
    if (node.ipv6 && (all || type() == kTypeAaaa)) {
        reply_.add(section, detail::addressRecord(owner, *node.ipv6));
    }
}

void Answer::text(ldns_pkt_section section, const Name& owner, const ZoneNode& node) {
    // What nodes say of themselves is foreign.
    const auto said = [](const std::string& value) {
        return value.empty() ? std::string("<none>") : base::escapeForLine(value, kMostTextBytes);
    };
    reply_.add(
        section,
        detail::textRecord(
            owner,
            {fmt::format("id={}", node.id.value()),
             fmt::format("storage_port={}", node.storagePort),
             fmt::format("grpc_port={}", node.rpcPort),
             "wireguard_endpoints="
                 + said(fmt::format("{}", fmt::join(node.wireguardEndpoints, ","))),
             "primary_endpoint=" + said(node.primaryEndpoint)}));
}

void Answer::node(const Name& owner, const ZoneNode& node) {
    if (type() == kTypeTxt) {
        text(LDNS_SECTION_ANSWER, owner, node);
        addresses(LDNS_SECTION_ADDITIONAL, owner, node, true);
        return;
    }
    addresses(LDNS_SECTION_ANSWER, owner, node, false);
    if (reply_.hasAnswers()) {
        text(LDNS_SECTION_ADDITIONAL, owner, node);
    }
}

void Answer::members(const std::vector<NodeId>& ids) {
    std::vector<std::pair<Name, const ZoneNode*>> known;
    for (const auto& id : ids) {
        const auto target = nameOf(id);
        if (target && known.size() < kMostListed) {
            known.emplace_back(*target, zone_.node(id));
        }
    }
    // A name is an alias of one other at most (RFC 1034 section 3.6.2): of several it has what they
    // have.
    const bool isAlias = known.size() == 1;
    if (isAlias) {
        reply_.add(LDNS_SECTION_ANSWER, detail::nameRecord(name_, kTypeCname, known.front().first));
    }
    for (const auto& [target, record] : known) {
        const auto& owner = isAlias ? target : name_;
        if (type() == kTypeTxt) {
            text(LDNS_SECTION_ANSWER, owner, *record);
        } else {
            addresses(LDNS_SECTION_ANSWER, owner, *record, false);
        }
    }
}

bool Answer::alias(const std::string& label) {
    const auto& servers = zone_.servers();
    if (label == "leader") {
        members(servers.leader ? std::vector{*servers.leader} : std::vector<NodeId>());
    } else if (label == "voters") {
        members(servers.voters);
    } else if (label == "observers") {
        members(servers.observers);
    } else {
        return false;
    }
    return true;
}

Bytes Answer::ofDomain() {
    const auto depth = name_.labels().size() - domain().labels().size();
    if (depth == 0) {
        apex(name_);
        return close(domain(), true);
    }
    const auto& label = name_.labels().front();
    if (depth == 1 && alias(label)) {
        return close(domain(), true);
    }
    // Deeper names are the first label's, as in reference nodes.
    const auto* found = zone_.find(label);
    if (found != nullptr) {
        node(name_, *found);
    }
    return close(domain(), found != nullptr);
}

Bytes Answer::ofAddress(const Reverse& reverse, const net::IpPrefix& network) {
    const auto zone = reverseZone(network, reverse.prefix.address());
    if (name_ == zone) {
        apex(name_);
    }
    if (!reverse.isAddress()) {
        // Parts of addresses have something below them, so they are there.
        return close(zone, reverse.excess == 0);
    }
    const auto* holder = zone_.holder(reverse.prefix.address());
    const auto target = holder == nullptr ? std::nullopt : nameOf(holder->id);
    if (target && type() == kTypePtr) {
        reply_.add(LDNS_SECTION_ANSWER, detail::nameRecord(name_, kTypePtr, *target));
    }
    return close(zone, target.has_value());
}

}  // namespace

std::optional<Bytes> answerFrom(const Zone& zone, const Query& query) {
    const auto& name = query.question.name;
    if (name.isWithin(zone.options().domain)) {
        return Answer(zone, query).ofDomain();
    }
    const auto reverse = reverseOf(name);
    const auto* network = reverse ? zone.networkOf(reverse->prefix) : nullptr;
    if (network == nullptr) {
        return std::nullopt;
    }
    return Answer(zone, query).ofAddress(*reverse, *network);
}

Verdict answer(const Zone& zone, std::span<const std::uint8_t> query, Transport by, Caller caller) {
    if (caller == Caller::Stranger) {
        return Silence();
    }
    auto read = readQuery(query, by);
    if (auto* bytes = std::get_if<Bytes>(&read)) {
        return std::move(*bytes);
    }
    auto* asked = std::get_if<Query>(&read);
    if (asked == nullptr) {
        return Silence();
    }
    if (auto bytes = answerFrom(zone, *asked)) {
        return *std::move(bytes);
    }
    return Outside{std::move(*asked)};
}

}  // namespace weft::mesh::dns
