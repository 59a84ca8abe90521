// SPDX-License-Identifier: Apache-2.0
// The bytes of snapshots against the generated messages and by hand.
#include "core/storage/snapshot.h"

#include "core/storage/memory/memory_store.h"
#include "tests/support/fake_clock.h"
#include "tests/support/random_seed.h"

#include "v1/raft.pb.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <random>

namespace weft::tests {
namespace {

using storage::decodeSnapshot;
using storage::encodeSnapshot;
using storage::kMaxSnapshotBytes;
using storage::MemoryStore;
using storage::Put;
using storage::SnapshotForm;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using namespace std::chrono_literals;

/// A length-delimited field with a number below 16 and fewer than 128 bytes.
std::string field(int number, const std::string& content) {
    return std::string{static_cast<char>(number << 3 | 2), static_cast<char>(content.size())}
           + content;
}

std::string varintField(int number, char value) {
    return std::string{static_cast<char>(number << 3), value};
}

std::string item(const std::string& key, const std::string& value) {
    return field(1, key) + field(2, value);
}

TEST(Snapshot, WritesTheMapFormThatTheGeneratedMessageReads) {
    FakeClock clock;
    const auto store = MemoryStore::create(clock);
    ASSERT_EQ(store->put("/registry/nodes/a", std::string(300, 'x')), okStatus());
    ASSERT_EQ(store->put("lease", "v", 90s + 5ns), okStatus());
    ASSERT_EQ(store->put("empty", ""), okStatus());

    const auto bytes = encodeSnapshot(*store, clock.wallNow());

    ASSERT_EQ(bytes.status(), okStatus());
    v1::RaftSnapshot message;
    ASSERT_TRUE(message.ParseFromString(*bytes));
    ASSERT_EQ(message.kv_size(), 3);
    EXPECT_EQ(message.kv().at("/registry/nodes/a").value(), std::string(300, 'x'));
    EXPECT_EQ(message.kv().at("/registry/nodes/a").key(), "/registry/nodes/a");
    EXPECT_FALSE(message.kv().at("/registry/nodes/a").has_ttl());
    EXPECT_EQ(message.kv().at("lease").ttl().seconds(), 90);
    EXPECT_EQ(message.kv().at("lease").ttl().nanos(), 5);
    EXPECT_EQ(message.kv().at("empty").value(), "");
}

TEST(Snapshot, ReadsWhatTheGeneratedMessageWrites) {
    v1::RaftSnapshot message;
    for (int i = 0; i < 50; ++i) {
        const std::string key = "key" + std::to_string(i);
        auto& entry = (*message.mutable_kv())[key];
        entry.set_key(key);
        entry.set_value(std::string(static_cast<std::size_t>(i * 10), 'v'));
        if (i % 3 == 0) {
            entry.mutable_ttl()->set_seconds(i + 1);
        }
        if (i % 3 == 1) {
            entry.mutable_ttl();  // zero: lives on
        }
    }

    const auto entries = decodeSnapshot(message.SerializeAsString());

    ASSERT_EQ(entries.status(), okStatus());
    ASSERT_THAT(*entries, SizeIs(50));
    for (const Put& put : *entries) {
        const auto& entry = message.kv().at(put.key);
        EXPECT_EQ(put.value, entry.value());
        const bool lives = entry.ttl().seconds() == 0;
        EXPECT_EQ(
            put.ttl,
            lives ? std::nullopt
                  : std::optional<Duration>(std::chrono::seconds(entry.ttl().seconds())));
    }
}

TEST(Snapshot, TellsTheFormsApartElementByElement) {
    const std::string inner = item("c", "3");
    const std::string bytes = field(1, field(1, "a") + field(2, item("a", "1")))
                              + field(1, item("b", "2"))
                              // A value that looks like an item, but of another key: the list form.
                              + field(1, item("x", inner));

    const auto entries = decodeSnapshot(bytes);

    ASSERT_EQ(entries.status(), okStatus());
    ASSERT_THAT(*entries, SizeIs(3));
    EXPECT_EQ((*entries)[0].value, "1");
    EXPECT_EQ((*entries)[1].value, "2");
    EXPECT_EQ((*entries)[2].value, inner);
}

TEST(Snapshot, TakesAnElementWithALifeOfItsOwnForAnItem) {
    const std::string ttl = varintField(1, 7);
    const std::string likeAnItem = item("a", "1");

    const auto entries = decodeSnapshot(field(1, item("a", likeAnItem) + field(3, ttl)));

    ASSERT_EQ(entries.status(), okStatus());
    EXPECT_EQ((*entries)[0].value, likeAnItem);
    EXPECT_EQ((*entries)[0].ttl, 7s);
}

TEST(Snapshot, ReadsEmptyValuesOfBothForms) {
    const auto entries = decodeSnapshot(
        field(1, field(1, "map") + field(2, field(1, "map"))) + field(1, field(1, "list")));

    ASSERT_EQ(entries.status(), okStatus());
    ASSERT_THAT(*entries, SizeIs(2));
    EXPECT_EQ((*entries)[0].value, "");
    EXPECT_EQ((*entries)[1].value, "");
}

TEST(Snapshot, SkipsFieldsThatItDoesNotKnow) {
    const auto entries = decodeSnapshot(
        varintField(9, 1) + field(1, varintField(7, 3) + item("a", "1") + field(8, "new")));

    ASSERT_EQ(entries.status(), okStatus());
    ASSERT_THAT(*entries, SizeIs(1));
    EXPECT_EQ((*entries)[0].value, "1");
}

TEST(Snapshot, LeavesOutWhatHasExpired) {
    // Ten bytes of a varint: -1 second.
    const std::string minusOne = std::string("\x08") + std::string(9, '\xff') + '\x01';

    const auto entries = decodeSnapshot(field(1, item("a", "1") + field(3, minusOne)));

    ASSERT_EQ(entries.status(), okStatus());
    EXPECT_THAT(*entries, IsEmpty());
}

TEST(Snapshot, LetsALifeOfCenturiesLastForever) {
    const std::string centuries = std::string("\x08") + std::string(8, '\xff') + '\x7f';

    const auto entries = decodeSnapshot(field(1, item("a", "1") + field(3, centuries)));

    ASSERT_EQ(entries.status(), okStatus());
    EXPECT_EQ((*entries)[0].ttl, std::nullopt);
}

TEST(Snapshot, RefusesWhatIsNotASnapshot) {
    const std::string badNanos = std::string("\x10") + std::string(4, '\xff') + '\x7f';
    struct Case {
        std::string bytes;
        const char* why;
    };
    const Case cases[] = {
        {"\x0a", "a length is missing"},
        {"\x0a\x05"
         "ab",
         "cut off"},
        {std::string("\x0a\xff\xff\xff\xff\x7f", 6), "a length past the end"},
        {std::string("\x00", 1), "field number zero"},
        {"\x0b", "a group that never ends"},
        {"\x0f", "an unknown wire type"},
        {field(1, "\x0a\x7f"), "an element that is cut off"},
        {field(1, ""), "no key"},
        {field(1, item("", "v")), "an empty key"},
        {field(1, item("\xff", "v")), "a key that is not UTF-8"},
        {field(1, item("a", "v") + field(3, "\x08")), "a damaged life"},
        {field(1, item("a", "v") + field(3, badNanos)), "nanoseconds out of range"},
    };

    for (const Case& c : cases) {
        EXPECT_EQ(decodeSnapshot(c.bytes).status().code(), StatusCode::kInvalidArgument) << c.why;
    }
}

TEST(Snapshot, KeepsValuesThatAreNotUtf8) {
    const auto entries = decodeSnapshot(field(1, item("a", "\xff\xfe")));

    ASSERT_EQ(entries.status(), okStatus());
    EXPECT_EQ((*entries)[0].value, "\xff\xfe");
}

TEST(Snapshot, RefusesAKeyOrValueAboveTheLimitsOfAStore) {
    v1::RaftSnapshot longKey;
    const std::string key(storage::kMaxKeyBytes + 1, 'k');
    (*longKey.mutable_kv())[key].set_key(key);
    v1::RaftSnapshot largeValue;
    (*largeValue.mutable_kv())["a"].set_key("a");
    (*largeValue.mutable_kv())["a"].set_value(std::string(storage::kMaxValueBytes + 1, 'v'));

    for (const auto& message : {longKey, largeValue}) {
        const auto refused = decodeSnapshot(message.SerializeAsString());
        EXPECT_EQ(refused.status().code(), StatusCode::kInvalidArgument);
        EXPECT_THAT(messageOf(refused.status()), HasSubstr("snapshot element 0"));
    }
}

TEST(Snapshot, RefusesOneByteMoreThanTheLargest) {
    const std::string tooLarge(kMaxSnapshotBytes + 1, '\0');

    EXPECT_EQ(decodeSnapshot(tooLarge).status().code(), StatusCode::kResourceExhausted);
    EXPECT_EQ(
        decodeSnapshot(std::string_view(tooLarge).substr(1)).status().code(),
        StatusCode::kInvalidArgument)
        << "the largest is read, and found not to be a snapshot";
}

TEST(Snapshot, SurvivesRandomDamage) {
    FakeClock clock;
    const auto store = MemoryStore::create(clock);
    for (int i = 0; i < 30; ++i) {
        ASSERT_EQ(store->put("key" + std::to_string(i), std::string(20, 'v'), 1h), okStatus());
    }
    const auto good = encodeSnapshot(*store, clock.wallNow());
    ASSERT_EQ(good.status(), okStatus());
    const auto seed = randomSeed();
    SCOPED_TRACE(fmt::format("WEFT_TEST_SEED={}", seed));
    std::mt19937_64 random(seed);

    for (int round = 0; round < 2000; ++round) {
        std::string bytes = *good;
        for (auto flips = 1 + random() % 8; flips > 0; --flips) {
            bytes[random() % bytes.size()] = static_cast<char>(random());
        }
        const auto entries = decodeSnapshot(bytes);
        if (entries.ok()) {
            EXPECT_EQ(storage::validateReplacement(*entries), okStatus());
        } else {
            EXPECT_EQ(entries.status().code(), StatusCode::kInvalidArgument);
        }
    }
}

}  // namespace
}  // namespace weft::tests
