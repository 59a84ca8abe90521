// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/random_source.h"

#include "core/base/check.h"

#include <openssl/rand.h>

#include <algorithm>
#include <climits>
#include <cstddef>

namespace weft::crypto {

void SystemRandom::fill(std::span<std::uint8_t> out) {
    while (!out.empty()) {
        const auto count = std::min<std::size_t>(out.size(), INT_MAX);
        WEFT_CHECK(RAND_priv_bytes(out.data(), static_cast<int>(count)) == 1);
        out = out.subspan(count);
    }
}

}  // namespace weft::crypto
