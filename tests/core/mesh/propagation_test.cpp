// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/propagation.h"

#include "core/mesh/detail/change_records.h"
#include "core/mesh/detail/peer_feed.h"
#include "core/mesh/effect_digest.h"
#include "tests/core/mesh/change_control_fixture.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace weft::tests {
namespace {

using mesh::ChangePropagation;
using mesh::EffectState;
using mesh::NodeId;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::Pair;

using States = std::map<std::string, EffectState>;

/// The server "alpha" with the members "bravo" and "carol", all of which follow their peers.
class PropagationTest : public ChangeControlTest {
protected:
    PropagationTest() {
        join("bravo", 1);
        join("carol", 2);
        for (const auto* id : {"alpha", "bravo", "carol"}) {
            follow(id);
        }
    }

    void follow(const std::string& id) {
        streams_[id] = mesh_.host->subscribePeers(
            NodeId(id), [this, id](const mesh::PeerSet& peers) { told_[id] = peers; });
        settle();
    }
    void settle() {
        mesh_.settle();
        advance(mesh::detail::kPeerFeedDelay);
    }
    /// As a node does that has set what it was told.
    mesh::EffectReport effectOf(const std::string& id) {
        return {
            NodeId(id), mesh::effectDigest(mesh_.host->registry()), mesh::effectDigest(told_[id])};
    }
    Status report(const std::string& id) {
        return mesh_.host->propagation().report(effectOf(id), certificateOf(id));
    }
    void reportAll() {
        for (const auto* id : {"alpha", "bravo", "carol"}) {
            EXPECT_EQ(report(id), okStatus());
        }
    }
    /// A rule that stops what bravo sends to carol, and its number.
    std::uint64_t denyBravoToCarol() {
        auto rule = aclOf("quiet", mesh::policy::AclAction::Deny);
        rule.priority = 100;
        rule.sourceNodes = {"bravo"};
        rule.destinationNodes = {"carol"};
        const auto applied = apply({edit(rule)});
        EXPECT_TRUE(applied.ok()) << applied.status();
        settle();
        return applied.ok() ? applied->id : 0;
    }
    StatusOr<ChangePropagation> ask(std::uint64_t change = 0, const std::string& by = "alpha") {
        return mesh_.host->propagation().get(change, certificateOf(by));
    }
    States states(std::uint64_t change = 0) {
        const auto answer = ask(change);
        EXPECT_TRUE(answer.ok()) << answer.status();
        States states;
        for (const auto& node : answer.value_or(ChangePropagation{}).nodes) {
            states[node.node.value()] = node.state;
        }
        return states;
    }
    mesh::NodePropagation standing(const std::string& id) {
        const auto answer = ask().value_or(ChangePropagation{});
        const auto found =
            std::ranges::find(answer.nodes, NodeId(id), &mesh::NodePropagation::node);
        EXPECT_NE(found, answer.nodes.end()) << id;
        return found == answer.nodes.end() ? mesh::NodePropagation{} : *found;
    }
    WallTime now() const { return mesh_.loop.clock().wallNow(); }

    std::map<std::string, Subscription> streams_;
    std::map<std::string, mesh::PeerSet> told_;
};

TEST_F(PropagationTest, IsPendingUntilEachNodeSaysWhatTheMeshSaysNow) {
    reportAll();

    const auto change = denyBravoToCarol();

    EXPECT_THAT(
        states(change),
        ElementsAre(Pair("bravo", EffectState::Pending), Pair("carol", EffectState::Pending)));
    EXPECT_EQ(report("bravo"), okStatus());
    EXPECT_THAT(
        states(change),
        ElementsAre(Pair("bravo", EffectState::Done), Pair("carol", EffectState::Pending)));
    EXPECT_EQ(standing("bravo").since, now());
    const auto answer = ask(change);
    ASSERT_TRUE(answer.ok());
    EXPECT_EQ(answer->change, change);
    EXPECT_EQ(answer->done, 1U);
    EXPECT_EQ(answer->pending, 1U);
}

TEST_F(PropagationTest, IsPendingForWhoHasTheRulesAndNotThePeers) {
    denyBravoToCarol();
    auto half = effectOf("bravo");
    ++half.peers;

    EXPECT_EQ(mesh_.host->propagation().report(half, certificateOf("bravo")), okStatus());

    EXPECT_EQ(standing("bravo").state, EffectState::Pending);
    EXPECT_EQ(report("bravo"), okStatus());
    EXPECT_EQ(standing("bravo").state, EffectState::Done);
}

TEST_F(PropagationTest, IsPendingAgainWhenALaterChangeIsOnItsWay) {
    const auto first = denyBravoToCarol();
    reportAll();
    ASSERT_EQ(states(first)["bravo"], EffectState::Done);

    ASSERT_TRUE(revert(first).ok());

    // Before the feed has told anybody.
    EXPECT_EQ(states(first)["bravo"], EffectState::Pending);
    settle();
    reportAll();
    EXPECT_EQ(states(first)["bravo"], EffectState::Done);
}

TEST_F(PropagationTest, SaysSinceWhenANodeIsNotThere) {
    denyBravoToCarol();
    reportAll();

    streams_["carol"].cancel();
    const auto left = now();
    advance(std::chrono::minutes(3));

    EXPECT_EQ(standing("carol").state, EffectState::Unreachable);
    EXPECT_EQ(standing("carol").since, left);
    follow("carol");
    // It may be another program now.
    EXPECT_EQ(standing("carol").state, EffectState::Pending);
    EXPECT_EQ(report("carol"), okStatus());
    EXPECT_EQ(standing("carol").state, EffectState::Done);
}

TEST_F(PropagationTest, CallsANodeToldThatNeverReports) {
    denyBravoToCarol();
    EXPECT_EQ(report("bravo"), okStatus());
    EXPECT_EQ(standing("carol").state, EffectState::Pending);

    advance(mesh::kReportGrace);

    EXPECT_EQ(standing("carol").state, EffectState::Told);
    EXPECT_EQ(standing("bravo").state, EffectState::Done);
}

TEST_F(PropagationTest, CountsAServerWithoutATunnelAsDone) {
    streams_["alpha"].cancel();

    auto rule = aclOf("open", mesh::policy::AclAction::Accept);
    rule.sourceNodes = {"*"};
    rule.destinationNodes = {"*"};
    ASSERT_TRUE(apply({edit(rule)}).ok());

    EXPECT_EQ(standing("alpha").state, EffectState::Done);
}

TEST_F(PropagationTest, RefusesReportsForOthersAndFromWhoDoesNotFollow) {
    EXPECT_EQ(
        mesh_.host->propagation().report(effectOf("carol"), certificateOf("bravo")).code(),
        StatusCode::kPermissionDenied);
    EXPECT_EQ(
        mesh_.host->propagation().report(effectOf("carol"), nobody()).code(),
        StatusCode::kUnauthenticated);
    streams_["carol"].cancel();
    const auto refused = report("carol");
    EXPECT_EQ(refused.code(), StatusCode::kFailedPrecondition);
    EXPECT_THAT(messageOf(refused), HasSubstr("SubscribePeers"));
    EXPECT_EQ(
        mesh_.host->propagation().report({NodeId("../carol"), 0, 0}, certificateOf("carol")).code(),
        StatusCode::kInvalidArgument);
}

TEST_F(PropagationTest, AnswersAdministratorsAlone) {
    const auto change = denyBravoToCarol();

    EXPECT_EQ(ask(change, "bravo").status().code(), StatusCode::kPermissionDenied);
    EXPECT_EQ(ask(change + 1).status().code(), StatusCode::kNotFound);
}

TEST_F(PropagationTest, ForgetsANodeThatIsRemoved) {
    const auto change = denyBravoToCarol();
    reportAll();

    ASSERT_TRUE(expel("carol").ok());
    settle();

    EXPECT_THAT(
        states(change),
        // Its peers are others since.
        ElementsAre(Pair("alpha", EffectState::Pending), Pair("bravo", EffectState::Done)));
    streams_["carol"].cancel();
    EXPECT_FALSE(states(change).contains("carol"));
}

TEST_F(PropagationTest, KnowsNothingAfterARestartUntilNodesReport) {
    const auto change = denyBravoToCarol();
    reportAll();
    streams_.clear();
    control_.reset();
    administration_.reset();
    ASSERT_TRUE(mesh_.reopen(MeshFixture::options(mesh::Authentication::Required, {})).ok());

    EXPECT_EQ(standing("carol").state, EffectState::Unreachable);
    EXPECT_EQ(standing("carol").since, std::nullopt);
    follow("carol");
    EXPECT_EQ(states(change)["carol"], EffectState::Pending);
    EXPECT_EQ(report("carol"), okStatus());
    EXPECT_EQ(states(change)["carol"], EffectState::Done);
}

TEST_F(PropagationTest, NamesAtMostSoManyAndThoseFirstThatAreNotDone) {
    constexpr std::size_t kNodes = mesh::kMaxPropagationNodes + 1;
    for (std::size_t number = 3; number < kNodes; ++number) {
        join(fmt::format("node-{}", number), static_cast<std::uint32_t>(number));
    }
    auto rule = aclOf("open", mesh::policy::AclAction::Accept);
    rule.sourceNodes = {"*"};
    rule.destinationNodes = {"*"};
    ASSERT_TRUE(apply({edit(rule)}).ok());
    settle();
    ASSERT_EQ(report("bravo"), okStatus());

    const auto answer = ask();

    ASSERT_TRUE(answer.ok()) << answer.status();
    EXPECT_EQ(answer->nodes.size(), mesh::kMaxPropagationNodes);
    EXPECT_EQ(answer->done + answer->pending + answer->unreachable, kNodes);
    EXPECT_EQ(answer->done, 1U);
    EXPECT_EQ(answer->nodes.front().state, EffectState::Unreachable);
    EXPECT_EQ(answer->nodes.back().state, EffectState::Pending);
    EXPECT_THAT(
        answer->nodes,
        ::testing::Not(
            ::testing::Contains(Field(&mesh::NodePropagation::state, EffectState::Done))));
}

TEST_F(PropagationTest, DigestsDifferWithWhatATunnelIsSetTo) {
    settle();
    const auto before = told_["bravo"];
    ASSERT_FALSE(before.peers.empty());
    auto endpoint = before;
    endpoint.peers[0].node.wireguardEndpoints.emplace_back("192.0.2.1:51820");
    auto prefix = before;
    prefix.peers[0].allowedIps.push_back(net::IpPrefix::parse("10.9.0.0/16").value());
    auto moved = prefix;
    std::swap(moved.peers[0].allowedIps, moved.peers[0].allowedRoutes);
    auto servers = before;
    servers.dnsServers.emplace_back("10.0.0.1:53");

    EXPECT_NE(mesh::effectDigest(endpoint), mesh::effectDigest(before));
    EXPECT_NE(mesh::effectDigest(prefix), mesh::effectDigest(before));
    EXPECT_NE(mesh::effectDigest(moved), mesh::effectDigest(prefix));
    // No part of the tunnel.
    EXPECT_EQ(mesh::effectDigest(servers), mesh::effectDigest(before));
}

TEST_F(PropagationTest, DigestsAreTheSameOnEveryMachine) {
    mesh::PeerSet set;
    auto& peer = set.peers.emplace_back();
    peer.node.id = NodeId("bravo");
    peer.node.primaryEndpoint = "192.0.2.1:51820";
    peer.allowedIps = {net::IpPrefix::parse("fd00::2/128").value()};

    EXPECT_EQ(mesh::effectDigest(mesh::PeerSet{}), 0xCBF29CE484222325U);
    EXPECT_EQ(mesh::effectDigest(set), 4081657158262066871U);
}

}  // namespace
}  // namespace weft::tests
