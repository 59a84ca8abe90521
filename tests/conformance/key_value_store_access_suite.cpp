// SPDX-License-Identifier: Apache-2.0
// Reads, writes, order, limits and time to live.
#include "tests/conformance/key_value_store_suite.h"

#include <chrono>

namespace weft::tests {
namespace {

using storage::Delete;
using storage::DeletePrefix;
using storage::kMaxKeyBytes;
using storage::kMaxTransactionBytes;
using storage::kMaxTransactionOperations;
using storage::kMaxValueBytes;
using storage::Put;
using storage::Transaction;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using namespace std::chrono_literals;

TEST_P(KeyValueStoreSuite, IsEmptyAtRevisionZeroWhenItIsNew) {
    EXPECT_EQ(store().revision(), 0U);
    EXPECT_THAT(contents(), IsEmpty());
    EXPECT_EQ(store().list("")->revision, 0U);
    EXPECT_FALSE(store().engineName().empty());
}

TEST_P(KeyValueStoreSuite, ReturnsWhatWasPutWithItsRevision) {
    put("a", "1");
    put("b", "2");
    put("a", "3");

    const auto a = store().get("a");
    const auto b = store().get("b");

    ASSERT_EQ(a.status(), okStatus());
    EXPECT_EQ(a->key, "a");
    EXPECT_EQ(a->value, "3");
    EXPECT_EQ(a->revision, 3U);
    EXPECT_EQ(a->expiresAt, std::nullopt);
    ASSERT_EQ(b.status(), okStatus());
    EXPECT_EQ(b->revision, 2U);
    EXPECT_EQ(store().revision(), 3U);
}

TEST_P(KeyValueStoreSuite, NamesTheKeyThatIsNotThere) {
    const auto missing = store().get("/registry/nodes/alpha");

    EXPECT_EQ(missing.status().code(), StatusCode::kNotFound);
    EXPECT_EQ(messageOf(missing.status()), "key not found: /registry/nodes/alpha");
}

TEST_P(KeyValueStoreSuite, KeepsEmptyAndBinaryValues) {
    const std::string binary("\x00\xff\x80\n'\"", 6);
    put("empty", "");
    put("binary", binary);

    EXPECT_EQ(valueOf("empty"), "");
    EXPECT_EQ(valueOf("binary"), binary);
}

TEST_P(KeyValueStoreSuite, DeletesAKeyAndAcceptsOneThatIsNotThere) {
    put("a", "1");

    EXPECT_EQ(store().erase("a"), okStatus());
    EXPECT_EQ(valueOf("a"), "[NOT_FOUND]");
    EXPECT_EQ(store().revision(), 2U);

    EXPECT_EQ(store().erase("a"), okStatus());
    EXPECT_EQ(store().revision(), 2U) << "nothing changed, so the revision must stay";
}

TEST_P(KeyValueStoreSuite, ListsInOrderOfBytes) {
    const std::string nul("a\0b", 3);
    for (const std::string& key :
         {std::string("b"),
          std::string("a/"),
          std::string("ab"),
          std::string("a"),
          nul,
          std::string("\xc3\xbf"),
          std::string("\xf4\x8f\xbf\xbf"),
          std::string("Z")}) {
        put(key, "v");
    }

    EXPECT_THAT(
        keys(), ElementsAre("Z", "a", nul, "a/", "ab", "b", "\xc3\xbf", "\xf4\x8f\xbf\xbf"));
}

TEST_P(KeyValueStoreSuite, ListsOnlyKeysThatStartWithThePrefix) {
    for (const char* key : {"a", "ab", "abc", "b", "a\x7f", "/r/n", "/r/n/x", "/r/nn", "/r0"}) {
        put(key, "v");
    }

    EXPECT_THAT(keys("a"), ElementsAre("a", "ab", "abc", "a\x7f"));
    EXPECT_THAT(keys("ab"), ElementsAre("ab", "abc"));
    EXPECT_THAT(keys("/r/n/"), ElementsAre("/r/n/x"));
    EXPECT_THAT(keys("/r/n"), ElementsAre("/r/n", "/r/n/x", "/r/nn"));
    EXPECT_THAT(keys("c"), IsEmpty());
    EXPECT_THAT(keys(), SizeIs(9));
}

TEST_P(KeyValueStoreSuite, ListsBelowAPrefixOfTheLastCharacters) {
    const std::string last = "\xf4\x8f\xbf\xbf";
    put(last, "1");
    put(last + last, "2");
    put("\xf4\x8f\xbf\xbe", "3");

    EXPECT_THAT(keys(last), ElementsAre(last, last + last));
}

TEST_P(KeyValueStoreSuite, ListsAtOneRevision) {
    put("a", "1");
    put("b", "2");

    const auto listing = store().list("a");

    ASSERT_EQ(listing.status(), okStatus());
    EXPECT_EQ(listing->revision, 2U);
    ASSERT_THAT(listing->entries, SizeIs(1));
    EXPECT_EQ(listing->entries[0].value, "1");
    EXPECT_EQ(listing->entries[0].revision, 1U);
}

TEST_P(KeyValueStoreSuite, TakesTheLongestKeyAndRefusesOneByteMore) {
    const std::string longest(kMaxKeyBytes, 'k');

    EXPECT_EQ(store().put(longest, "v"), okStatus());
    EXPECT_EQ(valueOf(longest), "v");
    EXPECT_EQ(store().put(longest + "k", "v").code(), StatusCode::kInvalidArgument);
    EXPECT_EQ(valueOf(longest + "k"), "[INVALID_ARGUMENT]");
    EXPECT_EQ(store().erase(longest + "k").code(), StatusCode::kInvalidArgument);
    EXPECT_EQ(store().list(longest + "k").status().code(), StatusCode::kInvalidArgument);
    EXPECT_EQ(
        store().watch(longest + "k", std::nullopt, [](const auto&) {}).status().code(),
        StatusCode::kInvalidArgument);
}

TEST_P(KeyValueStoreSuite, TakesTheLargestValueAndRefusesOneByteMore) {
    const std::string largest(kMaxValueBytes, 'v');

    EXPECT_EQ(store().put("k", largest), okStatus());
    EXPECT_EQ(valueOf("k"), largest);
    const Status refused = store().put("k", largest + "v");
    EXPECT_EQ(refused.code(), StatusCode::kInvalidArgument);
    EXPECT_THAT(messageOf(refused), HasSubstr("k"));
    EXPECT_EQ(valueOf("k"), largest);
}

TEST_P(KeyValueStoreSuite, RefusesKeysThatAreEmptyOrNotUtf8) {
    for (const std::string& key :
         {std::string(), std::string("\xff"), std::string("a\xc3"), std::string("\xed\xa0\x80")}) {
        EXPECT_EQ(store().put(key, "v").code(), StatusCode::kInvalidArgument);
        EXPECT_EQ(store().erase(key).code(), StatusCode::kInvalidArgument);
        EXPECT_EQ(valueOf(key), "[INVALID_ARGUMENT]");
    }
    EXPECT_EQ(store().list("\xff").status().code(), StatusCode::kInvalidArgument);
    EXPECT_EQ(store().listKeys("\xff").status().code(), StatusCode::kInvalidArgument);
    EXPECT_EQ(store().revision(), 0U);
}

TEST_P(KeyValueStoreSuite, TakesTheLargestTransactionAndRefusesOneOperationMore) {
    Transaction transaction;
    for (std::size_t i = 0; i < kMaxTransactionOperations; ++i) {
        transaction.operations.emplace_back(Put{"key" + std::to_string(i), "", std::nullopt});
    }
    Transaction tooLarge = transaction;
    tooLarge.operations.emplace_back(Put{"one more", "", std::nullopt});
    Transaction tooManyConditions;
    tooManyConditions.conditions.resize(kMaxTransactionOperations + 1, absent("x"));

    EXPECT_EQ(store().commitAndWait(tooLarge).status().code(), StatusCode::kInvalidArgument);
    EXPECT_EQ(
        store().commitAndWait(tooManyConditions).status().code(), StatusCode::kInvalidArgument);
    EXPECT_THAT(keys(), IsEmpty());

    EXPECT_TRUE(commit(std::move(transaction)).applied);
    EXPECT_EQ(store().revision(), 1U);
    EXPECT_THAT(keys(), SizeIs(kMaxTransactionOperations));
}

TEST_P(KeyValueStoreSuite, RefusesATransactionOfTooManyBytes) {
    Transaction transaction;
    for (std::size_t i = 0; i <= kMaxTransactionBytes / kMaxValueBytes; ++i) {
        transaction.operations.emplace_back(
            Put{std::to_string(i), std::string(kMaxValueBytes, 'v'), std::nullopt});
    }

    const auto refused = store().commitAndWait(std::move(transaction));

    EXPECT_EQ(refused.status().code(), StatusCode::kInvalidArgument);
    EXPECT_THAT(keys(), IsEmpty());
}

TEST_P(KeyValueStoreSuite, HidesAnEntryTheMomentItExpires) {
    const WallTime start = clock().wallNow();
    ASSERT_EQ(store().put("a", "1", 60s), okStatus());
    put("b", "2");

    EXPECT_EQ(store().get("a")->expiresAt, start + 60s);
    clock().advance(60s - 1ns);
    EXPECT_EQ(valueOf("a"), "1");
    clock().advance(1ns);

    EXPECT_EQ(valueOf("a"), "[NOT_FOUND]");
    EXPECT_THAT(contents(), ElementsAre("b=2"));
    EXPECT_THAT(keys(), ElementsAre("b"));
}

TEST_P(KeyValueStoreSuite, TreatsZeroTtlAsForeverAndRefusesANegativeOne) {
    EXPECT_EQ(store().put("zero", "v", 0s), okStatus());
    EXPECT_EQ(store().put("longest", "v", Duration::max()), okStatus());
    EXPECT_EQ(store().put("negative", "v", -1ns).code(), StatusCode::kInvalidArgument);

    clock().advance(24h * 365 * 10);

    EXPECT_EQ(store().get("zero")->expiresAt, std::nullopt);
    EXPECT_THAT(keys(), ElementsAre("longest", "zero"));
}

TEST_P(KeyValueStoreSuite, RenewsOrRemovesTheTtlWithTheNextPut) {
    ASSERT_EQ(store().put("renewed", "1", 10s), okStatus());
    ASSERT_EQ(store().put("kept", "1", 10s), okStatus());
    clock().advance(9s);
    ASSERT_EQ(store().put("renewed", "2", 10s), okStatus());
    put("kept", "2");

    clock().advance(9s);
    EXPECT_THAT(contents(), ElementsAre("kept=2", "renewed=2"));
    clock().advance(1s);
    EXPECT_THAT(contents(), ElementsAre("kept=2"));
}

TEST_P(KeyValueStoreSuite, KeepsExpiredEntriesGoneWhenTheClockIsSetBack) {
    ASSERT_EQ(store().put("a", "1", 60s), okStatus());
    clock().advance(61s);
    ASSERT_EQ(valueOf("a"), "[NOT_FOUND]");

    clock().jumpWall(-1h);

    EXPECT_EQ(valueOf("a"), "[NOT_FOUND]");
}

TEST_P(KeyValueStoreSuite, CountsALifeRightWhenTheClockWasSetBack) {
    ASSERT_EQ(store().put("before", "1", 60s), okStatus());
    clock().jumpWall(-24h);
    ASSERT_EQ(store().put("after", "1", 60s), okStatus());

    clock().advance(59s);
    EXPECT_THAT(keys(), ElementsAre("after", "before"));
    clock().advance(1s);
    EXPECT_THAT(keys(), IsEmpty());
}

TEST_P(KeyValueStoreSuite, ExpiresWhenTheClockJumpsForward) {
    ASSERT_EQ(store().put("a", "1", 1h), okStatus());

    clock().jumpWall(2h);

    EXPECT_EQ(valueOf("a"), "[NOT_FOUND]");
}

TEST_P(KeyValueStoreSuite, TreatsAnExpiredEntryAsAbsentInTransactions) {
    ASSERT_EQ(store().put("a", "1", 1s), okStatus());
    const auto old = store().revision();
    clock().advance(1s);

    EXPECT_FALSE(commit({{exists("a")}, {Put{"x", "1", std::nullopt}}}).applied);
    EXPECT_FALSE(commit({{revisionIs("a", old)}, {Put{"x", "2", std::nullopt}}}).applied);
    EXPECT_FALSE(commit({{valueIs("a", "1")}, {Put{"x", "3", std::nullopt}}}).applied);
    EXPECT_TRUE(commit({{revisionIs("a", 0)}, {Put{"x", "4", std::nullopt}}}).applied);
    EXPECT_TRUE(commit({{absent("a")}, {Put{"a", "2", std::nullopt}}}).applied);
    EXPECT_EQ(valueOf("a"), "2");
}

TEST_P(KeyValueStoreSuite, RemovesExpiredEntriesWithoutANewRevisionOrEvent) {
    ASSERT_EQ(store().put("a", "1", 1s), okStatus());
    ASSERT_EQ(store().put("b", "1", 1s), okStatus());
    ASSERT_EQ(store().put("c", "1", 1h), okStatus());
    put("d", "1");
    WatchRecorder recorder;
    const auto watch = store().watch("", std::nullopt, recorder.callback());
    clock().advance(1s);

    const auto removed = store().removeExpired();

    ASSERT_EQ(removed.status(), okStatus());
    EXPECT_EQ(*removed, 2U);
    EXPECT_EQ(*store().removeExpired(), 0U);
    EXPECT_EQ(store().revision(), 4U);
    EXPECT_THAT(recorder.lines(), IsEmpty());
    EXPECT_THAT(keys(), ElementsAre("c", "d"));
}

TEST_P(KeyValueStoreSuite, RemovesExpiredEntriesByItself) {
    ASSERT_EQ(store().put("a", "1", 1s), okStatus());
    clock().advance(1h);

    put("b", "1");

    EXPECT_EQ(*store().removeExpired(), 0U) << "the put before must have taken it along";
}

}  // namespace
}  // namespace weft::tests
