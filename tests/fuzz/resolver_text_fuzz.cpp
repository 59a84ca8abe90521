// SPDX-License-Identifier: Apache-2.0
#include "core/platform/resolver/resolver_file.h"
#include "core/platform/resolver/resolver_text.h"
#include "tests/fuzz/fuzz_check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace weft::platform;

    const auto text = weft::fuzz::asText(data, size);
    const auto server = weft::net::IpAddress::v4(0xAC100001);
    WEFT_FUZZ_CHECK(nameserversOf(text).size() <= kMostNameservers);
    WEFT_FUZZ_CHECK(searchDomainsOf(text).size() <= kMostSearchDomains);
    const auto others = withoutServers(text);
    WEFT_FUZZ_CHECK(withoutServers(others) == others);
    const auto with = withServer(text, server);
    WEFT_FUZZ_CHECK(isFirst(with, server));
    WEFT_FUZZ_CHECK(withoutServer(with, server) == others);
    WEFT_FUZZ_CHECK(nameserversOf(with) == nameserversOf(others));
    const auto backup = decodeResolverBackup(text);
    if (!backup.ok()) {
        WEFT_FUZZ_CHECK(backup.status().code() == weft::StatusCode::kDataLoss);
        return 0;
    }
    const auto again = decodeResolverBackup(encodeResolverBackup(*backup));
    WEFT_FUZZ_CHECK(again.ok());
    WEFT_FUZZ_CHECK(*again == *backup);
    return 0;
}
