// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "tests/fuzz/fuzz_check.h"

#include <algorithm>
#include <string>

namespace {

namespace base = weft::base;

void checkDecoders(std::string_view text) {
    if (const auto bytes = base::base64Decode(text)) {
        WEFT_FUZZ_CHECK(base::base64Encode(*bytes) == text);
    }
    if (const auto bytes = base::base64UrlDecode(text)) {
        WEFT_FUZZ_CHECK(base::base64UrlEncode(*bytes) == text);
    }
    if (const auto bytes = base::hexDecode(text)) {
        const auto again = base::hexDecode(base::hexEncode(*bytes));
        WEFT_FUZZ_CHECK(again && *again == *bytes);
    }
}

void checkEncoders(std::string_view bytes) {
    WEFT_FUZZ_CHECK(base::base64Decode(base::base64Encode(bytes)) == bytes);
    WEFT_FUZZ_CHECK(base::base64UrlDecode(base::base64UrlEncode(bytes)) == bytes);
    WEFT_FUZZ_CHECK(base::hexDecode(base::hexEncode(bytes)) == bytes);
}

bool hasControl(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 || byte == 0x7f;
    });
}

void checkEscapers(std::string_view text) {
    // The limit is on the text; an ellipsis may stand behind it.
    constexpr std::size_t kEllipsisBytes = 3;
    for (const std::size_t most : {std::size_t{1}, std::size_t{16}, std::size_t{256}}) {
        for (const auto& shown : {base::escapeForLine(text, most), base::displayText(text, most)}) {
            WEFT_FUZZ_CHECK(base::isUtf8(shown));
            WEFT_FUZZ_CHECK(!hasControl(shown));
            WEFT_FUZZ_CHECK(shown.size() <= most + kEllipsisBytes);
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = weft::fuzz::asText(data, size);
    checkDecoders(text);
    checkEncoders(text);
    checkEscapers(text);
    return 0;
}
