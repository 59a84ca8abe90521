// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/device/settings_translation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace weft::wireguard {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

net::IpPrefix prefix(const char* text) {
    return *net::IpPrefix::parse(text);
}

TEST(SettingsTranslation, TheLastWordOnAPrefixCounts) {
    PeerChange change;
    change.allowedIps = {
        {prefix("10.0.0.0/24"), false},
        {prefix("10.0.1.0/24"), false},
        {prefix("10.0.0.0/24"), true}};

    const auto settings = settingsOf(std::move(change));

    EXPECT_THAT(settings.allowedIps, ElementsAre(prefix("10.0.1.0/24")));
    EXPECT_THAT(settings.removedAllowedIps, ElementsAre(prefix("10.0.0.0/24")));
}

TEST(SettingsTranslation, APrefixThatIsTakenAndGivenAgainIsGiven) {
    PeerChange change;
    change.allowedIps = {{prefix("10.0.0.0/24"), true}, {prefix("10.0.0.0/24"), false}};

    const auto settings = settingsOf(std::move(change));

    // The engine removes before it adds.
    EXPECT_THAT(settings.allowedIps, ElementsAre(prefix("10.0.0.0/24")));
}

TEST(SettingsTranslation, WhatIsNotSaidStaysUnsaid) {
    PeerChange change;
    change.updateOnly = true;

    const auto settings = settingsOf(std::move(change));

    EXPECT_TRUE(settings.updateOnly);
    EXPECT_FALSE(settings.endpoint);
    EXPECT_FALSE(settings.presharedKey);
    EXPECT_FALSE(settings.persistentKeepalive);
    EXPECT_THAT(settings.allowedIps, IsEmpty());
}

TEST(SettingsTranslation, APeerIsToldAsItIs) {
    PeerSnapshot snapshot;
    snapshot.endpoint =
        PathAddress{.address = {.remote = *net::Endpoint::parse("192.0.2.1:51820")}};
    snapshot.persistentKeepalive = 25;
    snapshot.statistics.receivedBytes = 7;
    snapshot.statistics.sentBytes = 8;
    snapshot.allowedIps = {prefix("fd00::/48")};

    const auto state = stateOf(std::move(snapshot));

    ASSERT_TRUE(state.endpoint);
    EXPECT_EQ(state.endpoint->endpoint.toString(), "192.0.2.1:51820");
    EXPECT_EQ(state.persistentKeepalive, 25);
    EXPECT_EQ(state.receivedBytes, 7U);
    EXPECT_EQ(state.sentBytes, 8U);
    EXPECT_FALSE(state.lastHandshake);
    EXPECT_THAT(state.allowedIps, ElementsAre(prefix("fd00::/48")));
}

}  // namespace
}  // namespace weft::wireguard
