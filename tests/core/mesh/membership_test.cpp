// SPDX-License-Identifier: Apache-2.0
// Update, leave, publish, bootstrap and restart of a host.
#include "core/mesh/detail/bootstrap.h"
#include "core/mesh/host.h"
#include "tests/core/mesh/mesh_fixture.h"

#include "v1/network_acls.pb.h"
#include "v1/node.pb.h"
#include "v1/rbac.pb.h"

#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>

#include <chrono>

namespace weft::tests {
namespace {

using namespace std::chrono_literals;
using mesh::Authentication;
using mesh::NodeId;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

template <typename Message>
Message recordAt(MeshFixture& mesh, std::string_view key) {
    Message message;
    const auto entry = mesh.store->get(key);
    EXPECT_TRUE(entry.ok()) << key;
    if (entry.ok()) {
        EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(entry->value, &message).ok());
    }
    return message;
}

template <typename Message>
std::vector<std::string> subjectsOf(const Message& message) {
    std::vector<std::string> subjects;
    for (const auto& subject : message.subjects()) {
        subjects.push_back(v1::SubjectType_Name(subject.type()) + ":" + subject.name());
    }
    return subjects;
}

TEST(Bootstrap, WritesTheContentsOfANewMesh) {
    mesh::BootstrapOptions bootstrap;
    bootstrap.admin = "boss";
    bootstrap.domain = "lab.internal";
    bootstrap.voters = {NodeId("second")};
    MeshFixture mesh(Authentication::Required, bootstrap);

    EXPECT_EQ(mesh.store->get("/registry/meshstate/ipv4prefix")->value, "172.16.0.0/12");
    EXPECT_EQ(mesh.store->get("/registry/meshstate/meshdomain")->value, "lab.internal.");
    EXPECT_THAT(mesh.store->get("/registry/meshstate/ipv6prefix")->value, HasSubstr("::/32"));
    const auto admin = recordAt<v1::Role>(mesh, "/registry/roles/mesh-admin");
    ASSERT_EQ(admin.rules_size(), 1);
    EXPECT_THAT(admin.rules(0).resources(), ElementsAre(v1::RESOURCE_ALL));
    EXPECT_THAT(admin.rules(0).verbs(), ElementsAre(v1::VERB_ALL));
    EXPECT_THAT(
        subjectsOf(recordAt<v1::RoleBinding>(mesh, "/registry/rolebindings/mesh-admin")),
        ElementsAre("SUBJECT_NODE:boss", "SUBJECT_USER:boss"));
    EXPECT_THAT(
        recordAt<v1::Role>(mesh, "/registry/roles/voters").rules(0).resources(),
        ElementsAre(v1::RESOURCE_VOTES));
    EXPECT_THAT(
        subjectsOf(recordAt<v1::Group>(mesh, "/registry/groups/voters")),
        ElementsAre("SUBJECT_NODE:boss", "SUBJECT_NODE:alpha", "SUBJECT_NODE:second"));
    EXPECT_THAT(
        subjectsOf(recordAt<v1::RoleBinding>(mesh, "/registry/rolebindings/bootstrap-voters")),
        ElementsAre("SUBJECT_GROUP:voters"));
    const auto servers = recordAt<v1::NetworkACL>(mesh, "/registry/network-acls/bootstrap-nodes");
    EXPECT_EQ(servers.priority(), 2147483647);
    EXPECT_THAT(servers.source_nodes(), ElementsAre("group:voters"));
    const auto accept = recordAt<v1::NetworkACL>(mesh, "/registry/network-acls/default-accept");
    EXPECT_EQ(accept.priority(), -2147483648);
    EXPECT_THAT(accept.destination_cidrs(), ElementsAre("*"));
    EXPECT_FALSE(mesh.store->get("/registry/rbac-disabled").ok());
    const auto self = recordAt<v1::MeshNode>(mesh, "/registry/nodes/alpha");
    EXPECT_EQ(self.private_ipv4(), "172.16.0.1/32");
    EXPECT_THAT(self.private_ipv6(), HasSubstr("/112"));
    EXPECT_EQ(mesh.store->revision(), 1U) << "one transaction";
}

TEST(Bootstrap, FollowsItsOptions) {
    mesh::BootstrapOptions bootstrap;
    bootstrap.defaultDeny = true;
    bootstrap.disableRbac = true;
    bootstrap.disableIpv4 = true;
    bootstrap.networkIpv4 = net::IpPrefix::parse("10.1.2.3/16").value();
    MeshFixture mesh(Authentication::Required, bootstrap);

    EXPECT_FALSE(mesh.store->get("/registry/network-acls/default-accept").ok());
    EXPECT_EQ(mesh.store->get("/registry/rbac-disabled")->value, "true");
    EXPECT_EQ(mesh.store->get("/registry/meshstate/ipv4prefix")->value, "10.1.0.0/16");
    EXPECT_FALSE(mesh.host->registry().node(NodeId("alpha"))->privateIpv4);
    EXPECT_TRUE(mesh.host->isAdmin(certificateOf("alpha"))) << "no other was named";
    EXPECT_FALSE(mesh.host->isAdmin(certificateOf("admin")));
}

TEST(Bootstrap, RefusesOptionsThatMakeNoMesh) {
    std::vector<mesh::HostOptions> bad(8, MeshFixture::options(Authentication::Required, {}));
    bad[0].self.id = NodeId("a/b");
    bad[1].self.publicKey.reset();
    bad[2].bootstrap.domain = "";
    bad[3].bootstrap.domain = "Upper case";
    bad[4].bootstrap.networkIpv4 = net::IpPrefix::parse("fd00::/32").value();
    bad[5].bootstrap.networkIpv4 = net::IpPrefix::parse("10.0.0.0/31").value();
    bad[6].bootstrap.admin = "leader";
    bad[7].bootstrap.voters = {NodeId("")};

    for (const auto& options : bad) {
        EXPECT_EQ(
            mesh::detail::planBootstrap(options, "secret", WallTime()).status().code(),
            StatusCode::kInvalidArgument);
    }
}

TEST(Bootstrap, MakesThePrefixOfTheSecret) {
    const auto plan = mesh::detail::planBootstrap(
        MeshFixture::options(Authentication::Required, {}), "example-psk", WallTime());

    ASSERT_TRUE(plan.ok());
    EXPECT_EQ(std::get<storage::Put>(plan->operations.at(0)).value, "fdfd:e82c:4973::/32");
}

TEST(Restart, GoesOnAsTheSameMesh) {
    MeshFixture mesh;
    ASSERT_TRUE(mesh.join(joinOf("beta", 1)).ok());
    const auto before = mesh.host->info();
    const auto self = *mesh.host->registry().node(NodeId("alpha"));
    auto options = MeshFixture::options(Authentication::Required, {});
    options.bootstrap.domain = "other.internal";
    options.self.primaryEndpoint = "192.0.2.99";
    options.self.wireguardEndpoints = {"192.0.2.99:51821"};

    ASSERT_TRUE(mesh.reopen(options).ok());

    EXPECT_EQ(mesh.host->info().identity, before.identity);
    EXPECT_EQ(mesh.host->registry().nodeCount(), 2U);
    const auto* now = mesh.host->registry().node(NodeId("alpha"));
    EXPECT_EQ(now->primaryEndpoint, "192.0.2.99");
    EXPECT_EQ(now->privateIpv4, self.privateIpv4);
    EXPECT_EQ(now->privateIpv6, self.privateIpv6);
    EXPECT_EQ(now->joinedAt, self.joinedAt);
    EXPECT_EQ(mesh.host->registry().edgesOf(NodeId("alpha")).size(), 1U);
}

TEST(Restart, WithoutAChangeWritesNothing) {
    MeshFixture mesh;
    const auto revision = mesh.store->revision();

    ASSERT_TRUE(mesh.reopen(MeshFixture::options(Authentication::Required, {})).ok());

    EXPECT_EQ(mesh.store->revision(), revision);
}

TEST(Restart, RefusesAnotherNodesStore) {
    MeshFixture mesh;
    auto other = MeshFixture::options(Authentication::Required, {});
    other.self.id = NodeId("gamma");
    auto newKey = MeshFixture::options(Authentication::Required, {});
    newKey.self.publicKey = nodeKeyOf(5).publicKey();

    EXPECT_EQ(mesh.reopen(other).code(), StatusCode::kFailedPrecondition);
    EXPECT_EQ(mesh.reopen(newKey).code(), StatusCode::kFailedPrecondition);
}

TEST(Restart, RefusesAStoreWithoutItsPrefix) {
    MeshFixture mesh;
    mesh.host.reset();
    ASSERT_TRUE(mesh.store->erase(std::string(storage::kIpv6PrefixKey)).ok());

    EXPECT_EQ(
        mesh.reopen(MeshFixture::options(Authentication::Required, {})).code(),
        StatusCode::kFailedPrecondition);
    ASSERT_TRUE(mesh.store->put(std::string(storage::kIpv6PrefixKey), "nonsense").ok());
    EXPECT_EQ(
        mesh.reopen(MeshFixture::options(Authentication::Required, {})).code(),
        StatusCode::kDataLoss);
}

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
    EXPECT_EQ(mesh.update(voter, certificateOf("beta")).code(), StatusCode::kPermissionDenied);
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

TEST(Identity, FollowsPrefixAndDomain) {
    EXPECT_EQ(
        mesh::meshIdentity("fdfd:e82c:4973::/32", "lab.internal"),
        mesh::meshIdentity("fdfd:e82c:4973::/32", "lab.internal."));
    EXPECT_NE(
        mesh::meshIdentity("fdfd:e82c:4973::/32", "lab.internal."),
        mesh::meshIdentity("fdfd:e82c:4974::/32", "lab.internal."));
    EXPECT_EQ(mesh::meshIdentity("fdfd:e82c:4973::/32", "lab.internal").size(), 64U);
}

}  // namespace
}  // namespace weft::tests
