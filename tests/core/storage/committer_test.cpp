// SPDX-License-Identifier: Apache-2.0
#include "core/storage/detail/committer.h"

#include "core/storage/detail/crc32c.h"
#include "core/storage/detail/key_range.h"
#include "core/storage/memory/memory_store.h"
#include "tests/support/fake_clock.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>

namespace weft::tests {
namespace {

using storage::CommitResult;
using storage::kMaxTransactionBytes;
using storage::kMaxValueBytes;
using storage::Put;
using storage::Transaction;
using storage::detail::crc32c;
using storage::detail::endOfPrefix;
using storage::detail::kMaxQueuedBytes;
using storage::detail::kMaxQueuedJobs;
using storage::detail::StoreClock;
using namespace std::chrono_literals;

/// A store whose writer thread stands still until `release`.
class HeldStore {
public:
    HeldStore() {
        std::atomic<bool> held = false;
        store_->commit({}, [this, &held](const auto&) {
            held = true;
            held.notify_all();
            hold_.wait(true);
        });
        held.wait(false);
    }
    ~HeldStore() { release(); }
    HeldStore(const HeldStore&) = delete;
    HeldStore& operator=(const HeldStore&) = delete;

    storage::KeyValueStore& operator*() const { return *store_; }
    void release() {
        hold_ = false;
        hold_.notify_all();
    }

private:
    std::atomic<bool> hold_ = true;
    FakeClock clock_;
    std::unique_ptr<storage::MemoryStore> store_ = storage::MemoryStore::create(clock_);
};

TEST(Committer, TakesAFullQueueAndRefusesOneMore) {
    HeldStore held;
    std::atomic<std::size_t> applied = 0;
    const auto count = [&](const StatusOr<CommitResult>& result) {
        applied += result.ok() && result->applied ? 1U : 0U;
    };
    for (std::size_t i = 0; i < kMaxQueuedJobs; ++i) {
        (*held).commit({{}, {Put{std::to_string(i), "v", std::nullopt}}}, count);
    }
    Status refused;
    (*held).commit({{}, {Put{"one more", "v", std::nullopt}}}, [&](const auto& result) {
        refused = result.status();
    });
    EXPECT_EQ(refused.code(), StatusCode::kResourceExhausted);
    EXPECT_EQ((*held).removeExpired().status().code(), StatusCode::kResourceExhausted);

    held.release();
    while (!(*held).put("after", "v").ok()) {
        std::this_thread::yield();
    }

    EXPECT_EQ(applied, kMaxQueuedJobs);
    EXPECT_EQ((*held).get("one more").status().code(), StatusCode::kNotFound);
}

TEST(Committer, RefusesMoreBytesThanTheQueueMayHold) {
    HeldStore held;
    Transaction large;
    for (std::size_t i = 0; i < kMaxTransactionBytes / kMaxValueBytes - 1; ++i) {
        large.operations.emplace_back(
            Put{std::to_string(i), std::string(kMaxValueBytes, 'v'), std::nullopt});
    }
    int refused = 0;
    const int tries = static_cast<int>(kMaxQueuedBytes / kMaxTransactionBytes) + 1;
    for (int i = 0; i < tries; ++i) {
        (*held).commit(large, [&](const StatusOr<CommitResult>& result) {
            refused += result.status().code() == StatusCode::kResourceExhausted ? 1 : 0;
        });
    }

    EXPECT_EQ(refused, 1);
}

TEST(StoreClock, GoesOnAtTheMonotonicPaceWhenTheTimeOfDayIsSetBack) {
    FakeClock clock;
    const StoreClock storeClock(clock);
    const WallTime start = clock.wallNow();
    clock.advance(10s);
    EXPECT_EQ(storeClock.now(), start + 10s);

    clock.jumpWall(-1h);
    EXPECT_EQ(storeClock.now(), start + 10s);
    clock.advance(5s);
    EXPECT_EQ(storeClock.now(), start + 15s);

    clock.jumpWall(2h);
    EXPECT_EQ(storeClock.now(), clock.wallNow());
}

TEST(StoreClock, LetsALifeThatIsTooLongToSayLastForever) {
    const WallTime now = FakeClock().wallNow();

    EXPECT_EQ(StoreClock::expiry(now, 1s), now + 1s);
    EXPECT_EQ(StoreClock::expiry(now, std::nullopt), std::nullopt);
    EXPECT_EQ(StoreClock::expiry(now, 0s), std::nullopt);
    EXPECT_EQ(StoreClock::expiry(now, Duration::max()), std::nullopt);
}

TEST(Crc32c, GivesTheValuesOfRfc3720) {
    // RFC 3720 appendix B.4, and the check value of the CRC catalogues.
    EXPECT_EQ(crc32c(std::string(32, '\0')), 0x8a9136aaU);
    EXPECT_EQ(crc32c(std::string(32, '\xff')), 0x62a8ab43U);
    std::string ascending;
    for (int i = 0; i < 32; ++i) {
        ascending.push_back(static_cast<char>(i));
    }
    EXPECT_EQ(crc32c(ascending), 0x46dd794eU);
    EXPECT_EQ(crc32c("123456789"), 0xe3069283U);
    EXPECT_EQ(crc32c(""), 0U);
}

TEST(Crc32c, GoesOnFromAnEarlierPart) {
    const std::string text = "the quick brown fox jumps over the lazy dog";
    for (std::size_t cut = 0; cut <= text.size(); ++cut) {
        EXPECT_EQ(crc32c(text.substr(cut), crc32c(text.substr(0, cut))), crc32c(text));
    }
}

TEST(KeyRange, EndsAPrefixAtTheNextKeyThatDoesNotStartWithIt) {
    EXPECT_EQ(endOfPrefix(""), std::nullopt);
    EXPECT_EQ(endOfPrefix("a"), "b");
    EXPECT_EQ(endOfPrefix("a\x7f"), "a\x80");
    EXPECT_EQ(endOfPrefix("a\xff\xff"), "b");
    EXPECT_EQ(endOfPrefix("\xff"), std::nullopt);
}

}  // namespace
}  // namespace weft::tests
