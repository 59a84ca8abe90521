// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace weft::base {

/// Writes the place of a broken invariant to standard error and stops the process.
[[noreturn]] void checkFailed(const char* condition, const char* file, int line);

}  // namespace weft::base

/// For our own bugs only: bytes from a peer or a disk never reach one.
#define WEFT_CHECK(condition)                                          \
    do {                                                               \
        if (!(condition)) {                                            \
            ::weft::base::checkFailed(#condition, __FILE__, __LINE__); \
        }                                                              \
    } while (false)
