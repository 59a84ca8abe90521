// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/connection_table.h"

#include "core/config/load.h"
#include "core/mesh/invitation_code.h"
#include "tests/core/daemon/fake_connection.h"
#include "tests/support/manual_loop.h"
#include "tests/support/temp_dir.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>

namespace weft::daemon {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using Connection = weft::local::v1::Connection;
using Profile = weft::local::v1::Profile;

template <typename T>
struct Slot {
    std::optional<StatusOr<T>> value;
    Callback<T> callback() {
        return [this](StatusOr<T> given) {
            EXPECT_FALSE(value) << "answered twice";
            value = std::move(given);
        };
    }
    StatusCode code() const { return value ? value->status().code() : StatusCode::kUnknown; }
};

struct StatusSlot {
    std::optional<Status> value;
    StatusCallback callback() {
        return [this](const Status& given) {
            EXPECT_FALSE(value) << "answered twice";
            value = given;
        };
    }
    StatusCode code() const { return value ? value->code() : StatusCode::kUnknown; }
};

class ConnectionTableTest : public ::testing::Test {
protected:
    void open(const config::NodeOptions& base = {}) {
        table_.emplace(
            loop_,
            loop_,
            ProfileStore(folder_.path()),
            factory_,
            ConnectionTable::Options{base, "alpha"});
        ASSERT_TRUE(table_->load().ok());
    }
    static config::NodeOptions load(std::vector<std::string> arguments) {
        arguments.emplace_back("--weft.state-dir=/nowhere");
        arguments.emplace_back("--weft.local-socket=/nowhere/weft.sock");
        config::LoadRequest request;
        request.arguments = std::move(arguments);
        const auto options = config::load(request);
        EXPECT_TRUE(options.ok()) << options.status();
        return options.ok() ? *options : config::NodeOptions();
    }
    static config::NodeOptions joining() {
        return load({"--mesh.join-address=10.0.0.1:8443", "--tls.insecure"});
    }
    /// A member profile that is connected.
    std::string connectedMember() {
        Profile profile;
        profile.set_kind(Profile::KIND_MEMBER);
        profile.set_name("home");
        profile.add_join_addresses("10.0.0.1:8443");
        profile.set_tls_mode(Profile::TLS_MODE_INSECURE);
        Slot<Profile> put;
        table_->putProfile(profile, put.callback());
        loop_.runPosted();
        EXPECT_TRUE(put.value && put.value->ok());
        std::string id = (*put.value)->id();
        StatusSlot connected;
        table_->connectProfile(id, {}, connected.callback());
        loop_.runPosted();
        factory_.made.back()->tell(Connection::STATE_CONNECTED);
        loop_.runPosted();
        return id;
    }
    Connection::State stateOf(const std::string& id) const {
        const auto state = table_->state();
        for (const auto& connection : state.connections()) {
            if (connection.profile_id() == id) {
                return connection.state();
            }
        }
        return Connection::STATE_UNSPECIFIED;
    }
    ::v1::ConnectRequest connectRequest(const std::string& section, const std::string& key) {
        ::v1::ConnectRequest request;
        auto& below =
            *(*request.mutable_config()->mutable_fields())[section].mutable_struct_value();
        (*below.mutable_fields())[key].set_string_value("10.0.0.1:8443");
        return request;
    }

    tests::TempDir folder_;
    tests::ManualLoop loop_;
    tests::FakeConnections factory_;
    std::optional<ConnectionTable> table_;
};

TEST_F(ConnectionTableTest, ANewMeshIsSavedThenConnected) {
    open();
    weft::local::v1::CreateMeshRequest request;
    request.set_domain("home.internal");
    Slot<Profile> made;

    table_->createMesh(request, made.callback());
    loop_.runPosted();

    ASSERT_TRUE(made.value && made.value->ok());
    EXPECT_EQ((*made.value)->id(), "home-internal");
    EXPECT_EQ((*made.value)->node_id(), "alpha");
    ASSERT_THAT(factory_.made, SizeIs(1));
    EXPECT_TRUE(factory_.made[0]->started);
    EXPECT_TRUE(factory_.made[0]->spec.ownAuthority);
    EXPECT_THAT(ProfileStore(folder_.path()).load()->profiles, SizeIs(1));
}

TEST_F(ConnectionTableTest, ThePortThatAFounderGotIsKept) {
    open();
    weft::local::v1::CreateMeshRequest request;
    request.set_domain("home.internal");
    Slot<Profile> made;
    table_->createMesh(request, made.callback());
    loop_.runPosted();
    EXPECT_TRUE(factory_.made[0]->spec.steppingPort);

    factory_.made[0]->tell(Connection::STATE_CONNECTED);
    loop_.runPosted();

    const auto stored = ProfileStore(folder_.path()).load()->profiles.at(0).profile;
    // check-tests: allow port, a text that nobody listens at
    EXPECT_EQ(stored.listen_address(), "[::]:8444");
    EXPECT_EQ(stored.mesh_identity(), "0a");
}

TEST_F(ConnectionTableTest, BadDomainsAndNamesAreRefusedWithoutATrace) {
    open();
    for (const std::string domain : {"", "Home.internal", "a..b", "a b", "-a", "home_1"}) {
        weft::local::v1::CreateMeshRequest request;
        request.set_domain(domain);
        Slot<Profile> made;

        table_->createMesh(request, made.callback());
        loop_.runPosted();

        EXPECT_EQ(made.code(), StatusCode::kInvalidArgument) << domain;
    }
    EXPECT_EQ(table_->state().profiles_size(), 0);
}

TEST_F(ConnectionTableTest, AJoinWithACodeShowsItsStepsAndThenConnects) {
    open();
    const mesh::InvitationCode code{
        "inv1",
        std::string(16, 's'),
        std::string(32, 'f'),
        loop_.clock().wallNow() + 1h,
        {"10.0.0.1:8443"}};
    weft::local::v1::JoinWithCodeRequest request;
    request.set_code(code.toString());
    request.set_node_id("beta");
    Slot<Profile> joined;

    table_->joinWithCode(request, joined.callback());
    factory_.enrolStep(2, "Reaching a member");
    loop_.runPosted();
    const auto during = table_->state();
    ASSERT_EQ(during.connections_size(), 1);
    EXPECT_EQ(during.connections(0).step().number(), 2U);
    factory_.enrolled(Enrolled{"beta", "home.internal.", {"10.0.0.9:8443", "10.0.0.1:8443"}});
    loop_.runPosted();

    ASSERT_TRUE(joined.value && joined.value->ok());
    EXPECT_EQ((*joined.value)->name(), "home.internal");
    ASSERT_THAT(factory_.made, SizeIs(1));
    // Where the mesh was just reached comes first, then what the mesh says, each once.
    const auto& addresses = factory_.made[0]->spec.options.mesh.joinAddresses;
    ASSERT_THAT(addresses, SizeIs(2));
    EXPECT_EQ(addresses.at(0).host, "10.0.0.1");
    EXPECT_EQ(addresses.at(1).host, "10.0.0.9");
    EXPECT_TRUE(factory_.made[0]->spec.enrolled);
}

TEST_F(ConnectionTableTest, AFailedEnrolmentLeavesNoProfile) {
    open();
    const mesh::InvitationCode code{
        "inv1",
        std::string(16, 's'),
        std::string(32, 'f'),
        loop_.clock().wallNow() + 1h,
        {"10.0.0.1:8443"}};
    weft::local::v1::JoinWithCodeRequest request;
    request.set_code(code.toString());
    Slot<Profile> joined;
    table_->joinWithCode(request, joined.callback());

    factory_.enrolled(failedPrecondition("the invitation was used already"));
    loop_.runPosted();

    EXPECT_EQ(joined.code(), StatusCode::kFailedPrecondition);
    EXPECT_EQ(table_->state().profiles_size(), 0);
    EXPECT_THAT(factory_.made, SizeIs(0));
}

TEST_F(ConnectionTableTest, AnExpiredCodeAndGarbageAreRefusedBeforeAnybodyIsCalled) {
    open();
    const mesh::InvitationCode expired{
        "inv1",
        std::string(16, 's'),
        std::string(32, 'f'),
        loop_.clock().wallNow() - 1h,
        {"10.0.0.1:8443"}};
    weft::local::v1::JoinWithCodeRequest request;
    Slot<Profile> first;
    Slot<Profile> second;

    request.set_code(expired.toString());
    table_->joinWithCode(request, first.callback());
    request.set_code("hello");
    table_->joinWithCode(request, second.callback());

    EXPECT_EQ(first.code(), StatusCode::kFailedPrecondition);
    EXPECT_EQ(second.code(), StatusCode::kInvalidArgument);
    EXPECT_FALSE(factory_.enrolled);
}

TEST_F(ConnectionTableTest, DisconnectingWaitsForTheEndAndIgnoresWhatComesLate) {
    open();
    const auto id = connectedMember();
    StatusSlot gone;

    table_->disconnectProfile(id, gone.callback());
    loop_.runPosted();
    EXPECT_EQ(stateOf(id), Connection::STATE_DISCONNECTING);
    factory_.made[0]->tell(Connection::STATE_CONNECTED);
    loop_.runPosted();
    EXPECT_EQ(stateOf(id), Connection::STATE_DISCONNECTING);
    factory_.made[0]->stopping(okStatus());
    loop_.runPosted();

    EXPECT_TRUE(gone.value && gone.value->ok());
    EXPECT_EQ(stateOf(id), Connection::STATE_OFF);
    EXPECT_TRUE(factory_.made[0]->gone);
}

TEST_F(ConnectionTableTest, ConnectingAgainEndsAWait) {
    open();
    const auto id = connectedMember();
    factory_.made[0]->tell(Connection::STATE_RECONNECTING);
    loop_.runPosted();
    StatusSlot again;

    table_->connectProfile(id, {}, again.callback());

    EXPECT_EQ(factory_.made[0]->retries, 1);
    EXPECT_THAT(factory_.made, SizeIs(1));
}

TEST_F(ConnectionTableTest, WatchersOfPeersAreToldWhenTheProfileGoes) {
    open();
    const auto id = connectedMember();
    std::vector<std::size_t> sizes;
    StatusSlot ended;
    auto watch = table_->watchPeers(
        id,
        [&sizes](const std::shared_ptr<const PeerList>& list) {
            sizes.push_back(list->items.size());
        },
        ended.callback());
    ASSERT_TRUE(watch.ok());
    EXPECT_TRUE(factory_.made[0]->peersWanted);

    StatusSlot removed;
    table_->removeProfile(id, true, removed.callback());
    factory_.made[0]->stopping(okStatus());
    loop_.runPosted();

    EXPECT_EQ(ended.code(), StatusCode::kNotFound);
    EXPECT_TRUE(removed.value && removed.value->ok());
    EXPECT_FALSE(std::filesystem::exists(folder_ / id));
}

TEST_F(ConnectionTableTest, AListOfPeersThatNobodyFollowedIsNotShownToTheNext) {
    open();
    const auto id = connectedMember();
    std::vector<std::size_t> sizes;
    const auto note = [&sizes](const std::shared_ptr<const PeerList>& list) {
        sizes.push_back(list->items.size());
    };
    auto first = table_->watchPeers(id, note, [](const Status&) {});
    ASSERT_TRUE(first.ok());
    auto old = std::make_shared<PeerList>();
    old->items.resize(3);
    factory_.made[0]->events.peers(old);
    loop_.runPosted();
    ASSERT_THAT(sizes, ElementsAre(3));
    first->cancel();
    EXPECT_FALSE(factory_.made[0]->peersWanted);

    const auto second = table_->watchPeers(id, note, [](const Status&) {});
    EXPECT_THAT(sizes, ElementsAre(3));
    factory_.made[0]->events.peers(std::make_shared<PeerList>());
    loop_.runPosted();

    EXPECT_THAT(sizes, ElementsAre(3, 0));
}

TEST_F(ConnectionTableTest, TheConfiguredProfileConnectsByItselfAndCannotBeChanged) {
    open(joining());
    table_->startAll();
    loop_.runPosted();
    ASSERT_THAT(factory_.made, SizeIs(1));
    EXPECT_EQ(table_->state().default_profile_id(), "default");
    EXPECT_EQ(factory_.made[0]->spec.options.mesh.nodeId, "alpha");
    StatusSlot removed;

    table_->removeProfile("default", true, removed.callback());

    EXPECT_EQ(removed.code(), StatusCode::kFailedPrecondition);
}

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

TEST_F(ConnectionTableTest, OnlyWhatStartsWithTheDaemonIsUnattended) {
    open(joining());
    table_->startAll();
    loop_.runPosted();
    ASSERT_THAT(factory_.made, SizeIs(1));
    EXPECT_TRUE(factory_.made[0]->spec.unattended);

    factory_.made[0]->fail("refused");
    loop_.runPosted();
    StatusSlot again;
    table_->connectProfile("", {}, again.callback());
    loop_.runPosted();

    ASSERT_THAT(factory_.made, SizeIs(2));
    EXPECT_FALSE(factory_.made[1]->spec.unattended);
}

TEST_F(ConnectionTableTest, ANewNameLeavesTheFailureToBeRead) {
    open();
    const auto id = connectedMember();
    factory_.made[0]->fail("refused");
    loop_.runPosted();
    auto profile = table_->state().profiles(0);
    profile.set_name("Office");
    Slot<Profile> renamed;

    table_->putProfile(profile, renamed.callback());
    loop_.runPosted();

    ASSERT_TRUE(renamed.value && renamed.value->ok());
    EXPECT_EQ(stateOf(id), Connection::STATE_FAILED);
    EXPECT_EQ(table_->state().connections(0).failure().text(), "refused");
}

TEST_F(ConnectionTableTest, ManyChangesAreToldAtOnce) {
    open();
    const auto id = connectedMember();
    int told = 0;
    const auto watch = table_->watchState([&told](const weft::local::v1::DaemonState&) { ++told; });
    loop_.runPosted();
    told = 0;

    for (int i = 0; i < 100; ++i) {
        factory_.made[0]->tell(Connection::STATE_CONNECTED);
    }
    loop_.runPosted();

    EXPECT_GE(told, 1);
    EXPECT_LE(told, 2);
}

TEST_F(ConnectionTableTest, StoppingEndsEverythingOnce) {
    open();
    connectedMember();
    int done = 0;

    table_->stopAll(1s, [&done] { ++done; });
    EXPECT_EQ(done, 0);
    factory_.made[0]->stopping(okStatus());
    loop_.runPosted();

    EXPECT_EQ(done, 1);
}

}  // namespace
}  // namespace weft::daemon
