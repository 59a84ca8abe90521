// SPDX-License-Identifier: Apache-2.0
#include "core/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace weft::base {

void checkFailed(const char* condition, const char* file, int line) {
    std::fprintf(stderr, "weft: broken invariant: %s at %s:%d\n", condition, file, line);
    std::abort();
}

}  // namespace weft::base
