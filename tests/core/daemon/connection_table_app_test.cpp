// SPDX-License-Identifier: Apache-2.0
// Connect and Disconnect as other front ends ask for them.
#include "tests/core/daemon/connection_table_fixture.h"

#include <gmock/gmock.h>

namespace weft::daemon {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::SizeIs;

TEST_F(ConnectionTableTest, AppConnectAnswersWhenTheConnectionStands) {
    open(joining());
    Slot<::v1::ConnectResponse> connected;

    table_->appConnect({}, api::Grade::Operate, connected.callback());
    loop_.runPosted();
    EXPECT_FALSE(connected.value);
    EXPECT_EQ(table_->appStatus(), ::v1::StatusResponse::CONNECTING);
    factory_.made[0]->tell(Connection::STATE_CONNECTED);
    loop_.runPosted();

    ASSERT_TRUE(connected.value && connected.value->ok());
    EXPECT_EQ((*connected.value)->ipv4(), "172.16.0.1/32");
    EXPECT_EQ((*connected.value)->mesh_domain(), "home.internal.");
    EXPECT_EQ(table_->appStatus(), ::v1::StatusResponse::CONNECTED);
}

TEST_F(ConnectionTableTest, AppConnectRefusesASecondOne) {
    open(joining());
    Slot<::v1::ConnectResponse> first;
    Slot<::v1::ConnectResponse> second;

    table_->appConnect({}, api::Grade::Operate, first.callback());
    table_->appConnect({}, api::Grade::Operate, second.callback());

    EXPECT_EQ(second.code(), StatusCode::kFailedPrecondition);
}

TEST_F(ConnectionTableTest, AppConnectWithoutAMeshIsTheCallersMistake) {
    open(load({}));
    Slot<::v1::ConnectResponse> connected;

    table_->appConnect({}, api::Grade::Administer, connected.callback());

    EXPECT_EQ(connected.code(), StatusCode::kInvalidArgument);
    EXPECT_THAT(messageOf(connected.value->status()), HasSubstr("mesh"));
}

TEST_F(ConnectionTableTest, AppConnectKnowsUnknownKeysAndKeysOfTheAdministrator) {
    open(joining());
    Slot<::v1::ConnectResponse> unknown;
    Slot<::v1::ConnectResponse> guarded;

    table_->appConnect(
        connectRequest("mesh", "no-such-key"), api::Grade::Administer, unknown.callback());
    table_->appConnect(
        connectRequest("wireguard", "key-file"), api::Grade::Operate, guarded.callback());

    EXPECT_EQ(unknown.code(), StatusCode::kInvalidArgument);
    EXPECT_EQ(guarded.code(), StatusCode::kPermissionDenied);
}

TEST_F(ConnectionTableTest, AppConnectTakesNestedSettings) {
    open(load({"--tls.insecure"}));
    Slot<::v1::ConnectResponse> connected;

    table_->appConnect(
        connectRequest("mesh", "join-address"), api::Grade::Operate, connected.callback());
    loop_.runPosted();

    ASSERT_THAT(factory_.made, SizeIs(1));
    EXPECT_EQ(factory_.made[0]->spec.options.mesh.joinAddresses.at(0).host, "10.0.0.1");
    table_->stopAll(1s, [] {});
    factory_.made[0]->stopping(okStatus());
    loop_.runPosted();
    EXPECT_EQ(connected.code(), StatusCode::kCancelled);
}

TEST_F(ConnectionTableTest, AppConnectFailsWithTheReasonAndAtItsLimit) {
    open(joining());
    Slot<::v1::ConnectResponse> failed;
    table_->appConnect({}, api::Grade::Operate, failed.callback());
    loop_.runPosted();
    factory_.made[0]->fail("nobody answers");
    loop_.runPosted();
    EXPECT_EQ(failed.code(), StatusCode::kInternal);
    EXPECT_THAT(messageOf(failed.value->status()), HasSubstr("nobody answers"));

    Slot<::v1::ConnectResponse> late;
    table_->appConnect({}, api::Grade::Operate, late.callback());
    loop_.runPosted();
    loop_.advance(29s);
    EXPECT_FALSE(late.value);
    loop_.advance(1s);

    EXPECT_EQ(late.code(), StatusCode::kInternal);
}

TEST_F(ConnectionTableTest, AppConnectBySharedSecretIsNotBuilt) {
    open(joining());
    ::v1::ConnectRequest request;
    request.set_join_psk("secret");
    Slot<::v1::ConnectResponse> connected;

    table_->appConnect(request, api::Grade::Administer, connected.callback());

    EXPECT_EQ(connected.code(), StatusCode::kUnimplemented);
}

TEST_F(ConnectionTableTest, AppDisconnectWhenOffIsAFailedPrecondition) {
    open();
    StatusSlot off;

    table_->appDisconnect(off.callback());

    EXPECT_EQ(off.code(), StatusCode::kFailedPrecondition);
    EXPECT_EQ(messageOf(*off.value), "not connected");
    EXPECT_EQ(table_->connected("").status().code(), StatusCode::kFailedPrecondition);
    EXPECT_EQ(table_->connected("none").status().code(), StatusCode::kNotFound);
}

}  // namespace
}  // namespace weft::daemon
