// SPDX-License-Identifier: Apache-2.0
#include "core/control/translate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace weft::control {
namespace {

using ::testing::ElementsAre;

TEST(Translate, ProfileSurvivesTheWayThereAndBack) {
    const api::Profile profile{
        .id = api::ProfileId("home"),
        .name = "Home",
        .kind = api::ProfileKind::Founder,
        .nodeId = "alpha",
        .joinAddresses = {"10.0.0.1:8443"},
        .tlsMode = api::TlsMode::ServerOnly,
        .autoConnect = false,
        .meshDomain = "home.internal.",
        .meshIdentity = "ab",
        .listenAddress = "[::]:8443",
        .endpoints = {"10.0.0.2"},
        .zone = "z"};

    EXPECT_EQ(fromProto(toProto(profile)), profile);
}

TEST(Translate, UnknownNumbersBecomeTheNeutralValue) {
    weft::local::v1::Connection message;
    message.set_state(static_cast<weft::local::v1::Connection::State>(99));
    message.set_cluster_status(static_cast<::v1::ClusterStatus>(99));
    message.add_checklist()->set_state(static_cast<weft::local::v1::CheckItem::State>(99));

    const auto connection = fromProto(message);

    EXPECT_EQ(connection.state, api::ConnectionState::Off);
    EXPECT_EQ(connection.clusterStatus, api::ClusterStatus::Unknown);
    EXPECT_EQ(connection.checklist.at(0).state, api::CheckState::Pending);
}

TEST(Translate, PeerKeepsFeaturesByName) {
    weft::local::v1::Peer message;
    auto& node = *message.mutable_node();
    node.set_id("alpha");
    auto* known = node.add_features();
    known->set_feature(::v1::STORAGE_PROVIDER);
    known->set_port(9000);
    node.add_features()->set_feature(static_cast<::v1::Feature>(77));

    const auto peer = fromProto(message);

    EXPECT_THAT(
        peer.features, ElementsAre(api::Feature{"STORAGE_PROVIDER", 9000}, api::Feature{"77", 0}));
}

}  // namespace
}  // namespace weft::control
