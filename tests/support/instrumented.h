// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace weft::tests {

/// Whether this program is built with a sanitizer. Its memory says nothing then: what was given
/// back is kept for a while to find who still uses it.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kInstrumented = true;
#else
inline constexpr bool kInstrumented = false;
#endif

/// By how much a limit on time is stretched. The sanitizers slow our code down by up to this.
inline constexpr int kSlowdown = kInstrumented ? 8 : 1;

}  // namespace weft::tests
