// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/changes/policy_tests.h"
#include "tests/fuzz/fuzz_check.h"

#include <google/protobuf/stubs/logging.h>

namespace {

namespace changes = weft::mesh::changes;

}  // namespace

/// What is read is valid, reads again as the same once it is written, and can be run.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const google::protobuf::LogSilencer kQuiet;
    const auto tests = changes::decode(weft::fuzz::asText(data, size));
    if (!tests.ok()) {
        WEFT_FUZZ_CHECK(!weft::messageOf(tests.status()).empty());
        return 0;
    }
    WEFT_FUZZ_CHECK(changes::validate(*tests).ok());
    const auto again = changes::decode(changes::encode(*tests));
    WEFT_FUZZ_CHECK(again.ok());
    WEFT_FUZZ_CHECK(*again == *tests);

    const weft::storage::Registry empty;
    const auto results =
        changes::run(*tests, {{}, empty, {}, [](const auto&, const auto&) { return true; }});
    WEFT_FUZZ_CHECK(results.size() == tests->size());
    for (const auto& result : results) {
        WEFT_FUZZ_CHECK(!result.passed && !result.text.empty());
    }
    return 0;
}
