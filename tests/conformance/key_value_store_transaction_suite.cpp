// SPDX-License-Identifier: Apache-2.0
// Conditions, all or nothing, revisions, and many callers at once.
#include "tests/conformance/key_value_store_suite.h"

#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <map>
#include <thread>

namespace weft::tests {
namespace {

using storage::CommitResult;
using storage::Compare;
using storage::Delete;
using storage::DeletePrefix;
using storage::Put;
using storage::Transaction;
using testing::ElementsAre;
using testing::IsEmpty;
using namespace std::chrono_literals;

Put putOf(std::string key, std::string value) {
    return Put{std::move(key), std::move(value), std::nullopt};
}

TEST_P(KeyValueStoreSuite, AppliesATransactionWhenEveryConditionHolds) {
    put("a", "1");
    put("b", "2");

    const CommitResult result = commit(
        {{exists("a"), absent("c"), revisionIs("b", 2), revisionIs("c", 0), valueIs("a", "1")},
         {putOf("c", "3"), Delete{"a"}}});

    EXPECT_TRUE(result.applied);
    EXPECT_EQ(result.revision, 3U);
    EXPECT_EQ(result.failedCondition, std::nullopt);
    EXPECT_THAT(contents(), ElementsAre("b=2", "c=3"));
}

TEST_P(KeyValueStoreSuite, ChangesNothingAndNamesTheFirstConditionThatDoesNotHold) {
    put("a", "1");
    struct Case {
        Compare condition;
        const char* what;
    };
    const Case cases[] = {
        {exists("x"), "exists, but the key is not there"},
        {absent("a"), "absent, but the key is there"},
        {revisionIs("a", 2), "another revision"},
        {revisionIs("a", 0), "revision 0 of a key that is there"},
        {revisionIs("x", 1), "revision of a key that is not there"},
        {valueIs("a", "2"), "another value"},
        {valueIs("a", ""), "an empty value"},
        {valueIs("x", ""), "empty value of a key that is not there"},
    };

    for (const Case& c : cases) {
        const CommitResult result =
            commit({{exists("a"), c.condition, absent("a")}, {putOf("b", "2"), Delete{"a"}}});

        EXPECT_FALSE(result.applied) << c.what;
        EXPECT_EQ(result.failedCondition, 1U) << c.what;
        EXPECT_EQ(result.revision, 1U) << c.what;
    }
    EXPECT_THAT(contents(), ElementsAre("a=1"));
    EXPECT_EQ(store().revision(), 1U);
}

TEST_P(KeyValueStoreSuite, AppliesOperationsInOrderAtOneRevision) {
    put("p/1", "old");
    put("p/2", "old");

    const CommitResult result = commit(
        {{},
         {putOf("p/3", "x"),
          DeletePrefix{"p/"},
          putOf("p/2", "new"),
          putOf("q", "1"),
          putOf("q", "2"),
          Delete{"q"},
          putOf("q", "3")}});

    EXPECT_EQ(result.revision, 3U);
    EXPECT_THAT(contents(), ElementsAre("p/2=new", "q=3"));
    EXPECT_EQ(store().get("q")->revision, 3U);
    EXPECT_EQ(store().get("p/2")->revision, 3U);
}

TEST_P(KeyValueStoreSuite, ChecksConditionsBeforeAnyOperation) {
    const CommitResult result = commit({{absent("a")}, {putOf("a", "1"), putOf("a", "2")}});

    EXPECT_TRUE(result.applied);
    EXPECT_EQ(valueOf("a"), "2");
}

TEST_P(KeyValueStoreSuite, DeletesByPrefixAndNothingElse) {
    for (const char* key : {"a", "a/", "a/x", "a/y/z", "a0", "b"}) {
        put(key, "v");
    }

    commit({{}, {DeletePrefix{"a/"}}});

    EXPECT_THAT(keys(), ElementsAre("a", "a0", "b"));
}

TEST_P(KeyValueStoreSuite, RefusesToDeleteEverythingByAnEmptyPrefix) {
    put("a", "1");

    const auto refused = store().commitAndWait({{}, {DeletePrefix{""}}});

    EXPECT_EQ(refused.status().code(), StatusCode::kInvalidArgument);
    EXPECT_THAT(keys(), ElementsAre("a"));
}

TEST_P(KeyValueStoreSuite, LeavesEverythingWhenOneOperationBreaksALimit) {
    put("a", "1");

    const auto refused = store().commitAndWait({{}, {putOf("a", "2"), putOf("", "3")}});

    EXPECT_EQ(refused.status().code(), StatusCode::kInvalidArgument);
    EXPECT_THAT(contents(), ElementsAre("a=1"));
}

TEST_P(KeyValueStoreSuite, KeepsTheRevisionWhenATransactionChangesNothing) {
    put("a", "1");

    EXPECT_TRUE(commit({}).applied);
    EXPECT_TRUE(commit({{exists("a")}, {}}).applied);
    EXPECT_TRUE(commit({{}, {Delete{"x"}, DeletePrefix{"x"}}}).applied);

    EXPECT_EQ(store().revision(), 1U);
}

TEST_P(KeyValueStoreSuite, CountsAPutOfTheSameValueAsAChange) {
    put("a", "1");
    put("a", "1");

    EXPECT_EQ(store().get("a")->revision, 2U);
}

TEST_P(KeyValueStoreSuite, AnswersEachOfManyTransactionsThatAreQueuedAtOnce) {
    constexpr int kTransactions = 500;
    std::atomic<int> applied = 0;
    std::atomic<int> refused = 0;
    for (int i = 0; i < kTransactions; ++i) {
        // Every second one fails its condition and must not spoil its neighbours.
        Transaction transaction{{}, {putOf(fmt::format("key{:03}", i), std::to_string(i))}};
        if (i % 2 == 1) {
            transaction.conditions.push_back(exists("never"));
        }
        store().commit(std::move(transaction), [&](const StatusOr<CommitResult>& result) {
            if (result.ok()) {
                ++(result->applied ? applied : refused);
            }
        });
    }
    put("last", "");

    EXPECT_EQ(applied, kTransactions / 2);
    EXPECT_EQ(refused, kTransactions / 2);
    EXPECT_EQ(store().revision(), static_cast<storage::Revision>(kTransactions / 2 + 1));
}

TEST_P(KeyValueStoreSuite, SeesEarlierTransactionsOfTheSameBatchInConditions) {
    std::vector<bool> applied;
    for (int i = 0; i < 100; ++i) {
        store().commit(
            {{valueIs("counter", std::to_string(i))}, {putOf("counter", std::to_string(i + 1))}},
            [&](const StatusOr<CommitResult>& result) {
                applied.push_back(result.ok() && result->applied);
            });
        if (i == 0) {
            put("counter", "1");  // the first one failed: nobody had set the counter
        }
    }
    put("last", "");

    ASSERT_EQ(applied.size(), 100U);
    EXPECT_FALSE(applied[0]);
    EXPECT_EQ(std::count(applied.begin() + 1, applied.end(), true), 99);
    EXPECT_EQ(valueOf("counter"), "100");
}

TEST_P(KeyValueStoreSuite, LosesNoIncrementOfConcurrentWriters) {
    constexpr int kThreads = 8;
    constexpr int kIncrements = 25;
    put("counter", "0");
    std::vector<std::thread> threads;
    threads.reserve(kThreads);
    for (int t = 0; t < kThreads; ++t) {
        threads.emplace_back([this] {
            for (int done = 0; done < kIncrements;) {
                const auto entry = store().get("counter");
                ASSERT_EQ(entry.status(), okStatus());
                const auto next = std::to_string(std::stoi(entry->value) + 1);
                const auto result = store().commitAndWait(
                    {{revisionIs("counter", entry->revision)}, {putOf("counter", next)}});
                ASSERT_EQ(result.status(), okStatus());
                done += result->applied ? 1 : 0;
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }

    EXPECT_EQ(valueOf("counter"), std::to_string(kThreads * kIncrements));
}

TEST_P(KeyValueStoreSuite, ShowsReadersOnlyWholeTransactions) {
    constexpr int kRounds = 200;
    std::atomic<bool> stop = false;
    std::atomic<int> torn = 0;
    std::atomic<int> backwards = 0;
    std::vector<std::thread> readers;
    for (int r = 0; r < 3; ++r) {
        readers.emplace_back([&] {
            storage::Revision last = 0;
            while (!stop) {
                const auto listing = store().list("pair/");
                ASSERT_EQ(listing.status(), okStatus());
                if (!listing->entries.empty()) {
                    const auto& entries = listing->entries;
                    torn += entries.size() != 3 || entries[0].value != entries[1].value
                            || entries[1].value != entries[2].value;
                }
                backwards += listing->revision < last;
                last = listing->revision;
            }
        });
    }
    for (int i = 0; i < kRounds; ++i) {
        const std::string value = std::to_string(i);
        commit({{}, {putOf("pair/a", value), putOf("pair/b", value), putOf("pair/c", value)}});
        const auto mine = store().get("pair/c");
        ASSERT_EQ(mine.status(), okStatus());
        ASSERT_EQ(mine->value, value) << "an applied commit is visible to every later read";
    }
    stop = true;
    for (auto& reader : readers) {
        reader.join();
    }

    EXPECT_EQ(torn, 0);
    EXPECT_EQ(backwards, 0);
}

TEST_P(KeyValueStoreSuite, FinishesWhatWasAcceptedBeforeItCloses) {
    constexpr int kTransactions = 200;
    std::atomic<int> answered = 0;
    std::atomic<int> applied = 0;
    for (int i = 0; i < kTransactions; ++i) {
        store().commit(
            {{}, {putOf(std::to_string(i), "v")}}, [&](const StatusOr<CommitResult>& result) {
                ++answered;
                applied += result.ok() && result->applied;
            });
    }

    dropStore();

    EXPECT_EQ(answered, kTransactions);
    EXPECT_EQ(applied, kTransactions);
}

TEST_P(KeyValueStoreSuite, ReplacesEverythingInOneCommit) {
    put("gone", "1");
    put("kept", "1");
    WatchRecorder recorder;
    const auto watch = store().watch("", std::nullopt, recorder.callback());
    StatusOr<CommitResult> result = cancelled("no answer");
    std::atomic<bool> done = false;

    store().replaceAll(
        {putOf("new", "1"), putOf("kept", "2"), putOf("new", "2")},
        [&](const StatusOr<CommitResult>& answer) {
            result = answer;
            done = true;
            done.notify_all();
        });
    done.wait(false);

    ASSERT_EQ(result.status(), okStatus());
    EXPECT_TRUE(result->applied);
    EXPECT_EQ(result->revision, 3U);
    EXPECT_THAT(contents(), ElementsAre("kept=2", "new=2"));
    EXPECT_THAT(recorder.lines(), ElementsAre("3 delete gone", "3 put kept=2", "3 put new=2"));
}

TEST_P(KeyValueStoreSuite, KeepsEverythingWhenAReplacementIsRefused) {
    put("a", "1");
    Status status;

    store().replaceAll(
        {putOf("b", "1"), putOf("\xff", "1")},
        [&](const StatusOr<CommitResult>& answer) { status = answer.status(); });

    EXPECT_EQ(status.code(), StatusCode::kInvalidArgument);
    EXPECT_THAT(contents(), ElementsAre("a=1"));
}

}  // namespace
}  // namespace weft::tests
