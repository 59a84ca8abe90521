// SPDX-License-Identifier: Apache-2.0
#include "core/net/ip_address.h"
#include "tests/fuzz/fuzz_check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto address = weft::net::IpAddress::parse(weft::fuzz::asText(data, size));
    if (!address.ok()) {
        return 0;
    }
    WEFT_FUZZ_CHECK(address->bytes().size() == (address->isV4() ? 4U : 16U));
    const auto again = weft::net::IpAddress::parse(address->toString());
    WEFT_FUZZ_CHECK(again.ok());
    WEFT_FUZZ_CHECK(*again == *address);
    WEFT_FUZZ_CHECK(again->toString() == address->toString());
    WEFT_FUZZ_CHECK(address->unmapped().unmapped() == address->unmapped());
    return 0;
}
