// SPDX-License-Identifier: Apache-2.0
#include "app/daemon/idle_memory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>

namespace weft::tests {
namespace {

using app::IdleMemory;
using std::chrono::milliseconds;

/// Resident pages of mapped files, in KiB.
long residentFileKib() {
    std::ifstream status("/proc/self/status");
    std::string word;
    while (status >> word) {
        if (word == "RssFile:") {
            long kib = 0;
            status >> kib;
            return kib;
        }
    }
    return -1;
}

TEST(IdleMemory, IsDueOnceAfterEachStretchOfWork) {
    IdleMemory memory;
    EXPECT_FALSE(memory.isDue(milliseconds(100))) << "still at work";
    EXPECT_FALSE(memory.isDue(milliseconds(150)));
    EXPECT_TRUE(memory.isDue(milliseconds(151))) << "quiet for an interval";
    EXPECT_FALSE(memory.isDue(milliseconds(152))) << "nothing new to give back";
    EXPECT_FALSE(memory.isDue(milliseconds(300)));
    EXPECT_TRUE(memory.isDue(milliseconds(301)));
}

TEST(IdleMemory, IsNotDueForTheLittleThatBeingIdleCosts) {
    IdleMemory memory;
    EXPECT_FALSE(memory.isDue(milliseconds(100)));
    EXPECT_TRUE(memory.isDue(milliseconds(101)));
    EXPECT_FALSE(memory.isDue(milliseconds(104)));
    EXPECT_FALSE(memory.isDue(milliseconds(108)));
}

TEST(IdleMemory, GivesBackCodeThatRunsAgainAfterwards) {
    const auto before = residentFileKib();
    ASSERT_GT(before, 0);
    app::giveBackMemory();
    const auto after = residentFileKib();
    EXPECT_LT(after, before * 3 / 4);
    EXPECT_GT(app::processorTimeUsed(), Duration::zero());
    EXPECT_THROW((void)std::stoi("no number"), std::invalid_argument) << "tables of the unwinder";
}

}  // namespace
}  // namespace weft::tests
