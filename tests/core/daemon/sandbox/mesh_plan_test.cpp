// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/sandbox/mesh_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace weft::daemon::sandbox {
namespace {

const SimulatedNode& nodeOf(const MeshPlan& plan, std::string_view id) {
    return *std::ranges::find(plan.nodes, mesh::NodeId(std::string(id)), &SimulatedNode::id);
}

std::ptrdiff_t countOf(const MeshPlan& plan, NodeKind kind) {
    return std::ranges::count(plan.nodes, kind, &SimulatedNode::kind);
}

TEST(PlanMesh, IsTheSameForTheSameSeed) {
    const auto one = planMesh(5, kUsualNodes);
    const auto same = planMesh(5, kUsualNodes);

    for (std::size_t at = 0; at < one.nodes.size(); ++at) {
        EXPECT_EQ(one.nodes[at].id, same.nodes[at].id);
        EXPECT_EQ(one.nodes[at].key, same.nodes[at].key);
        EXPECT_EQ(one.nodes[at].outside, same.nodes[at].outside);
        EXPECT_EQ(one.nodes[at].delay, same.nodes[at].delay);
        EXPECT_EQ(
            one.nodes[at].received.bytes(std::chrono::hours(1)),
            same.nodes[at].received.bytes(std::chrono::hours(1)));
    }
}

TEST(PlanMesh, IsAnotherMeshForAnotherSeed) {
    const auto one = planMesh(5, kUsualNodes);
    const auto other = planMesh(6, kUsualNodes);

    EXPECT_NE(one.nodes[3].key, other.nodes[3].key);
    EXPECT_NE(one.nodes[3].delay, other.nodes[3].delay);
    EXPECT_NE(one.nodes[3].outside, other.nodes[3].outside);
}

TEST(PlanMesh, HasEverybodyWhomAMeshHas) {
    const auto plan = planMesh(1, kUsualNodes);

    EXPECT_EQ(plan.nodes.size(), kUsualNodes);
    EXPECT_EQ(plan.self().id.value(), kSelf);
    EXPECT_GE(countOf(plan, NodeKind::Laptop), 4);
    EXPECT_GE(countOf(plan, NodeKind::Phone), 4);
    EXPECT_GE(countOf(plan, NodeKind::Camera), 4);
    EXPECT_GE(countOf(plan, NodeKind::Server), 4);
    EXPECT_GE(countOf(plan, NodeKind::Nas), 2);
    EXPECT_EQ(countOf(plan, NodeKind::Router), 2);
    EXPECT_EQ(countOf(plan, NodeKind::Exit), 1);
    EXPECT_GE(std::ranges::count(plan.nodes, Nat::Symmetric, &SimulatedNode::nat), 2);
    EXPECT_FALSE(nodeOf(plan, "office-router").routes.empty());
    EXPECT_TRUE(std::ranges::any_of(
        plan.nodes, [](const SimulatedNode& node) { return !node.presence.isAlways(); }));
}

TEST(PlanMesh, KeepsEverySizeApart) {
    for (const std::size_t count : {kLeastNodes, std::size_t{29}, std::size_t{31}, kMostNodes}) {
        const auto plan = planMesh(1, count);
        std::set<mesh::NodeId> ids;
        std::set<crypto::PublicKey> keys;
        std::set<net::Endpoint> places;
        for (const auto& node : plan.nodes) {
            ids.insert(node.id);
            keys.insert(node.key);
            places.insert(node.inside);
            EXPECT_TRUE(storage::validateNewNodeId(node.id.value()).ok()) << node.id.value();
        }
        EXPECT_EQ(ids.size(), count);
        EXPECT_EQ(keys.size(), count);
        EXPECT_EQ(places.size(), count);
        // With this node: all of them are paired with each other.
        EXPECT_LE(std::ranges::count(plan.nodes, true, &SimulatedNode::seeksDirectWays), 16);
        EXPECT_TRUE(plan.self().presence.isAlways());
    }
}

TEST(CanMeet, FollowsTheRoutersBetween) {
    const auto plan = planMesh(1, kUsualNodes);
    const auto& self = plan.self();

    EXPECT_TRUE(canMeet(self, nodeOf(plan, "web-1"))) << "a public address";
    EXPECT_TRUE(canMeet(self, nodeOf(plan, "laptop-anna"))) << "two cones";
    EXPECT_FALSE(canMeet(self, nodeOf(plan, "phone-anna"))) << "a cone and a symmetric one";
    EXPECT_FALSE(canMeet(nodeOf(plan, "phone-anna"), nodeOf(plan, "phone-ben")));
    EXPECT_TRUE(canMeet(nodeOf(plan, "phone-anna"), nodeOf(plan, "web-1")));
    EXPECT_TRUE(canMeet(self, nodeOf(plan, "home-nas"))) << "side by side";
}

TEST(PlaceOf, IsAnotherPortForEachObserverBehindASymmetricRouter) {
    const auto plan = planMesh(1, kUsualNodes);
    const auto& relay = nodeOf(plan, "relay-fra");
    const auto& exit = nodeOf(plan, "exit-ams");
    const auto& phone = nodeOf(plan, "phone-anna");
    const auto& laptop = nodeOf(plan, "laptop-anna");

    EXPECT_EQ(placeOf(phone, relay).address, placeOf(phone, exit).address);
    EXPECT_NE(placeOf(phone, relay).port, placeOf(phone, exit).port);
    EXPECT_EQ(placeOf(laptop, relay), placeOf(laptop, exit));
    EXPECT_EQ(placeOf(nodeOf(plan, "home-nas"), plan.self()), nodeOf(plan, "home-nas").inside);
}

TEST(RoundTrip, IsShortSideBySide) {
    const auto plan = planMesh(1, kUsualNodes);
    using std::chrono::milliseconds;

    EXPECT_LT(roundTrip(plan.self(), nodeOf(plan, "home-nas")), milliseconds(3));
    EXPECT_GT(roundTrip(plan.self(), nodeOf(plan, "phone-chloe")), milliseconds(30));
}

}  // namespace
}  // namespace weft::daemon::sandbox
