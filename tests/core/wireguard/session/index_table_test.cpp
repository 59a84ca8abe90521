// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/session/index_table.h"

#include "tests/support/seeded_random.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>
#include <vector>

namespace {

using weft::wireguard::IndexTable;
using weft::wireguard::PeerIndex;

constexpr std::uint8_t kTag = 0xa5;

/// Gives the same bytes for ever.
class StuckRandom final : public weft::crypto::RandomSource {
public:
    void fill(std::span<std::uint8_t> out) override { std::fill(out.begin(), out.end(), 7); }
};

TEST(IndexTable, FindsTheOwnerUntilTheIndexIsReleased) {
    weft::tests::SeededRandom random(1);
    IndexTable table(10, kTag);

    const auto index = table.allocate(PeerIndex{3}, random);

    ASSERT_TRUE(index);
    EXPECT_NE(*index, 0U);
    EXPECT_EQ(table.find(*index), PeerIndex{3});
    table.release(*index);
    table.release(*index);
    EXPECT_EQ(table.find(*index), std::nullopt);
    EXPECT_EQ(table.size(), 0U);
    EXPECT_EQ(table.find(0), std::nullopt);
}

TEST(IndexTable, PutsItsTagIntoTheHighestByteOfEveryIndex) {
    weft::tests::SeededRandom random(5);
    IndexTable table(1000, kTag);
    std::set<std::uint32_t> low;

    for (int i = 0; i < 1000; ++i) {
        const auto index = table.allocate(PeerIndex{1}, random).value();
        ASSERT_EQ(index >> IndexTable::kTagShift, kTag);
        low.insert(index);
    }

    EXPECT_EQ(low.size(), 1000U);
    EXPECT_EQ(table.tag(), kTag);
}

TEST(IndexTable, RefusesOneMoreThanItsLimit) {
    weft::tests::SeededRandom random(2);
    IndexTable table(100, kTag);
    std::vector<std::uint32_t> indices;
    for (int i = 0; i < 100; ++i) {
        indices.push_back(table.allocate(PeerIndex{1}, random).value());
    }

    EXPECT_EQ(table.allocate(PeerIndex{1}, random), std::nullopt);
    table.release(indices.front());
    EXPECT_TRUE(table.allocate(PeerIndex{1}, random));
}

TEST(IndexTable, ComesBackWhenTheRandomSourceRepeatsItself) {
    StuckRandom random;
    IndexTable table(10, kTag);

    EXPECT_TRUE(table.allocate(PeerIndex{1}, random));
    EXPECT_EQ(table.allocate(PeerIndex{1}, random), std::nullopt);
}

TEST(IndexTable, AgreesWithAMapOverRandomWork) {
    weft::tests::SeededRandom random(3);
    std::mt19937 order(4);
    IndexTable table(5000, kTag);
    std::map<std::uint32_t, PeerIndex> model;

    for (std::uint32_t step = 0; step < 40'000; ++step) {
        // Grows and shrinks by turns.
        if (order() % 100 < (step / 5'000 % 2 == 0 ? 70U : 30U)) {
            if (const auto index = table.allocate(PeerIndex{step}, random)) {
                ASSERT_TRUE(model.emplace(*index, PeerIndex{step}).second);
            }
        } else if (!model.empty()) {
            auto chosen = model.lower_bound(
                (order() & 0xffffffU) | std::uint32_t{kTag} << IndexTable::kTagShift);
            chosen = chosen == model.end() ? model.begin() : chosen;
            table.release(chosen->first);
            ASSERT_EQ(table.find(chosen->first), std::nullopt);
            model.erase(chosen);
        }
        ASSERT_EQ(table.size(), model.size());
    }
    for (const auto& [index, owner] : model) {
        ASSERT_EQ(table.find(index), owner);
    }
}

}  // namespace
