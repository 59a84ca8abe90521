// SPDX-License-Identifier: Apache-2.0
#include "core/platform/linux/echo_packet.h"
#include "tests/fuzz/fuzz_check.h"

#include <algorithm>
#include <optional>
#include <span>
#include <vector>

namespace {

using weft::net::Family;
using weft::platform::detail::behindIpv4Header;
using weft::platform::detail::echoRequest;
using weft::platform::detail::EchoToken;
using weft::platform::detail::kEchoHeaderBytes;
using weft::platform::detail::sequenceOfReply;
using weft::platform::detail::sequenceOfRequest;
using Bytes = std::span<const std::uint8_t>;

constexpr EchoToken kToken{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

/// The same said slowly.
bool isReply(Family family, Bytes message) {
    return message.size() >= kEchoHeaderBytes + kToken.size()
           && message[0] == (family == Family::V4 ? 0 : 129) && message[1] == 0
           && std::equal(kToken.begin(), kToken.end(), message.begin() + kEchoHeaderBytes);
}

void checkMessage(Family family, Bytes message) {
    const auto reply = sequenceOfReply(family, message, kToken);
    WEFT_FUZZ_CHECK(reply.has_value() == isReply(family, message));
    const auto request = sequenceOfRequest(family, message);
    WEFT_FUZZ_CHECK(!reply || !request);
    if (const auto sequence = reply ? reply : request) {
        WEFT_FUZZ_CHECK(*sequence == message[6] * 256 + message[7]);
    }
    // Of a request that came back nothing behind its header is looked at.
    const auto header = message.first(std::min(message.size(), kEchoHeaderBytes));
    WEFT_FUZZ_CHECK(sequenceOfRequest(family, header) == request);
    if (!reply) {
        return;
    }
    auto other = kToken;
    other[message[4] % other.size()] ^= 1U;
    WEFT_FUZZ_CHECK(!sequenceOfReply(family, message, other));
    // What this program asks with the same numbers is read as what it is.
    const auto asked = echoRequest(family, message[5], *reply, kToken);
    WEFT_FUZZ_CHECK(sequenceOfRequest(family, asked) == reply);
    WEFT_FUZZ_CHECK(!sequenceOfReply(family, asked, kToken));
}

}  // namespace

/// The first byte says of which family the rest is (even: IPv4); 2 or 3: as a raw socket of IPv4
/// has it, behind a header.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    const std::vector<std::uint8_t> bytes(data + 1, data + size);
    const auto family = data[0] % 2 == 0 ? Family::V4 : Family::V6;
    if (data[0] < 2) {
        checkMessage(family, bytes);
        return 0;
    }
    const auto inner = behindIpv4Header(bytes);
    WEFT_FUZZ_CHECK(inner.empty() || inner.data() + inner.size() == bytes.data() + bytes.size());
    WEFT_FUZZ_CHECK(inner.empty() || bytes.size() - inner.size() == (bytes[0] & 0x0fU) * 4U);
    WEFT_FUZZ_CHECK(inner.empty() || (bytes[0] >= 0x45 && bytes[0] <= 0x4f));
    checkMessage(Family::V4, inner);
    return 0;
}
