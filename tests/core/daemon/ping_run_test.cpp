// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/ping_run.h"

#include "tests/support/manual_loop.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <vector>

namespace weft::daemon {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

namespace local = weft::local::v1;

/// Keeps what is sent.
class FakeEcho final : public platform::EchoSocket {
public:
    explicit FakeEcho(std::vector<std::uint16_t>& sent) : sent_(sent) {}
    Status send(std::uint16_t sequence) override {
        sent_.push_back(sequence);
        return answer;
    }
    Status answer;

private:
    std::vector<std::uint16_t>& sent_;
};

class PingRunTest : public ::testing::Test {
protected:
    void start(const PingPlan& plan) {
        run_ = std::make_unique<PingRun>(
            loop_,
            plan,
            [this](const local::PingUpdate& update) { told_.push_back(update); },
            [this](const Status& status) { ended_ = status; });
        auto echo = std::make_unique<FakeEcho>(sent_);
        echo->answer = answer_;
        run_->start(std::move(echo));
    }
    std::vector<std::uint32_t> replies() const {
        std::vector<std::uint32_t> list;
        for (const auto& update : told_) {
            if (update.has_reply()) {
                list.push_back(update.reply().sequence());
            }
        }
        return list;
    }
    std::vector<std::uint32_t> losses(local::PingLoss::Reason reason) const {
        std::vector<std::uint32_t> list;
        for (const auto& update : told_) {
            if (update.has_loss() && update.loss().reason() == reason) {
                list.push_back(update.loss().sequence());
            }
        }
        return list;
    }

    // NOLINTBEGIN(misc-non-private-member-variables-in-classes): a fixture
    tests::ManualLoop loop_;
    std::vector<std::uint16_t> sent_;
    std::vector<local::PingUpdate> told_;
    std::optional<Status> ended_;
    Status answer_;
    std::unique_ptr<PingRun> run_;
    // NOLINTEND(misc-non-private-member-variables-in-classes)
};

TEST_F(PingRunTest, SendsAtItsTimesAndEndsWithTheLastAnswer) {
    start({.count = 3, .interval = 1s, .timeout = 2s});
    EXPECT_THAT(sent_, ElementsAre(1));

    loop_.advance(10ms);
    run_->onAnswer({.sequence = 1, .hopLimit = 64});
    loop_.advance(990ms);
    EXPECT_THAT(sent_, ElementsAre(1, 2));
    run_->onAnswer({.sequence = 2});
    loop_.advance(1s);
    run_->onAnswer({.sequence = 3});
    EXPECT_EQ(ended_, std::nullopt) << "not from inside the socket's own call";
    loop_.advance(0s);

    EXPECT_THAT(replies(), ElementsAre(1U, 2U, 3U));
    EXPECT_EQ(told_[0].reply().round_trip_nanoseconds(), 10'000'000U);
    EXPECT_EQ(told_[0].reply().hop_limit(), 64U);
    EXPECT_EQ(ended_, okStatus());
    loop_.advance(10s);
    EXPECT_THAT(sent_, ElementsAre(1, 2, 3));
}

TEST_F(PingRunTest, GivesUpWhatIsNotAnsweredInTimeAndCountsItOnce) {
    start({.count = 2, .interval = 1s, .timeout = 2s});

    loop_.advance(1999ms);
    EXPECT_THAT(told_, IsEmpty());
    loop_.advance(1ms);
    EXPECT_THAT(losses(local::PingLoss::REASON_TIMEOUT), ElementsAre(1U));
    run_->onAnswer({.sequence = 1});
    EXPECT_THAT(replies(), IsEmpty()) << "it was given up";
    loop_.advance(1s);

    EXPECT_THAT(losses(local::PingLoss::REASON_TIMEOUT), ElementsAre(1U, 2U));
    EXPECT_EQ(ended_, okStatus());
}

TEST_F(PingRunTest, CountsAnAnswerOnceHoweverOftenItComes) {
    start({.count = 0, .interval = 1s, .timeout = 2s});

    run_->onAnswer({.sequence = 1});
    run_->onAnswer({.sequence = 1});
    run_->onAnswer({.sequence = 7});

    EXPECT_THAT(replies(), ElementsAre(1U));
    EXPECT_EQ(ended_, std::nullopt) << "there is no last one";
}

TEST_F(PingRunTest, TellsWhoSaysThatItDoesNotGetThere) {
    start({.count = 1, .interval = 1s, .timeout = 2s});

    run_->onAnswer({.sequence = 1, .unreachable = "No route to host"});
    loop_.advance(0s);

    EXPECT_THAT(losses(local::PingLoss::REASON_UNREACHABLE), ElementsAre(1U));
    EXPECT_EQ(told_[0].loss().text(), "No route to host");
    EXPECT_EQ(ended_, okStatus());
}

TEST_F(PingRunTest, TellsWhatDoesNotLeaveTheComputer) {
    answer_ = unavailable("Network is down");
    start({.count = 2, .interval = 1s, .timeout = 2s});
    loop_.advance(1s);

    EXPECT_THAT(losses(local::PingLoss::REASON_NOT_SENT), ElementsAre(1U, 2U));
    EXPECT_EQ(told_[0].loss().text(), "Network is down");
    EXPECT_EQ(ended_, okStatus());
}

TEST_F(PingRunTest, CountsOnBeyondTheSixteenBitsOfAPacket) {
    start({.count = 0, .interval = 200ms, .timeout = 1s});
    for (std::uint32_t sequence = 1; sequence <= 65'538; ++sequence) {
        run_->onAnswer({.sequence = static_cast<std::uint16_t>(sequence)});
        loop_.advance(200ms);
    }

    EXPECT_EQ(replies().size(), 65'538U);
    EXPECT_EQ(replies().back(), 65'538U);
    EXPECT_THAT(losses(local::PingLoss::REASON_TIMEOUT), IsEmpty());
}

TEST_F(PingRunTest, SaysNothingAfterItsEnd) {
    start({.count = 0, .interval = 1s, .timeout = 2s});

    run_->end(cancelled("the connection ends"));
    loop_.advance(10s);

    EXPECT_THAT(told_, IsEmpty());
    EXPECT_EQ(ended_, cancelled("the connection ends"));
    EXPECT_THAT(sent_, ElementsAre(1));
}

TEST(PingPlan, KeepsTimesWithinBounds) {
    const auto of = [](std::uint32_t interval, std::uint32_t timeout) {
        local::PingRequest request;
        request.set_interval_milliseconds(interval);
        request.set_timeout_milliseconds(timeout);
        return PingPlan::of(request);
    };

    EXPECT_EQ(of(0, 0)->interval, Duration(1s));
    EXPECT_EQ(of(0, 0)->timeout, Duration(2s));
    EXPECT_TRUE(of(200, 100).ok());
    EXPECT_TRUE(of(3'600'000, 30'000).ok());
    for (const auto& plan : {of(199, 0), of(3'600'001, 0), of(0, 99), of(0, 30'001)}) {
        EXPECT_EQ(plan.status().code(), StatusCode::kInvalidArgument);
    }
    EXPECT_EQ(messageOf(of(199, 0).status()), "the interval is 199 ms: give 200 to 3600000 ms");
}

}  // namespace
}  // namespace weft::daemon
