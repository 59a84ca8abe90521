// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/invitation_plan.h"
#include "tests/fuzz/fuzz_check.h"

#include <google/protobuf/stubs/logging.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const google::protobuf::LogSilencer kQuiet;
    namespace detail = weft::mesh::detail;
    const auto record = detail::decodeInvitation(weft::fuzz::asText(data, size));
    if (!record.ok()) {
        WEFT_FUZZ_CHECK(record.status().code() == weft::StatusCode::kDataLoss);
        return 0;
    }
    const auto written = detail::encodeInvitation(*record);
    const auto again = detail::decodeInvitation(written);
    WEFT_FUZZ_CHECK(again.ok());
    WEFT_FUZZ_CHECK(again->id == record->id && again->nodeId == record->nodeId);
    // What was used or withdrawn never opens again.
    WEFT_FUZZ_CHECK(again->state == record->state);
    WEFT_FUZZ_CHECK(detail::encodeInvitation(*again) == written);
    return 0;
}
