// SPDX-License-Identifier: Apache-2.0
// Damaged files: refused or right, never a wrong value and never a crash.
#include "core/storage/sqlite/sqlite_store.h"
#include "tests/support/fake_clock.h"
#include "tests/support/random_seed.h"
#include "tests/support/temp_dir.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <random>

namespace weft::tests {
namespace {

using storage::SqliteOptions;
using storage::SqliteStore;
using testing::HasSubstr;

constexpr std::size_t kPageBytes = 4096;

void flip(char& byte, std::uint64_t bit) {
    byte = static_cast<char>(static_cast<unsigned char>(byte) ^ (1U << bit));
}

class SqliteDamage : public testing::Test {
protected:
    void SetUp() override {
        options_.path = folder_ / "store.db";
        options_.journalBytes = 0;
        auto store = SqliteStore::open(options_, clock_);
        ASSERT_EQ(store.status(), okStatus());
        storage::Transaction transaction;
        for (int i = 0; i < 200; ++i) {
            const auto key = fmt::format("/registry/nodes/node{:04}", i);
            expected_[key] =
                std::string(static_cast<std::size_t>(50 + i * 7), static_cast<char>('a' + i % 26));
            transaction.operations.emplace_back(storage::Put{
                key,
                expected_[key],
                i % 10 == 0 ? std::optional<Duration>(std::chrono::hours(1)) : std::nullopt});
        }
        ASSERT_EQ((*store)->commitAndWait(std::move(transaction)).status(), okStatus());
        for (int i = 0; i < 40; ++i) {
            const auto key = fmt::format("/registry/nodes/node{:04}", i * 5);
            ASSERT_EQ((*store)->erase(key), okStatus());
            expected_.erase(key);
        }
        store->reset();
        std::ifstream in(options_.path, std::ios::binary);
        good_.assign(std::istreambuf_iterator<char>(in), {});
        ASSERT_GT(good_.size(), 10 * kPageBytes);
    }

    void write(const std::string& bytes) const {
        std::ofstream(options_.path, std::ios::binary | std::ios::trunc) << bytes;
        for (const char* suffix : {"-wal", "-shm"}) {
            std::filesystem::remove(options_.path.string() + suffix);
        }
    }

    /// True when the store opened and told the truth in everything it told.
    bool opensWithTheTruth() {
        auto store = SqliteStore::open(options_, clock_);
        if (!store.ok()) {
            const auto code = store.status().code();
            EXPECT_TRUE(
                code == StatusCode::kDataLoss || code == StatusCode::kFailedPrecondition
                || code == StatusCode::kUnavailable || code == StatusCode::kPermissionDenied)
                << toString(store.status());
            EXPECT_NE(messageOf(store.status()), "");
            return false;
        }
        const auto listing = (*store)->list("");
        if (listing.ok()) {
            std::map<std::string, std::string> found;
            for (const auto& entry : listing->entries) {
                found[entry.key] = entry.value;
            }
            EXPECT_TRUE(found == expected_) << "a wrong list of " << found.size() << " entries";
        }
        for (const auto& [key, value] : expected_) {
            const auto entry = (*store)->get(key);
            if (entry.ok()) {
                EXPECT_EQ(entry->value, value);
            } else {
                EXPECT_EQ(entry.status().code(), StatusCode::kDataLoss);
            }
        }
        return true;
    }

    TempDir folder_;
    FakeClock clock_;
    SqliteOptions options_;
    std::map<std::string, std::string> expected_;
    std::string good_;
};

TEST_F(SqliteDamage, OpensTheUndamagedFile) {
    write(good_);
    EXPECT_TRUE(opensWithTheTruth());
}

TEST_F(SqliteDamage, NeverServesAWrongValueAfterFlippedBits) {
    const auto seed = randomSeed();
    SCOPED_TRACE(fmt::format("WEFT_TEST_SEED={}", seed));
    std::mt19937_64 random(seed);
    int refused = 0;
    for (int round = 0; round < 120; ++round) {
        std::string bytes = good_;
        const auto flips = 1 + random() % 4;
        for (std::uint64_t i = 0; i < flips; ++i) {
            flip(bytes[random() % bytes.size()], random() % 8);
        }
        write(bytes);
        refused += opensWithTheTruth() ? 0 : 1;
        if (HasFailure()) {
            FAIL() << "round " << round;
        }
    }
    EXPECT_GT(refused, 30);
}

TEST_F(SqliteDamage, IsFoundInTheTextOfTheTablesToo) {
    const auto begin = good_.find("CREATE TABLE entries");
    const auto end = good_.find("STRICT", begin);
    ASSERT_NE(end, std::string::npos);
    for (auto at = begin; at < end; ++at) {
        auto bytes = good_;
        flip(bytes[at], 0);
        write(bytes);
        opensWithTheTruth();
        if (HasFailure()) {
            FAIL() << "byte " << at - begin << " of the text";
        }
    }
}

TEST_F(SqliteDamage, NeverServesAWrongValueAfterLostPages) {
    const auto seed = randomSeed();
    SCOPED_TRACE(fmt::format("WEFT_TEST_SEED={}", seed));
    std::mt19937_64 random(seed);
    const std::size_t pages = good_.size() / kPageBytes;
    for (int round = 0; round < 60; ++round) {
        std::string bytes = good_;
        const std::size_t page = random() % pages * kPageBytes;
        const std::size_t other = random() % pages * kPageBytes;
        switch (round % 3) {
        case 0:  // zeroed
            std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(page), kPageBytes, '\0');
            break;
        case 1:  // swapped
            std::swap_ranges(
                bytes.begin() + static_cast<std::ptrdiff_t>(page),
                bytes.begin() + static_cast<std::ptrdiff_t>(page + kPageBytes),
                bytes.begin() + static_cast<std::ptrdiff_t>(other));
            break;
        default:  // written over by another page
            bytes.replace(page, kPageBytes, good_.substr(other, kPageBytes));
        }
        write(bytes);
        opensWithTheTruth();
        if (HasFailure()) {
            FAIL() << "round " << round << " page " << page << " other " << other;
        }
    }
}

TEST_F(SqliteDamage, RefusesATableThatChangedPlacesWithItsEmptyIndex) {
    // The first pages of a new file: the schema, the table, its index, the revision.
    std::string bytes = good_;
    const auto table = bytes.begin() + static_cast<std::ptrdiff_t>(kPageBytes);
    const auto index = table + static_cast<std::ptrdiff_t>(kPageBytes);
    std::swap_ranges(table, index, index);
    write(bytes);

    EXPECT_FALSE(opensWithTheTruth());
}

TEST_F(SqliteDamage, RefusesATruncatedFile) {
    const auto seed = randomSeed();
    SCOPED_TRACE(fmt::format("WEFT_TEST_SEED={}", seed));
    std::mt19937_64 random(seed);
    for (int round = 0; round < 40; ++round) {
        // A cut inside the last page may only take what no entry uses.
        write(good_.substr(0, 1 + random() % (good_.size() - kPageBytes)));
        EXPECT_FALSE(opensWithTheTruth());
    }
}

TEST_F(SqliteDamage, RefusesAnEmptyFileBesideAJournal) {
    {
        const auto store = SqliteStore::open(options_, clock_);
        ASSERT_EQ(store.status(), okStatus());
        ASSERT_EQ((*store)->put("a", "1"), okStatus());
        std::filesystem::copy(options_.path.string() + "-wal", folder_ / "kept");
    }
    write("");
    std::filesystem::copy(folder_ / "kept", options_.path.string() + "-wal");

    const auto refused = SqliteStore::open(options_, clock_);

    EXPECT_EQ(refused.status().code(), StatusCode::kDataLoss);
    EXPECT_THAT(messageOf(refused.status()), HasSubstr("journal"));
    EXPECT_TRUE(std::filesystem::exists(options_.path.string() + "-wal"));
}

TEST_F(SqliteDamage, RefusesGarbage) {
    const auto seed = randomSeed();
    SCOPED_TRACE(fmt::format("WEFT_TEST_SEED={}", seed));
    std::mt19937_64 random(seed);
    for (const std::size_t size : {1U, 16U, 100U, 512U, 4096U, 50000U}) {
        std::string bytes(size, '\0');
        std::ranges::generate(bytes, [&] { return static_cast<char>(random()); });
        write(bytes);
        EXPECT_FALSE(opensWithTheTruth());
    }
}

TEST_F(SqliteDamage, NamesTheEntryWhoseChecksumIsWrongWhenItWasNotReadAtTheStart) {
    std::string bytes = good_;
    const std::size_t at = bytes.find("/registry/nodes/node0007");
    ASSERT_NE(at, std::string::npos);
    bytes[at + 30] ^= 1;
    write(bytes);
    options_.verifiedAtOpenBytes = 0;
    const auto store = SqliteStore::open(options_, clock_);
    ASSERT_EQ(store.status(), okStatus());

    const auto damaged = (*store)->get("/registry/nodes/node0007");

    EXPECT_EQ(damaged.status().code(), StatusCode::kDataLoss);
    EXPECT_THAT(messageOf(damaged.status()), HasSubstr("/registry/nodes/node0007"));
    EXPECT_EQ((*store)->get("/registry/nodes/node0008").status(), okStatus());
    EXPECT_EQ((*store)->list("").status().code(), StatusCode::kDataLoss);
    EXPECT_EQ((*store)->put("/registry/nodes/node0007", "new"), okStatus());
    EXPECT_EQ((*store)->list("").status(), okStatus());
}

}  // namespace
}  // namespace weft::tests
