// SPDX-License-Identifier: Apache-2.0
#include "core/base/file.h"
#include "core/crypto/node_key.h"
#include "tests/support/temp_dir.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include <sys/stat.h>
#include <unistd.h>

namespace weft::crypto {
namespace {

using testing::HasSubstr;

constexpr std::string_view kKeyText =
    "CAUSQAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fA6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=";

class KeyFile : public testing::Test {
protected:
    void write(std::string_view content, unsigned mode = 0600) {
        ASSERT_TRUE(base::writeFileAtomically(path_, content, mode).ok());
    }
    std::string content() const { return base::readFile(path_, 100'000).value(); }
    static unsigned modeOf(const std::filesystem::path& path) {
        struct stat about {};
        EXPECT_EQ(::stat(path.c_str(), &about), 0) << path;
        return about.st_mode & 07777U;
    }
    std::size_t entries() const {
        using Iterator = std::filesystem::directory_iterator;
        return static_cast<std::size_t>(std::distance(Iterator(folder_.path()), Iterator()));
    }

    const tests::TempDir folder_;
    const std::filesystem::path path_ = folder_ / "node.key";
};

TEST_F(KeyFile, IsMadeWhenItIsMissingAndReadEverAfter) {
    const auto made = loadOrCreateKeyFile(path_);
    const auto read = loadOrCreateKeyFile(path_);

    ASSERT_TRUE(made.ok() && read.ok()) << toString(made.status());
    EXPECT_EQ(made->publicKey(), read->publicKey());
    EXPECT_EQ(content(), std::string(made->encode().revealText()) + "\n");
    EXPECT_EQ(modeOf(path_), 0600U);
    EXPECT_EQ(entries(), 1U);
}

TEST_F(KeyFile, IsMadeWithItsFoldersForTheOwnerAlone) {
    const auto deep = folder_ / "a" / "b" / "node.key";

    ASSERT_TRUE(loadOrCreateKeyFile(deep).ok());

    EXPECT_EQ(modeOf(folder_ / "a"), 0700U);
    EXPECT_EQ(modeOf(folder_ / "a" / "b"), 0700U);
    EXPECT_EQ(modeOf(deep), 0600U);
}

TEST_F(KeyFile, IsReadWithAnyLineEnd) {
    for (const auto* const end : {"", "\n", "\r\n"}) {
        write(std::string(kKeyText) + end);

        const auto key = loadOrCreateKeyFile(path_);

        ASSERT_TRUE(key.ok()) << toString(key.status());
        EXPECT_EQ(key->encode().revealText(), kKeyText);
    }
}

TEST_F(KeyFile, IsReadWhenOnlyTheOwnerMayRead) {
    write(kKeyText, 0400);

    EXPECT_TRUE(loadOrCreateKeyFile(path_).ok());
}

TEST_F(KeyFile, GarbledIsAnErrorAndStaysAsItIs) {
    auto oneCharacterOff = std::string(kKeyText);
    oneCharacterOff[40] = oneCharacterOff[40] == 'A' ? 'B' : 'A';
    const std::string garbled[] = {
        "",
        "\n",
        std::string(kKeyText.substr(0, 60)),
        std::string(kKeyText) + "\n\n",
        std::string(kKeyText) + "\n" + std::string(kKeyText) + "\n",
        " " + std::string(kKeyText),
        oneCharacterOff,
        "CAUSIAOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4\n",
        std::string(4097, 'A'),
        std::string(100, '\0'),
    };
    for (const auto& bytes : garbled) {
        write(bytes);

        const auto key = loadOrCreateKeyFile(path_);

        EXPECT_EQ(key.status().code(), StatusCode::kDataLoss) << bytes.substr(0, 100);
        EXPECT_EQ(content(), bytes);
        EXPECT_EQ(entries(), 1U);
    }
}

TEST_F(KeyFile, ErrorsNameTheFileAndNotTheKey) {
    write(std::string(kKeyText) + "x");

    const auto status = loadOrCreateKeyFile(path_).status();

    EXPECT_THAT(messageOf(status), HasSubstr("node.key"));
    EXPECT_THAT(messageOf(status), testing::Not(HasSubstr("CAUSQ")));
}

TEST_F(KeyFile, OpenToOthersIsAnErrorAndStaysAsItIs) {
    for (const unsigned mode : {0640U, 0604U, 0620U, 0602U, 0610U, 0666U}) {
        write(kKeyText, mode);

        const auto status = loadOrCreateKeyFile(path_).status();

        EXPECT_EQ(status.code(), StatusCode::kPermissionDenied) << std::oct << mode;
        EXPECT_THAT(messageOf(status), HasSubstr("0600"));
        EXPECT_EQ(content(), kKeyText);
        EXPECT_EQ(modeOf(path_), mode);
    }
}

TEST_F(KeyFile, FolderOrFifoInItsPlaceIsAnError) {
    std::filesystem::create_directory(path_);
    EXPECT_EQ(loadOrCreateKeyFile(path_).status().code(), StatusCode::kDataLoss);
    std::filesystem::remove(path_);
    ASSERT_EQ(::mkfifo(path_.c_str(), 0600), 0);
    EXPECT_EQ(loadOrCreateKeyFile(path_).status().code(), StatusCode::kDataLoss);
}

TEST_F(KeyFile, LinkToAKeyIsFollowedAndLinkToNowhereIsAnError) {
    write(kKeyText);
    std::filesystem::create_symlink(path_, folder_ / "good");
    std::filesystem::create_symlink(folder_ / "nowhere", folder_ / "bad");

    EXPECT_TRUE(loadOrCreateKeyFile(folder_ / "good").ok());
    EXPECT_EQ(loadOrCreateKeyFile(folder_ / "bad").status().code(), StatusCode::kDataLoss);
    EXPECT_TRUE(std::filesystem::is_symlink(folder_ / "bad"));
    EXPECT_EQ(entries(), 3U);
}

TEST_F(KeyFile, UnreachablePathIsAnError) {
    write(kKeyText);

    EXPECT_EQ(loadOrCreateKeyFile(path_ / "below").status().code(), StatusCode::kUnavailable);
    EXPECT_EQ(loadOrCreateKeyFile("").status().code(), StatusCode::kInvalidArgument);
    EXPECT_EQ(content(), kKeyText);
}

TEST_F(KeyFile, IsMadeOnceByManyAtTheSameTime) {
    constexpr std::size_t kThreads = 4;
    std::vector<PublicKey> keys(kThreads);
    std::vector<std::thread> threads(kThreads);
    for (std::size_t i = 0; i < kThreads; ++i) {
        threads[i] = std::thread([&, i] {
            const auto key = loadOrCreateKeyFile(path_);
            ASSERT_TRUE(key.ok()) << toString(key.status());
            keys[i] = key->publicKey();
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }

    EXPECT_THAT(keys, testing::Each(keys.front()));
    EXPECT_EQ(entries(), 1U);
}

/// Ends the process with 0 when an ordinary user is refused at `path`.
[[noreturn]] void tryAsOrdinaryUser(const std::filesystem::path& path) {
    constexpr ::uid_t kNobody = 65534;
    const bool ordinary = ::geteuid() != 0 || ::setuid(kNobody) == 0;
    const auto code = loadOrCreateKeyFile(path).status().code();
    ::_exit(ordinary && code == StatusCode::kPermissionDenied ? 0 : 1);
}

TEST_F(KeyFile, UnreadableIsAnErrorAndStaysAsItIs) {
    write(kKeyText, 0000);
    std::filesystem::permissions(folder_.path(), std::filesystem::perms(0755));

    EXPECT_EXIT(tryAsOrdinaryUser(path_), testing::ExitedWithCode(0), "");

    EXPECT_EQ(modeOf(path_), 0U);
    EXPECT_EQ(entries(), 1U);
}

TEST_F(KeyFile, IsNotMadeWhereTheFolderCannotBeEntered) {
    std::filesystem::permissions(folder_.path(), std::filesystem::perms(0));

    EXPECT_EXIT(tryAsOrdinaryUser(path_), testing::ExitedWithCode(0), "");

    std::filesystem::permissions(folder_.path(), std::filesystem::perms(0700));
    EXPECT_EQ(entries(), 0U);
}

}  // namespace
}  // namespace weft::crypto
