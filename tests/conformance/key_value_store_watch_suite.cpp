// SPDX-License-Identifier: Apache-2.0
// Watches: order, no gaps, the past, and the end of a watch.
#include "tests/conformance/key_value_store_suite.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <map>
#include <numeric>
#include <optional>
#include <thread>

namespace weft::tests {
namespace {

using storage::Delete;
using storage::DeletePrefix;
using storage::Event;
using storage::Put;
using storage::Revision;
using storage::WatchHandle;
using testing::ElementsAre;
using testing::ElementsAreArray;
using testing::IsEmpty;

Put putOf(std::string key, std::string value) {
    return Put{std::move(key), std::move(value), std::nullopt};
}

TEST_P(KeyValueStoreSuite, TellsAWatcherOfEachLaterChangeBelowItsPrefix) {
    put("a/1", "before");
    WatchRecorder recorder;
    const auto watch = store().watch("a/", std::nullopt, recorder.callback());
    ASSERT_EQ(watch.status(), okStatus());
    EXPECT_EQ(watch->startRevision, 1U);

    put("a/1", "x");
    put("b", "x");
    put("a", "x");
    commit({{}, {putOf("a/2", "y"), Delete{"a/1"}, Delete{"a/none"}, putOf("b", "y")}});
    commit({{}, {DeletePrefix{"a"}}});

    EXPECT_THAT(
        recorder.lines(),
        ElementsAre("2 put a/1=x", "5 put a/2=y", "5 delete a/1", "6 delete a/2"));
}

TEST_P(KeyValueStoreSuite, TellsWatchersBeforeTheCommitIsAnswered) {
    WatchRecorder recorder;
    const auto watch = store().watch("", std::nullopt, recorder.callback());
    std::size_t seen = 0;

    store().commit({{}, {putOf("a", "1")}}, [&](const auto&) { seen = recorder.lines().size(); });
    put("b", "1");

    EXPECT_GE(seen, 1U);
}

TEST_P(KeyValueStoreSuite, NeverSplitsARevision) {
    std::map<Revision, int> calls;
    const auto watch = store().watch("", std::nullopt, [&](const std::vector<Event>& events) {
        std::map<Revision, int> inThisCall;
        for (const Event& event : events) {
            inThisCall[event.revision] = 1;
        }
        for (const auto& [revision, once] : inThisCall) {
            calls[revision] += once;
        }
    });
    for (int i = 0; i < 50; ++i) {
        store().commit({{}, {putOf("a", "1"), putOf("b", "1"), Delete{"a"}}}, [](const auto&) {});
    }
    put("last", "");

    EXPECT_EQ(calls.size(), 51U);
    EXPECT_TRUE(std::ranges::all_of(calls, [](const auto& c) { return c.second == 1; }));
}

TEST_P(KeyValueStoreSuite, DeliversThePastAfterTheRevisionAskedFor) {
    put("a", "1");
    put("a", "2");
    put("b", "3");
    put("a", "4");
    WatchRecorder recorder;

    const auto watch = store().watch("a", 1, recorder.callback());

    ASSERT_EQ(watch.status(), okStatus());
    EXPECT_EQ(watch->startRevision, 1U);
    ASSERT_TRUE(recorder.waitFor(2));
    put("a", "5");
    EXPECT_THAT(recorder.lines(), ElementsAre("2 put a=2", "4 put a=4", "5 put a=5"));
}

TEST_P(KeyValueStoreSuite, MissesNothingBetweenAListAndAWatchFromThere) {
    constexpr int kPuts = 300;
    std::atomic<bool> started = false;
    std::thread writer([&] {
        for (int i = 1; i <= kPuts; ++i) {
            ASSERT_EQ(store().put(fmt::format("n/{:03}", i), "v"), okStatus());
            started = true;
            started.notify_all();
        }
    });
    started.wait(false);
    const auto listing = store().list("n/");
    ASSERT_EQ(listing.status(), okStatus());
    WatchRecorder recorder;
    const auto watch = store().watch("n/", listing->revision, recorder.callback());
    writer.join();

    ASSERT_EQ(watch.status(), okStatus());
    EXPECT_EQ(listing->entries.size(), listing->revision);
    std::vector<Revision> expected(kPuts - listing->revision);
    std::iota(expected.begin(), expected.end(), listing->revision + 1);
    ASSERT_TRUE(recorder.waitFor(expected.size()));
    EXPECT_THAT(recorder.revisions(), ElementsAreArray(expected));
}

TEST_P(KeyValueStoreSuite, RefusesAWatchAfterARevisionThatIsForgotten) {
    put("a", "1");
    const Revision old = store().revision();
    // More than any history keeps.
    storage::Transaction large;
    for (int i = 0; i < 40000; ++i) {
        large.operations.emplace_back(putOf(std::to_string(i), std::string(100, 'v')));
    }
    commit(std::move(large));
    put("b", "1");

    const auto refused = store().watch("", old, [](const auto&) {});
    const auto fromNow = store().watch("", store().revision(), [](const auto&) {});

    EXPECT_EQ(refused.status().code(), StatusCode::kOutOfRange);
    EXPECT_EQ(fromNow.status(), okStatus());
}

TEST_P(KeyValueStoreSuite, RefusesAWatchAfterARevisionThatIsAhead) {
    put("a", "1");

    EXPECT_EQ(store().watch("", 2, [](const auto&) {}).status().code(), StatusCode::kOutOfRange);
}

TEST_P(KeyValueStoreSuite, TellsAWatcherOfACommitThatIsLargerThanTheHistory) {
    WatchRecorder recorder;
    const auto watch = store().watch("x/", std::nullopt, recorder.callback());
    storage::Transaction large;
    for (int i = 0; i < 40000; ++i) {
        large.operations.emplace_back(putOf(fmt::format("x/{}", i), std::string(100, 'v')));
    }

    commit(std::move(large));

    EXPECT_EQ(recorder.lines().size(), 40000U);
}

TEST_P(KeyValueStoreSuite, EndsAWatchWhenItsSubscriptionIsDropped) {
    WatchRecorder dropped;
    WatchRecorder kept;
    auto first = store().watch("", std::nullopt, dropped.callback());
    const auto second = store().watch("", std::nullopt, kept.callback());
    put("a", "1");

    first->subscription.cancel();
    put("a", "2");

    EXPECT_THAT(dropped.lines(), ElementsAre("1 put a=1"));
    EXPECT_THAT(kept.lines(), ElementsAre("1 put a=1", "2 put a=2"));
}

TEST_P(KeyValueStoreSuite, LetsAWatcherEndItselfInsideItsCallback) {
    std::optional<WatchHandle> handle;
    int calls = 0;
    auto watch = store().watch("", std::nullopt, [&](const std::vector<Event>&) {
        ++calls;
        handle.reset();
    });
    ASSERT_EQ(watch.status(), okStatus());
    handle = *std::move(watch);

    put("a", "1");
    put("a", "2");

    EXPECT_EQ(calls, 1);
}

TEST_P(KeyValueStoreSuite, LetsAWatcherEndAnotherInsideItsCallback) {
    std::optional<WatchHandle> victim;
    WatchRecorder recorder;
    const auto killer =
        store().watch("", std::nullopt, [&](const std::vector<Event>&) { victim.reset(); });
    auto watch = store().watch("", std::nullopt, recorder.callback());
    ASSERT_EQ(watch.status(), okStatus());
    victim = *std::move(watch);

    put("a", "1");
    put("a", "2");

    EXPECT_LE(recorder.lines().size(), 1U);
}

TEST_P(KeyValueStoreSuite, WaitsForARunningCallbackWhenAWatchIsDropped) {
    std::atomic<bool> entered = false;
    std::atomic<bool> dropping = false;
    std::atomic<bool> finished = false;
    auto watch = store().watch("", std::nullopt, [&](const std::vector<Event>&) {
        entered = true;
        entered.notify_all();
        dropping.wait(false);
        for (int i = 0; i < 1000; ++i) {
            std::this_thread::yield();
        }
        finished = true;
    });
    ASSERT_EQ(watch.status(), okStatus());
    store().commit({{}, {putOf("a", "1")}}, [](const auto&) {});
    entered.wait(false);

    dropping = true;
    dropping.notify_all();
    watch->subscription.cancel();

    EXPECT_TRUE(finished);
}

TEST_P(KeyValueStoreSuite, LetsAWatcherCommitAndWatchInsideItsCallback) {
    WatchRecorder inner;
    std::optional<WatchHandle> second;
    const auto watch = store().watch("a", std::nullopt, [&](const std::vector<Event>&) {
        auto added = store().watch("b", std::nullopt, inner.callback());
        ASSERT_EQ(added.status(), okStatus());
        second = *std::move(added);
        store().commit({{}, {putOf("b", "1")}}, [](const auto&) {});
    });

    put("a", "1");

    ASSERT_TRUE(inner.waitFor(1));
    EXPECT_THAT(inner.lines(), ElementsAre("2 put b=1"));
    dropStore();
}

TEST_P(KeyValueStoreSuite, LetsASubscriptionOutliveTheStore) {
    WatchRecorder recorder;
    auto watch = store().watch("", std::nullopt, recorder.callback());
    put("a", "1");

    dropStore();
    watch->subscription.cancel();

    EXPECT_THAT(recorder.lines(), ElementsAre("1 put a=1"));
}

TEST_P(KeyValueStoreSuite, TakesTheMostWatchesAndRefusesOneMore) {
    std::vector<WatchHandle> handles;
    for (std::size_t i = 0; i < storage::kMaxWatches; ++i) {
        auto watch = store().watch("w", std::nullopt, [](const auto&) {});
        ASSERT_EQ(watch.status(), okStatus());
        handles.push_back(*std::move(watch));
    }

    EXPECT_EQ(
        store().watch("w", std::nullopt, [](const auto&) {}).status().code(),
        StatusCode::kResourceExhausted);
    handles.pop_back();
    EXPECT_EQ(store().watch("w", std::nullopt, [](const auto&) {}).status(), okStatus());
}

}  // namespace
}  // namespace weft::tests
