// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/policy/detail/cidr_list.h"
#include "tests/fuzz/fuzz_check.h"

#include <algorithm>
#include <string>
#include <vector>

namespace {

namespace net = weft::net;
using weft::mesh::policy::Dialect;
using weft::mesh::policy::detail::CidrList;
using weft::mesh::policy::detail::WideAddress;

std::vector<std::string> lines(std::string_view text) {
    std::vector<std::string> found;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        found.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return found;
}

/// The quick way says of a host what the slow one says, whatever the rule does.
void checkHost(const CidrList& list, const net::IpAddress& host) {
    const auto prefix = net::IpPrefix::host(host);
    for (const auto dialect : {Dialect::Seed, Dialect::Reference}) {
        const bool matches = list.matches(prefix, dialect, false);
        WEFT_FUZZ_CHECK(matches == list.matches(prefix, dialect, true));
        if (!list.isOpen(dialect)) {
            WEFT_FUZZ_CHECK(matches == list.contains(WideAddress(host)));
        }
    }
}

}  // namespace

/// One text a line: the list, and each text in it is held against the whole too.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto texts = lines(weft::fuzz::asText(data, size));
    const auto list = CidrList::parse(texts);
    bool allRead = true;
    for (const auto& text : texts) {
        allRead = allRead && (text == "*" || net::IpPrefix::parse(text).ok());
    }
    WEFT_FUZZ_CHECK(list.ok() == allRead);
    if (!list.ok()) {
        return 0;
    }
    checkHost(*list, net::IpAddress());
    checkHost(*list, net::IpAddress::v6({}));
    for (const auto& text : texts) {
        const auto prefix = net::IpPrefix::parse(text);
        if (!prefix.ok()) {
            continue;
        }
        checkHost(*list, prefix->address());
        // What a list holds it accepts; what it accepts whole it does not miss when it denies.
        WEFT_FUZZ_CHECK(list->matches(*prefix, Dialect::Seed, false));
        WEFT_FUZZ_CHECK(list->matches(*prefix, Dialect::Seed, true));
        WEFT_FUZZ_CHECK(list->matches(*prefix, Dialect::Reference, false));
    }
    return 0;
}
