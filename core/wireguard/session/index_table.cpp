// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/session/index_table.h"

#include <array>
#include <cstring>
#include <utility>

namespace weft::wireguard {
namespace {

/// A power of two, as homeOf() needs it.
constexpr std::size_t kFewestPlaces = 16;

std::uint32_t draw(crypto::RandomSource& random) {
    std::array<std::uint8_t, sizeof(std::uint32_t)> bytes{};
    random.fill(bytes);
    std::uint32_t value = 0;
    std::memcpy(&value, bytes.data(), bytes.size());
    return value;
}

}  // namespace

IndexTable::IndexTable(std::size_t limit, std::uint8_t tag)
    : limit_(limit), tag_(tag), entries_(kFewestPlaces) {}

std::optional<std::uint32_t> IndexTable::allocate(PeerIndex owner, crypto::RandomSource& random) {
    if (size_ >= limit_) {
        return std::nullopt;
    }
    // At most half full, so that a search looks at one or two places.
    if ((size_ + 1) * 2 > entries_.size()) {
        resize(entries_.size() * 2);
    }
    // A source that only ever gives the same value must not hang us.
    constexpr int kMostDraws = 64;
    for (int i = 0; i < kMostDraws; ++i) {
        constexpr std::uint32_t kRandomBits = (std::uint32_t{1} << kTagShift) - 1;
        const auto index = (draw(random) & kRandomBits) | std::uint32_t{tag_} << kTagShift;
        if (index == 0) {
            continue;
        }
        auto& entry = entries_[placeOf(index)];
        if (entry.index == 0) {
            entry = {index, owner};
            ++size_;
            return index;
        }
    }
    return std::nullopt;
}

void IndexTable::release(std::uint32_t index) {
    if (index == 0) {
        return;
    }
    auto hole = placeOf(index);
    if (entries_[hole].index == 0) {
        return;
    }
    // What was pushed on by the entry that goes moves back, so that no search ends at the hole.
    const auto mask = entries_.size() - 1;
    for (auto at = (hole + 1) & mask; entries_[at].index != 0; at = (at + 1) & mask) {
        const auto home = homeOf(entries_[at].index);
        if (((at - home) & mask) >= ((at - hole) & mask)) {
            entries_[hole] = entries_[at];
            hole = at;
        }
    }
    entries_[hole] = {};
    --size_;
    if (entries_.size() > kFewestPlaces && size_ * 8 < entries_.size()) {
        resize(entries_.size() / 2);
    }
}

std::optional<PeerIndex> IndexTable::find(std::uint32_t index) const {
    const auto& entry = entries_[placeOf(index)];
    if (index == 0 || entry.index != index) {
        return std::nullopt;
    }
    return entry.owner;
}

std::size_t IndexTable::placeOf(std::uint32_t index) const {
    const auto mask = entries_.size() - 1;
    auto at = homeOf(index);
    while (entries_[at].index != 0 && entries_[at].index != index) {
        at = (at + 1) & mask;
    }
    return at;
}

void IndexTable::resize(std::size_t places) {
    const auto old = std::exchange(entries_, std::vector<Entry>(places));
    for (const auto& entry : old) {
        if (entry.index != 0) {
            entries_[placeOf(entry.index)] = entry;
        }
    }
}

}  // namespace weft::wireguard
