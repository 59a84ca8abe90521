// SPDX-License-Identifier: Apache-2.0
// A target with a fault, to show that the driver finds and shows one.
#include "tests/fuzz/fuzz_check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    WEFT_FUZZ_CHECK(size < 3 || data[0] != 'w' || data[2] == 'f');
    return 0;
}
