// SPDX-License-Identifier: Apache-2.0
#include "core/platform/host/host_journal.h"
#include "tests/fuzz/fuzz_check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using weft::platform::decodeHostChanges;
    using weft::platform::encodeHostChanges;

    const auto text = weft::fuzz::asText(data, size);
    const auto good = weft::platform::decodeGoodLines(text);
    WEFT_FUZZ_CHECK(*decodeHostChanges(encodeHostChanges(good)) == good);
    const auto read = decodeHostChanges(text);
    if (!read.ok()) {
        WEFT_FUZZ_CHECK(read.status().code() == weft::StatusCode::kDataLoss);
        return 0;
    }
    const auto again = decodeHostChanges(encodeHostChanges(*read));
    WEFT_FUZZ_CHECK(again.ok());
    WEFT_FUZZ_CHECK(*again == *read);
    WEFT_FUZZ_CHECK(good == *read);
    return 0;
}
