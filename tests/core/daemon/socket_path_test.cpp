// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/local/socket_path.h"

#include "tests/support/temp_dir.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <fstream>
#include <optional>
#include <string>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace weft::daemon {
namespace {

using ::testing::HasSubstr;

mode_t modeOf(const std::filesystem::path& path) {
    struct stat info {};
    EXPECT_EQ(::lstat(path.c_str(), &info), 0);
    return info.st_mode & 07777U;
}

int connectTo(const std::filesystem::path& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path.c_str(), sizeof(address.sun_path) - 1);
    const base::UniqueFd client(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    return ::connect(client.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address));
}

class SocketPathTest : public ::testing::Test {
protected:
    std::filesystem::path path() const { return folder_ / "weft" / "weft.sock"; }
    void makeFolder() const { std::filesystem::create_directory(path().parent_path()); }
    /// A socket that nobody serves any more.
    void leaveStaleSocket() const {
        auto bound = BoundSocket::create(path(), {});
        ASSERT_TRUE(bound.ok()) << bound.status();
        const auto kept = path().parent_path() / "kept";
        std::filesystem::create_hard_link(path(), kept);
        bound = unavailable("dropped");
        std::filesystem::rename(kept, path());
    }

    tests::TempDir folder_;
};

TEST_F(SocketPathTest, FolderAndSocketAreClosedToOthers) {
    const auto bound = BoundSocket::create(path(), {});

    ASSERT_TRUE(bound.ok()) << bound.status();
    EXPECT_EQ(modeOf(path().parent_path()), 0700U);
    EXPECT_EQ(modeOf(path()), 0600U);
    EXPECT_EQ(connectTo(path()), 0);
}

TEST_F(SocketPathTest, TheGroupMayReachBoth) {
    const auto bound = BoundSocket::create(path(), {.group = ::getegid()});

    ASSERT_TRUE(bound.ok()) << bound.status();
    EXPECT_EQ(modeOf(path().parent_path()), 0750U);
    EXPECT_EQ(modeOf(path()), 0660U);
}

TEST_F(SocketPathTest, TheSocketGoesWithItsOwner) {
    auto bound = BoundSocket::create(path(), {});
    ASSERT_TRUE(bound.ok());

    bound = unavailable("dropped");

    EXPECT_FALSE(std::filesystem::exists(path()));
}

TEST_F(SocketPathTest, ASocketThatSomebodyElsePutThereIsNotRemoved) {
    auto bound = BoundSocket::create(path(), {});
    ASSERT_TRUE(bound.ok());
    std::filesystem::remove(path());
    std::ofstream(path()) << "other";

    bound = unavailable("dropped");

    EXPECT_TRUE(std::filesystem::exists(path()));
}

TEST_F(SocketPathTest, AStaleSocketOfOursIsReplaced) {
    leaveStaleSocket();
    ASSERT_NE(connectTo(path()), 0);

    const auto bound = BoundSocket::create(path(), {});

    ASSERT_TRUE(bound.ok()) << bound.status();
    EXPECT_EQ(connectTo(path()), 0);
}

TEST_F(SocketPathTest, ALiveSocketIsLeftAlone) {
    const auto first = BoundSocket::create(path(), {});
    ASSERT_TRUE(first.ok());

    const auto second = BoundSocket::create(path(), {});

    EXPECT_EQ(second.status().code(), StatusCode::kFailedPrecondition);
    EXPECT_THAT(messageOf(second.status()), HasSubstr("another daemon"));
    EXPECT_EQ(connectTo(path()), 0);
}

TEST_F(SocketPathTest, ALinkAtThePathIsNeitherFollowedNorRemoved) {
    makeFolder();
    const auto target = folder_ / "target";
    std::ofstream(target) << "precious";
    std::filesystem::create_symlink(target, path());

    const auto bound = BoundSocket::create(path(), {});

    EXPECT_EQ(bound.status().code(), StatusCode::kFailedPrecondition);
    EXPECT_TRUE(std::filesystem::is_symlink(path()));
    EXPECT_TRUE(std::filesystem::exists(target));
}

TEST_F(SocketPathTest, ALinkInPlaceOfTheFolderIsRefused) {
    const auto real = folder_ / "real";
    std::filesystem::create_directory(real);
    std::filesystem::create_directory_symlink(real, path().parent_path());

    const auto bound = BoundSocket::create(path(), {});

    EXPECT_EQ(bound.status().code(), StatusCode::kPermissionDenied);
    EXPECT_TRUE(std::filesystem::is_empty(real));
}

TEST_F(SocketPathTest, AFileAtThePathStays) {
    makeFolder();
    std::ofstream(path()) << "precious";

    const auto bound = BoundSocket::create(path(), {});

    EXPECT_EQ(bound.status().code(), StatusCode::kFailedPrecondition);
    EXPECT_TRUE(std::filesystem::is_regular_file(path()));
}

TEST_F(SocketPathTest, AFolderThatOthersCanWriteIsRefused) {
    makeFolder();
    for (const mode_t mode : {0777U, 0720U, 01777U}) {
        ASSERT_EQ(::chmod(path().parent_path().c_str(), mode), 0);

        const auto bound = BoundSocket::create(path(), {});

        EXPECT_EQ(bound.status().code(), StatusCode::kPermissionDenied) << std::oct << mode;
    }
}

TEST_F(SocketPathTest, WhatBelongsToOthersIsRefused) {
    if (::geteuid() != 0) {
        GTEST_SKIP() << "needs root, to give a file away";
    }
    constexpr uid_t kStranger = 12345;
    leaveStaleSocket();
    ASSERT_EQ(::lchown(path().c_str(), kStranger, static_cast<gid_t>(-1)), 0);
    const auto socket = BoundSocket::create(path(), {});
    EXPECT_EQ(socket.status().code(), StatusCode::kPermissionDenied);
    EXPECT_TRUE(std::filesystem::exists(path()));

    std::filesystem::remove(path());
    ASSERT_EQ(::chown(path().parent_path().c_str(), kStranger, static_cast<gid_t>(-1)), 0);
    const auto folder = BoundSocket::create(path(), {});
    EXPECT_EQ(folder.status().code(), StatusCode::kPermissionDenied);
}

TEST_F(SocketPathTest, RelativeAndTooLongPathsAreRefused) {
    EXPECT_EQ(BoundSocket::create("weft.sock", {}).status().code(), StatusCode::kInvalidArgument);
    EXPECT_EQ(
        BoundSocket::create(folder_ / std::string(200, 'x'), {}).status().code(),
        StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace weft::daemon
