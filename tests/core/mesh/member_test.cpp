// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/member.h"

#include "tests/core/mesh/member_fixture.h"

#include <gmock/gmock.h>

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace weft::tests {
namespace {

using namespace std::chrono_literals;
using mesh::Authentication;
using mesh::MemberPhase;
using mesh::NodeId;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST_F(MemberTest, IsOffBeforeTheStart) {
    makeMember();

    EXPECT_EQ(phase(), MemberPhase::Off);
    EXPECT_EQ(member_->link(), nullptr);
}

TEST_F(MemberTest, JoinsAndReadsTheState) {
    makeMember();

    startAndSettle();

    EXPECT_EQ(phase(), MemberPhase::Connected);
    EXPECT_EQ(member_->registry().nodeCount(), 2U);
    ASSERT_TRUE(member_->status().grant.has_value());
    EXPECT_EQ(member_->status().info.identity, server_.host->info().identity);
    EXPECT_EQ(member_->status().leader, "alpha");
    ASSERT_THAT(member_->peers().peers, SizeIs(1));
    EXPECT_EQ(member_->peers().peers[0].node.id, NodeId("alpha"));
    EXPECT_EQ(member_->status().serverAddress, "one:8443");
    EXPECT_NE(member_->link(), nullptr);
    EXPECT_TRUE(member_->status().failure.ok());
}

TEST_F(MemberTest, FollowsPeersAndState) {
    makeMember();
    startAndSettle();
    int changes = 0;
    const auto subscription = member_->onChange([&changes] { ++changes; });

    auto gamma = publicJoinOf("gamma", 2);
    gamma.zone = "eu";
    ASSERT_TRUE(server_.join(gamma).ok());
    mesh::UpdateParams update;
    update.id = NodeId("beta");
    update.zone = "eu";
    ASSERT_TRUE(server_.update(update, certificateOf("beta")).ok());
    pass(200ms);

    EXPECT_EQ(member_->registry().nodeCount(), 3U);
    EXPECT_THAT(member_->peers().peers, SizeIs(2));
    EXPECT_GT(changes, 0);
}

TEST_F(MemberTest, LosesNoChangeBetweenSubscriptionAndListing) {
    makeMember();
    links_.beforeListing = [this] {
        links_.beforeListing = nullptr;
        // The listing was read before this; only the stream tells.
        server_.host->join(publicJoinOf("gamma", 2), certificateOf("gamma"), [](const auto&) {});
    };

    startAndSettle();

    EXPECT_EQ(phase(), MemberPhase::Connected);
    EXPECT_NE(member_->registry().node(NodeId("gamma")), nullptr);
}

TEST_F(MemberTest, TriesFifteenTimesASecondApartThenFails) {
    links_.serve("one", nullptr);
    makeMember();

    startAndSettle();
    EXPECT_EQ(phase(), MemberPhase::ReachingMember);
    pass(14500ms);
    EXPECT_EQ(phase(), MemberPhase::ReachingMember);
    pass(1000ms);

    EXPECT_EQ(phase(), MemberPhase::Failed);
    EXPECT_THAT(links_.dialled, SizeIs(16));
    EXPECT_THAT(failure(), HasSubstr("refused"));
    EXPECT_THAT(failure(), HasSubstr("one:8443"));
    EXPECT_EQ(member_->link(), nullptr);
}

TEST_F(MemberTest, ConnectsWhenTheServerComesWithinTheRetries) {
    links_.serve("one", nullptr);
    makeMember();
    startAndSettle();
    pass(3s);

    links_.serve("one", &server_);
    pass(2s);

    EXPECT_EQ(phase(), MemberPhase::Connected);
}

TEST_F(MemberTest, TriesAllAddressesWithoutAPause) {
    links_.serve("nowhere", nullptr);
    makeMember({"nowhere", "one"});

    startAndSettle();

    EXPECT_EQ(phase(), MemberPhase::Connected);
    EXPECT_THAT(links_.dialled, ElementsAre("nowhere", "one"));
}

TEST_F(MemberTest, WithoutAddressFailsAtOnce) {
    makeMember({});
    startAndSettle();

    EXPECT_EQ(phase(), MemberPhase::Failed);
    EXPECT_THAT(failure(), HasSubstr("join address"));
}

TEST_F(MemberTest, AServerThatNeverAnswersCountsAsAFailedAttempt) {
    links_.setSilent(true);
    makeMember({"one", "two"});
    links_.serve("two", &server_);
    startAndSettle();
    EXPECT_EQ(phase(), MemberPhase::Joining);

    links_.setSilent(false);
    pass(31s);

    EXPECT_EQ(phase(), MemberPhase::Connected);
    EXPECT_EQ(member_->status().serverAddress, "two:8443");
}

TEST_F(MemberTest, RejoinsWhenTheServerRestarts) {
    makeMember();
    startAndSettle();
    const auto address = member_->status().grant->addressIpv4;

    links_.serve("one", nullptr);
    server_.settle();
    EXPECT_EQ(phase(), MemberPhase::Reconnecting);
    EXPECT_TRUE(member_->status().retryAt.has_value());
    EXPECT_EQ(member_->registry().nodeCount(), 2U) << "what was known stays while away";
    pass(20s);
    EXPECT_EQ(phase(), MemberPhase::Reconnecting);
    ASSERT_TRUE(server_.reopen(MeshFixture::options(Authentication::Required, {})).ok());
    links_.serve("one", &server_);
    pass(61s);

    EXPECT_EQ(phase(), MemberPhase::Connected);
    EXPECT_EQ(member_->status().grant->addressIpv4, address);
}

TEST_F(MemberTest, BacksOffWhileTheServerIsAway) {
    makeMember();
    startAndSettle();
    links_.dialled.clear();

    links_.serve("one", nullptr);
    pass(10min);

    // At most 1 + 2 + 4 + 4 + ... for a minute, then 8 + 16 + ... up to 60 s, at least half of
    // each.
    EXPECT_GE(links_.dialled.size(), 35U);
    EXPECT_LE(links_.dialled.size(), 95U);
}

TEST_F(MemberTest, RetryNowEndsTheWait) {
    makeMember();
    startAndSettle();
    links_.serve("one", nullptr);
    pass(5min);
    ASSERT_EQ(phase(), MemberPhase::Reconnecting);
    links_.serve("one", &server_);

    member_->retryNow();
    server_.settle();

    EXPECT_EQ(phase(), MemberPhase::Connected);
}

TEST_F(MemberTest, FlappingDoesNotHammerTheServer) {
    makeMember();
    startAndSettle();
    links_.dialled.clear();

    for (int step = 0; step < 1200; ++step) {
        if (phase() == MemberPhase::Connected) {
            links_.cutStreams(unavailable("reset"));
        }
        pass(100ms);
    }

    EXPECT_LE(links_.dialled.size(), 12U) << "in two minutes";
}

TEST_F(MemberTest, DoesNotJoinAnotherMeshUnasked) {
    makeMember();
    startAndSettle();
    MeshFixture other(loop_, Authentication::Required);
    links_.serve("one", nullptr);
    links_.serve("one", &other);
    pass(5s);
    other.settle();

    EXPECT_EQ(phase(), MemberPhase::Failed);
    EXPECT_THAT(failure(), HasSubstr("another mesh"));
    EXPECT_EQ(other.host->registry().node(NodeId("beta")), nullptr);
}

TEST_F(MemberTest, KnowsAnotherMeshByTheIdentityOfItsProfile) {
    options_.expectedIdentity = std::string(64, '0');
    makeMember();

    startAndSettle();

    EXPECT_EQ(phase(), MemberPhase::Failed);
    EXPECT_EQ(server_.host->registry().node(NodeId("beta")), nullptr);
}

TEST_F(MemberTest, ExplainsRefusals) {
    const std::vector<std::pair<Status, std::string>> cases = {
        {alreadyExists("x"), "choose another"},
        {permissionDenied("the node beta has another key"), "another key"},
        {unimplemented("unknown method Join"), "update the older side"},
        {unauthenticated("no certificate"), "enrol"},
        {unavailable("SSL_ERROR_SSL: certificate verify failed"), "same authority"},
        {unavailable("handshake: certificate is not yet valid"), "clock"},
        {invalidArgument("bad id"), "bad id"}};
    for (const auto& [status, text] : cases) {
        makeMember();
        links_.refuseJoins("one", status);
        startAndSettle();
        EXPECT_EQ(phase(), MemberPhase::Failed) << status;
        EXPECT_THAT(failure(), HasSubstr(text));
    }
}

TEST_F(MemberTest, WithAPasswordARefusalSpeaksOfThePassword) {
    options_.showsPassword = true;
    links_.refuseJoins("one", unauthenticated("authenticate: password expired"));
    makeMember();

    startAndSettle();
    pass(30s);

    EXPECT_EQ(phase(), MemberPhase::Failed);
    EXPECT_THAT(failure(), HasSubstr("user name or the password"));
    EXPECT_THAT(links_.dialled, SizeIs(1)) << "a password that is refused was tried again";
}

TEST_F(MemberTest, RetriesWhatMayPass) {
    for (const auto& status :
         {resourceExhausted("x"),
          aborted("x"),
          internalError("x"),
          unavailable("tcp reset"),
          failedPrecondition("not leader"),
          deadlineExceeded("x")}) {
        makeMember();
        links_.refuseJoins("one", status);
        startAndSettle();
        EXPECT_EQ(phase(), MemberPhase::ReachingMember) << status;
        links_.refuseJoins("one", okStatus());
        pass(1500ms);
        EXPECT_EQ(phase(), MemberPhase::Connected) << status;
    }
}

TEST_F(MemberTest, AfterAFailureCanBeStartedAgain) {
    links_.refuseJoins("one", permissionDenied("no"));
    makeMember();
    startAndSettle();
    ASSERT_EQ(phase(), MemberPhase::Failed);
    links_.refuseJoins("one", okStatus());

    member_->retryNow();
    server_.settle();

    EXPECT_EQ(phase(), MemberPhase::Connected);
}

TEST_F(MemberTest, ConnectsAnewWithinTwoSecondsWhenTheServerIsSilentAfterAChangeOfTheNetwork) {
    makeMember();
    startAndSettle();
    links_.dialled.clear();
    links_.setSilent(true);

    member_->noteNetwork();
    pass(1900ms);
    EXPECT_THAT(links_.dialled, IsEmpty());
    pass(200ms);
    EXPECT_THAT(links_.dialled, SizeIs(1));
    links_.setSilent(false);
    member_->noteNetwork();
    pass(100ms);

    EXPECT_EQ(phase(), MemberPhase::Connected);
}

TEST_F(MemberTest, KeepsAConnectionThatAnswersAfterAChangeOfTheNetwork) {
    makeMember();
    startAndSettle();
    links_.dialled.clear();

    member_->noteNetwork();
    pass(10s);

    EXPECT_EQ(phase(), MemberPhase::Connected);
    EXPECT_THAT(links_.dialled, IsEmpty());
}

TEST_F(MemberTest, ConnectsAnewWhenTheServerIsSilentThoughNobodyToldOfAChange) {
    makeMember();
    startAndSettle();
    links_.dialled.clear();
    links_.setSilent(true);

    pass(29s);
    EXPECT_THAT(links_.dialled, IsEmpty());
    pass(2s);
    EXPECT_THAT(links_.dialled, SizeIs(1));
    links_.setSilent(false);
    pass(35s);

    EXPECT_EQ(phase(), MemberPhase::Connected);
}

TEST_F(MemberTest, AsksAgainAndAgainWhetherTheServerIsThere) {
    makeMember();
    startAndSettle();
    links_.dialled.clear();
    pass(3min);
    EXPECT_THAT(links_.dialled, IsEmpty()) << "it answers";
    links_.setSilent(true);

    pass(31s);

    EXPECT_THAT(links_.dialled, SizeIs(1));
}

TEST_F(MemberTest, AChangeOfTheNetworkEndsTheWait) {
    makeMember();
    startAndSettle();
    links_.serve("one", nullptr);
    pass(5min);
    ASSERT_EQ(phase(), MemberPhase::Reconnecting);
    links_.serve("one", &server_);

    member_->noteNetwork();
    server_.settle();

    EXPECT_EQ(phase(), MemberPhase::Connected);
}

TEST_F(MemberTest, LeavesAtTheEnd) {
    makeMember();
    startAndSettle();
    std::optional<Status> stopped;

    member_->stop(true, 5s, [&stopped](const Status& status) { stopped = status; });
    EXPECT_EQ(phase(), MemberPhase::Leaving);
    server_.settle();

    ASSERT_TRUE(stopped.has_value());
    EXPECT_TRUE(stopped->ok());
    EXPECT_EQ(phase(), MemberPhase::Off);
    EXPECT_EQ(server_.host->registry().node(NodeId("beta")), nullptr);
    EXPECT_EQ(member_->link(), nullptr);
    EXPECT_EQ(member_->registry().nodeCount(), 0U);
}

TEST_F(MemberTest, LeavesWhileReconnectingWhenTheServerIsBack) {
    makeMember();
    startAndSettle();
    links_.cutStreams(unavailable("reset"));
    ASSERT_EQ(phase(), MemberPhase::Reconnecting);
    bool stopped = false;

    member_->stop(true, 5s, [&stopped](const Status&) { stopped = true; });
    server_.settle();

    EXPECT_TRUE(stopped);
    EXPECT_EQ(server_.host->registry().node(NodeId("beta")), nullptr);
}

TEST_F(MemberTest, StopsAtTheLimitWhenTheServerDoesNotAnswer) {
    makeMember();
    startAndSettle();
    links_.setSilent(true);
    bool stopped = false;

    member_->stop(true, 2s, [&stopped](const Status&) { stopped = true; });
    pass(1900ms);
    EXPECT_FALSE(stopped);
    pass(200ms);

    EXPECT_TRUE(stopped);
    EXPECT_EQ(phase(), MemberPhase::Off);
}

TEST_F(MemberTest, StopsWithoutLeavingWhenAskedTo) {
    makeMember();
    startAndSettle();
    bool stopped = false;

    member_->stop(false, 5s, [&stopped](const Status&) { stopped = true; });
    server_.settle();

    EXPECT_TRUE(stopped);
    EXPECT_NE(server_.host->registry().node(NodeId("beta")), nullptr);
}

TEST_F(MemberTest, GoneBeforeItStoppedTellsWhoWaits) {
    makeMember();
    startAndSettle();
    links_.setSilent(true);
    std::optional<Status> stopped;
    member_->stop(true, 1h, [&stopped](const Status& status) { stopped = status; });

    member_.reset();

    ASSERT_TRUE(stopped.has_value());
    EXPECT_EQ(stopped->code(), StatusCode::kCancelled);
}

}  // namespace
}  // namespace weft::tests
