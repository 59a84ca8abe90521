// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/crypto/digest.h"
#include "core/mesh/invitation_code.h"
#include "tests/fuzz/fuzz_check.h"

#include <string>

namespace {

using weft::mesh::InvitationCode;

void check(std::string_view text) {
    const auto code = InvitationCode::parse(text);
    if (!code.ok()) {
        WEFT_FUZZ_CHECK(!code.status().message().empty());
        return;
    }
    WEFT_FUZZ_CHECK(code->authorityFingerprint.size() == 32);
    WEFT_FUZZ_CHECK(code->secret.size() >= 16);
    WEFT_FUZZ_CHECK(code->addresses.size() <= 4);
    const auto written = code->toString();
    const auto again = InvitationCode::parse(written);
    WEFT_FUZZ_CHECK(again.ok());
    WEFT_FUZZ_CHECK(again->invitationId == code->invitationId);
    WEFT_FUZZ_CHECK(again->secret == code->secret);
    WEFT_FUZZ_CHECK(again->authorityFingerprint == code->authorityFingerprint);
    WEFT_FUZZ_CHECK(again->expiresAt == code->expiresAt);
    WEFT_FUZZ_CHECK(again->addresses == code->addresses);
    WEFT_FUZZ_CHECK(again->toString() == written);
}

/// The code whose content is `bytes`, with a right checksum: without it hardly any damage would
/// reach the parser of the content.
std::string codeOf(std::string_view bytes) {
    constexpr std::size_t kChecksumBytes = 4;
    std::string content(bytes);
    content += weft::crypto::asString(weft::crypto::sha256(bytes)).substr(0, kChecksumBytes);
    return "weft1-" + weft::base::base64UrlEncode(content);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto bytes = weft::fuzz::asText(data, size);
    check(bytes);
    check(codeOf(bytes));
    return 0;
}
