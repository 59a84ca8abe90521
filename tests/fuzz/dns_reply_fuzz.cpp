// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/dns/forward.h"
#include "core/mesh/dns/lookup.h"
#include "tests/fuzz/fuzz_check.h"

#include <algorithm>
#include <chrono>
#include <vector>

namespace {

namespace dns = weft::mesh::dns;

constexpr std::uint16_t kId = 0x1234;

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const dns::Question question{*dns::Name::parse("a.org"), dns::kTypeA, dns::kClassIn};
    static const std::vector own = {*weft::net::IpPrefix::parse("172.16.0.0/12")};
    const auto said = dns::readForwarded({data, size}, kId, question);
    if (!said) {
        return 0;
    }
    WEFT_FUZZ_CHECK(said->ttl >= std::chrono::seconds(0) && said->ttl <= dns::kMaxTtl);
    WEFT_FUZZ_CHECK(said->bytes.size() == size);
    const auto shown = dns::answersIn(said->bytes);
    WEFT_FUZZ_CHECK(shown.size() <= dns::kMostShownRecords);
    for (const auto& record : shown) {
        const auto text = record.name + record.type + record.data;
        WEFT_FUZZ_CHECK(
            std::ranges::none_of(text, [](char each) { return each >= 0 && each < ' '; }));
    }
    WEFT_FUZZ_CHECK(!dns::readForwarded({data, size}, kId + 1, question));
    // A client with another id gets a reply to what it asked, and one that fits.
    auto bytes = dns::forwardQuery(question, kId + 1, true);
    const auto query = std::get<dns::Query>(dns::readQuery(bytes, dns::Transport::Udp));
    const auto reply = dns::forwardedReply(query, *said, std::chrono::seconds(10), own);
    WEFT_FUZZ_CHECK(reply.size() >= dns::kHeaderBytes && reply.size() <= dns::kMaxUdpReplyBytes);
    const auto again = dns::readForwarded(reply, kId + 1, question);
    WEFT_FUZZ_CHECK(again && (again->rcode == said->rcode || again->rcode == dns::Rcode::ServFail));
    return 0;
}
