// SPDX-License-Identifier: Apache-2.0
#include "core/storage/sqlite/sqlite_store.h"

#include "tests/support/fake_clock.h"
#include "tests/support/temp_dir.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <iterator>

#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

namespace weft::tests {
namespace {

using storage::SqliteOptions;
using storage::SqliteStore;
using testing::ElementsAre;
using testing::HasSubstr;
using namespace std::chrono_literals;

class SqliteStoreTest : public testing::Test {
protected:
    std::filesystem::path path() const { return folder_ / "data" / "store.db"; }

    StatusOr<std::unique_ptr<SqliteStore>> tryOpen() {
        SqliteOptions options;
        options.path = path();
        return SqliteStore::open(std::move(options), clock_);
    }
    std::unique_ptr<SqliteStore> open() {
        auto store = tryOpen();
        EXPECT_EQ(store.status(), okStatus());
        return store.ok() ? *std::move(store) : nullptr;
    }
    /// Runs SQL on the closed file.
    void run(const std::string& sql) {
        sqlite3* database = nullptr;
        ASSERT_EQ(sqlite3_open(path().c_str(), &database), SQLITE_OK);
        EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
            << sqlite3_errmsg(database);
        sqlite3_close(database);
    }
    std::string fileBytes(const std::string& suffix = {}) {
        std::ifstream in(path().string() + suffix, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }

    FakeClock clock_;
    TempDir folder_;
};

unsigned modeOf(const std::filesystem::path& path) {
    struct stat info {};
    return ::stat(path.c_str(), &info) == 0 ? info.st_mode & 0777U : 0U;
}

TEST_F(SqliteStoreTest, ContinuesWhereItStoppedAfterReopening) {
    const WallTime start = clock_.wallNow();
    {
        const auto store = open();
        ASSERT_EQ(store->put("a", "1"), okStatus());
        ASSERT_EQ(store->put("b", "2", 1h), okStatus());
        ASSERT_EQ(store->erase("a"), okStatus());
        EXPECT_EQ(store->engineName(), "sqlite");
    }
    const auto store = open();

    EXPECT_EQ(store->revision(), 3U);
    EXPECT_THAT(*store->listKeys(""), ElementsAre("b"));
    EXPECT_EQ(store->get("b")->revision, 2U);
    EXPECT_EQ(store->get("b")->expiresAt, start + 1h);
    ASSERT_EQ(store->put("c", "3"), okStatus());
    EXPECT_EQ(store->get("c")->revision, 4U);
}

TEST_F(SqliteStoreTest, HidesAfterReopeningWhatExpiredWhileItWasClosed) {
    ASSERT_EQ(open()->put("a", "1", 1h), okStatus());
    clock_.advance(1h);

    const auto store = open();

    EXPECT_EQ(store->get("a").status().code(), StatusCode::kNotFound);
    EXPECT_EQ(*store->removeExpired(), 1U);
}

TEST_F(SqliteStoreTest, RefusesAWatchFromBeforeItWasOpened) {
    ASSERT_EQ(open()->put("a", "1"), okStatus());
    const auto store = open();

    EXPECT_EQ(store->watch("", 0, [](const auto&) {}).status().code(), StatusCode::kOutOfRange);
    EXPECT_EQ(store->watch("", 1, [](const auto&) {}).status(), okStatus());
}

TEST_F(SqliteStoreTest, IsOneFileThatOnlyItsOwnerReads) {
    {
        const auto store = open();
        ASSERT_EQ(store->put("a", "1"), okStatus());
        for (const char* suffix : {"", "-wal", "-shm", ".lock"}) {
            EXPECT_EQ(modeOf(path().string() + suffix), 0600U) << suffix;
        }
        EXPECT_EQ(modeOf(path().parent_path()), 0700U);
    }
    EXPECT_FALSE(std::filesystem::exists(path().string() + "-wal"));
    EXPECT_FALSE(std::filesystem::exists(path().string() + "-shm"));
    EXPECT_THAT(fileBytes(), HasSubstr("SQLite format 3"));
}

TEST_F(SqliteStoreTest, TakesForeignRightsAwayFromAFileThatWasOpenToOthers) {
    open();
    ASSERT_EQ(::chmod(path().c_str(), 0644), 0);

    open();

    EXPECT_EQ(modeOf(path()), 0600U);
}

TEST_F(SqliteStoreTest, SaysWhoHasTheFileOpen) {
    const auto store = open();

    const auto second = tryOpen();

    EXPECT_EQ(second.status().code(), StatusCode::kFailedPrecondition);
    EXPECT_THAT(messageOf(second.status()), HasSubstr("in use by process"));
    EXPECT_THAT(messageOf(second.status()), HasSubstr(std::to_string(::getpid())));
    EXPECT_EQ(store->put("a", "1"), okStatus());
}

TEST_F(SqliteStoreTest, IsRefusedToASecondProcess) {
    testing::FLAGS_gtest_death_test_style = "fast";
    // The child inherits no lock: it opens the lock file itself, as any other program would.
    int ready[2] = {};
    int done[2] = {};
    ASSERT_EQ(::pipe(ready), 0);
    ASSERT_EQ(::pipe(done), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        ::close(done[1]);
        auto store = tryOpen();
        char byte = store.ok() ? 'y' : 'n';
        const bool told = ::write(ready[1], &byte, 1) == 1;
        const bool ended = ::read(done[0], &byte, 1) == 0;
        ::_exit(told && ended ? 0 : 1);
    }
    char opened = 0;
    ASSERT_EQ(::read(ready[0], &opened, 1), 1);
    EXPECT_EQ(opened, 'y');

    const auto second = tryOpen();
    ::close(done[1]);
    int state = 0;
    ASSERT_EQ(::waitpid(child, &state, 0), child);

    EXPECT_EQ(second.status().code(), StatusCode::kFailedPrecondition);
    EXPECT_THAT(messageOf(second.status()), HasSubstr(fmt::format("process {}", child)));
    EXPECT_EQ(tryOpen().status(), okStatus()) << "the lock ends with its process";
    for (const int end : {ready[0], ready[1], done[0]}) {
        ::close(end);
    }
}

TEST_F(SqliteStoreTest, RefusesANewerFormatAndWritesNothing) {
    ASSERT_EQ(open()->put("a", "1"), okStatus());
    run(fmt::format("PRAGMA user_version={}", SqliteStore::kFormatVersion + 1));
    const std::string before = fileBytes();

    const auto refused = tryOpen();

    EXPECT_EQ(refused.status().code(), StatusCode::kFailedPrecondition);
    EXPECT_THAT(messageOf(refused.status()), HasSubstr("newer than format 1"));
    EXPECT_EQ(fileBytes(), before);
}

TEST_F(SqliteStoreTest, RefusesTheDatabaseOfAnotherProgram) {
    std::filesystem::create_directories(path().parent_path());
    run("CREATE TABLE theirs(x); INSERT INTO theirs VALUES(1)");
    const std::string before = fileBytes();

    const auto refused = tryOpen();

    EXPECT_EQ(refused.status().code(), StatusCode::kFailedPrecondition);
    EXPECT_THAT(messageOf(refused.status()), HasSubstr("another program"));
    EXPECT_EQ(fileBytes(), before);
}

TEST_F(SqliteStoreTest, StartsAfreshWhenItsCreationWasCutOff) {
    std::filesystem::create_directories(path().parent_path());
    std::ofstream(path()).close();
    EXPECT_EQ(open()->put("a", "1"), okStatus());
    std::filesystem::remove(path());
    run("PRAGMA journal_mode=WAL; CREATE TABLE x(y); DROP TABLE x");

    const auto store = open();

    EXPECT_EQ(store->revision(), 0U);
    EXPECT_EQ(store->put("a", "1"), okStatus());
}

TEST_F(SqliteStoreTest, RefusesAnOptionThatCannotBe) {
    FakeClock clock;
    SqliteOptions noPath;
    SqliteOptions tooSmall;
    tooSmall.path = path();
    tooSmall.maxDatabaseBytes = 1;
    SqliteOptions largeJournal;
    largeJournal.path = path();
    largeJournal.journalBytes = std::size_t{1} << 40;

    for (const SqliteOptions& options : {noPath, tooSmall, largeJournal}) {
        EXPECT_EQ(SqliteStore::open(options, clock).status().code(), StatusCode::kInvalidArgument);
    }
}

TEST_F(SqliteStoreTest, SaysWhenSomethingElseStandsInTheWay) {
    FakeClock clock;
    std::ofstream(folder_ / "file") << "text";
    SqliteOptions belowAFile;
    belowAFile.path = folder_ / "file" / "store.db";
    SqliteOptions folder;
    folder.path = folder_ / "folder";
    std::filesystem::create_directory(folder.path);
    SqliteOptions link;
    link.path = folder_ / "link";
    std::filesystem::create_symlink(folder_ / "file", link.path);

    for (const SqliteOptions& options : {belowAFile, folder, link}) {
        const auto refused = SqliteStore::open(options, clock);
        EXPECT_FALSE(refused.ok());
        EXPECT_THAT(messageOf(refused.status()), HasSubstr(folder_.path().string()));
    }
}

TEST_F(SqliteStoreTest, SaysThatTheFolderIsNotWritable) {
    const auto folder = folder_ / "closed";
    std::filesystem::create_directory(folder);
    ASSERT_EQ(::chmod(folder.c_str(), 0555), 0);
    ASSERT_EQ(::chmod(folder_.path().c_str(), 0755), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        constexpr uid_t kNobody = 65534;
        if (::geteuid() == 0 && ::setuid(kNobody) != 0) {
            ::_exit(2);
        }
        SqliteOptions options;
        options.path = folder / "store.db";
        const auto refused = SqliteStore::open(std::move(options), clock_);
        ::_exit(refused.status().code() == StatusCode::kPermissionDenied ? 0 : 1);
    }
    int state = 0;
    ASSERT_EQ(::waitpid(child, &state, 0), child);

    EXPECT_TRUE(WIFEXITED(state));
    EXPECT_EQ(WEXITSTATUS(state), 0);
}

TEST_F(SqliteStoreTest, KeepsTheJournalSmallUnderManyCommits) {
    const auto store = open();
    for (int i = 0; i < 40; ++i) {
        storage::Transaction transaction;
        for (int k = 0; k < 40; ++k) {
            transaction.operations.emplace_back(
                storage::Put{fmt::format("{}", k), std::string(4000, 'v'), std::nullopt});
        }
        ASSERT_EQ(store->commitAndWait(std::move(transaction)).status(), okStatus());
    }

    EXPECT_LE(std::filesystem::file_size(path().string() + "-wal"), std::size_t{5} << 20);
}

TEST_F(SqliteStoreTest, WaitsForAToolThatHoldsALockOnTheFile) {
    const auto store = open();
    ASSERT_EQ(store->put("a", "1"), okStatus());
    sqlite3* tool = nullptr;
    ASSERT_EQ(sqlite3_open(path().c_str(), &tool), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(tool, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
    std::atomic<bool> answered = false;
    Status status;

    store->commit(
        {{}, {storage::Put{"b", "2", std::nullopt}}},
        [&](const StatusOr<storage::CommitResult>& r) {
            status = r.status();
            answered = true;
            answered.notify_all();
        });
    EXPECT_EQ(store->get("a")->value, "1");
    sqlite3_close(tool);
    answered.wait(false);

    EXPECT_EQ(status, okStatus());
}

}  // namespace
}  // namespace weft::tests
