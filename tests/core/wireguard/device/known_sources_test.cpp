// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/device/known_sources.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Optional;
using testing::SizeIs;
using weft::TimePoint;
using weft::net::Endpoint;
using weft::net::IpAddress;
using weft::wireguard::KnownSources;

const TimePoint kStart{1h};

Endpoint host(std::uint32_t number) {
    return {IpAddress::v4(0x0a000000U + number), 51820};
}

TEST(KnownSources, GivesTheListOncePerChange) {
    KnownSources known(3);
    EXPECT_FALSE(known.changeDue());

    known.note(host(1), kStart);
    known.note(host(2), kStart);
    EXPECT_THAT(known.takeChange(kStart), Optional(ElementsAre(host(1), host(2))));

    known.note(host(1), kStart + 1s);
    EXPECT_FALSE(known.changeDue());
    EXPECT_FALSE(known.takeChange(kStart + 1s));
}

TEST(KnownSources, APortIsPartOfASource) {
    KnownSources known(3);
    auto moved = host(1);
    ++moved.port;

    known.note(host(1), kStart);
    known.note(moved, kStart);

    EXPECT_THAT(known.takeChange(kStart), Optional(ElementsAre(host(1), moved)));
}

TEST(KnownSources, ChangesNoMoreOftenThanItSays) {
    KnownSources known(3);
    known.note(host(1), kStart);
    EXPECT_TRUE(known.takeChange(kStart));

    known.note(host(2), kStart + 1ms);

    const auto due = kStart + KnownSources::kSteady;
    EXPECT_EQ(known.changeDue(), due);
    EXPECT_FALSE(known.takeChange(due - 1ns));
    EXPECT_THAT(known.takeChange(due), Optional(ElementsAre(host(1), host(2))));
}

TEST(KnownSources, WhatWasRefusedIsSaidAgainLater) {
    KnownSources known(3);
    known.note(host(1), kStart);
    EXPECT_TRUE(known.takeChange(kStart));

    known.tellAgain();

    const auto due = kStart + KnownSources::kSteady;
    EXPECT_EQ(known.changeDue(), due);
    EXPECT_FALSE(known.takeChange(due - 1ns));
    EXPECT_THAT(known.takeChange(due), Optional(ElementsAre(host(1))));
    EXPECT_FALSE(known.changeDue());
}

TEST(KnownSources, ForgetsWhoseSessionIsOver) {
    KnownSources known(3);
    known.note(host(1), kStart);
    known.note(host(2), kStart);
    known.note(host(1), kStart + 120s);
    const auto later = kStart + KnownSources::kKept + 1s;

    known.note(host(3), later);

    EXPECT_THAT(known.takeChange(later), Optional(ElementsAre(host(1), host(3))));
}

TEST(KnownSources, KnowsNobodyOnceThereAreTooMany) {
    KnownSources known(3);
    for (std::uint32_t i = 1; i <= 3; ++i) {
        known.note(host(i), kStart);
    }
    EXPECT_THAT(known.takeChange(kStart), Optional(SizeIs(3)));

    known.note(host(4), kStart + 1s);
    EXPECT_THAT(known.takeChange(kStart + 1s), Optional(IsEmpty()));
    // Others may have a session that nobody noted.
    known.note(host(5), kStart + 100s);
    EXPECT_FALSE(known.changeDue());

    const auto complete = kStart + 1s + KnownSources::kKept;
    known.note(host(6), complete);
    EXPECT_THAT(known.takeChange(complete), Optional(ElementsAre(host(5), host(6))));
}

}  // namespace
