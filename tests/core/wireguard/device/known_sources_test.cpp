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
using weft::wireguard::PeerKey;

const TimePoint kStart{1h};

PeerKey peer(std::uint32_t number) {
    PeerKey key;
    key.bytes[0] = static_cast<std::uint8_t>(number);
    key.bytes[1] = static_cast<std::uint8_t>(number >> 8U);
    return key;
}

Endpoint host(std::uint32_t number, std::uint16_t port = 51820) {
    return {IpAddress::v4(0x0a000000U + number), port};
}

class KnownSourcesTest : public testing::Test {
public:
    /// Peers with the number of the host.
    void note(std::uint32_t number, TimePoint now) { known.note(peer(number), host(number), now); }
    void call(std::uint32_t number, TimePoint now) {
        known.noteCall(peer(number), host(number), now);
    }

    KnownSources known{3};
};

TEST_F(KnownSourcesTest, GivesTheListOncePerChange) {
    EXPECT_FALSE(known.changeDue());

    note(1, kStart);
    note(2, kStart);
    EXPECT_THAT(known.takeChange(kStart), Optional(ElementsAre(host(1), host(2))));

    note(1, kStart + 1s);
    EXPECT_FALSE(known.changeDue());
    EXPECT_FALSE(known.takeChange(kStart + 1s));
}

TEST_F(KnownSourcesTest, APortIsPartOfASource) {
    known.note(peer(1), host(1, 1), kStart);
    known.note(peer(2), host(1, 2), kStart);

    EXPECT_THAT(known.takeChange(kStart), Optional(ElementsAre(host(1, 1), host(1, 2))));
}

TEST_F(KnownSourcesTest, PeersBehindOneRelayAreOneSourceAsLongAsOneOfThemIsThere) {
    known.note(peer(1), host(9), kStart);
    known.note(peer(2), host(9), kStart);
    EXPECT_THAT(known.takeChange(kStart), Optional(ElementsAre(host(9))));

    known.forget([](const PeerKey& key) { return key == peer(1); });

    EXPECT_FALSE(known.takeChange(kStart + 1s));
    known.forget([](const PeerKey& key) { return key == peer(2); });
    EXPECT_THAT(known.takeChange(kStart + 1s), Optional(IsEmpty()));
}

TEST_F(KnownSourcesTest, ChangesNoMoreOftenThanItSays) {
    note(1, kStart);
    EXPECT_TRUE(known.takeChange(kStart));

    note(2, kStart + 1ms);

    const auto due = kStart + KnownSources::kSteady;
    EXPECT_EQ(known.changeDue(), due);
    EXPECT_FALSE(known.takeChange(due - 1ns));
    EXPECT_THAT(known.takeChange(due), Optional(ElementsAre(host(1), host(2))));
}

TEST_F(KnownSourcesTest, WhatWasRefusedIsSaidAgainLater) {
    note(1, kStart);
    EXPECT_TRUE(known.takeChange(kStart));

    known.tellAgain();

    const auto due = kStart + KnownSources::kSteady;
    EXPECT_EQ(known.changeDue(), due);
    EXPECT_FALSE(known.takeChange(due - 1ns));
    EXPECT_THAT(known.takeChange(due), Optional(ElementsAre(host(1))));
    EXPECT_FALSE(known.changeDue());
}

TEST_F(KnownSourcesTest, WhoIsSilentIsForgottenOnlyForWantOfRoom) {
    note(1, kStart);
    note(2, kStart);
    note(1, kStart + 120s);
    const auto later = kStart + KnownSources::kKept + 1s;

    note(3, later);
    EXPECT_THAT(known.takeChange(later), Optional(ElementsAre(host(1), host(2), host(3))));

    note(4, later + 1s);
    EXPECT_THAT(known.takeChange(later + 1s), Optional(ElementsAre(host(1), host(3), host(4))));
}

TEST_F(KnownSourcesTest, APeerThatMovesAllTheTimeTakesNoRoomFromOthers) {
    KnownSources wide(8);
    wide.note(peer(1), host(1), kStart);
    wide.note(peer(2), host(2), kStart);

    for (std::uint16_t port = 1; port <= 65; ++port) {
        wide.note(peer(2), host(2, port), kStart + 1s * port);
    }

    EXPECT_THAT(
        wide.takeChange(kStart + 65s),
        Optional(ElementsAre(host(1), host(2, 63), host(2, 64), host(2, 65))));
}

TEST_F(KnownSourcesTest, WhereAPeerWasBeforeMakesRoomFirst) {
    note(1, kStart);
    known.note(peer(2), host(2, 1), kStart + KnownSources::kKept);
    const auto later = kStart + KnownSources::kKept + 1s;
    known.note(peer(2), host(2, 2), later);

    note(3, later);

    EXPECT_THAT(known.takeChange(later), Optional(ElementsAre(host(1), host(2, 2), host(3))));
}

TEST_F(KnownSourcesTest, APeerThatComesBackIsWhereItWas) {
    known.note(peer(1), host(1, 1), kStart);
    known.note(peer(1), host(1, 2), kStart + 1s);
    known.note(peer(1), host(1, 1), kStart + 2s);
    note(2, kStart + 3s);

    note(3, kStart + 3s);

    EXPECT_THAT(known.takeChange(kStart + 3s), Optional(ElementsAre(host(1, 1), host(2), host(3))));
}

TEST_F(KnownSourcesTest, KnowsNobodyOnceThereAreTooMany) {
    for (std::uint32_t i = 1; i <= 3; ++i) {
        note(i, kStart);
    }
    EXPECT_THAT(known.takeChange(kStart), Optional(SizeIs(3)));

    note(4, kStart + 1s);
    EXPECT_THAT(known.takeChange(kStart + 1s), Optional(IsEmpty()));
    // Others may have a session that nobody noted.
    note(5, kStart + 100s);
    call(7, kStart + 100s);
    EXPECT_FALSE(known.changeDue());

    const auto complete = kStart + 1s + KnownSources::kKept;
    note(6, complete);
    EXPECT_THAT(known.takeChange(complete), Optional(ElementsAre(host(5), host(7), host(6))));
}

TEST_F(KnownSourcesTest, WhoIsCalledTakesRoomThatNobodyWithASessionNeeds) {
    note(1, kStart);
    call(2, kStart);
    call(3, kStart + 1s);
    call(4, kStart + 2s);
    EXPECT_THAT(known.takeChange(kStart + 2s), Optional(ElementsAre(host(1), host(3), host(4))));

    note(5, kStart + 3s);
    note(6, kStart + 3s);
    EXPECT_THAT(known.takeChange(kStart + 3s), Optional(ElementsAre(host(1), host(5), host(6))));
    call(7, kStart + 4s);
    EXPECT_FALSE(known.takeChange(kStart + 4s));

    // It may be called again when a session is over.
    note(5, kStart + 200s);
    note(6, kStart + 200s);
    const auto later = kStart + KnownSources::kKept + 1s;
    call(7, later);
    EXPECT_THAT(known.takeChange(later), Optional(ElementsAre(host(5), host(6), host(7))));
}

TEST_F(KnownSourcesTest, WhoAnswersACallIsKnownLikeOthers) {
    call(1, kStart);
    note(1, kStart + 1s);
    call(1, kStart + 2s);
    note(2, kStart + 3s);
    note(3, kStart + 3s);

    call(4, kStart + 3s);

    EXPECT_THAT(known.takeChange(kStart + 3s), Optional(ElementsAre(host(1), host(2), host(3))));
}

TEST_F(KnownSourcesTest, OfThoseWhoAreCalledTheLastFewAreKnown) {
    KnownSources wide(64);
    for (std::uint32_t i = 0; i <= KnownSources::kMostCalled; ++i) {
        wide.noteCall(peer(i), host(i), kStart + 1s * i);
    }

    const auto list = wide.takeChange(kStart + 60s);

    ASSERT_THAT(list, Optional(SizeIs(KnownSources::kMostCalled)));
    EXPECT_EQ(list->front(), host(1));
}

TEST_F(KnownSourcesTest, WhoIsNoPeerAnyMoreIsForgotten) {
    note(1, kStart);
    note(2, kStart);
    EXPECT_TRUE(known.takeChange(kStart));

    known.forget([](const PeerKey& key) { return key == peer(1); });

    EXPECT_THAT(known.takeChange(kStart + 1s), Optional(ElementsAre(host(2))));
    known.forget([](const PeerKey& key) { return key == peer(1); });
    EXPECT_FALSE(known.changeDue());
}

}  // namespace
