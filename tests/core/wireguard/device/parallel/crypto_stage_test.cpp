// SPDX-License-Identifier: Apache-2.0
// Jobs, their ring and the threads that work on them, without the loop around.
#include "core/wireguard/device/parallel/crypto_stage.h"

#include "core/wireguard/device/parallel/sealed_sender.h"
#include "core/wireguard/device/parallel/stage_switch.h"
#include "tests/core/wireguard/device/two_interfaces.h"

#include <gmock/gmock.h>

#include <chrono>
#include <set>

namespace weft::tests {
namespace {

using namespace std::chrono_literals;
using platform::Offload;
using wireguard::CryptoStage;
using wireguard::DropReason;
using wireguard::Job;
using wireguard::JobRing;
using wireguard::PeerIndex;
using wireguard::StageSwitch;
using wireguard::testing::Bytes;

constexpr std::chrono::seconds kPatience{20};

/// Notes the counters that sealed packets have, in the order in which they come back.
class CounterTaker final : public wireguard::JobTaker {
public:
    void finish(std::span<Job* const> jobs, wireguard::Moment /*at*/) override {
        for (auto* job : jobs) {
            const auto run = job->sealed({});
            for (std::size_t at = 0; at < run.bytes.size(); at += run.segmentBytes) {
                const auto header = wireguard::readTransportHeader(run.bytes.subspan(at));
                counters.push_back(header ? header->counter : ~std::uint64_t{0});
            }
        }
    }

    std::vector<std::uint64_t> counters;
};

class CryptoStageTest : public TwoInterfaces {
protected:
    void SetUp() override {
        establish();
        toRight = *left.engine.findPeer(right.key.publicKey());
    }

    std::unique_ptr<CryptoStage> start(std::size_t workers) {
        return *CryptoStage::start(workers, "test0", {*poller, systemClock, taker});
    }
    /// A packet of `segments` of `bytes` each, for `right`.
    void fill(Job& job, std::uint32_t segments, std::size_t bytes) {
        const auto whole = packet(1, 2, segments * bytes);
        Offload offload;
        if (segments > 1) {
            offload = {
                .kind = Offload::Kind::Tcp4,
                .needsChecksum = true,
                .segmentBytes = static_cast<std::uint16_t>(bytes),
                .headerBytes = 40,
                .checksumStart = 20,
                .checksumOffset = 16};
        }
        std::copy(whole.begin(), whole.end(), buffer.begin());
        const auto grant = left.engine.grant(toRight, segments, left.loop.now());
        ASSERT_EQ(grant.verdict, wireguard::SendGrant::Verdict::Ready);
        firstCounter = firstCounter == 0 ? grant.firstCounter : firstCounter;
        job.fillSeal(
            buffer,
            {.bytes = std::span(buffer).first(whole.size()), .offload = offload},
            grant,
            {.peer = toRight, .packets = segments, .mtu = 1420});
        granted += segments;
    }
    void expectAllInOrder() const {
        ASSERT_EQ(taker.counters.size(), granted);
        for (std::size_t i = 0; i < taker.counters.size(); ++i) {
            ASSERT_EQ(taker.counters[i], firstCounter + i);
        }
    }

    base::SystemClock systemClock;
    std::unique_ptr<base::Poller> poller = *base::createPoller();
    CounterTaker taker;
    PeerIndex toRight{};
    Bytes buffer = Bytes(platform::kTunReadBytes);
    std::uint64_t firstCounter = 0;
    std::size_t granted = 0;
};

TEST_F(CryptoStageTest, JobsOfAllSizesComeBackInOrder) {
    for (std::size_t workers = 1; workers <= 3; ++workers) {
        const auto stage = start(workers);
        // Long ones in front of short ones: without the order the short ones would win.
        for (std::uint32_t i = 0; i < 600; ++i) {
            fill(stage->room(left.loop.now()), i % 3 == 0 ? 40 : 1, 1 + i * 37 % 1300);
            stage->push();
        }
        stage->drain(left.loop.now());
        EXPECT_EQ(stage->jobs(), 600U);
    }
    expectAllInOrder();
}

TEST_F(CryptoStageTest, NoWakeIsLost) {
    const auto stage = start(2);
    const auto begin = std::chrono::steady_clock::now();

    // Nobody helps: each job comes back by a wake, or was done before.
    for (std::uint32_t i = 0; i < 2000; ++i) {
        fill(stage->room(left.loop.now()), 1 + i % 2, 10 + i % 900);
        stage->push();
        while (!stage->isIdle()) {
            if (stage->mayWait()) {
                ASSERT_TRUE(poller->wait(kPatience).ok());
            }
            stage->collect(left.loop.now());
        }
    }

    EXPECT_LT(std::chrono::steady_clock::now() - begin, kPatience);
    expectAllInOrder();
}

TEST_F(CryptoStageTest, NeverMoreJobsThanItsBuffers) {
    static_assert(CryptoStage::kBufferBytes <= 2'400'000);
    const auto stage = start(2);
    std::set<Job*> seen;

    for (std::size_t i = 0; i < 10 * CryptoStage::kJobs + 1; ++i) {
        Job& job = stage->room(left.loop.now());
        seen.insert(&job);
        fill(job, 1, 100);
        stage->push();
    }
    stage->drain(left.loop.now());

    EXPECT_EQ(seen.size(), CryptoStage::kJobs);
    expectAllInOrder();
}

TEST_F(CryptoStageTest, EndsWithJobsUnderWay) {
    auto stage = start(3);
    for (std::size_t i = 0; i < CryptoStage::kJobs; ++i) {
        fill(stage->room(left.loop.now()), 40, 1000);
        stage->push();
    }

    stage.reset();

    EXPECT_LE(taker.counters.size(), granted);
}

TEST_F(CryptoStageTest, TheLoopIsWokenForTheOldestOnly) {
    JobRing ring(3);
    for (int i = 0; i < 3; ++i) {
        fill(ring.next(), 1, 10);
        ring.push();
    }
    EXPECT_TRUE(ring.isFull());
    const auto first = ring.claim();
    const auto second = ring.claim();
    ASSERT_TRUE(ring.askForWake());

    EXPECT_FALSE(ring.done(second, 1ms));
    EXPECT_EQ(ring.doneInOrder(), 0U);
    EXPECT_TRUE(ring.done(first, 2ms));
    EXPECT_EQ(ring.doneInOrder(), 2U);
    EXPECT_EQ(ring.busy(), 3ms);
    EXPECT_FALSE(ring.askForWake());

    ring.take(2);
    EXPECT_FALSE(ring.isFull());
    // Nobody asked since.
    EXPECT_FALSE(ring.done(ring.claim(), 0ms));
    EXPECT_EQ(ring.claim().job, nullptr);
    ring.take(1);
    EXPECT_TRUE(ring.isEmpty());
    ring.close();
    EXPECT_EQ(ring.waitForWork().job, nullptr);
}

TEST_F(CryptoStageTest, NothingIsSentForAPeerThatWentWhileItsJobWasUnderWay) {
    Job kept;
    Job lost;
    fill(kept, 2, 500);
    fill(lost, 3, 500);
    kept.work();
    lost.work();
    wireguard::SealedSender sender(left.engine, left.loop.paths());
    const auto before = left.path->counters().sentDatagrams;

    sender.add(kept, left.loop.now());
    sender.flush(left.loop.now());
    left.engine.removePeer(toRight);
    sender.add(lost, left.loop.now());
    sender.flush(left.loop.now());

    EXPECT_EQ(left.path->counters().sentDatagrams - before, 2U);
    EXPECT_EQ(drops(left, DropReason::StagedExpired), 3U);
}

TEST_F(CryptoStageTest, TheKeyIsGoneWhenTheWorkIsDone) {
    Job job;
    fill(job, 1, 500);
    job.work();
    const auto sealed = job.sealed({});
    const Bytes first(sealed.bytes.begin(), sealed.bytes.end());

    // The same packet again, under what the job has now.
    job.work();

    const auto again = job.sealed({});
    EXPECT_NE(Bytes(again.bytes.begin(), again.bytes.end()), first);
}

TEST_F(CryptoStageTest, TheLongestPacketFits) {
    Job job;
    fill(job, Job::kMostPackets, 1000);
    job.work();
    EXPECT_EQ(job.sealed({}).bytes.size(), Job::kMostPackets * (1040 + 32));

    // As much header as there may be: all IPv4 and TCP options.
    EXPECT_LE(
        platform::kTunReadBytes
            + Job::kMostPackets * (wireguard::Segmenter::kMaxHeaderBytes + 15 + 32),
        Job::kOutBytes);
}

class StageSwitchTest : public CryptoStageTest {
protected:
    StageSwitch make(const wireguard::ParallelOptions& options, std::size_t cores) {
        return {options, "test0", {*poller, clock, taker}, cores};
    }
    void busyWindow(StageSwitch& parallel, double share, int runs) {
        const auto window = wireguard::StageLimits{}.window;
        for (int i = 0; i < runs; ++i) {
            parallel.addRun(60'000);
        }
        clock.advance(window);
        const auto end = left.loop.now();
        parallel.note(end.now - std::chrono::duration_cast<Duration>(window * share), end);
    }
};

TEST_F(StageSwitchTest, FollowsTheLoadAndLeavesNothingBehind) {
    auto parallel = make({}, 5);
    EXPECT_FALSE(parallel.takes(60'000));
    EXPECT_FALSE(parallel.longestWait());

    for (int i = 0; i < 3; ++i) {
        busyWindow(parallel, 0.9, 10);
    }
    EXPECT_EQ(parallel.figures().workers, 3U);
    EXPECT_TRUE(parallel.longestWait());
    EXPECT_TRUE(parallel.takes(60'000));
    // Short ones only when they would overtake.
    EXPECT_FALSE(parallel.takes(100));
    fill(parallel.stage()->room(left.loop.now()), 40, 1000);
    parallel.stage()->push();
    EXPECT_TRUE(parallel.takes(100));

    for (int i = 0; i < 20; ++i) {
        busyWindow(parallel, 0.1, 20);
    }
    EXPECT_EQ(parallel.figures().workers, 0U);
    EXPECT_EQ(parallel.figures().starts, 1U);
    EXPECT_EQ(parallel.figures().jobs, 1U);
    EXPECT_FALSE(parallel.takes(60'000));
    expectAllInOrder();
}

TEST_F(StageSwitchTest, StaysOffOnTwoCores) {
    auto parallel = make({}, 2);
    for (int i = 0; i < 20; ++i) {
        busyWindow(parallel, 1.0, 10);
    }
    EXPECT_EQ(parallel.figures().starts, 0U);
}

TEST_F(StageSwitchTest, DoesAsItIsTold) {
    auto never = make({.workers = 0}, 8);
    for (int i = 0; i < 20; ++i) {
        busyWindow(never, 1.0, 10);
    }
    EXPECT_EQ(never.figures().starts, 0U);

    auto always = make({.workers = 1}, 1);
    for (int i = 0; i < 20; ++i) {
        busyWindow(always, 0.0, 0);
    }
    EXPECT_EQ(always.figures().workers, 1U);
    EXPECT_FALSE(always.longestWait());

    auto many = make({.workers = 1000}, 1);
    busyWindow(many, 0.0, 0);
    EXPECT_EQ(many.figures().workers, CryptoStage::kMostWorkers);
}

}  // namespace
}  // namespace weft::tests
