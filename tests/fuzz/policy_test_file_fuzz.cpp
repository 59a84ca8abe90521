// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/mesh/changes/policy_test_file.h"
#include "tests/fuzz/fuzz_check.h"

namespace {

namespace changes = weft::mesh::changes;

}  // namespace

/// What is read is valid, and what the mesh keeps of it reads as the same file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto tests = changes::parsePolicyTests(weft::fuzz::asText(data, size), "tests.yaml");
    if (!tests.ok()) {
        WEFT_FUZZ_CHECK(weft::base::isUtf8(weft::messageOf(tests.status())));
        WEFT_FUZZ_CHECK(!weft::messageOf(tests.status()).empty());
        return 0;
    }
    WEFT_FUZZ_CHECK(changes::validate(*tests).ok());
    const auto again = changes::parsePolicyTests(changes::encode(*tests), "tests.json");
    WEFT_FUZZ_CHECK(again.ok());
    WEFT_FUZZ_CHECK(*again == *tests);
    return 0;
}
