// SPDX-License-Identifier: Apache-2.0
// What a SqliteStore does when the disk is full or fails.
#include "core/storage/sqlite/sqlite_store.h"
#include "tests/core/storage/fault_vfs.h"
#include "tests/support/fake_clock.h"
#include "tests/support/temp_dir.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <csignal>
#include <cstdio>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace weft::tests {
namespace {

using storage::CommitResult;
using storage::Put;
using storage::SqliteOptions;
using storage::SqliteStore;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

class SqliteFailure : public testing::Test {
protected:
    SqliteFailure() {
        options_.path = folder_ / "store.db";
        options_.vfs = FaultVfs::install();
    }

    std::unique_ptr<SqliteStore> open() {
        auto store = SqliteStore::open(options_, clock_);
        EXPECT_EQ(store.status(), okStatus());
        return store.ok() ? *std::move(store) : nullptr;
    }

    TempDir folder_;
    FakeClock clock_;
    SqliteOptions options_;
};

std::string largeValue() {
    return std::string(20000, 'v');
}

TEST_F(SqliteFailure, StopsTheStoreWhenAFsyncOfACommitFails) {
    auto store = open();
    ASSERT_EQ(store->put("a", "1"), okStatus());
    FaultVfs::failJournalSync = true;
    const Status failed = store->put("b", "2");
    FaultVfs::failJournalSync = false;

    EXPECT_EQ(failed.code(), StatusCode::kUnavailable);
    EXPECT_THAT(messageOf(failed), HasSubstr("the disk failed"));
    EXPECT_THAT(messageOf(failed), HasSubstr("again, to see what it kept"));
    const Status later = store->put("c", "3");
    EXPECT_EQ(later.code(), StatusCode::kUnavailable);
    EXPECT_THAT(messageOf(later), HasSubstr("stopped"));
    EXPECT_EQ(store->get("a").status(), later);
    EXPECT_EQ(store->list("").status(), later);
    EXPECT_EQ(store->listKeys("").status(), later);
    EXPECT_EQ(store->watch("", std::nullopt, [](const auto&) {}).status(), later);
    EXPECT_EQ(store->removeExpired().status(), later);

    store.reset();
    store = open();
    EXPECT_EQ(store->get("a")->value, "1");
    EXPECT_EQ(store->get("c").status().code(), StatusCode::kNotFound);
    EXPECT_EQ(store->put("c", "3"), okStatus());
}

TEST_F(SqliteFailure, LosesNothingWhenAFsyncOfACheckpointFails) {
    auto store = open();
    FaultVfs::failFileSync = true;
    std::vector<std::string> acknowledged;
    for (int i = 0; i < 1000; ++i) {
        const std::string key = std::to_string(i);
        if (!store->put(key, largeValue()).ok()) {
            break;
        }
        acknowledged.push_back(key);
    }
    ASSERT_LT(acknowledged.size(), 1000U) << "the journal never went back into the file";

    store.reset();
    FaultVfs::failFileSync = false;
    store = open();

    for (const std::string& key : acknowledged) {
        ASSERT_EQ(store->get(key).status(), okStatus()) << key;
    }
}

TEST_F(SqliteFailure, ChangesNothingOnAFullDiskAndGoesOnWhenSpaceReturns) {
    auto store = open();
    ASSERT_EQ(store->put("a", "1"), okStatus());
    FaultVfs::diskFull = true;

    const Status failed = store->put("a", "2");

    EXPECT_EQ(failed.code(), StatusCode::kResourceExhausted);
    EXPECT_THAT(messageOf(failed), HasSubstr("disk is full"));
    EXPECT_THAT(messageOf(failed), HasSubstr("make room, and try again"));
    EXPECT_EQ(store->get("a")->value, "1");
    EXPECT_EQ(store->revision(), 1U);
    EXPECT_EQ(store->put("b", "2").code(), StatusCode::kResourceExhausted);

    FaultVfs::diskFull = false;
    EXPECT_EQ(store->put("a", "3"), okStatus());
    EXPECT_EQ(store->revision(), 2U);
    store.reset();
    store = open();
    EXPECT_EQ(store->get("a")->value, "3");
    EXPECT_THAT(*store->listKeys(""), ElementsAre("a"));
}

TEST_F(SqliteFailure, GoesOnWhileOnlyCheckpointsFindNoSpace) {
    const auto store = open();
    FaultVfs::fileFull = true;
    for (int i = 0; i < 300; ++i) {
        ASSERT_EQ(store->put(std::to_string(i), largeValue()), okStatus());
    }
    FaultVfs::fileFull = false;

    EXPECT_EQ(store->put("last", "v"), okStatus());
    EXPECT_THAT(*store->listKeys(""), SizeIs(301));
}

TEST_F(SqliteFailure, RefusesWhatExceedsTheLargestSizeAndTakesItWhenThereIsRoom) {
    options_.maxDatabaseBytes = std::size_t{1} << 20;
    const auto store = open();
    std::vector<std::string> keys;
    Status status;
    while (keys.size() < 1000) {
        const std::string key = std::to_string(keys.size());
        status = store->put(key, largeValue());
        if (!status.ok()) {
            break;
        }
        keys.push_back(key);
    }

    EXPECT_EQ(status.code(), StatusCode::kResourceExhausted);
    EXPECT_THAT(*store->listKeys(""), SizeIs(keys.size()));
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(store->erase(keys[static_cast<std::size_t>(i)]), okStatus());
    }
    EXPECT_EQ(store->put("more", largeValue()), okStatus());
}

TEST_F(SqliteFailure, LetsASmallCommitThroughBesideOneThatIsTooLarge) {
    options_.maxDatabaseBytes = std::size_t{1} << 20;
    const auto store = open();
    std::atomic<bool> hold = true;
    // The writer waits inside this callback until both commits stand in the queue together.
    const auto watch = store->watch("hold", std::nullopt, [&](const auto&) { hold.wait(true); });
    store->commit({{}, {Put{"hold", "", std::nullopt}}}, [](const auto&) {});
    Status large;
    Status small;
    storage::Transaction tooLarge;
    for (int i = 0; i < 100; ++i) {
        tooLarge.operations.emplace_back(Put{std::to_string(i), largeValue(), std::nullopt});
    }
    store->commit(
        std::move(tooLarge), [&](const StatusOr<CommitResult>& r) { large = r.status(); });
    store->commit({{}, {Put{"small", "v", std::nullopt}}}, [&](const StatusOr<CommitResult>& r) {
        small = r.status();
    });
    hold = false;
    hold.notify_all();
    ASSERT_EQ(store->put("end", ""), okStatus());

    EXPECT_EQ(large.code(), StatusCode::kResourceExhausted);
    EXPECT_EQ(small, okStatus());
    EXPECT_THAT(*store->listKeys(""), ElementsAre("end", "hold", "small"));
}

TEST_F(SqliteFailure, CommitsTransactionsThatWaitTogetherWithOneFsync) {
    const auto store = open();
    std::atomic<bool> hold = true;
    std::atomic<bool> held = false;
    const auto watch = store->watch("hold", std::nullopt, [&](const auto&) {
        held = true;
        held.notify_all();
        hold.wait(true);
    });
    store->commit({{}, {Put{"hold", "", std::nullopt}}}, [](const auto&) {});
    held.wait(false);
    const int before = FaultVfs::journalSyncs;
    for (int i = 0; i < 500; ++i) {
        store->commit({{}, {Put{std::to_string(i), "v", std::nullopt}}}, [](const auto&) {});
    }
    hold = false;
    hold.notify_all();
    ASSERT_EQ(store->put("end", ""), okStatus());

    EXPECT_LE(FaultVfs::journalSyncs - before, 2);
    EXPECT_EQ(store->revision(), 502U);
}

TEST_F(SqliteFailure, DoesNotTouchTheDiskWhenNothingChanges) {
    const auto store = open();
    ASSERT_EQ(store->put("a", "1"), okStatus());
    const int before = FaultVfs::journalSyncs;

    ASSERT_EQ(store->erase("x"), okStatus());
    ASSERT_EQ(store->commitAndWait({}).status(), okStatus());
    ASSERT_EQ(*store->removeExpired(), 0U);

    EXPECT_EQ(FaultVfs::journalSyncs, before);
}

/// Runs in a child whose files may not grow past a limit. Returns the exit code: 0 is well.
int fillUpAndRecover(SqliteOptions options, const base::Clock& clock) {
    ::signal(SIGXFSZ, SIG_IGN);
    options.journalBytes = 0;
    options.vfs.clear();
    auto opened = SqliteStore::open(options, clock);
    if (!opened.ok()) {
        return 2;
    }
    SqliteStore& store = **opened;
    rlimit limit{};
    ::getrlimit(RLIMIT_FSIZE, &limit);
    const rlimit small{std::size_t{512} << 10, limit.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &small);
    int acknowledged = 0;
    Status status;
    while (acknowledged < 1000 && status.ok()) {
        status = store.put(std::to_string(acknowledged), largeValue());
        acknowledged += status.ok() ? 1 : 0;
    }
    if (status.code() != StatusCode::kResourceExhausted) {
        std::fprintf(stderr, "%s\n", toString(status).c_str());
        return 3;
    }
    const auto keys = store.listKeys("");
    if (!keys.ok() || static_cast<int>(keys->size()) != acknowledged) {
        return 4;
    }
    ::setrlimit(RLIMIT_FSIZE, &limit);
    return store.put("more", largeValue()).ok() ? 0 : 5;
}

TEST_F(SqliteFailure, GoesOnAfterARealFileSizeLimit) {
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        ::_exit(fillUpAndRecover(options_, clock_));
    }
    int state = 0;
    ASSERT_EQ(::waitpid(child, &state, 0), child);

    EXPECT_TRUE(WIFEXITED(state)) << "signal " << WTERMSIG(state);
    EXPECT_EQ(WEXITSTATUS(state), 0);
    // The child ended without closing: what it left is a store after a crash.
    EXPECT_EQ(open()->get("more").status(), okStatus());
}

}  // namespace
}  // namespace weft::tests
