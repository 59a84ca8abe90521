// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/device/control_pace.h"

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using weft::TimePoint;
using weft::wireguard::ControlPace;

const TimePoint kStart{1h};

TEST(ControlPace, BesideDataAStepHasRoomForFew) {
    ControlPace pace;
    pace.noteData(kStart);

    EXPECT_TRUE(pace.noteFetched(ControlPace::kMostBesideData - 1, kStart));
    EXPECT_FALSE(pace.noteFetched(1, kStart + 500us));
    EXPECT_EQ(pace.stepEnd(), kStart + ControlPace::kStep);

    EXPECT_TRUE(pace.noteFetched(ControlPace::kMostBesideData - 1, kStart + ControlPace::kStep));
}

TEST(ControlPace, WhatCameJoinedTakesAsManyStepsAsItIsTheShareOf) {
    ControlPace pace;
    pace.noteData(kStart);

    EXPECT_FALSE(pace.noteFetched(10 * ControlPace::kMostBesideData + 1, kStart));
    EXPECT_EQ(pace.stepEnd(), kStart + 10 * ControlPace::kStep);

    EXPECT_TRUE(pace.noteFetched(1, pace.stepEnd()));
    EXPECT_EQ(pace.stepEnd(), kStart + 11 * ControlPace::kStep);
}

TEST(ControlPace, WithoutDataThereIsMoreRoomAndAnEnd) {
    ControlPace pace;
    pace.noteData(kStart - ControlPace::kDataLasts);

    EXPECT_TRUE(pace.noteFetched(ControlPace::kMostAlone - 1, kStart));
    EXPECT_FALSE(pace.noteFetched(1, kStart));
}

TEST(ControlPace, DataThatComesDuringAStepCountsAtOnce) {
    ControlPace pace;
    EXPECT_TRUE(pace.noteFetched(ControlPace::kMostBesideData, kStart));

    pace.noteData(kStart + 100us);

    EXPECT_FALSE(pace.noteFetched(1, kStart + 100us));
}

}  // namespace
