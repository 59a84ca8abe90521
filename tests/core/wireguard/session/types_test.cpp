// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/session/types.h"

#include <gtest/gtest.h>

#include <set>

namespace {

using weft::wireguard::DropCounters;
using weft::wireguard::DropReason;
using weft::wireguard::kDropReasons;

TEST(DropReason, HasANameOfItsOwnForEachReason) {
    std::set<std::string_view> names;

    for (std::size_t i = 0; i < kDropReasons; ++i) {
        names.insert(weft::wireguard::nameOf(static_cast<DropReason>(i)));
    }

    EXPECT_EQ(names.size(), kDropReasons);
    EXPECT_FALSE(names.contains(""));
    EXPECT_EQ(weft::wireguard::nameOf(DropReason::OutboxFull), "outbox_full");
}

TEST(DropCounters, AddUpAllReasons) {
    DropCounters drops;

    ++drops[DropReason::BadMac1];
    drops[DropReason::Replayed] += 2;

    EXPECT_EQ(drops.total(), 3U);
    EXPECT_EQ(drops[DropReason::Replayed], 2U);
}

}  // namespace
