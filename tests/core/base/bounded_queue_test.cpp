// SPDX-License-Identifier: Apache-2.0
#include "core/base/bounded_queue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <numeric>
#include <thread>
#include <vector>

namespace weft::base {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Optional;

/// 1 to `last`, each until it is taken.
void pushUpTo(BoundedQueue<int>& queue, int last) {
    for (int value = 1; value <= last; ++value) {
        while (!queue.push(value)) {
            std::this_thread::yield();
        }
    }
}

TEST(BoundedQueue, HandsOutInOrder) {
    BoundedQueue<int> queue(4, Overflow::Refuse);
    for (const int value : {1, 2, 3}) {
        ASSERT_TRUE(queue.push(value));
    }

    EXPECT_THAT(queue.tryPop(), Optional(1));
    EXPECT_THAT(queue.popBatch(8), ElementsAre(2, 3));
    EXPECT_EQ(queue.tryPop(), std::nullopt);
}

TEST(BoundedQueue, RefusesTheFirstElementAboveItsCap) {
    BoundedQueue<int> queue(2, Overflow::Refuse);
    ASSERT_TRUE(queue.push(1));
    ASSERT_TRUE(queue.push(2));

    EXPECT_FALSE(queue.push(3));

    EXPECT_EQ(queue.size(), 2U);
    EXPECT_EQ(queue.dropped(), 0U);
    EXPECT_THAT(queue.popBatch(8), ElementsAre(1, 2));
    EXPECT_TRUE(queue.push(4));
}

TEST(BoundedQueue, DropsTheOldestAboveItsCap) {
    BoundedQueue<int> queue(2, Overflow::DropOldest);

    for (const int value : {1, 2, 3, 4}) {
        EXPECT_TRUE(queue.push(value));
    }

    EXPECT_EQ(queue.dropped(), 2U);
    EXPECT_THAT(queue.popBatch(8), ElementsAre(3, 4));
}

TEST(BoundedQueue, TakesNoMoreThanAskedFor) {
    BoundedQueue<int> queue(8, Overflow::Refuse);
    for (const int value : {1, 2, 3}) {
        ASSERT_TRUE(queue.push(value));
    }

    EXPECT_THAT(queue.popBatch(2), ElementsAre(1, 2));
    EXPECT_EQ(queue.size(), 1U);
}

TEST(BoundedQueue, ClosedRefusesButCanBeDrained) {
    BoundedQueue<int> queue(8, Overflow::DropOldest);
    ASSERT_TRUE(queue.push(1));
    queue.close();

    EXPECT_FALSE(queue.push(2));
    EXPECT_THAT(queue.popBatch(8), ElementsAre(1));
    EXPECT_THAT(queue.popBatch(8), IsEmpty());
}

TEST(BoundedQueue, CloseWakesAWaitingReader) {
    BoundedQueue<int> queue(8, Overflow::Refuse);
    std::vector<int> got{0};
    std::thread reader([&] { got = queue.popBatch(8); });

    queue.close();
    reader.join();

    EXPECT_THAT(got, IsEmpty());
}

TEST(BoundedQueue, HoldsWhatCannotBeCopied) {
    BoundedQueue<std::unique_ptr<int>> queue(1, Overflow::DropOldest);
    ASSERT_TRUE(queue.push(std::make_unique<int>(1)));
    ASSERT_TRUE(queue.push(std::make_unique<int>(2)));

    const auto batch = queue.popBatch(1);

    ASSERT_EQ(batch.size(), 1U);
    EXPECT_EQ(*batch[0], 2);
}

TEST(BoundedQueue, DropsWithoutHoldingItsLock) {
    struct AsksBack {
        AsksBack(BoundedQueue<std::shared_ptr<AsksBack>>& where, std::size_t& size)
            : queue(where), seen(size) {}
        AsksBack(const AsksBack&) = delete;
        AsksBack& operator=(const AsksBack&) = delete;
        ~AsksBack() { seen = queue.size(); }
        BoundedQueue<std::shared_ptr<AsksBack>>& queue;
        std::size_t& seen;
    };
    std::size_t seen = 0;
    BoundedQueue<std::shared_ptr<AsksBack>> queue(1, Overflow::DropOldest);
    ASSERT_TRUE(queue.push(std::make_shared<AsksBack>(queue, seen)));

    ASSERT_TRUE(queue.push(nullptr));

    EXPECT_EQ(seen, 1U);
}

TEST(BoundedQueue, LosesNothingBetweenManyThreads) {
    constexpr int kThreads = 4;
    constexpr int kEach = 2000;
    BoundedQueue<int> queue(16, Overflow::Refuse);
    std::vector<std::thread> writers(kThreads);
    for (auto& writer : writers) {
        writer = std::thread([&queue] { pushUpTo(queue, kEach); });
    }
    std::thread closer([&] {
        for (auto& writer : writers) {
            writer.join();
        }
        queue.close();
    });

    long sum = 0;
    for (auto batch = queue.popBatch(7); !batch.empty(); batch = queue.popBatch(7)) {
        EXPECT_LE(batch.size(), 7U);
        sum += std::accumulate(batch.begin(), batch.end(), 0L);
    }
    closer.join();

    EXPECT_EQ(sum, long{kThreads} * kEach * (kEach + 1) / 2);
}

TEST(BoundedQueueDeathTest, NeedsRoomForOne) {
    EXPECT_DEATH(BoundedQueue<int>(0, Overflow::DropOldest), "capacity > 0");
}

}  // namespace
}  // namespace weft::base
