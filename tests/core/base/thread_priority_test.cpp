// SPDX-License-Identifier: Apache-2.0
#include "core/base/thread_priority.h"

#include "tests/support/syscall_filter.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <thread>

#include <sys/syscall.h>

namespace weft::base {
namespace {

TEST(ThreadPriority, BelongsToOneThreadAlone) {
    const int before = threadNice();
    if (before == 19) {
        GTEST_SKIP() << "there is nothing below the nice value of this process";
    }
    int inside = before;
    bool accepted = false;

    std::thread([&] {
        accepted = setThreadNice(before + 1);
        inside = threadNice();
    }).join();

    EXPECT_TRUE(accepted);
    EXPECT_EQ(inside, before + 1);
    EXPECT_EQ(threadNice(), before);
}

TEST(ThreadPriority, StaysAsItIsWhenTheSystemRefuses) {
    const int before = threadNice();
    bool canFilter = false;
    bool accepted = true;
    int inside = before;

    std::thread([&] {
        canFilter = tests::refuseSystemCall(SYS_setpriority, EACCES);
        accepted = setThreadNice(before - 1);
        inside = threadNice();
    }).join();

    if (!canFilter) {
        GTEST_SKIP() << "this machine cannot filter system calls";
    }
    EXPECT_FALSE(accepted);
    EXPECT_EQ(inside, before);
}

}  // namespace
}  // namespace weft::base
