// SPDX-License-Identifier: Apache-2.0
#include "core/base/file.h"

#include "tests/support/temp_dir.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace weft::base {
namespace {

using testing::HasSubstr;

unsigned modeOf(const std::filesystem::path& path) {
    struct stat about {};
    EXPECT_EQ(::lstat(path.c_str(), &about), 0) << path;
    return about.st_mode & 07777U;
}

std::size_t entriesIn(const std::filesystem::path& folder) {
    using Iterator = std::filesystem::directory_iterator;
    return static_cast<std::size_t>(std::distance(Iterator(folder), Iterator()));
}

TEST(WriteFileAtomically, CreatesWithExactlyTheModeWhateverTheUmask) {
    const tests::TempDir folder;
    const auto old = ::umask(0777);

    const auto secret = writeFileAtomically(folder / "secret", "a");
    const auto open = writeFileAtomically(folder / "open", "b", 0644);
    ::umask(old);

    ASSERT_TRUE(secret.ok() && open.ok());
    EXPECT_EQ(modeOf(folder / "secret"), 0600U);
    EXPECT_EQ(modeOf(folder / "open"), 0644U);
}

TEST(WriteFileAtomically, ReplacesAndLeavesNothingBeside) {
    const tests::TempDir folder;
    ASSERT_TRUE(writeFileAtomically(folder / "file", std::string(100'000, 'x')).ok());

    ASSERT_TRUE(writeFileAtomically(folder / "file", "new").ok());

    EXPECT_EQ(readFile(folder / "file", 100).value(), "new");
    EXPECT_EQ(entriesIn(folder.path()), 1U);
}

TEST(WriteFileAtomically, ReplacesALinkAndNotItsTarget) {
    const tests::TempDir folder;
    ASSERT_TRUE(writeFileAtomically(folder / "target", "old").ok());
    std::filesystem::create_symlink(folder / "target", folder / "link");

    ASSERT_TRUE(writeFileAtomically(folder / "link", "new").ok());

    EXPECT_EQ(readFile(folder / "target", 100).value(), "old");
    EXPECT_EQ(readFile(folder / "link", 100).value(), "new");
}

TEST(WriteFileAtomically, ReportsAMissingFolder) {
    const tests::TempDir folder;

    const auto status = writeFileAtomically(folder / "none" / "file", "a");

    EXPECT_EQ(status.code(), StatusCode::kUnavailable);
    EXPECT_THAT(messageOf(status), HasSubstr("none"));
}

TEST(WriteFileAtomically, LeavesTheOldFileWhenTheTargetIsAFolder) {
    const tests::TempDir folder;
    std::filesystem::create_directories(folder / "file" / "inside");

    EXPECT_FALSE(writeFileAtomically(folder / "file", "a").ok());

    EXPECT_EQ(entriesIn(folder.path()), 1U);
    EXPECT_TRUE(std::filesystem::exists(folder / "file" / "inside"));
}

TEST(WriteFileAtomically, KeepsTheOldFileWhenTheDiskIsFull) {
    // The limit on file size stands in for a full disk: both end a write in the middle.
    const tests::TempDir folder;
    ASSERT_TRUE(writeFileAtomically(folder / "file", "old").ok());
    struct rlimit before {};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
    const auto oldHandler = ::signal(SIGXFSZ, SIG_IGN);
    const struct rlimit small { 4096, before.rlim_max };
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);

    const auto status = writeFileAtomically(folder / "file", std::string(100'000, 'x'));
    ::setrlimit(RLIMIT_FSIZE, &before);
    ::signal(SIGXFSZ, oldHandler);

    EXPECT_EQ(status.code(), StatusCode::kResourceExhausted);
    EXPECT_EQ(readFile(folder / "file", 100).value(), "old");
    EXPECT_EQ(entriesIn(folder.path()), 1U);
}

TEST(WriteFileAtomically, ReadersSeeWholeFilesOnly) {
    const tests::TempDir folder;
    const std::string shorter(1000, 'a');
    const std::string longer(50'000, 'b');
    ASSERT_TRUE(writeFileAtomically(folder / "file", shorter).ok());
    std::atomic<bool> done{false};
    std::thread writer([&] {
        for (int round = 0; round < 20; ++round) {
            EXPECT_TRUE(writeFileAtomically(folder / "file", round % 2 ? shorter : longer).ok());
        }
        done = true;
    });

    while (!done) {
        const auto read = readFile(folder / "file", 1'000'000).value();
        EXPECT_TRUE(read == shorter || read == longer) << read.size();
    }
    writer.join();
}

/// Ends the process with 0 when an ordinary user may not write into `folder`.
[[noreturn]] void tryAsOrdinaryUser(const std::filesystem::path& folder) {
    constexpr ::uid_t kNobody = 65534;
    const bool ordinary = ::geteuid() != 0 || ::setuid(kNobody) == 0;
    const bool refused =
        writeFileAtomically(folder / "file", "new").code() == StatusCode::kPermissionDenied
        && makeFolders(folder / "a" / "b").code() == StatusCode::kPermissionDenied
        && readFile(folder / "secret", 10).status().code() == StatusCode::kPermissionDenied;
    ::_exit(ordinary && refused ? 0 : 1);
}

TEST(Files, SayThatPermissionIsMissing) {
    const tests::TempDir folder;
    ASSERT_TRUE(writeFileAtomically(folder / "file", "old", 0666).ok());
    ASSERT_TRUE(writeFileAtomically(folder / "secret", "old", 0).ok());
    std::filesystem::permissions(folder.path(), std::filesystem::perms(0555));

    EXPECT_EXIT(tryAsOrdinaryUser(folder.path()), testing::ExitedWithCode(0), "");

    std::filesystem::permissions(folder.path(), std::filesystem::perms(0755));
    EXPECT_EQ(readFile(folder / "file", 10).value(), "old");
    EXPECT_EQ(entriesIn(folder.path()), 2U);
}

TEST(CreateFileAtomically, NeverReplaces) {
    const tests::TempDir folder;
    ASSERT_TRUE(createFileAtomically(folder / "file", "first").ok());

    const auto status = createFileAtomically(folder / "file", "second");

    EXPECT_EQ(status.code(), StatusCode::kAlreadyExists);
    EXPECT_EQ(readFile(folder / "file", 100).value(), "first");
    EXPECT_EQ(modeOf(folder / "file"), 0600U);
    EXPECT_EQ(entriesIn(folder.path()), 1U);
}

TEST(CreateFileAtomically, HasOneWinnerAmongMany) {
    const tests::TempDir folder;
    std::atomic<int> winners{0};
    std::vector<std::thread> threads(4);
    for (auto& thread : threads) {
        thread = std::thread([&] {
            const auto status = createFileAtomically(folder / "file", "a");
            winners += status.ok() ? 1 : 0;
            EXPECT_TRUE(status.ok() || status.code() == StatusCode::kAlreadyExists);
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }

    EXPECT_EQ(winners, 1);
    EXPECT_EQ(entriesIn(folder.path()), 1U);
}

TEST(ReadFile, TakesAFileAsLongAsTheCapAndNoLonger) {
    const tests::TempDir folder;
    ASSERT_TRUE(writeFileAtomically(folder / "file", std::string(70'000, 'x')).ok());

    EXPECT_EQ(readFile(folder / "file", 70'000)->size(), 70'000U);
    EXPECT_EQ(readFile(folder / "file", 69'999).status().code(), StatusCode::kResourceExhausted);
    EXPECT_EQ(readFile(folder / "file", 0).status().code(), StatusCode::kResourceExhausted);
}

TEST(ReadFile, TellsApartWhatCannotBeRead) {
    const tests::TempDir folder;
    ASSERT_EQ(::mkfifo((folder / "fifo").c_str(), 0600), 0);

    EXPECT_EQ(readFile(folder / "none", 10).status().code(), StatusCode::kNotFound);
    EXPECT_EQ(readFile(folder.path(), 10).status().code(), StatusCode::kFailedPrecondition);
    EXPECT_EQ(readFile(folder / "fifo", 10).status().code(), StatusCode::kFailedPrecondition);
    EXPECT_EQ(readFile("/dev/zero", 10).status().code(), StatusCode::kFailedPrecondition);
    EXPECT_EQ(readFile("", 10).status().code(), StatusCode::kNotFound);
}

TEST(ReadFile, ReadsTheEmptyFile) {
    const tests::TempDir folder;
    ASSERT_TRUE(writeFileAtomically(folder / "file", "").ok());

    EXPECT_EQ(readFile(folder / "file", 0).value(), "");
}

TEST(ReadFileWithOwner, SaysWhoseItIs) {
    const tests::TempDir folder;
    ASSERT_TRUE(writeFileAtomically(folder / "file", "a", 0640).ok());

    const auto file = readFileWithOwner(folder / "file", 10);

    ASSERT_TRUE(file.ok());
    EXPECT_EQ(file->mode, 0640U);
    EXPECT_EQ(file->ownerId, ::geteuid());
}

TEST(MakeFolders, MakesWhatIsMissingAndLeavesTheRest) {
    const tests::TempDir folder;
    std::filesystem::create_directory(folder / "there");
    std::filesystem::permissions(folder / "there", std::filesystem::perms(0755));

    ASSERT_TRUE(makeFolders(folder / "there" / "a" / "b/").ok());
    ASSERT_TRUE(makeFolders(folder / "there" / "a" / "b").ok());

    EXPECT_EQ(modeOf(folder / "there"), 0755U);
    EXPECT_EQ(modeOf(folder / "there" / "a"), 0700U);
    EXPECT_EQ(modeOf(folder / "there" / "a" / "b"), 0700U);
}

TEST(MakeFolders, ReportsWhatIsInTheWay) {
    const tests::TempDir folder;
    ASSERT_TRUE(writeFileAtomically(folder / "file", "a").ok());

    EXPECT_EQ(makeFolders(folder / "file" / "a").code(), StatusCode::kUnavailable);
    EXPECT_EQ(makeFolders(folder / "file").code(), StatusCode::kUnavailable);
    EXPECT_TRUE(makeFolders("/").ok());
    EXPECT_TRUE(makeFolders("").ok());
}

}  // namespace
}  // namespace weft::base
