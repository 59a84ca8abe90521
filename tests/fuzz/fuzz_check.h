// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

/// The one function of a fuzz target. Reads bytes of a stranger and must come back: no crash, no
/// hang, no property broken. Always returns 0.
// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer calls it by this name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace weft::fuzz {

/// The input as the parsers take it.
inline std::string_view asText(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

[[noreturn]] inline void propertyBroken(const char* property, const char* file, int line) {
    std::fprintf(stderr, "%s:%d: property broken: %s\n", file, line, property);
    std::abort();
}

}  // namespace weft::fuzz

/// Ends the process when `property` does not hold; the driver then shows the input.
#define WEFT_FUZZ_CHECK(property)      \
    ((property) ? static_cast<void>(0) \
                : ::weft::fuzz::propertyBroken(#property, __FILE__, __LINE__))
