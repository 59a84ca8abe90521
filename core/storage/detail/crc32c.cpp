// SPDX-License-Identifier: Apache-2.0
#include "core/storage/detail/crc32c.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstring>

namespace weft::storage::detail {
namespace {

/// The polynomial of RFC 3720 with its bits reversed.
constexpr std::uint32_t kPolynomial = 0x82f63b78;
constexpr std::size_t kSlices = 8;

using Tables = std::array<std::array<std::uint32_t, 256>, kSlices>;

constexpr Tables makeTables() {
    Tables tables{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        std::uint32_t crc = byte;
        for (int bit = 0; bit < 8; ++bit) {
            crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? kPolynomial : 0);
        }
        tables[0][byte] = crc;
    }
    for (std::size_t slice = 1; slice < kSlices; ++slice) {
        for (std::size_t byte = 0; byte < 256; ++byte) {
            const std::uint32_t before = tables[slice - 1][byte];
            tables[slice][byte] = (before >> 8U) ^ tables[0][before & 0xffU];
        }
    }
    return tables;
}

constexpr Tables kTables = makeTables();

std::uint32_t eightBytes(std::uint64_t word) {
    std::uint32_t crc = 0;
    for (std::size_t i = 0; i < kSlices; ++i) {
        crc ^= kTables[kSlices - 1 - i][(word >> (8 * i)) & 0xffU];
    }
    return crc;
}

std::uint64_t loadLittle(const char* at) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof word);
    if constexpr (std::endian::native == std::endian::big) {
        word = __builtin_bswap64(word);
    }
    return word;
}

}  // namespace

std::uint32_t crc32c(std::string_view bytes, std::uint32_t crc) {
    crc = ~crc;
    while (bytes.size() >= sizeof(std::uint64_t)) {
        crc = eightBytes(loadLittle(bytes.data()) ^ crc);
        bytes.remove_prefix(sizeof(std::uint64_t));
    }
    for (const char c : bytes) {
        crc = (crc >> 8U) ^ kTables[0][(crc ^ static_cast<unsigned char>(c)) & 0xffU];
    }
    return ~crc;
}

}  // namespace weft::storage::detail
