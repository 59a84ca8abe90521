// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/effect_reports.h"

#include "tests/support/manual_loop.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <utility>
#include <vector>

namespace weft::daemon {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr auto kSoon = EffectReports::kGather + EffectReports::kSpread;

mesh::EffectReport effectOf(std::uint64_t peers) {
    return {mesh::NodeId("bravo"), 1, peers};
}

class EffectReportsTest : public ::testing::Test {
protected:
    void set(std::uint64_t peers) {
        effect_ = effectOf(peers);
        reports_.note();
    }

    tests::ManualLoop loop_;
    std::optional<mesh::EffectReport> effect_ = effectOf(1);
    std::size_t nodes_ = 0;
    double drawn_ = 1;
    Status answer_;
    bool isHeld_ = false;
    std::vector<StatusCallback> held_;
    std::vector<mesh::EffectReport> told_;
    EffectReports reports_{EffectReports::Parts{
        .loop = loop_,
        .effect = [this] { return effect_; },
        .report =
            [this](const mesh::EffectReport& report, StatusCallback done) {
                told_.push_back(report);
                if (isHeld_) {
                    held_.push_back(std::move(done));
                } else {
                    done(answer_);
                }
            },
        .nodes = [this] { return nodes_; },
        .draw = [this] { return drawn_; }}};
};

TEST_F(EffectReportsTest, SaysNothingBeforeThereIsALeader) {
    reports_.note();
    loop_.advance(1min);
    EXPECT_THAT(told_, IsEmpty());

    reports_.begin();
    loop_.advance(kSoon);

    EXPECT_THAT(told_, ElementsAre(effectOf(1)));
}

TEST_F(EffectReportsTest, GathersChangesAndSaysWhatIsNewAlone) {
    reports_.begin();
    loop_.advance(kSoon);
    set(2);
    loop_.advance(kSoon - 1ms);
    set(3);
    EXPECT_THAT(told_, SizeIs(1));
    loop_.advance(1ms);

    EXPECT_THAT(told_, ElementsAre(effectOf(1), effectOf(3)));
    reports_.note();
    loop_.advance(1min);
    EXPECT_THAT(told_, SizeIs(2));
}

TEST_F(EffectReportsTest, WaitsForWhatIsOnItsWay) {
    effect_.reset();
    reports_.begin();
    loop_.advance(1min);
    EXPECT_THAT(told_, IsEmpty());

    set(2);
    loop_.advance(kSoon);

    EXPECT_THAT(told_, ElementsAre(effectOf(2)));
}

TEST_F(EffectReportsTest, SaysItAnewToALeaderThatMayHaveForgottenIt) {
    reports_.begin();
    loop_.advance(kSoon);
    reports_.end();
    loop_.advance(1min);

    reports_.begin();
    loop_.advance(kSoon);

    EXPECT_THAT(told_, ElementsAre(effectOf(1), effectOf(1)));
}

TEST_F(EffectReportsTest, TriesAgainWhatWasRefused) {
    answer_ = unavailable("the leader is not connected");
    reports_.begin();
    loop_.advance(kSoon);
    answer_ = okStatus();
    loop_.advance(EffectReports::kRetry);

    EXPECT_THAT(told_, ElementsAre(effectOf(1), effectOf(1)));
    loop_.advance(1min);
    EXPECT_THAT(told_, SizeIs(2));
}

TEST_F(EffectReportsTest, LeavesALeaderAloneThatDoesNotAsk) {
    answer_ = makeStatus(StatusCode::kUnimplemented, "no such service");
    reports_.begin();
    loop_.advance(kSoon);
    set(2);
    loop_.advance(1min);

    EXPECT_THAT(told_, SizeIs(1));
}

TEST_F(EffectReportsTest, SaysOneThingAtATimeAndThenWhatHasChangedMeanwhile) {
    isHeld_ = true;
    reports_.begin();
    loop_.advance(kSoon);
    set(2);
    loop_.advance(1min);
    ASSERT_THAT(held_, SizeIs(1));

    held_[0](okStatus());
    loop_.advance(kSoon);

    EXPECT_THAT(told_, ElementsAre(effectOf(1), effectOf(2)));
}

TEST_F(EffectReportsTest, HearsNoAnswersToAnEarlierLeader) {
    isHeld_ = true;
    reports_.begin();
    loop_.advance(kSoon);
    reports_.end();
    reports_.begin();
    held_[0](okStatus());
    loop_.advance(kSoon);

    EXPECT_THAT(told_, SizeIs(2));
}

TEST_F(EffectReportsTest, SpreadsTheReportsOfManyNodes) {
    nodes_ = 10'000;
    reports_.begin();
    loop_.advance(kSoon + 2400ms);
    EXPECT_THAT(told_, IsEmpty());
    loop_.advance(100ms);
    EXPECT_THAT(told_, SizeIs(1));
    // It looks once more after a report.
    loop_.advance(1min);
    drawn_ = 0;
    set(2);
    loop_.advance(EffectReports::kGather);
    EXPECT_THAT(told_, SizeIs(2));
}

}  // namespace
}  // namespace weft::daemon
