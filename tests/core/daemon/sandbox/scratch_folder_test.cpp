// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/sandbox/scratch_folder.h"

#include "core/base/file.h"
#include "tests/support/temp_dir.h"

#include <gtest/gtest.h>

#include <optional>
#include <utility>

#include <sys/stat.h>

namespace weft::daemon::sandbox {
namespace {

TEST(ScratchFolder, IsPrivateAndGoesWithAllThatIsInIt) {
    const tests::TempDir parent;
    std::filesystem::path path;
    {
        auto scratch = ScratchFolder::create(parent.path());
        ASSERT_TRUE(scratch.ok()) << scratch.status();
        path = scratch->path();
        struct stat info {};
        ASSERT_EQ(::stat(path.c_str(), &info), 0);
        EXPECT_EQ(info.st_mode & 0777U, 0700U);
        ASSERT_TRUE(base::makeFolders(path / "deep" / "er").ok());
        const ScratchFolder moved = *std::move(scratch);
        EXPECT_TRUE(std::filesystem::exists(path));
    }

    EXPECT_FALSE(std::filesystem::exists(path));
    EXPECT_TRUE(std::filesystem::exists(parent.path()));
}

TEST(ScratchFolder, SaysWhatIsWrongWithItsPlace) {
    const tests::TempDir parent;
    ASSERT_TRUE(base::createFileAtomically(parent / "file", "x").ok());

    EXPECT_EQ(ScratchFolder::create(parent / "missing").status().code(), StatusCode::kNotFound);
    EXPECT_EQ(ScratchFolder::create(parent / "file").status().code(), StatusCode::kNotFound);
}

}  // namespace
}  // namespace weft::daemon::sandbox
