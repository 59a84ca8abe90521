// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/dns/lookup.h"

#include "core/base/text.h"
#include "core/mesh/dns/detail/packet.h"
#include "core/mesh/dns/reverse.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

namespace weft::mesh::dns {
namespace {

/// Of one record; a TXT record can be as long as a message.
constexpr std::size_t kMostShownBytes = 1024;
/// From here on types are those of queries and not of records.
constexpr std::uint16_t kFirstMetaType = 128;
constexpr std::uint16_t kLastMetaType = 255;

struct TextFreed {
    void operator()(char* text) const { LDNS_FREE(text); }
};
using Text = std::unique_ptr<char, TextFreed>;

std::string shown(char* text) {
    const Text owned(text);
    return owned ? base::escapeForLine(owned.get(), kMostShownBytes) : std::string();
}

StatusOr<std::uint16_t> typeFrom(std::string_view text) {
    const auto type = static_cast<std::uint16_t>(
        ldns_get_rr_type_by_name(std::string(text.substr(0, kMaxLabelBytes)).c_str()));
    const bool isMeta = type == kTypeOpt || (type >= kFirstMetaType && type <= kLastMetaType);
    if (type == 0 || isMeta) {
        return invalidArgument(
            "\"{}\" is no type of record: give A, AAAA, PTR, TXT, CNAME, NS, SOA or another",
            base::escapeForLine(text));
    }
    return type;
}

ShownRecord shownRecord(const ldns_rr* record) {
    ShownRecord result;
    result.name = shown(ldns_rdf2str(ldns_rr_owner(record)));
    result.ttl = ldns_rr_ttl(record);
    result.type = typeText(static_cast<std::uint16_t>(ldns_rr_get_type(record)));
    for (std::size_t at = 0; at < ldns_rr_rd_count(record); ++at) {
        result.data += (at == 0 ? "" : " ") + shown(ldns_rdf2str(ldns_rr_rdf(record, at)));
    }
    return result;
}

}  // namespace

StatusOr<Question> questionFrom(std::string_view name, std::string_view type, const Name& domain) {
    Question question;
    const auto address = net::IpAddress::parse(name);
    if (address.ok()) {
        question.name = reverseName(*address);
        question.type = kTypePtr;
    } else {
        WEFT_ASSIGN_OR_RETURN(question.name, Name::parse(name));
        question.type = kTypeA;
        if (name.empty()) {
            return invalidArgument("give a name or an address");
        }
        if (name.find('.') == std::string_view::npos) {
            auto below = domain.below(question.name.labels().front());
            if (!below) {
                return invalidArgument("\"{}\" is too long", base::escapeForLine(name));
            }
            question.name = *std::move(below);
        }
    }
    if (!type.empty()) {
        WEFT_ASSIGN_OR_RETURN(question.type, typeFrom(type));
    }
    return question;
}

std::vector<ShownRecord> answersIn(std::span<const std::uint8_t> reply) {
    const auto packet = detail::readPacket(reply);
    if (!packet) {
        return {};
    }
    const auto* answers = ldns_pkt_answer(packet.get());
    const auto count = std::min(ldns_rr_list_rr_count(answers), kMostShownRecords);
    std::vector<ShownRecord> records;
    for (std::size_t at = 0; at < count; ++at) {
        records.push_back(shownRecord(ldns_rr_list_rr(answers, at)));
    }
    return records;
}

std::string textOf(Rcode rcode) {
    switch (rcode) {
    case Rcode::NoError:
        return "NOERROR";
    case Rcode::FormErr:
        return "FORMERR";
    case Rcode::ServFail:
        return "SERVFAIL";
    case Rcode::NxDomain:
        return "NXDOMAIN";
    case Rcode::NotImp:
        return "NOTIMP";
    case Rcode::Refused:
        return "REFUSED";
    case Rcode::BadVers:
        return "BADVERS";
    }
    return fmt::format("RCODE{}", static_cast<unsigned>(rcode));
}

std::string typeText(std::uint16_t type) {
    return shown(ldns_rr_type2str(static_cast<ldns_rr_type>(type)));
}

}  // namespace weft::mesh::dns
