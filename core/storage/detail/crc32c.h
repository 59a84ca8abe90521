// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace weft::storage::detail {

/// CRC-32C (Castagnoli, RFC 3720 appendix B.4) of `bytes`, going on from `crc` of what came before.
std::uint32_t crc32c(std::string_view bytes, std::uint32_t crc = 0);

}  // namespace weft::storage::detail
