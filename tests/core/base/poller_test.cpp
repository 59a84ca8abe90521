// SPDX-License-Identifier: Apache-2.0
#include "core/base/poller.h"

#include "core/base/unique_fd.h"
#include "tests/support/instrumented.h"
#include "tests/support/syscall_filter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace weft::base {
namespace {

using std::chrono::steady_clock;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;
using namespace std::chrono_literals;

struct Pipe {
    UniqueFd out;
    UniqueFd in;

    Pipe() {
        std::array<int, 2> ends{};
        EXPECT_EQ(::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK), 0);
        out.reset(ends[0]);
        in.reset(ends[1]);
    }

    void put() const { EXPECT_EQ(::write(in.get(), "x", 1), 1); }
    void take() const {
        char byte = 0;
        EXPECT_EQ(::read(out.get(), &byte, 1), 1);
    }
    Waitable waitable() const { return {out.get()}; }
};

class PollerTest : public testing::Test {
protected:
    std::vector<std::uint32_t> wait(std::optional<Duration> timeout) {
        const auto ready = poller_->wait(timeout);
        EXPECT_EQ(ready.status(), okStatus());
        return ready.ok() ? std::vector<std::uint32_t>(ready->begin(), ready->end())
                          : std::vector<std::uint32_t>();
    }

    std::unique_ptr<Poller> poller_ = createPoller().value();
};

TEST_F(PollerTest, ReportsASourceUntilItIsRead) {
    const Pipe pipe;
    ASSERT_EQ(poller_->add(pipe.waitable(), 7), okStatus());
    EXPECT_THAT(wait(0ns), IsEmpty());

    pipe.put();
    EXPECT_THAT(wait(std::nullopt), ElementsAre(7U));
    EXPECT_THAT(wait(0ns), ElementsAre(7U));

    pipe.take();
    EXPECT_THAT(wait(0ns), IsEmpty());
}

TEST_F(PollerTest, ReportsAllThatIsReadyAtOnce) {
    const Pipe first;
    const Pipe second;
    const Pipe silent;
    ASSERT_EQ(poller_->add(first.waitable(), 1), okStatus());
    ASSERT_EQ(poller_->add(second.waitable(), 0xFFFFFFFF), okStatus());
    ASSERT_EQ(poller_->add(silent.waitable(), 3), okStatus());

    first.put();
    second.put();

    EXPECT_THAT(wait(0ns), UnorderedElementsAre(1U, 0xFFFFFFFFU));
}

TEST_F(PollerTest, ReportsEverySourceInTurnWhenThereAreMoreThanOneWaitReports) {
    std::vector<Pipe> pipes(3 * Poller::kMostReady);
    std::vector<bool> seen(pipes.size());
    for (std::uint32_t id = 0; id < pipes.size(); ++id) {
        ASSERT_EQ(poller_->add(pipes[id].waitable(), id), okStatus());
        pipes[id].put();
    }

    for (int round = 0; round < 6; ++round) {
        for (const auto id : wait(0ns)) {
            seen[id] = true;
        }
    }

    EXPECT_EQ(std::count(seen.begin(), seen.end(), true), static_cast<long>(pipes.size()));
}

TEST_F(PollerTest, ForgetsARemovedSource) {
    const Pipe pipe;
    ASSERT_EQ(poller_->add(pipe.waitable(), 7), okStatus());
    pipe.put();

    poller_->remove(pipe.waitable());
    poller_->remove(pipe.waitable());

    EXPECT_THAT(wait(0ns), IsEmpty());
    EXPECT_EQ(poller_->add(pipe.waitable(), 8), okStatus());
    EXPECT_THAT(wait(0ns), ElementsAre(8U));
}

TEST_F(PollerTest, AHeldSourceIsNotReportedUntilItIsLetGo) {
    const Pipe pipe;
    const Pipe other;
    ASSERT_EQ(poller_->add(pipe.waitable(), 7), okStatus());
    ASSERT_EQ(poller_->add(other.waitable(), 8), okStatus());
    pipe.put();
    other.put();

    poller_->hold(pipe.waitable(), 7, true);
    EXPECT_THAT(wait(0ns), ElementsAre(8U));
    EXPECT_EQ(poller_->add(pipe.waitable(), 7).code(), StatusCode::kAlreadyExists);

    poller_->hold(pipe.waitable(), 7, false);
    EXPECT_THAT(wait(0ns), UnorderedElementsAre(7U, 8U));
}

TEST_F(PollerTest, HoldingWhatIsNotWatchedDoesNothing) {
    const Pipe pipe;
    pipe.put();

    poller_->hold(pipe.waitable(), 7, true);
    poller_->hold(pipe.waitable(), 7, false);

    EXPECT_THAT(wait(0ns), IsEmpty());
}

TEST_F(PollerTest, RefusesWhatItCannotWatch) {
    const Pipe pipe;
    ASSERT_EQ(poller_->add(pipe.waitable(), 1), okStatus());

    EXPECT_EQ(poller_->add(pipe.waitable(), 2).code(), StatusCode::kAlreadyExists);
    EXPECT_EQ(poller_->add(Waitable{}, 3).code(), StatusCode::kInvalidArgument);
}

TEST_F(PollerTest, ReportsASourceWhoseOtherEndIsGone) {
    Pipe pipe;
    ASSERT_EQ(poller_->add(pipe.waitable(), 5), okStatus());

    pipe.in.reset();

    EXPECT_THAT(wait(0ns), ElementsAre(5U));
}

TEST_F(PollerTest, ReturnsNeitherBeforeTheTimeoutNorAMillisecondTooLate) {
    // The quickest of several, because the machine may be busy with something else.
    auto quickest = Duration::max();
    for (int i = 0; i < 20; ++i) {
        const auto start = steady_clock::now();
        EXPECT_THAT(wait(200us), IsEmpty());
        const Duration took = steady_clock::now() - start;
        EXPECT_GE(took, 200us);
        quickest = std::min(quickest, took);
    }

    EXPECT_LT(quickest, 900us * tests::kSlowdown);
}

TEST_F(PollerTest, KeepsTimeoutsWhereTheSystemHasNoPreciseWait) {
    std::thread([this] {
        if (!tests::refuseSystemCall(SYS_epoll_pwait2, ENOSYS)) {
            GTEST_SKIP() << "this machine cannot filter system calls";
        }
        const Pipe pipe;
        ASSERT_EQ(poller_->add(pipe.waitable(), 7), okStatus());

        for (int i = 0; i < 3; ++i) {
            const auto start = steady_clock::now();
            EXPECT_THAT(wait(200us), IsEmpty());
            EXPECT_GE(steady_clock::now() - start, 200us);
        }
        pipe.put();
        EXPECT_THAT(wait(10s), ElementsAre(7U));
    }).join();
}

TEST_F(PollerTest, OnlyLooksWhenTheTimeoutIsNegative) {
    const auto start = steady_clock::now();

    EXPECT_THAT(wait(-1h), IsEmpty());

    EXPECT_LT(steady_clock::now() - start, 10s);
}

TEST_F(PollerTest, IsWokenBeforeItWaits) {
    poller_->wake();
    poller_->wake();

    EXPECT_THAT(wait(std::nullopt), IsEmpty());

    // The wakes are used up: what ends this wait is the source.
    const Pipe pipe;
    ASSERT_EQ(poller_->add(pipe.waitable(), 9), okStatus());
    pipe.put();
    EXPECT_THAT(wait(std::nullopt), ElementsAre(9U));
}

TEST_F(PollerTest, ShowsWhatWasWrittenBeforeEachWakeOfAnotherThread) {
    constexpr int kWakes = 20'000;
    // Relaxed, so that only the wake can order what is written and what is seen.
    std::atomic<int> written = 0;

    std::thread other([&] {
        for (int i = 0; i < kWakes; ++i) {
            written.fetch_add(1, std::memory_order_relaxed);
            poller_->wake();
        }
    });
    int seen = 0;
    while (seen < kWakes) {
        // A wake that is lost ends here in the limit of the test.
        ASSERT_TRUE(poller_->wait(std::nullopt).ok());
        seen = written.load(std::memory_order_relaxed);
    }
    other.join();

    EXPECT_EQ(seen, kWakes);
}

}  // namespace
}  // namespace weft::base
