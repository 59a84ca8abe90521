// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/planning/draft_store.h"
#include "tests/fuzz/fuzz_check.h"

#include <google/protobuf/stubs/logging.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const google::protobuf::LogSilencer kQuiet;
    const auto stored = weft::daemon::decodeDraft(weft::fuzz::asText(data, size));
    if (!stored.ok()) {
        WEFT_FUZZ_CHECK(
            stored.status().code() == weft::StatusCode::kDataLoss
            || stored.status().code() == weft::StatusCode::kFailedPrecondition);
        return 0;
    }
    const auto written = weft::daemon::encodeDraft(*stored);
    const auto again = weft::daemon::decodeDraft(written);
    WEFT_FUZZ_CHECK(again.ok());
    WEFT_FUZZ_CHECK(weft::daemon::encodeDraft(*again) == written);
    return 0;
}
