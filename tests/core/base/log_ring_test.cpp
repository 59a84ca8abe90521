// SPDX-License-Identifier: Apache-2.0
#include "core/base/log_ring.h"

#include "core/base/log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <thread>
#include <vector>

namespace weft::base {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr std::size_t kAll = std::numeric_limits<std::size_t>::max();

LogLine line(LogLevel level, std::string text) {
    return {WallTime(), level, "mesh", std::move(text)};
}

std::vector<std::string> textsOf(const LogRing::Batch& batch) {
    std::vector<std::string> texts;
    texts.reserve(batch.lines.size());
    for (const auto& each : batch.lines) {
        texts.push_back(each.text);
    }
    return texts;
}

TEST(LogRing, GivesWhatItKeepsAndThenWhatIsNew) {
    LogRing ring;
    ring.add(line(LogLevel::Info, "one"));
    ring.add(line(LogLevel::Info, "two"));
    auto cursor = ring.begin(LogLevel::Trace);

    EXPECT_THAT(textsOf(ring.read(cursor, kAll, kAll)), ElementsAre("one", "two"));
    EXPECT_THAT(textsOf(ring.read(cursor, kAll, kAll)), IsEmpty());
    ring.add(line(LogLevel::Info, "three"));
    EXPECT_THAT(textsOf(ring.read(cursor, kAll, kAll)), ElementsAre("three"));
}

TEST(LogRing, ForgetsTheOldestLinePastItsNumber) {
    LogRing ring;
    for (std::size_t i = 0; i < kMostKeptLogLines + 1; ++i) {
        ring.add(line(LogLevel::Info, std::to_string(i)));
    }
    auto cursor = ring.begin(LogLevel::Trace);

    const auto batch = ring.read(cursor, kAll, kAll);

    ASSERT_EQ(batch.lines.size(), kMostKeptLogLines);
    EXPECT_EQ(batch.lines.front().text, "1");
    EXPECT_EQ(batch.missed, 0U);
}

TEST(LogRing, ForgetsTheOldestLinesPastItsBytes) {
    constexpr std::size_t kBytes = 100;
    LogRing ring(kMostKeptLogLines, kBytes);
    const std::size_t name = line(LogLevel::Info, "").subsystem.size();
    ring.add(line(LogLevel::Info, std::string(kBytes / 2 - name, 'a')));
    ring.add(line(LogLevel::Info, std::string(kBytes / 2 - name, 'b')));
    auto cursor = ring.begin(LogLevel::Trace);
    EXPECT_EQ(ring.read(cursor, kAll, kAll).lines.size(), 2U);

    ring.add(line(LogLevel::Info, ""));

    cursor = ring.begin(LogLevel::Trace);
    const auto batch = ring.read(cursor, kAll, kAll);
    ASSERT_EQ(batch.lines.size(), 2U);
    EXPECT_EQ(batch.lines.front().text.front(), 'b');
}

TEST(LogRing, CountsTheLinesOfItsLevelThatASlowReaderMissed) {
    LogRing ring(3, kAll);
    ring.add(line(LogLevel::Warn, "read"));
    auto cursor = ring.begin(LogLevel::Warn);
    EXPECT_THAT(textsOf(ring.read(cursor, kAll, kAll)), ElementsAre("read"));
    for (const auto* text : {"missed", "missed too", "kept one", "kept two"}) {
        ring.add(line(LogLevel::Error, text));
        ring.add(line(LogLevel::Debug, "noise"));
    }

    const auto batch = ring.read(cursor, kAll, kAll);

    EXPECT_EQ(batch.missed, 3U);
    EXPECT_THAT(textsOf(batch), ElementsAre("kept two"));
    EXPECT_EQ(ring.read(cursor, kAll, kAll).missed, 0U);
}

TEST(LogRing, LeavesOutLowerLevels) {
    LogRing ring;
    ring.add(line(LogLevel::Debug, "low"));
    ring.add(line(LogLevel::Warn, "high"));
    auto cursor = ring.begin(LogLevel::Info);

    EXPECT_THAT(textsOf(ring.read(cursor, kAll, kAll)), ElementsAre("high"));
}

TEST(LogRing, ReadsInBatchesOfBoundedLinesAndBytes) {
    LogRing ring;
    for (int i = 0; i < 5; ++i) {
        ring.add(line(LogLevel::Info, "0123456789"));
    }
    auto cursor = ring.begin(LogLevel::Trace);

    EXPECT_EQ(ring.read(cursor, 2, kAll).lines.size(), 2U);
    EXPECT_EQ(ring.read(cursor, kAll, 28).lines.size(), 2U);
    // One that is too long comes alone.
    EXPECT_EQ(ring.read(cursor, kAll, 1).lines.size(), 1U);
    EXPECT_EQ(ring.read(cursor, kAll, kAll).lines.size(), 0U);
}

TEST(LogRing, TellsEachLineOnceWhileManyThreadsWrite) {
    constexpr int kThreads = 4;
    constexpr int kLines = 2000;
    LogRing ring;
    auto cursor = ring.begin(LogLevel::Trace);
    std::vector<std::thread> writers;
    writers.reserve(kThreads);
    for (int i = 0; i < kThreads; ++i) {
        writers.emplace_back([&ring] {
            for (int j = 0; j < kLines; ++j) {
                ring.add(line(LogLevel::Info, "x"));
            }
        });
    }

    std::uint64_t seen = 0;
    while (seen < std::uint64_t{kThreads} * kLines) {
        const auto batch = ring.read(cursor, 64, kAll);
        seen += batch.missed + batch.lines.size();
    }
    for (auto& writer : writers) {
        writer.join();
    }

    EXPECT_EQ(seen, std::uint64_t{kThreads} * kLines);
    EXPECT_THAT(ring.read(cursor, kAll, kAll).lines, IsEmpty());
}

class KeptLog : public testing::Test {
protected:
    void TearDown() override { configureLogging("warn", LogTarget::Stderr); }
};

TEST_F(KeptLog, HasTheLinesOfAllLoggersFromTheLevelOn) {
    ASSERT_TRUE(configureLogging("info", LogTarget::Journal));
    // What came before this test.
    auto cursor = keptLog().begin(LogLevel::Trace);
    while (!keptLog().read(cursor, kAll, kAll).lines.empty()) {
    }

    testing::internal::CaptureStderr();
    logger("storage").info("opened entries={}", 3);
    logger("mesh").debug("hidden");
    setLogLevel(LogLevel::Debug);
    EXPECT_EQ(logLevel(), LogLevel::Debug);
    logger("mesh").debug("shown name={}", quoted("a\nb"));
    testing::internal::GetCapturedStderr();

    const auto batch = keptLog().read(cursor, kAll, kAll);
    ASSERT_EQ(batch.lines.size(), 2U);
    EXPECT_EQ(batch.lines[0].subsystem, "storage");
    EXPECT_EQ(batch.lines[0].level, LogLevel::Info);
    EXPECT_EQ(batch.lines[0].text, "opened entries=3");
    EXPECT_EQ(batch.lines[1].text, "shown name=a\\x0ab");
}

TEST_F(KeptLog, HoldsOneLineWithoutControlCharactersAndOfBoundedLength) {
    auto cursor = keptLog().begin(LogLevel::Trace);
    while (!keptLog().read(cursor, kAll, kAll).lines.empty()) {
    }

    testing::internal::CaptureStderr();
    logger("mesh").error("library said {}", "one\n\x1b[31mtwo\xff");
    logger("mesh").error("{}", std::string(kMostLogLineBytes + 1, 'x'));
    testing::internal::GetCapturedStderr();

    const auto batch = keptLog().read(cursor, kAll, kAll);
    ASSERT_EQ(batch.lines.size(), 2U);
    EXPECT_THAT(batch.lines[0].text, Not(HasSubstr("\n")));
    EXPECT_THAT(batch.lines[0].text, Not(HasSubstr("\x1b")));
    // And an ellipsis.
    EXPECT_LE(batch.lines[1].text.size(), kMostLogLineBytes + 3);
}

TEST(LogLevel, HasOneNameForEachLevel) {
    for (const auto level :
         {LogLevel::Trace,
          LogLevel::Debug,
          LogLevel::Info,
          LogLevel::Warn,
          LogLevel::Error,
          LogLevel::Off}) {
        EXPECT_EQ(logLevelOf(nameOf(level)), level);
    }
    EXPECT_EQ(logLevelOf("warning"), LogLevel::Warn);
    EXPECT_EQ(logLevelOf("loud"), std::nullopt);
}

}  // namespace
}  // namespace weft::base
