// SPDX-License-Identifier: Apache-2.0
// Snapshots out of one store and into another.
#include "core/storage/snapshot.h"
#include "tests/conformance/key_value_store_suite.h"

#include <atomic>
#include <chrono>

namespace weft::tests {
namespace {

using storage::decodeSnapshot;
using storage::encodeSnapshot;
using storage::restoreSnapshot;
using storage::SnapshotForm;
using testing::ElementsAre;
using testing::IsEmpty;
using namespace std::chrono_literals;

TEST_P(KeyValueStoreSuite, RestoresASnapshotOfEitherFormInAnotherStore) {
    put("/registry/nodes/a", R"({"id":"a"})");
    put("/weft/v1/pins/a", "pin");
    put("published", std::string("\xff\x00binary", 8));
    put("empty", "");
    ASSERT_EQ(store().put("lease", "1", 60s), okStatus());
    clock().advance(20s);

    for (const SnapshotForm form : {SnapshotForm::Map, SnapshotForm::List}) {
        const auto bytes = encodeSnapshot(store(), clock().wallNow(), form);
        ASSERT_EQ(bytes.status(), okStatus());
        const auto target = another();
        ASSERT_EQ(target->put("stays not", "1"), okStatus());
        ASSERT_EQ(restoreSnapshot(*target, *bytes), okStatus());

        const auto from = store().list("");
        const auto to = target->list("");
        ASSERT_EQ(to.status(), okStatus());
        ASSERT_EQ(to->entries.size(), from->entries.size());
        for (std::size_t i = 0; i < to->entries.size(); ++i) {
            EXPECT_EQ(to->entries[i].key, from->entries[i].key);
            EXPECT_EQ(to->entries[i].value, from->entries[i].value);
            EXPECT_EQ(to->entries[i].expiresAt, from->entries[i].expiresAt);
        }
        EXPECT_EQ(target->get("lease")->expiresAt, clock().wallNow() + 40s);
        ASSERT_EQ(restoreSnapshot(*target, ""), okStatus());
        EXPECT_THAT(*target->listKeys(""), IsEmpty());
    }
}

TEST_P(KeyValueStoreSuite, LeavesExpiredEntriesOutOfASnapshot) {
    ASSERT_EQ(store().put("lease", "1", 1s), okStatus());
    put("b", "2");
    const WallTime later = clock().wallNow() + 1s;

    const auto early = encodeSnapshot(store(), later);
    clock().advance(1s);
    const auto late = encodeSnapshot(store(), clock().wallNow());

    ASSERT_EQ(early.status(), okStatus());
    EXPECT_EQ(early, late);
    const auto entries = decodeSnapshot(*late);
    ASSERT_EQ(entries.status(), okStatus());
    ASSERT_EQ(entries->size(), 1U);
    EXPECT_EQ((*entries)[0].key, "b");
}

TEST_P(KeyValueStoreSuite, TellsWatchersOfARestoreAsOneRevision) {
    put("a", "1");
    const auto bytes = encodeSnapshot(store(), clock().wallNow());
    put("a", "2");
    put("b", "3");
    WatchRecorder recorder;
    const auto watch = store().watch("", std::nullopt, recorder.callback());

    ASSERT_EQ(restoreSnapshot(store(), *bytes), okStatus());

    EXPECT_THAT(recorder.lines(), ElementsAre("4 delete b", "4 put a=1"));
    EXPECT_EQ(store().revision(), 4U);
}

TEST_P(KeyValueStoreSuite, KeepsEverythingWhenASnapshotIsDamaged) {
    put("a", "1");
    put("b", "2");
    const auto bytes = encodeSnapshot(store(), clock().wallNow());
    ASSERT_EQ(bytes.status(), okStatus());

    for (std::size_t cut = 1; cut < bytes->size(); ++cut) {
        const Status status = restoreSnapshot(store(), bytes->substr(0, cut));
        if (status.ok()) {
            // A cut between two elements is a snapshot too.
            EXPECT_EQ(cut, bytes->size() / 2);
            ASSERT_EQ(restoreSnapshot(store(), *bytes), okStatus());
            continue;
        }
        EXPECT_EQ(status.code(), StatusCode::kInvalidArgument);
        EXPECT_THAT(contents(), ElementsAre("a=1", "b=2"));
    }
}

TEST_P(KeyValueStoreSuite, RestoresMoreEntriesThanATransactionHolds) {
    std::vector<storage::Put> entries;
    const std::size_t count = storage::kMaxTransactionOperations + 10;
    for (std::size_t i = 0; i < count; ++i) {
        entries.push_back({"key" + std::to_string(i), "v", std::nullopt});
    }
    const auto source = another();
    std::atomic<bool> done = false;
    source->replaceAll(std::move(entries), [&](const auto&) {
        done = true;
        done.notify_all();
    });
    done.wait(false);
    const auto bytes = encodeSnapshot(*source, clock().wallNow());
    ASSERT_EQ(bytes.status(), okStatus());

    ASSERT_EQ(restoreSnapshot(store(), *bytes), okStatus());

    EXPECT_EQ(keys().size(), count);
    EXPECT_EQ(store().revision(), 1U);
}

}  // namespace
}  // namespace weft::tests
