// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace weft::base {

/// How many bytes have to be put in, taken out or replaced to make one text of the other
/// (Levenshtein). Time and memory grow with the product and the length: cap what comes from
/// outside.
std::size_t editDistance(std::string_view from, std::string_view to);

}  // namespace weft::base
