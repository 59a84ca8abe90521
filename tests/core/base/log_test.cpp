// SPDX-License-Identifier: Apache-2.0
#include "core/base/log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace weft::base {
namespace {

using testing::HasSubstr;
using testing::internal::CaptureStderr;
using testing::internal::GetCapturedStderr;

class Log : public testing::Test {
protected:
    void TearDown() override { configureLogging("warn", LogTarget::Stderr); }
};

TEST_F(Log, HandsOutOneLoggerPerName) {
    EXPECT_EQ(&logger("one"), &logger("one"));
    EXPECT_NE(&logger("one"), &logger("two"));
    EXPECT_EQ(logger("one").name(), "one");
}

TEST_F(Log, WritesFromTheConfiguredLevelOn) {
    ASSERT_TRUE(configureLogging("info", LogTarget::Stderr));

    CaptureStderr();
    logger("mesh").debug("hidden");
    logger("mesh").info("peer lost peer={}", quoted("al\npha"));
    logger("mesh").flush();
    const auto written = GetCapturedStderr();

    EXPECT_THAT(written, HasSubstr(" I mesh: peer lost peer=al\\x0apha\n"));
    EXPECT_THAT(written, testing::Not(HasSubstr("hidden")));
}

TEST_F(Log, LevelHoldsForLoggersMadeLaterToo) {
    ASSERT_TRUE(configureLogging("trace", LogTarget::Stderr));

    EXPECT_TRUE(logger("made-after-the-level").should_log(spdlog::level::trace));
    ASSERT_TRUE(configureLogging("off", LogTarget::Stderr));
    EXPECT_FALSE(logger("made-after-the-level").should_log(spdlog::level::critical));
}

TEST_F(Log, JournalGetsNoTime) {
    ASSERT_TRUE(configureLogging("warn", LogTarget::Journal));

    CaptureStderr();
    logger("mesh").warn("odd");

    EXPECT_EQ(GetCapturedStderr(), "W mesh: odd\n");
}

TEST_F(Log, RefusesUnknownLevelsAndKeepsTheOld) {
    ASSERT_TRUE(configureLogging("error", LogTarget::Stderr));

    for (const auto* const level : {"", "INFO", "info ", "verbose", "critical"}) {
        EXPECT_FALSE(configureLogging(level, LogTarget::Stderr)) << level;
    }
    EXPECT_FALSE(logger("mesh").should_log(spdlog::level::warn));
    EXPECT_TRUE(logger("mesh").should_log(spdlog::level::err));
}

}  // namespace
}  // namespace weft::base
