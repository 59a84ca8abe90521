// SPDX-License-Identifier: Apache-2.0
#include "core/net/prefix_table.h"

#include "tests/support/random_seed.h"

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>

namespace weft::net {
namespace {

IpPrefix prefix(std::string_view text) {
    return IpPrefix::parse(text).value();
}

IpAddress address(std::string_view text) {
    return IpAddress::parse(text).value();
}

std::string found(const PrefixTable<std::string>& table, std::string_view text) {
    const auto* const value = table.find(address(text));
    return value == nullptr ? "nothing" : *value;
}

TEST(PrefixTable, FindsTheLongestPrefix) {
    PrefixTable<std::string> table;
    table.insert(prefix("0.0.0.0/0"), "default");
    table.insert(prefix("10.0.0.0/8"), "eight");
    table.insert(prefix("10.1.0.0/16"), "sixteen");
    table.insert(prefix("10.1.0.1/32"), "host");

    EXPECT_EQ(found(table, "10.1.0.1"), "host");
    EXPECT_EQ(found(table, "10.1.0.2"), "sixteen");
    EXPECT_EQ(found(table, "10.2.0.1"), "eight");
    EXPECT_EQ(found(table, "11.0.0.1"), "default");
    EXPECT_EQ(found(table, "::1"), "nothing");
    EXPECT_EQ(table.size(), 4U);
}

TEST(PrefixTable, KeepsTheFamiliesApart) {
    PrefixTable<std::string> table;
    table.insert(prefix("::/0"), "six");

    EXPECT_EQ(found(table, "1.2.3.4"), "nothing");
    EXPECT_EQ(found(table, "::ffff:1.2.3.4"), "six");
}

TEST(PrefixTable, IgnoresHostBitsAndReplaces) {
    PrefixTable<std::string> table;
    table.insert(prefix("10.1.2.3/8"), "first");
    table.insert(prefix("10.9.9.9/8"), "second");

    EXPECT_EQ(table.size(), 1U);
    EXPECT_EQ(found(table, "10.0.0.1"), "second");
    EXPECT_TRUE(table.erase(prefix("10.0.0.0/8")));
    EXPECT_EQ(found(table, "10.0.0.1"), "nothing");
}

TEST(PrefixTable, ErasesTheExactPrefixAlone) {
    PrefixTable<std::string> table;
    table.insert(prefix("10.0.0.0/8"), "eight");
    table.insert(prefix("10.0.0.0/16"), "sixteen");

    EXPECT_FALSE(table.erase(prefix("10.0.0.0/12")));
    EXPECT_FALSE(table.erase(prefix("10.0.0.0/24")));
    EXPECT_FALSE(table.erase(prefix("::/0")));
    EXPECT_TRUE(table.erase(prefix("10.0.0.0/8")));
    EXPECT_FALSE(table.erase(prefix("10.0.0.0/8")));

    EXPECT_EQ(found(table, "10.0.0.1"), "sixteen");
    EXPECT_EQ(found(table, "10.1.0.1"), "nothing");
    EXPECT_EQ(table.size(), 1U);
}

TEST(PrefixTable, HoldsWhatCannotBeCopied) {
    PrefixTable<std::unique_ptr<int>> table;
    table.insert(prefix("::1/128"), std::make_unique<int>(7));

    ASSERT_NE(table.find(address("::1")), nullptr);
    EXPECT_EQ(**table.find(address("::1")), 7);
}

/// Every prefix tried in turn: slow, and right by looking at it.
class BruteForce {
public:
    void insert(const IpPrefix& key, int value) { entries_[key.masked()] = value; }
    bool erase(const IpPrefix& key) { return entries_.erase(key.masked()) > 0; }
    const int* find(const IpAddress& wanted) const {
        const int* best = nullptr;
        int length = -1;
        for (const auto& [key, value] : entries_) {
            if (key.contains(wanted) && key.length() > length) {
                best = &value;
                length = key.length();
            }
        }
        return best;
    }
    std::size_t size() const { return entries_.size(); }

private:
    std::map<IpPrefix, int> entries_;
};

/// Addresses that lie close together, so that prefixes nest and are met.
IpAddress nearbyAddress(std::mt19937& random) {
    const auto low = static_cast<std::uint8_t>(random());
    if (random() % 2 == 0) {
        return IpAddress::v4(0x0A000000U | (static_cast<std::uint32_t>(random() % 4) << 16U) | low);
    }
    std::array<std::uint8_t, 16> bytes{0xFD};
    bytes[4] = static_cast<std::uint8_t>(random() % 4);
    bytes[15] = low;
    return IpAddress::v6(bytes);
}

std::optional<int> copyOf(const int* value) {
    return value == nullptr ? std::nullopt : std::optional<int>(*value);
}

TEST(PrefixTable, AgreesWithBruteForceAtRandom) {
    const auto seed = weft::tests::randomSeed();
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    PrefixTable<int> table;
    BruteForce expected;
    for (int round = 0; round < 4'000; ++round) {
        const auto where = nearbyAddress(random);
        const auto bits = static_cast<unsigned>(where.bits());
        const IpPrefix key(where, static_cast<int>(random() % (bits + 1)));
        const auto choice = random() % 4;
        if (choice == 0) {
            table.insert(key, round);
            expected.insert(key, round);
        } else if (choice == 1) {
            ASSERT_EQ(table.erase(key), expected.erase(key)) << key.toString();
        } else {
            ASSERT_EQ(copyOf(table.find(where)), copyOf(expected.find(where))) << where.toString();
        }
        ASSERT_EQ(table.size(), expected.size());
    }
    EXPECT_GT(table.size(), 20U);
}

}  // namespace
}  // namespace weft::net
