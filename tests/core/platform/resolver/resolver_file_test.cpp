// SPDX-License-Identifier: Apache-2.0
#include "core/platform/resolver/resolver_file.h"

#include "core/base/file.h"
#include "core/platform/resolver/resolver_text.h"
#include "tests/support/temp_dir.h"

#include <gmock/gmock.h>

#include <fstream>

#include <sys/stat.h>
#include <unistd.h>

namespace weft::platform::tests {
namespace {

using ::testing::HasSubstr;
using Undone = ResolverFile::Undone;

const net::IpAddress kServer = *net::IpAddress::parse("172.16.0.1");
const std::string kBefore = "# by hand\nnameserver 10.0.0.1\noptions ndots:2";

class ResolverFileTest : public ::testing::Test {
protected:
    ResolverFileTest() { write(path_, kBefore); }

    static void write(const std::filesystem::path& path, const std::string& text) {
        std::ofstream(path, std::ios::trunc) << text;
    }
    static std::string read(const std::filesystem::path& path) {
        return base::readFile(path, 1'000'000).value_or("nothing there");
    }
    /// As the next program that is started.
    ResolverFile again() const { return {path_, journal_}; }
    Undone undone() const {
        const auto result = again().undo();
        EXPECT_TRUE(result.ok()) << messageOf(result.status());
        EXPECT_FALSE(std::filesystem::exists(journal_));
        return result.value_or(Undone::Nothing);
    }

    weft::tests::TempDir folder_;
    std::filesystem::path path_ = folder_ / "resolv.conf";
    std::filesystem::path journal_ = folder_ / "resolver.journal";
    ResolverFile file_{path_, journal_};
};

TEST_F(ResolverFileTest, AsksTheServerFirstAndIsAsBeforeAfterwards) {
    ASSERT_EQ(::chmod(path_.c_str(), 0640), 0);

    ASSERT_TRUE(file_.ask(kServer).ok());
    EXPECT_EQ(read(path_), withServer(kBefore, kServer));
    ASSERT_TRUE(file_.ask(kServer).ok());
    EXPECT_TRUE(std::filesystem::exists(journal_));

    EXPECT_EQ(undone(), Undone::AsBefore);
    EXPECT_EQ(read(path_), kBefore);
    EXPECT_EQ(std::filesystem::status(path_).permissions(), std::filesystem::perms{0640});
    EXPECT_EQ(undone(), Undone::Nothing);
}

TEST_F(ResolverFileTest, IsAnotherServersAfterTheServerHasChanged) {
    ASSERT_TRUE(file_.ask(*net::IpAddress::parse("172.16.0.2")).ok());

    ASSERT_TRUE(file_.ask(kServer).ok());

    EXPECT_EQ(read(path_), withServer(kBefore, kServer));
    EXPECT_EQ(undone(), Undone::AsBefore);
    EXPECT_EQ(read(path_), kBefore);
}

TEST_F(ResolverFileTest, FollowsLinksAndLeavesThemAlone) {
    const auto link = folder_ / "link.conf";
    std::filesystem::create_symlink("resolv.conf", link);
    ResolverFile file(link, journal_);

    ASSERT_TRUE(file.ask(kServer).ok());

    EXPECT_EQ(std::filesystem::read_symlink(link), "resolv.conf");
    EXPECT_EQ(read(path_), withServer(kBefore, kServer));
    // Where it led at that time, not where it leads now.
    std::filesystem::remove(link);
    EXPECT_EQ(undone(), Undone::AsBefore);
    EXPECT_EQ(read(path_), kBefore);
}

TEST_F(ResolverFileTest, SaysThatALinkLeadsNowhere) {
    std::filesystem::remove(path_);
    std::filesystem::create_symlink("gone", path_);

    const Status asked = file_.ask(kServer);

    EXPECT_EQ(asked.code(), StatusCode::kFailedPrecondition);
    EXPECT_THAT(messageOf(asked), HasSubstr("leads nowhere"));
    EXPECT_FALSE(std::filesystem::exists(journal_));
}

TEST_F(ResolverFileTest, MakesAFileThatWasNotThereAndTakesItAway) {
    std::filesystem::remove(path_);

    ASSERT_TRUE(file_.ask(kServer).ok());
    EXPECT_EQ(read(path_), withServer("", kServer));
    EXPECT_EQ(std::filesystem::status(path_).permissions(), std::filesystem::perms{0644});

    EXPECT_EQ(undone(), Undone::AsBefore);
    EXPECT_FALSE(std::filesystem::exists(path_));
}

TEST_F(ResolverFileTest, WritesAFileWithAnotherNameInPlace) {
    const auto other = folder_ / "other name";
    std::filesystem::create_hard_link(path_, other);

    ASSERT_TRUE(file_.ask(kServer).ok());
    EXPECT_EQ(read(other), withServer(kBefore, kServer));

    EXPECT_EQ(undone(), Undone::AsBefore);
    EXPECT_EQ(read(other), kBefore);
}

TEST_F(ResolverFileTest, LeavesWhatOthersHaveWrittenMeanwhile) {
    const std::string theirs = "nameserver 10.9.9.9\n";
    ASSERT_TRUE(file_.ask(kServer).ok());

    write(path_, theirs + read(path_) + "\n# more\n");
    EXPECT_EQ(undone(), Undone::Changed);
    EXPECT_EQ(read(path_), theirs + kBefore + "\n# more\n");

    ASSERT_TRUE(file_.ask(kServer).ok());
    write(path_, theirs);
    EXPECT_EQ(undone(), Undone::Changed);
    EXPECT_EQ(read(path_), theirs);

    ASSERT_TRUE(file_.ask(kServer).ok());
    std::filesystem::remove(path_);
    EXPECT_EQ(undone(), Undone::Changed);
    EXPECT_FALSE(std::filesystem::exists(path_));
}

TEST_F(ResolverFileTest, PutsItsLineBackOntoWhatOthersHaveWritten) {
    const std::string theirs = "nameserver 10.9.9.9\n";
    ASSERT_TRUE(file_.ask(kServer).ok());
    write(path_, theirs);

    ASSERT_TRUE(file_.ask(kServer).ok());

    EXPECT_EQ(read(path_), withServer(theirs, kServer));
    EXPECT_EQ(undone(), Undone::AsBefore);
    EXPECT_EQ(read(path_), theirs);
}

TEST_F(ResolverFileTest, FindsTheWayBackFromEveryPlaceWhereAWriterWasStopped) {
    const auto after = withServer(kBefore, kServer);
    ASSERT_TRUE(file_.ask(kServer).ok());
    const auto journal = read(journal_);
    for (std::size_t written = 0; written <= after.size(); ++written) {
        const auto tail = written < kBefore.size() ? kBefore.substr(written) : "";
        write(path_, after.substr(0, written) + tail);
        write(journal_, journal);
        EXPECT_EQ(undone(), Undone::AsBefore) << written;
        EXPECT_EQ(read(path_), kBefore) << written;
    }
    for (std::size_t written = 0; written <= kBefore.size(); ++written) {
        write(path_, kBefore.substr(0, written) + after.substr(written));
        write(journal_, journal);
        EXPECT_EQ(undone(), Undone::AsBefore) << written;
        EXPECT_EQ(read(path_), kBefore) << written;
    }
}

TEST_F(ResolverFileTest, RemovesWhatAKilledWriterLeftBesideTheFile) {
    ASSERT_TRUE(file_.ask(kServer).ok());
    write(folder_ / ".weft-tmp-a1B2c3", "half");
    write(folder_ / ".other-tmp-a1B2c3", "theirs");

    EXPECT_EQ(undone(), Undone::AsBefore);

    EXPECT_FALSE(std::filesystem::exists(folder_ / ".weft-tmp-a1B2c3"));
    EXPECT_TRUE(std::filesystem::exists(folder_ / ".other-tmp-a1B2c3"));
}

TEST_F(ResolverFileTest, TakesItsLinesOutWhenTheJournalIsDamaged) {
    ASSERT_TRUE(file_.ask(kServer).ok());
    write(journal_, "weft-resolver-journal/1\nnonsense\n");

    EXPECT_EQ(undone(), Undone::Changed);

    EXPECT_EQ(read(path_), kBefore);
}

TEST_F(ResolverFileTest, ChangesNothingThatItCouldNotUndo) {
    ResolverFile file(path_, folder_ / "no such folder" / "resolver.journal");

    EXPECT_FALSE(file.ask(kServer).ok());

    EXPECT_EQ(read(path_), kBefore);
}

TEST_F(ResolverFileTest, RefusesAFileThatIsTooLong) {
    const std::string most(kMostResolverFileBytes, '#');
    write(path_, most);
    EXPECT_EQ(file_.ask(kServer).code(), StatusCode::kResourceExhausted);
    EXPECT_EQ(read(path_), most);

    write(path_, most + "#");
    EXPECT_EQ(file_.ask(kServer).code(), StatusCode::kResourceExhausted);
    EXPECT_FALSE(std::filesystem::exists(journal_));
}

TEST(ResolverBackup, IsReadAsItWasWritten) {
    for (const auto& before :
         {std::optional<std::string>(), std::optional<std::string>(""), std::optional(kBefore)}) {
        const ResolverBackup backup{"/etc/resolv \n.conf", kServer, before};
        const auto read = decodeResolverBackup(encodeResolverBackup(backup));
        ASSERT_TRUE(read.ok()) << messageOf(read.status());
        EXPECT_EQ(*read, backup);
    }
}

TEST(ResolverBackup, IsNoneWhenAnythingIsWrong) {
    const std::string good = encodeResolverBackup({"/etc/resolv.conf", kServer, kBefore});
    for (const auto& bad :
         {std::string(),
          good.substr(0, good.size() - 1),
          good + "x",
          "other" + good,
          encodeResolverBackup({"etc/resolv.conf", kServer, kBefore}),
          encodeResolverBackup(
              {"/etc/resolv.conf", kServer, std::string(kMostResolverFileBytes + 1, 'x')}),
          encodeResolverBackup({std::string("/a\0b", 4), kServer, kBefore})}) {
        EXPECT_EQ(decodeResolverBackup(bad).status().code(), StatusCode::kDataLoss) << bad;
    }
}

}  // namespace
}  // namespace weft::platform::tests
