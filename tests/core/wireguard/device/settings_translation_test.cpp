// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/device/settings_translation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include <net/if.h>

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

    const auto settings = *settingsOf(std::move(change));

    EXPECT_THAT(settings.allowedIps, ElementsAre(prefix("10.0.1.0/24")));
    EXPECT_THAT(settings.removedAllowedIps, ElementsAre(prefix("10.0.0.0/24")));
}

TEST(SettingsTranslation, APrefixThatIsTakenAndGivenAgainIsGiven) {
    PeerChange change;
    change.allowedIps = {{prefix("10.0.0.0/24"), true}, {prefix("10.0.0.0/24"), false}};

    const auto settings = *settingsOf(std::move(change));

    // The engine removes before it adds.
    EXPECT_THAT(settings.allowedIps, ElementsAre(prefix("10.0.0.0/24")));
}

TEST(SettingsTranslation, WhatIsNotSaidStaysUnsaid) {
    PeerChange change;
    change.updateOnly = true;

    const auto settings = *settingsOf(std::move(change));

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

PeerChange changeTo(const char* address, const char* zone) {
    PeerChange change;
    change.endpoint = ControlEndpoint{{*net::IpAddress::parse(address), 51820}, zone};
    return change;
}

TEST(SettingsTranslation, AZoneByNameOrNumberIsTheInterface) {
    const auto loopback = ::if_nametoindex("lo");
    ASSERT_NE(loopback, 0U);

    const auto byName = settingsOf(changeTo("fe80::1", "lo"));
    const auto byNumber = settingsOf(changeTo("fe80::1", std::to_string(loopback).c_str()));

    ASSERT_TRUE(byName.ok()) << byName.status();
    ASSERT_TRUE(byNumber.ok()) << byNumber.status();
    EXPECT_EQ(byName->endpoint->address.interface, loopback);
    EXPECT_EQ(byNumber->endpoint->address.interface, loopback);
    EXPECT_TRUE(byName->endpoint->address.isSourceFree());
}

TEST(SettingsTranslation, AZoneThatIsNoInterfaceIsRefusedByName) {
    for (const char* zone : {"no-such-if", "0", "4294967295", "4294967296", "1x"}) {
        const auto settings = settingsOf(changeTo("fe80::1", zone));

        ASSERT_EQ(settings.status().code(), StatusCode::kNotFound) << zone;
        EXPECT_THAT(messageOf(settings.status()), ::testing::HasSubstr(zone));
    }
}

TEST(SettingsTranslation, ALinkLocalEndpointIsToldWithItsZone) {
    PeerSnapshot snapshot;
    snapshot.endpoint = PathAddress{
        .address = {
            .remote = *net::Endpoint::parse("[fe80::1]:51820"),
            .interface = ::if_nametoindex("lo")}};
    EXPECT_EQ(stateOf(std::move(snapshot)).endpoint->zone, "lo");

    // The interface has gone since.
    snapshot = {};
    snapshot.endpoint = PathAddress{
        .address = {.remote = *net::Endpoint::parse("[fe80::1]:51820"), .interface = 4294967295U}};
    EXPECT_EQ(stateOf(std::move(snapshot)).endpoint->zone, "4294967295");
}

TEST(SettingsTranslation, AnEndpointThatIsNotLinkLocalHasNoZone) {
    PeerSnapshot snapshot;
    snapshot.endpoint = PathAddress{
        .address = {
            .remote = *net::Endpoint::parse("[2001:db8::1]:51820"),
            .interface = ::if_nametoindex("lo")}};

    EXPECT_EQ(stateOf(std::move(snapshot)).endpoint->zone, "");
}

}  // namespace
}  // namespace weft::wireguard
