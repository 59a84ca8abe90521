// SPDX-License-Identifier: Apache-2.0
#include "ui/graph/layout_runner.h"

#include "core/base/mutex.h"
#include "tests/ui/graph/drawing_quality.h"
#include "tests/ui/graph/sample_graphs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

namespace weft::graph {
namespace {

using tests::SampleGraph;
using Result = LayoutRunner::Result;
using Clock = std::chrono::steady_clock;

/// Far more than any of this takes; a failing test ends all the same.
constexpr std::chrono::seconds kLimit{30};

/// Keeps the results, with when they came.
class Results {
public:
    struct Entry {
        Result result;
        Clock::time_point time;
    };

    void add(Result result) {
        const base::MutexLock lock(mutex_);
        entries_.push_back({std::move(result), Clock::now()});
        news_.notifyAll();
    }
    std::function<void(Result)> adder() {
        return [this](Result result) { add(std::move(result)); };
    }
    /// The first that fits and has not been waited for before; nothing within the limit: a failure.
    Result waitFor(const std::function<bool(const Result&)>& fits) {
        const auto deadline = Clock::now() + kLimit;
        const base::MutexLock lock(mutex_);
        for (;;) {
            while (seen_ < entries_.size()) {
                const auto& result = entries_[seen_++].result;
                if (fits(result)) {
                    return result;
                }
            }
            if (news_.waitUntil(mutex_, deadline) == std::cv_status::timeout) {
                ADD_FAILURE() << "no such result";
                return {};
            }
        }
    }
    Result waitForSettled(std::uint64_t graph) {
        return waitFor(
            [graph](const Result& result) { return result.graph == graph && result.isSettled; });
    }
    std::vector<Entry> entries() {
        const base::MutexLock lock(mutex_);
        return entries_;
    }

private:
    base::Mutex mutex_;
    base::ConditionVariable news_;
    std::vector<Entry> entries_ WEFT_GUARDED_BY(mutex_);
    std::size_t seen_ WEFT_GUARDED_BY(mutex_) = 0;
};

std::uint64_t setGraph(LayoutRunner& runner, const SampleGraph& sample) {
    return runner.setGraph(sample.nodes, sample.links, {});
}

TEST(LayoutRunner, TellsWhenAGraphHasSettled) {
    Results results;
    LayoutRunner runner(results.adder());
    const auto sample = tests::squareGrid(10);

    const auto graph = setGraph(runner, sample);
    const auto last = results.waitForSettled(graph);

    ASSERT_EQ(last.positions->size(), sample.nodes);
    EXPECT_LT(tests::qualityOf(sample, *last.positions).stress, 0.04);
}

TEST(LayoutRunner, TellsOfAGraphWithoutNodes) {
    Results results;
    LayoutRunner runner(results.adder());

    const auto graph = runner.setGraph(0, {}, {});

    EXPECT_TRUE(results.waitForSettled(graph).positions->empty());
}

TEST(LayoutRunner, TellsSomethingBeforeItHasSettled) {
    Results results;
    LayoutRunner runner(results.adder());

    const auto graph = setGraph(runner, tests::squareGrid(12));
    results.waitForSettled(graph);

    EXPECT_FALSE(results.entries().front().result.isSettled);
}

TEST(LayoutRunner, KeepsAPauseBetweenResults) {
    Results results;
    LayoutRunner runner(results.adder());

    for (int time = 0; time < 3; ++time) {
        results.waitForSettled(setGraph(runner, tests::squareGrid(12)));
    }

    const auto entries = results.entries();
    for (std::size_t at = 1; at < entries.size(); ++at) {
        EXPECT_GE(entries[at].time - entries[at - 1].time, std::chrono::milliseconds(16));
    }
}

TEST(LayoutRunner, TellsOnlyTheEndWhenQuiet) {
    Results results;
    LayoutRunner runner(results.adder());
    runner.setQuiet(true);

    const auto first = setGraph(runner, tests::squareGrid(20));
    results.waitForSettled(first);
    runner.hold(3, {20, 20});
    results.waitForSettled(first);

    const auto entries = results.entries();
    EXPECT_EQ(entries.size(), 2);
    EXPECT_TRUE(std::ranges::all_of(
        entries, [](const Results::Entry& entry) { return entry.result.isSettled; }));
}

TEST(LayoutRunner, LeavesAGraphThatIsReplaced) {
    Results results;
    LayoutRunner runner(results.adder());
    std::uint64_t last = 0;
    for (std::uint64_t time = 1; time <= 20; ++time) {
        last = setGraph(runner, tests::squareGrid(15));
        EXPECT_EQ(last, time);
    }
    const auto small = setGraph(runner, tests::path(4));

    EXPECT_EQ(results.waitForSettled(small).positions->size(), 4);
    // The numbers never go back.
    const auto entries = results.entries();
    EXPECT_TRUE(std::ranges::is_sorted(
        entries, {}, [](const Results::Entry& entry) { return entry.result.graph; }));
}

TEST(LayoutRunner, HoldsAndReleasesANode) {
    Results results;
    LayoutRunner runner(results.adder());
    const auto graph = setGraph(runner, tests::squareGrid(6));
    results.waitForSettled(graph);

    runner.hold(0, {30, 40});
    const auto held = results.waitForSettled(graph);
    runner.release(0);
    const auto released = results.waitForSettled(graph);

    EXPECT_EQ((*held.positions)[0], (Point{30, 40}));
    EXPECT_NE((*released.positions)[0], (Point{30, 40}));
}

TEST(LayoutRunner, HoldsNothingOfTheGraphBefore) {
    Results results;
    LayoutRunner runner(results.adder());
    const auto sample = tests::squareGrid(6);
    const auto expected = *results.waitForSettled(setGraph(runner, sample)).positions;
    runner.hold(0, {30, 40});

    const auto graph = setGraph(runner, sample);

    EXPECT_EQ(*results.waitForSettled(graph).positions, expected);
}

TEST(LayoutRunner, SaysNothingOfAHoldThatMakesNoSense) {
    Results results;
    LayoutRunner runner(results.adder());
    runner.hold(0, {1, 1});
    const auto graph = setGraph(runner, tests::path(3));
    results.waitForSettled(graph);
    const auto before = results.entries().size();
    runner.hold(7, {1, 1});
    runner.release(1);

    const auto next = setGraph(runner, tests::path(2));

    results.waitForSettled(next);
    const auto entries = results.entries();
    EXPECT_EQ(entries[0].result.graph, graph);
    EXPECT_EQ(entries[before].result.graph, next);
}

TEST(LayoutRunner, IsQuietAfterItsEnd) {
    Results results;
    for (int time = 0; time < 20; ++time) {
        const auto isOver = std::make_shared<std::atomic<bool>>(false);
        const auto lateCalls = std::make_shared<std::atomic<int>>(0);
        auto runner = std::make_unique<LayoutRunner>([&, isOver, lateCalls](Result result) {
            results.add(std::move(result));
            *lateCalls += *isOver ? 1 : 0;
        });
        const auto graph = setGraph(*runner, tests::squareGrid(20));
        if (time % 2 == 0) {
            results.waitFor([graph](const Result& result) { return result.graph == graph; });
        }

        runner.reset();
        *isOver = true;

        EXPECT_EQ(*lateCalls, 0);
    }
}

TEST(LayoutRunner, MayEndWithinItsCall) {
    const auto results = std::make_shared<Results>();
    base::Mutex mutex;
    std::unique_ptr<LayoutRunner> runner;
    {
        const base::MutexLock lock(mutex);
        runner = std::make_unique<LayoutRunner>([&runner, &mutex, results](Result result) {
            {
                // Not while it is still told of its graph.
                const base::MutexLock told(mutex);
            }
            runner.reset();
            results->add(std::move(result));
        });
        setGraph(*runner, tests::squareGrid(10));
    }

    results->waitFor([](const Result&) { return true; });

    EXPECT_EQ(runner, nullptr);
    EXPECT_EQ(results->entries().size(), 1);
}

TEST(LayoutRunner, TakesCallsFromAnotherThreadInTurn) {
    Results results;
    LayoutRunner runner(results.adder());
    std::uint64_t graph = 0;
    std::thread other([&] {
        graph = setGraph(runner, tests::squareGrid(10));
        for (std::uint32_t node = 0; node < 50; ++node) {
            runner.hold(node, {static_cast<float>(node), 5});
        }
    });
    other.join();
    runner.setQuiet(true);
    runner.release(0);

    EXPECT_EQ((*results.waitForSettled(graph).positions)[49], (Point{49, 5}));
}

}  // namespace
}  // namespace weft::graph
