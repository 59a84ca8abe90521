// SPDX-License-Identifier: Apache-2.0
#include "core/net/ip_prefix.h"
#include "tests/fuzz/fuzz_check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto prefix = weft::net::IpPrefix::parse(weft::fuzz::asText(data, size));
    if (!prefix.ok()) {
        return 0;
    }
    WEFT_FUZZ_CHECK(prefix->length() >= 0 && prefix->length() <= prefix->address().bits());
    const auto again = weft::net::IpPrefix::parse(prefix->toString());
    WEFT_FUZZ_CHECK(again.ok());
    WEFT_FUZZ_CHECK(*again == *prefix);

    const auto network = prefix->masked();
    WEFT_FUZZ_CHECK(network.masked() == network);
    WEFT_FUZZ_CHECK(network.contains(prefix->address()));
    WEFT_FUZZ_CHECK(network.contains(*prefix) && prefix->contains(network));
    WEFT_FUZZ_CHECK(network.overlaps(*prefix));
    return 0;
}
