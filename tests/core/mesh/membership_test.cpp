// SPDX-License-Identifier: Apache-2.0
// Update, leave and publish.
#include "core/mesh/host.h"
#include "tests/core/mesh/mesh_fixture.h"

#include "v1/node.pb.h"

#include <gmock/gmock.h>

#include <chrono>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

namespace weft::tests {
namespace {

using namespace std::chrono_literals;
using mesh::Authentication;
using mesh::NodeId;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

mesh::UpdateParams updateOf(const std::string& id) {
    mesh::UpdateParams params;
    params.id = NodeId(id);
    return params;
}

TEST(Update, ChangesOnlyWhatIsSet) {
    MeshFixture mesh;
    auto join = publicJoinOf("beta", 1);
    join.zone = "eu";
    join.features = {{v1::NODES, 8443}};
    ASSERT_TRUE(mesh.join(join).ok());
    auto update = updateOf("beta");
    update.wireguardEndpoints = {"198.51.100.1:1", "198.51.100.1:1", "198.51.100.1:2"};

    ASSERT_TRUE(mesh.update(update, certificateOf("beta")).ok());

    const auto* node = mesh.host->registry().node(NodeId("beta"));
    EXPECT_THAT(node->wireguardEndpoints, ElementsAre("198.51.100.1:1", "198.51.100.1:2"));
    EXPECT_EQ(node->zone, "eu");
    EXPECT_EQ(node->primaryEndpoint, join.primaryEndpoint);
    EXPECT_EQ(node->featurePort(v1::NODES), 8443);
}

TEST(Update, WithNothingNewWritesNothing) {
    MeshFixture mesh;
    auto join = publicJoinOf("beta", 1);
    ASSERT_TRUE(mesh.join(join).ok());
    const auto revision = mesh.store->revision();
    auto update = updateOf("beta");
    update.primaryEndpoint = join.primaryEndpoint;

    EXPECT_TRUE(mesh.update(update, certificateOf("beta")).ok());
    EXPECT_EQ(mesh.store->revision(), revision);
}

TEST(Update, OfAnUnknownNodeFails) {
    MeshFixture mesh;
    const auto status = mesh.update(updateOf("ghost"), certificateOf("ghost"));

    EXPECT_EQ(status.code(), StatusCode::kFailedPrecondition);
    EXPECT_EQ(weft::messageOf(status), "node ghost not found");
}

TEST(Update, LinksANodeThatBecamePublic) {
    MeshFixture mesh;
    ASSERT_TRUE(mesh.join(publicJoinOf("gate", 1)).ok());
    ASSERT_TRUE(mesh.join(joinOf("beta", 2)).ok());
    auto update = updateOf("beta");
    update.primaryEndpoint = "203.0.113.5";

    ASSERT_TRUE(mesh.update(update, certificateOf("beta")).ok());

    const auto& registry = mesh.host->registry();
    EXPECT_EQ(registry.edge(NodeId("beta"), NodeId("gate"))->weight, 99);
    EXPECT_EQ(registry.edge(NodeId("gate"), NodeId("beta"))->weight, 99);
    EXPECT_EQ(registry.edge(NodeId("alpha"), NodeId("beta"))->weight, 99);
}

TEST(Update, MovesTheEdgesOfAZone) {
    MeshFixture mesh;
    for (const auto& [id, zone, number] :
         {std::tuple("eu-gate", "eu", 1U), std::tuple("us-gate", "us", 2U)}) {
        auto gate = publicJoinOf(id, number);
        gate.zone = zone;
        ASSERT_TRUE(mesh.join(gate).ok());
    }
    auto join = joinOf("beta", 3);
    join.zone = "eu";
    ASSERT_TRUE(mesh.join(join).ok());
    auto update = updateOf("beta");
    update.zone = "us";

    ASSERT_TRUE(mesh.update(update, certificateOf("beta")).ok());

    const auto& registry = mesh.host->registry();
    EXPECT_EQ(registry.edge(NodeId("beta"), NodeId("eu-gate")), nullptr);
    EXPECT_EQ(registry.edge(NodeId("eu-gate"), NodeId("beta")), nullptr);
    EXPECT_NE(registry.edge(NodeId("beta"), NodeId("us-gate")), nullptr);
    EXPECT_NE(registry.edge(NodeId("beta"), NodeId("alpha")), nullptr);
}

TEST(Update, LeavesEdgesThatWereMadeByHand) {
    MeshFixture mesh;
    auto gate = publicJoinOf("gate", 1);
    gate.zone = "eu";
    auto join = joinOf("beta", 2);
    join.zone = "eu";
    ASSERT_TRUE(mesh.join(gate).ok());
    ASSERT_TRUE(mesh.join(join).ok());
    for (const auto& edge :
         {storage::EdgeRecord{NodeId("beta"), NodeId("gate"), 7, {}},
          storage::EdgeRecord{NodeId("gate"), NodeId("beta"), 7, {}}}) {
        ASSERT_TRUE(
            mesh.store->put(storage::edgeKey(edge.source, edge.target), storage::encodeEdge(edge))
                .ok());
    }
    mesh.settle();
    auto update = updateOf("beta");
    update.zone = "us";

    ASSERT_TRUE(mesh.update(update, certificateOf("beta")).ok());
    ASSERT_TRUE(mesh.join(join).ok());

    EXPECT_EQ(mesh.host->registry().edge(NodeId("beta"), NodeId("gate"))->weight, 7);
}

TEST(Update, OfTheKeyBringsItsAddress) {
    MeshFixture mesh;
    const auto grant = mesh.join(joinOf("beta", 1));
    auto update = updateOf("beta");
    update.publicKey = nodeKeyOf(2).publicKey();

    ASSERT_TRUE(mesh.update(update, certificateOf("beta")).ok());

    const auto* node = mesh.host->registry().node(NodeId("beta"));
    EXPECT_EQ(node->publicKey, update.publicKey);
    EXPECT_NE(node->privateIpv6, grant->addressIpv6);
    EXPECT_EQ(node->privateIpv4, grant->addressIpv4);
    update.id = NodeId("alpha");
    EXPECT_EQ(mesh.update(update, certificateOf("alpha")).code(), StatusCode::kFailedPrecondition);
}

TEST(Update, ChecksRightsAndInput) {
    MeshFixture mesh;
    ASSERT_TRUE(mesh.join(joinOf("beta", 1)).ok());
    auto routes = updateOf("beta");
    routes.routes = {net::IpPrefix::parse("10.1.0.0/16").value()};
    auto voter = updateOf("beta");
    voter.asVoter = true;
    auto endpoint = updateOf("beta");
    endpoint.primaryEndpoint = "nowhere";
    auto loop = updateOf("beta");
    loop.routes = {net::IpPrefix::parse("127.0.0.0/8").value()};

    EXPECT_EQ(mesh.update(routes, certificateOf("beta")).code(), StatusCode::kPermissionDenied);
    EXPECT_EQ(mesh.update(voter, certificateOf("beta")).code(), StatusCode::kFailedPrecondition);
    EXPECT_EQ(mesh.update(endpoint, certificateOf("beta")).code(), StatusCode::kInvalidArgument);
    EXPECT_EQ(mesh.update(loop, certificateOf("beta")).code(), StatusCode::kInvalidArgument);
    EXPECT_EQ(
        mesh.update(updateOf("beta"), certificateOf("gamma")).code(),
        StatusCode::kPermissionDenied);
    EXPECT_EQ(mesh.update(updateOf("beta"), nobody()).code(), StatusCode::kUnauthenticated);
}

TEST(Update, OfTheServerItself) {
    MeshFixture mesh;
    mesh::UpdateParams update;
    update.features = {{v1::NODES, 18443}};

    const auto status =
        mesh.wait([&](StatusCallback done) { mesh.host->updateSelf(update, std::move(done)); });

    ASSERT_TRUE(status.ok()) << status;
    EXPECT_EQ(mesh.host->registry().node(NodeId("alpha"))->featurePort(v1::NODES), 18443);
    EXPECT_EQ(mesh.host->storageServers().at(0).address, "172.16.0.1:18443");
}

TEST(Update, TakesAllFeaturesAwayWhenItIsToldOfNone) {
    MeshFixture mesh;
    auto join = joinOf("beta", 2);
    join.features = {{v1::NODES, 8443}, {v1::MESH_DNS, 53}};
    ASSERT_TRUE(mesh.join(join).ok());
    auto update = updateOf("beta");

    // An empty list changes nothing, as with reference nodes.
    ASSERT_TRUE(mesh.update(update, certificateOf("beta")).ok());
    EXPECT_EQ(mesh.host->registry().node(NodeId("beta"))->features.size(), 2U);
    update.features = {{v1::FEATURE_NONE, 0}};
    ASSERT_TRUE(mesh.update(update, certificateOf("beta")).ok());

    EXPECT_TRUE(mesh.host->registry().node(NodeId("beta"))->features.empty());
}

TEST(Leave, TakesEverythingOfTheNodeButItsReservation) {
    mesh::BootstrapOptions bootstrap;
    bootstrap.admin = "boss";
    MeshFixture mesh(Authentication::Required, bootstrap);
    ASSERT_TRUE(mesh.join(publicJoinOf("gate", 1)).ok());
    auto boss = publicJoinOf("boss", 2);
    boss.routes = {net::IpPrefix::parse("10.1.0.0/16").value()};
    ASSERT_TRUE(mesh.join(boss).ok());
    const auto revision = mesh.store->revision();

    ASSERT_TRUE(mesh.leave("boss").ok());

    EXPECT_EQ(mesh.store->revision(), revision + 1) << "one transaction";
    EXPECT_FALSE(mesh.store->get("/registry/nodes/boss").ok());
    EXPECT_FALSE(mesh.store->get("/registry/routes/boss-auto").ok());
    EXPECT_THAT(mesh.store->listKeys("/registry/edges/boss/").value(), IsEmpty());
    EXPECT_FALSE(mesh.store->get("/registry/edges/gate/boss").ok());
    EXPECT_TRUE(mesh.store->get("/weft/v1/keys/boss").ok());
    EXPECT_EQ(mesh.store->get("/weft/v1/reservations/ipv4/172.16.0.3")->value, "boss");
}

TEST(Leave, OfAnUnknownNodeIsDoneAlready) {
    MeshFixture mesh;
    EXPECT_TRUE(mesh.leave("ghost").ok());
}

TEST(Leave, IsNotForStorageServersOrStrangers) {
    MeshFixture mesh;
    ASSERT_TRUE(mesh.join(joinOf("beta", 1)).ok());

    EXPECT_EQ(mesh.leave("alpha").code(), StatusCode::kFailedPrecondition);
    EXPECT_EQ(mesh.leave("beta", certificateOf("gamma")).code(), StatusCode::kPermissionDenied);
    EXPECT_EQ(mesh.leave("beta", nobody()).code(), StatusCode::kUnauthenticated);
    EXPECT_EQ(mesh.leave("a/b").code(), StatusCode::kInvalidArgument);
    EXPECT_TRUE(mesh.leave("beta", certificateOf("alpha")).ok()) << "the administrator may";
}

mesh::Caller inTunnelAs(const std::string& id) {
    return {.proof = mesh::Caller::Proof::MeshAddress, .identity = NodeId(id), .source = {}};
}

/// From the mesh address of `id`, whose packets others carry.
mesh::Caller carriedFrom(const std::string& id) {
    mesh::Caller caller;
    caller.proof = mesh::Caller::Proof::CarriedAddress;
    caller.carriedFor = NodeId(id);
    return caller;
}

TEST(MeshAddressOfANeighbour, UpdatesJoinsAgainAndLeaves) {
    MeshFixture mesh;
    ASSERT_TRUE(mesh.join(joinOf("beta", 1)).ok());
    auto update = updateOf("beta");
    update.zone = "us";

    EXPECT_TRUE(mesh.update(update, inTunnelAs("beta")).ok());
    EXPECT_TRUE(mesh.join(joinOf("beta", 1), inTunnelAs("beta")).ok());
    EXPECT_EQ(mesh.leave("gamma", inTunnelAs("beta")).code(), StatusCode::kPermissionDenied);
    EXPECT_TRUE(mesh.leave("beta", inTunnelAs("beta")).ok());
    EXPECT_EQ(mesh.host->registry().node(NodeId("beta")), nullptr);
}

TEST(MeshAddressThatOthersCarry, ChangesNothingAndSaysWhatItTakes) {
    MeshFixture mesh;
    ASSERT_TRUE(mesh.join(joinOf("beta", 1)).ok());
    const auto revision = mesh.store->revision();
    auto update = updateOf("beta");
    update.zone = "us";

    for (const Status& status :
         {mesh.update(update, carriedFrom("beta")),
          mesh.join(joinOf("beta", 1), carriedFrom("beta")).status(),
          mesh.leave("beta", carriedFrom("beta")),
          mesh.publish("/app/key", carriedFrom("beta"))}) {
        EXPECT_EQ(status.code(), StatusCode::kUnauthenticated);
        EXPECT_THAT(weft::messageOf(status), HasSubstr("show a certificate or a password of beta"));
    }

    EXPECT_EQ(mesh.store->revision(), revision);
    EXPECT_NE(mesh.host->registry().node(NodeId("beta")), nullptr);
    EXPECT_TRUE(mesh.host->isMember(carriedFrom("beta")));
    EXPECT_TRUE(mesh.host->maySubscribe("/registry", carriedFrom("beta")).ok());
    EXPECT_EQ(
        mesh.host->maySubscribe("/app/", carriedFrom("beta")).code(), StatusCode::kUnauthenticated);
    EXPECT_FALSE(mesh.host->mayHandOn(carriedFrom("alpha")));
}

TEST(Publish, RefusesReservedKeys) {
    MeshFixture mesh;

    for (const std::string key :
         {"/registry",
          "/registry/nodes/x",
          "/registryfoo",
          "/raft",
          "/raft/log/1",
          "/weft/v1/",
          "/weft/v1/keys/alpha"}) {
        const auto status = mesh.publish(key, certificateOf("alpha"));
        EXPECT_EQ(status.code(), StatusCode::kInvalidArgument) << key;
        EXPECT_THAT(weft::messageOf(status), HasSubstr("reserved"));
    }
    EXPECT_EQ(mesh.publish("", certificateOf("alpha")).code(), StatusCode::kInvalidArgument);
    EXPECT_EQ(mesh.publish("\xff", certificateOf("alpha")).code(), StatusCode::kInvalidArgument);
}

TEST(Publish, IsForMembers) {
    MeshFixture mesh;

    EXPECT_TRUE(mesh.publish("anything/else", certificateOf("alpha")).ok());
    EXPECT_EQ(mesh.store->get("anything/else")->value, "value");
    EXPECT_TRUE(mesh.publish("/weft/v2", certificateOf("alpha")).ok());
    EXPECT_EQ(mesh.publish("key", certificateOf("stranger")).code(), StatusCode::kPermissionDenied);
    EXPECT_EQ(mesh.publish("key", nobody()).code(), StatusCode::kPermissionDenied);
    MeshFixture open(Authentication::None);
    EXPECT_TRUE(open.publish("key", nobody()).ok());
}

TEST(Publish, KeepsItsTimeToLive) {
    MeshFixture mesh;
    const auto put = [&](std::optional<Duration> ttl) {
        return mesh.wait([&](StatusCallback done) {
            mesh.host->publish("key", "v", ttl, certificateOf("alpha"), std::move(done));
        });
    };
    ASSERT_TRUE(put(10s).ok());
    EXPECT_TRUE(mesh.store->get("key").ok());

    mesh.loop.advance(11s);

    EXPECT_FALSE(mesh.store->get("key").ok());
    EXPECT_EQ(put(-1s).code(), StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace weft::tests
