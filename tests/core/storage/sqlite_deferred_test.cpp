// SPDX-License-Identifier: Apache-2.0
// Large commits of a SqliteStore, which are in a log of their own before they are in the tables.
#include "core/storage/sqlite/sqlite_store.h"
#include "tests/core/storage/fault_vfs.h"
#include "tests/support/fake_clock.h"
#include "tests/support/temp_dir.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <future>
#include <map>

namespace weft::tests {
namespace {

using storage::CommitResult;
using storage::DeletePrefix;
using storage::Put;
using storage::SqliteOptions;
using storage::SqliteStore;
using storage::Transaction;
using testing::HasSubstr;

constexpr int kWide = 200;
using Contents = std::map<std::string, std::string>;

/// Puts "wide/0000" to "wide/0199".
Transaction wide(const std::string& value) {
    Transaction transaction;
    for (int i = 0; i < kWide; ++i) {
        transaction.operations.emplace_back(Put{fmt::format("wide/{:04}", i), value, std::nullopt});
    }
    return transaction;
}

Contents contentsOf(const SqliteStore& store) {
    Contents contents;
    const auto listing = store.list("");
    EXPECT_EQ(listing.status(), okStatus());
    if (listing.ok()) {
        for (const auto& entry : listing->entries) {
            contents[entry.key] = entry.value;
        }
    }
    return contents;
}

Contents wideContents(const std::string& value) {
    Contents contents;
    for (int i = 0; i < kWide; ++i) {
        contents[fmt::format("wide/{:04}", i)] = value;
    }
    return contents;
}

class SqliteDeferred : public testing::Test {
protected:
    SqliteDeferred() {
        options_.path = folder_ / "store.db";
        options_.vfs = FaultVfs::install();
    }

    std::unique_ptr<SqliteStore> open() { return openAt(options_.path); }
    std::unique_ptr<SqliteStore> openAt(const std::filesystem::path& path) {
        SqliteOptions options = options_;
        options.path = path;
        auto store = SqliteStore::open(options, clock_);
        EXPECT_EQ(store.status(), okStatus());
        return store.ok() ? *std::move(store) : nullptr;
    }

    /// The files as a power cut right after the answer would leave them: copied on the thread that
    /// writes, before it does anything else.
    std::filesystem::path commitAndCopy(
        SqliteStore& store, Transaction transaction, const std::string& name) {
        const auto folder = folder_ / name;
        std::filesystem::create_directory(folder);
        std::promise<StatusOr<CommitResult>> answer;
        store.commit(std::move(transaction), [&](const StatusOr<CommitResult>& result) {
            for (const char* suffix : {"", "-wal", "-redo"}) {
                const auto from = options_.path.string() + suffix;
                if (std::filesystem::exists(from)) {
                    std::filesystem::copy(from, folder / (std::string("store.db") + suffix));
                }
            }
            answer.set_value(result);
        });
        const auto result = answer.get_future().get();
        EXPECT_EQ(result.status(), okStatus());
        return folder / "store.db";
    }

    TempDir folder_;
    FakeClock clock_;
    SqliteOptions options_;
};

std::filesystem::path redoOf(const std::filesystem::path& path) {
    return path.string() + "-redo";
}

void flipByte(const std::filesystem::path& path, std::uintmax_t at) {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(static_cast<std::streamoff>(at));
    const int byte = file.get();
    file.seekp(static_cast<std::streamoff>(at));
    file.put(static_cast<char>(byte ^ 1));
    EXPECT_TRUE(file.good());
}

TEST_F(SqliteDeferred, EveryKindOfReadSeesALargeCommitAtOnce) {
    auto store = open();
    for (int round = 1; round <= 3; ++round) {
        const auto value = fmt::format("{}", round);
        ASSERT_EQ(store->commitAndWait(wide(value)).status(), okStatus());
        EXPECT_EQ(store->get("wide/0007")->value, value);
        ASSERT_EQ(store->commitAndWait(wide(value + "b")).status(), okStatus());
        EXPECT_EQ(contentsOf(*store), wideContents(value + "b"));
        ASSERT_EQ(store->commitAndWait({{}, {DeletePrefix{"wide/"}}}).status(), okStatus());
        ASSERT_EQ(store->commitAndWait(wide(value)).status(), okStatus());
        EXPECT_EQ(store->listKeys("wide/")->size(), static_cast<std::size_t>(kWide));
        EXPECT_EQ(store->list("")->revision, store->revision());
    }
}

TEST_F(SqliteDeferred, ACallbackOfALargeCommitMayRead) {
    auto store = open();
    std::promise<std::string> seen;
    store->commit(wide("1"), [&](const StatusOr<CommitResult>&) {
        seen.set_value(store->get("wide/0000")->value);
    });
    EXPECT_EQ(seen.get_future().get(), "1");
}

TEST_F(SqliteDeferred, APowerCutLosesNothingThatOnlyTheLogHas) {
    auto store = open();
    ASSERT_EQ(store->put("before", "1"), okStatus());
    ASSERT_EQ(store->commitAndWait(wide("1")).status(), okStatus());
    ASSERT_EQ(store->put("after", "2", std::chrono::seconds(5)), okStatus());
    ASSERT_EQ(store->erase("wide/0003"), okStatus());
    ASSERT_EQ(store->commitAndWait({{}, {DeletePrefix{"wide/001"}}}).status(), okStatus());
    const auto copy = commitAndCopy(*store, {{}, {Put{"last", "", std::nullopt}}}, "copy");

    ASSERT_GT(std::filesystem::file_size(redoOf(copy)), 0U);
    const auto recovered = openAt(copy);
    EXPECT_EQ(contentsOf(*recovered), contentsOf(*store));
    EXPECT_EQ(recovered->revision(), store->revision());
    EXPECT_EQ(recovered->get("wide/0005")->revision, store->get("wide/0005")->revision);
    EXPECT_EQ(recovered->get("wide/0003").status().code(), StatusCode::kNotFound);
    EXPECT_EQ(recovered->get("after")->expiresAt, store->get("after")->expiresAt);
    EXPECT_EQ(recovered->put("more", "3"), okStatus());
}

TEST_F(SqliteDeferred, ACommitWhoseRecordIsCutOffIsNotThereByHalves) {
    auto store = open();
    ASSERT_EQ(store->commitAndWait(wide("1")).status(), okStatus());
    const auto copy = commitAndCopy(*store, wide("2"), "copy");
    std::filesystem::resize_file(redoOf(copy), std::filesystem::file_size(redoOf(copy)) - 1);

    auto recovered = openAt(copy);
    EXPECT_EQ(contentsOf(*recovered), wideContents("1"));
    ASSERT_EQ(recovered->commitAndWait(wide("3")).status(), okStatus());
    recovered.reset();
    EXPECT_EQ(contentsOf(*openAt(copy)), wideContents("3"));
}

TEST_F(SqliteDeferred, ARecordWithAFlippedBitEndsTheLog) {
    auto store = open();
    ASSERT_EQ(store->put("first", "1"), okStatus());
    const auto copy = commitAndCopy(*store, wide("1"), "copy");
    flipByte(redoOf(copy), std::filesystem::file_size(redoOf(copy)) / 2);

    EXPECT_EQ(contentsOf(*openAt(copy)), (Contents{{"first", "1"}}));
}

TEST_F(SqliteDeferred, ALogThatTheFileIsAheadOfChangesNothing) {
    auto store = open();
    const auto copy = commitAndCopy(*store, wide("old"), "copy");
    ASSERT_EQ(store->commitAndWait(wide("new")).status(), okStatus());
    store.reset();
    EXPECT_FALSE(std::filesystem::exists(redoOf(options_.path))) << "left after a clean end";
    std::filesystem::copy(redoOf(copy), redoOf(options_.path));

    EXPECT_EQ(contentsOf(*open()), wideContents("new"));
    EXPECT_FALSE(std::filesystem::exists(redoOf(options_.path)));
}

TEST_F(SqliteDeferred, ALogBesideAnEmptyFileIsALoss) {
    auto store = open();
    const auto copy = commitAndCopy(*store, wide("1"), "copy");
    std::filesystem::resize_file(copy, 0);
    std::filesystem::remove(copy.string() + "-wal");

    SqliteOptions options = options_;
    options.path = copy;
    const auto opened = SqliteStore::open(options, clock_);
    EXPECT_EQ(opened.status().code(), StatusCode::kDataLoss);
    EXPECT_THAT(messageOf(opened.status()), HasSubstr("-redo"));
}

TEST_F(SqliteDeferred, AFailedFsyncOfTheLogStopsTheStore) {
    auto store = open();
    ASSERT_EQ(store->put("first", "1"), okStatus());
    FaultVfs::failJournalSync = true;
    const auto failed = store->commitAndWait(wide("1"));
    FaultVfs::failJournalSync = false;

    EXPECT_EQ(failed.status().code(), StatusCode::kUnavailable);
    EXPECT_THAT(messageOf(store->put("second", "2")), HasSubstr("stopped"));
    store.reset();
    EXPECT_EQ(open()->get("first")->value, "1");
}

TEST_F(SqliteDeferred, AFullDiskRefusesTheNextCommitAndKeepsThoseBefore) {
    auto store = open();
    std::promise<StatusOr<CommitResult>> answer;
    store->commit(wide("1"), [&](const StatusOr<CommitResult>&) {
        FaultVfs::diskFull = true;
        store->commit(wide("2"), [&answer](auto result) { answer.set_value(std::move(result)); });
    });
    EXPECT_EQ(answer.get_future().get().status().code(), StatusCode::kResourceExhausted);
    FaultVfs::diskFull = false;

    EXPECT_EQ(contentsOf(*store), wideContents("1"));
    EXPECT_EQ(store->commitAndWait(wide("3")).status(), okStatus());
    EXPECT_EQ(store->put("small", "4"), okStatus());
    store.reset();
    auto expected = wideContents("3");
    expected["small"] = "4";
    EXPECT_EQ(contentsOf(*open()), expected);
}

TEST_F(SqliteDeferred, AConditionSeesCommitsThatOnlyTheLogHas) {
    auto store = open();
    const auto first = store->commitAndWait(wide("1"));
    ASSERT_EQ(first.status(), okStatus());
    auto next = wide("2");
    next.conditions.push_back(
        {storage::Compare::Kind::RevisionIs, "wide/0000", first->revision, {}});
    EXPECT_TRUE(store->commitAndWait(next)->applied);
    EXPECT_FALSE(store->commitAndWait(next)->applied);
    EXPECT_EQ(contentsOf(*store), wideContents("2"));
}

}  // namespace
}  // namespace weft::tests
