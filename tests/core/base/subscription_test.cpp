// SPDX-License-Identifier: Apache-2.0
#include "core/base/subscription.h"

#include <gtest/gtest.h>

#include <utility>

namespace weft {
namespace {

TEST(Subscription, CancelsOnceWhenDropped) {
    int cancelled = 0;
    {
        Subscription subscription([&] { ++cancelled; });
        EXPECT_TRUE(subscription.active());
        EXPECT_EQ(cancelled, 0);
    }

    EXPECT_EQ(cancelled, 1);
}

TEST(Subscription, CancelsOnceWhenAskedTwice) {
    int cancelled = 0;
    Subscription subscription([&] { ++cancelled; });

    subscription.cancel();
    subscription.cancel();

    EXPECT_EQ(cancelled, 1);
    EXPECT_FALSE(subscription.active());
}

TEST(Subscription, MovesWithoutCancelling) {
    int cancelled = 0;
    Subscription first([&] { ++cancelled; });

    Subscription second(std::move(first));

    EXPECT_EQ(cancelled, 0);
    EXPECT_TRUE(second.active());
    second.cancel();
    EXPECT_EQ(cancelled, 1);
}

TEST(Subscription, AssigningCancelsTheOldOne) {
    int old = 0;
    int fresh = 0;
    Subscription subscription([&] { ++old; });

    subscription = Subscription([&] { ++fresh; });

    EXPECT_EQ(old, 1);
    EXPECT_EQ(fresh, 0);
}

TEST(Subscription, MayBeCancelledFromItsOwnCancellation) {
    int cancelled = 0;
    Subscription subscription;
    subscription = Subscription([&] {
        ++cancelled;
        subscription.cancel();
    });

    subscription.cancel();

    EXPECT_EQ(cancelled, 1);
}

TEST(Subscription, EmptyOneDoesNothing) {
    Subscription subscription;
    subscription.cancel();

    EXPECT_FALSE(subscription.active());
}

}  // namespace
}  // namespace weft
