// SPDX-License-Identifier: Apache-2.0
#include "core/base/file.h"
#include "core/mesh/invitation_code.h"
#include "tests/core/daemon/connection_table_fixture.h"

#include <gmock/gmock.h>

#include <filesystem>

namespace weft::daemon {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::SizeIs;

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
    open(load({"--mesh.routes=10.9.0.0/24,0.0.0.0/0"}));
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
    EXPECT_THAT(factory_.enrolling.routes, SizeIs(2)) << "the mesh looks at them before the code";
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

TEST_F(ConnectionTableTest, ANameThatNoNodeCanHaveIsRefusedBeforeAnybodyIsCalled) {
    open();
    const mesh::InvitationCode code{
        "inv1",
        std::string(16, 's'),
        std::string(32, 'f'),
        loop_.clock().wallNow() + 1h,
        {"10.0.0.1:8443"}};
    weft::local::v1::JoinWithCodeRequest request;
    request.set_code(code.toString());
    for (const auto& name :
         {std::string("a.b"),
          std::string("a/b"),
          std::string{'\xE2', '\x80', '\xAE', 'a', 'b', 'c'},
          std::string(64, 'x'),
          std::string(65, 'x')}) {
        request.set_node_id(name);
        Slot<Profile> joined;

        table_->joinWithCode(request, joined.callback());

        EXPECT_EQ(joined.code(), StatusCode::kInvalidArgument) << name;
        EXPECT_FALSE(factory_.enrolled) << name;
    }
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

TEST_F(ConnectionTableTest, WhatAClientLeavesOutOfAProfileStaysOn) {
    open();
    connectedMember();
    auto profile = table_->state().profiles(0);
    const auto put = [&] {
        Slot<Profile> slot;
        table_->putProfile(profile, slot.callback());
        loop_.runPosted();
        return slot.value && slot.value->ok() ? **slot.value : Profile();
    };
    profile.set_accept_dns(true);
    profile.set_lockdown(true);
    put();

    // As a client writes it that knows of neither.
    profile.clear_accept_dns();
    profile.clear_lockdown();
    profile.set_name("Office");
    const auto kept = put();

    EXPECT_EQ(kept.name(), "Office");
    EXPECT_TRUE(kept.accept_dns());
    EXPECT_TRUE(kept.lockdown());
    EXPECT_TRUE(factory_.made[0]->lockdown);
    EXPECT_TRUE(ProfileStore(folder_.path()).load()->profiles.front().profile.lockdown());
    profile.set_accept_dns(false);
    profile.set_lockdown(false);
    EXPECT_FALSE(put().lockdown());
    EXPECT_FALSE(factory_.made[0]->lockdown);
    EXPECT_FALSE(table_->state().profiles(0).accept_dns());
}

TEST_F(ConnectionTableTest, SaysWhoIsLockedAtTheStartAndWhoDoesNotStart) {
    open();
    const auto id = connectedMember();
    auto profile = table_->state().profiles(0);
    const auto putAndOpen = [&] {
        Slot<Profile> slot;
        table_->putProfile(profile, slot.callback());
        loop_.runPosted();
        open();
    };
    profile.set_lockdown(true);
    putAndOpen();
    EXPECT_THAT(table_->lockedAtStart(), testing::IsEmpty()) << "it does not connect by itself";

    profile.set_auto_connect(true);
    putAndOpen();
    EXPECT_THAT(table_->lockedAtStart(), testing::ElementsAre(id));
    table_->startAll();
    loop_.runPosted();
    EXPECT_THAT(notStarted_, testing::IsEmpty());

    // Secrets that others can read are not used.
    const auto secrets = folder_.path() / id / "secrets.json";
    ASSERT_TRUE(base::writeFileAtomically(secrets, "{}").ok());
    std::filesystem::permissions(secrets, std::filesystem::perms::others_read);
    open();
    table_->startAll();
    loop_.runPosted();
    EXPECT_THAT(notStarted_, testing::ElementsAre(id));
}

class RouteConsentTest : public ConnectionTableTest {
protected:
    using Request = weft::local::v1::SetRouteConsentRequest;

    void SetUp() override {
        open();
        id_ = connectedMember();
        for (const auto* const node : {"", "exit", "other"}) {
            auto& route = *factory_.made[0]->routes.add_routes();
            route.set_cidr(*node == 0 ? "10.0.0.0/8" : "0.0.0.0/0");
            route.set_node_id(node);
            route.set_public_key(*node == 0 ? "" : std::string("key of ") + node);
        }
    }

    Status answer(const std::string& cidr, const std::string& node, Request::Answer answer) {
        Request request;
        request.set_profile_id(id_);
        request.set_cidr(cidr);
        request.set_node_id(node);
        request.set_answer(answer);
        StatusSlot slot;
        table_->setRouteConsent(request, slot.callback());
        loop_.runPosted();
        return slot.value.value_or(internalError("not answered"));
    }
    std::vector<weft::local::v1::RouteConsent> kept() const {
        const auto loaded = ProfileStore(folder_.path()).load();
        const auto& profile = loaded->profiles.front().profile;
        return {profile.agreed_routes().begin(), profile.agreed_routes().end()};
    }

    std::string id_;
};

TEST_F(RouteConsentTest, IsKeptWithTheKeyOfTheNodeAndToldToTheConnection) {
    EXPECT_EQ(answer("0.0.0.0/0", "exit", Request::ANSWER_AGREE), okStatus());

    ASSERT_EQ(kept().size(), 1U);
    EXPECT_EQ(kept()[0].node_id(), "exit");
    EXPECT_EQ(kept()[0].public_key(), "key of exit");
    ASSERT_EQ(factory_.made[0]->consents.size(), 1U);

    auto profile = table_->state().profiles(0);
    profile.clear_agreed_routes();
    profile.set_lockdown(true);
    Slot<Profile> put;
    table_->putProfile(profile, put.callback());
    loop_.runPosted();
    EXPECT_EQ(kept().size(), 1U) << "a profile is written by who does not know of it";
    EXPECT_TRUE(factory_.made[0]->lockdown);

    EXPECT_EQ(answer("0.0.0.0/0", "", Request::ANSWER_FORGET), okStatus());
    EXPECT_TRUE(kept().empty());
    EXPECT_TRUE(factory_.made[0]->consents.empty());
    EXPECT_EQ(answer("0.0.0.0/0", "", Request::ANSWER_FORGET).code(), StatusCode::kNotFound);
}

TEST_F(RouteConsentTest, SaysWhatIsMissing) {
    const auto several = answer("0.0.0.0/0", "", Request::ANSWER_AGREE);
    EXPECT_EQ(several.code(), StatusCode::kInvalidArgument);
    EXPECT_THAT(messageOf(several), testing::HasSubstr("exit, other"));
    EXPECT_EQ(answer("::/0", "", Request::ANSWER_AGREE).code(), StatusCode::kNotFound);
    EXPECT_EQ(answer("0.0.0.0/0", "who", Request::ANSWER_AGREE).code(), StatusCode::kNotFound);
    EXPECT_THAT(
        messageOf(answer("10.0.0.1/8", "", Request::ANSWER_AGREE)),
        testing::HasSubstr("write 10.0.0.0/8"));
    EXPECT_EQ(answer("everything", "", Request::ANSWER_AGREE).code(), StatusCode::kInvalidArgument);
    EXPECT_EQ(answer("::/0", "", Request::ANSWER_UNSPECIFIED).code(), StatusCode::kInvalidArgument);
    EXPECT_TRUE(kept().empty());

    EXPECT_EQ(answer("10.0.0.0/8", "", Request::ANSWER_AGREE), okStatus()) << "the mesh's own";
    EXPECT_EQ(answer("0.0.0.0/0", "", Request::ANSWER_REFUSE), okStatus()) << "for all";
    EXPECT_EQ(kept().size(), 2U);
}

TEST_F(RouteConsentTest, TakesAConnectionOnlyForAYes) {
    factory_.made[0]->tell(Connection::STATE_CONNECTING);
    loop_.runPosted();

    EXPECT_EQ(
        answer("0.0.0.0/0", "exit", Request::ANSWER_AGREE).code(), StatusCode::kFailedPrecondition);
    EXPECT_EQ(answer("0.0.0.0/0", "exit", Request::ANSWER_REFUSE), okStatus());
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
