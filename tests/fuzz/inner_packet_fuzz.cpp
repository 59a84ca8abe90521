// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/packet/inner_packet.h"
#include "tests/fuzz/fuzz_check.h"

#include <algorithm>
#include <vector>

namespace {

using weft::wireguard::Ecn;
using weft::wireguard::parseInner;

/// The ECN field changes and nothing else that parseInner sees.
void checkEcn(const std::vector<std::uint8_t>& bytes, Ecn ecn) {
    auto changed = bytes;
    weft::wireguard::setEcn(changed, ecn);
    const auto before = parseInner(bytes);
    const auto after = parseInner(changed);
    WEFT_FUZZ_CHECK(after.has_value());
    WEFT_FUZZ_CHECK(after->ecn() == ecn && after->dscp() == before->dscp());
    WEFT_FUZZ_CHECK(after->protocol == before->protocol && after->fragment == before->fragment);
    WEFT_FUZZ_CHECK(std::ranges::equal(after->transport(), before->transport()));
    WEFT_FUZZ_CHECK(after->destinationAddress() == before->destinationAddress());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::vector<std::uint8_t> bytes(data, data + size);
    const auto packet = parseInner(bytes);
    if (!packet) {
        return 0;
    }
    WEFT_FUZZ_CHECK(packet->bytes.data() == bytes.data() && packet->bytes.size() <= size);
    WEFT_FUZZ_CHECK(packet->transportOffset >= (packet->isV4() ? 20U : 40U));
    WEFT_FUZZ_CHECK(packet->transportOffset <= packet->bytes.size());
    WEFT_FUZZ_CHECK(packet->sourceAddress().isV4() == packet->isV4());
    // Reading the packet alone gives the same, and a byte less than it is no packet.
    const std::vector<std::uint8_t> alone(packet->bytes.begin(), packet->bytes.end());
    WEFT_FUZZ_CHECK(parseInner(alone).has_value());
    WEFT_FUZZ_CHECK(!parseInner(std::span(alone).first(alone.size() - 1)).has_value());
    checkEcn(bytes, Ecn::NotCapable);
    checkEcn(bytes, Ecn::Congested);
    return 0;
}
