// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/shared_records.h"
#include "tests/core/mesh/mesh_fixture.h"

#include "v1/node.pb.h"

#include <gmock/gmock.h>

#include <chrono>

namespace weft::tests {
namespace {

using namespace std::chrono_literals;
using mesh::Authentication;
using mesh::NodeId;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string textOf(const std::optional<net::IpPrefix>& prefix) {
    return prefix ? prefix->toString() : std::string();
}

template <typename T>
std::string messageOf(const StatusOr<T>& result) {
    return weft::messageOf(result.status());
}

net::IpPrefix prefixOf(std::string_view text) {
    return net::IpPrefix::parse(text).value();
}

TEST(Join, GivesAddressesAndTheServerAsPeer) {
    MeshFixture mesh;

    const auto grant = mesh.join(joinOf("beta", 1));

    ASSERT_TRUE(grant.ok()) << grant.status();
    EXPECT_EQ(textOf(grant->addressIpv4), "172.16.0.2/32");
    EXPECT_EQ(grant->addressIpv6.length(), 112);
    EXPECT_TRUE(grant->networkIpv6.contains(grant->addressIpv6.address()));
    EXPECT_EQ(grant->networkIpv4.toString(), "172.16.0.0/12");
    EXPECT_EQ(grant->meshDomain, "webmesh.internal.");
    ASSERT_EQ(grant->peers.peers.size(), 1U);
    EXPECT_EQ(grant->peers.peers[0].node.id, NodeId("alpha"));
    EXPECT_EQ(grant->peers.peers[0].node.primaryEndpoint, "192.0.2.1:51820");
    EXPECT_EQ(mesh.host->registry().node(NodeId("beta"))->privateIpv6, grant->addressIpv6);
}

TEST(Join, LinksBothDirectionsToTheServer) {
    MeshFixture mesh;
    ASSERT_TRUE(mesh.join(joinOf("beta", 1)).ok());

    const auto& registry = mesh.host->registry();
    ASSERT_NE(registry.edge(NodeId("alpha"), NodeId("beta")), nullptr);
    ASSERT_NE(registry.edge(NodeId("beta"), NodeId("alpha")), nullptr);
    EXPECT_EQ(registry.edge(NodeId("beta"), NodeId("alpha"))->weight, 1);
    EXPECT_THAT(registry.edge(NodeId("beta"), NodeId("alpha"))->attributes, IsEmpty());
}

TEST(Join, LinksPublicNodesToEachOther) {
    MeshFixture mesh;
    ASSERT_TRUE(mesh.join(publicJoinOf("beta", 1)).ok());
    ASSERT_TRUE(mesh.join(publicJoinOf("gamma", 2)).ok());
    ASSERT_TRUE(mesh.join(joinOf("delta", 3)).ok());

    const auto& registry = mesh.host->registry();
    EXPECT_EQ(registry.edge(NodeId("gamma"), NodeId("beta"))->weight, 99);
    EXPECT_EQ(registry.edge(NodeId("beta"), NodeId("gamma"))->weight, 99);
    EXPECT_EQ(registry.edge(NodeId("gamma"), NodeId("alpha"))->weight, 99);
    EXPECT_EQ(registry.edgesOf(NodeId("delta")).size(), 1U);
}

TEST(Join, LinksNodesOfAZoneWhoeverCameFirst) {
    MeshFixture mesh;
    auto inside = joinOf("inside", 1);
    inside.zone = "eu";
    auto gate = publicJoinOf("gate", 2);
    gate.zone = "eu";
    auto late = joinOf("late", 3);
    late.zone = "eu";
    ASSERT_TRUE(mesh.join(inside).ok());
    ASSERT_TRUE(mesh.join(gate).ok());
    ASSERT_TRUE(mesh.join(late).ok());

    const auto& registry = mesh.host->registry();
    EXPECT_EQ(registry.edge(NodeId("gate"), NodeId("inside"))->weight, 1);
    EXPECT_EQ(registry.edge(NodeId("late"), NodeId("gate"))->weight, 1);
    EXPECT_EQ(registry.edge(NodeId("late"), NodeId("inside")), nullptr)
        << "neither could call the other";
}

TEST(Join, IsOneTransaction) {
    MeshFixture mesh;
    for (std::uint32_t number = 1; number <= 20; ++number) {
        ASSERT_TRUE(mesh.join(publicJoinOf("n" + std::to_string(number), number)).ok());
    }
    const auto before = mesh.store->revision();

    ASSERT_TRUE(mesh.join(publicJoinOf("last", 100)).ok());

    EXPECT_EQ(mesh.store->revision(), before + 1);
    EXPECT_EQ(mesh.host->registry().edgesOf(NodeId("last")).size(), 21U);
}

TEST(Join, KeepsAddressesAndTimeOfTheFirstJoin) {
    MeshFixture mesh;
    const auto first = mesh.join(joinOf("beta", 1));
    const auto joinedAt = mesh.host->registry().node(NodeId("beta"))->joinedAt;
    mesh.loop.advance(1h);

    const auto second = mesh.join(joinOf("beta", 1));

    ASSERT_TRUE(second.ok());
    EXPECT_EQ(second->addressIpv4, first->addressIpv4);
    EXPECT_EQ(second->addressIpv6, first->addressIpv6);
    EXPECT_EQ(mesh.host->registry().node(NodeId("beta"))->joinedAt, joinedAt);
}

TEST(Join, GivesBackTheAddressAfterALeaveAndARestart) {
    MeshFixture mesh;
    const auto first = mesh.join(joinOf("beta", 1));
    ASSERT_TRUE(mesh.leave("beta").ok());
    ASSERT_TRUE(mesh.reopen(MeshFixture::options(Authentication::Required, {})).ok());
    const auto other = mesh.join(joinOf("gamma", 2));

    const auto second = mesh.join(joinOf("beta", 1));

    EXPECT_EQ(textOf(first->addressIpv4), "172.16.0.2/32");
    EXPECT_EQ(textOf(other->addressIpv4), "172.16.0.3/32") << "beta's stays reserved";
    EXPECT_EQ(second->addressIpv4, first->addressIpv4);
}

TEST(Join, WithoutIpv4GivesNone) {
    MeshFixture mesh;
    auto params = joinOf("beta", 1);
    params.assignIpv4 = false;

    const auto grant = mesh.join(params);

    ASSERT_TRUE(grant.ok());
    EXPECT_FALSE(grant->addressIpv4);
    EXPECT_FALSE(mesh.host->registry().node(NodeId("beta"))->privateIpv4);
}

TEST(Join, GivesReservedAddressesOfTheGoneAwayOnlyWhenNoOtherIsLeft) {
    mesh::BootstrapOptions bootstrap;
    bootstrap.networkIpv4 = prefixOf("10.9.0.0/29");
    MeshFixture mesh(Authentication::Required, bootstrap);
    for (std::uint32_t number = 2; number <= 6; ++number) {
        const auto grant = mesh.join(joinOf("n" + std::to_string(number), number));
        ASSERT_TRUE(grant.ok()) << grant.status();
    }
    EXPECT_EQ(mesh.join(joinOf("more", 7)).status().code(), StatusCode::kResourceExhausted);
    ASSERT_TRUE(mesh.leave("n4").ok());

    const auto grant = mesh.join(joinOf("more", 7));

    ASSERT_TRUE(grant.ok()) << grant.status();
    EXPECT_EQ(textOf(grant->addressIpv4), "10.9.0.4/32");
    EXPECT_EQ(mesh.join(joinOf("n4", 4)).status().code(), StatusCode::kResourceExhausted)
        << "its address is somebody else's now";
}

TEST(Join, RefusesBadIds) {
    MeshFixture mesh;

    for (const std::string id : {"", "a/b", "leader", "self", "a,b", "\xff"}) {
        EXPECT_EQ(mesh.join(joinOf(id, 1)).status().code(), StatusCode::kInvalidArgument) << id;
    }
}

TEST(Join, RefusesTheNameAdminUnlessItIsTheAdministrator) {
    MeshFixture mesh;
    EXPECT_EQ(mesh.join(joinOf("admin", 1)).status().code(), StatusCode::kInvalidArgument);

    mesh::BootstrapOptions bootstrap;
    bootstrap.admin = "admin";
    MeshFixture open(Authentication::Required, bootstrap);
    EXPECT_TRUE(open.join(joinOf("admin", 1)).ok());
}

TEST(Join, RefusesTheServersOwnId) {
    MeshFixture mesh;
    EXPECT_EQ(mesh.join(joinOf("alpha", 1)).status().code(), StatusCode::kAlreadyExists);
}

TEST(Join, RefusesRoutesThatAreNobodysToGive) {
    mesh::BootstrapOptions bootstrap;
    bootstrap.admin = "boss";
    MeshFixture mesh(Authentication::Required, bootstrap);
    const auto ipv6 = mesh.host->info().networkIpv6.toString();

    for (const std::string& route :
         {std::string("0.0.0.0/0"),
          std::string("::/0"),
          std::string("172.16.0.0/12"),
          std::string("172.20.1.0/24"),
          std::string("172.0.0.0/8"),
          std::string("127.0.0.0/8"),
          std::string("169.254.1.0/24"),
          std::string("224.0.0.1/32"),
          std::string("::1/128"),
          std::string("fe80::/64"),
          std::string("ff02::/16"),
          ipv6,
          std::string("fc00::/7")}) {
        auto params = joinOf("boss", 1);
        params.routes = {prefixOf(route)};
        EXPECT_EQ(mesh.join(params).status().code(), StatusCode::kInvalidArgument) << route;
    }
}

TEST(Join, WritesTheAdministratorsRoutesOnce) {
    mesh::BootstrapOptions bootstrap;
    bootstrap.admin = "boss";
    MeshFixture mesh(Authentication::Required, bootstrap);
    auto params = joinOf("boss", 1);
    params.routes = {prefixOf("10.1.2.3/16"), prefixOf("10.2.0.0/16")};
    ASSERT_TRUE(mesh.join(params).ok());
    const auto* route = mesh.host->registry().route("boss-auto");
    ASSERT_NE(route, nullptr);
    EXPECT_THAT(route->destinations, ElementsAre(prefixOf("10.1.0.0/16"), prefixOf("10.2.0.0/16")));

    params.routes = {prefixOf("10.2.0.0/16")};
    ASSERT_TRUE(mesh.join(params).ok());

    EXPECT_EQ(mesh.host->registry().route("boss-auto")->destinations.size(), 2U)
        << "nothing new was asked for";
}

TEST(Join, GrantsWhatTheRolesOfTheCallerAllow) {
    MeshFixture mesh;
    auto routes = joinOf("beta", 1);
    routes.routes = {prefixOf("10.1.0.0/16")};
    auto peers = joinOf("beta", 1);
    peers.directPeers[NodeId("gamma")] = mesh::ConnectProtocol::Ice;

    for (const auto& params : {routes, peers}) {
        const auto grant = mesh.join(params);
        EXPECT_EQ(grant.status().code(), StatusCode::kPermissionDenied);
        EXPECT_THAT(messageOf(grant), HasSubstr("no role is bound to it"));
    }
    EXPECT_EQ(mesh.host->registry().node(NodeId("beta")), nullptr);
}

TEST(Join, BringsNoRoutesWhereNobodyIsAskedForAProof) {
    MeshFixture mesh(Authentication::None);
    auto params = joinOf("beta", 1);
    params.routes = {prefixOf("10.1.0.0/16")};

    const auto refused = mesh.join(params, nobody());
    params.routes.clear();
    auto peers = params;
    peers.directPeers[NodeId("gamma")] = mesh::ConnectProtocol::Ice;
    const auto refusedPeers = mesh.join(peers, nobody());
    const auto taken = mesh.join(params, nobody());

    EXPECT_EQ(refused.status().code(), StatusCode::kUnauthenticated);
    EXPECT_EQ(refusedPeers.status().code(), StatusCode::kUnauthenticated);
    EXPECT_TRUE(taken.ok()) << taken.status();
    mesh::BootstrapOptions bootstrap;
    bootstrap.disableRbac = true;
    MeshFixture withoutRules(Authentication::None, bootstrap);
    params.routes = {prefixOf("10.1.0.0/16")};
    EXPECT_TRUE(withoutRules.join(params, nobody()).ok());
}

TEST(Join, LetsEverybodyWhereRulesAreOff) {
    mesh::BootstrapOptions bootstrap;
    bootstrap.disableRbac = true;
    MeshFixture mesh(Authentication::Required, bootstrap);
    auto params = joinOf("beta", 1);
    params.routes = {prefixOf("10.1.0.0/16")};

    EXPECT_TRUE(mesh.join(params).ok());
}

TEST(Join, RefusesVotersWhereTheEngineTakesNone) {
    mesh::BootstrapOptions bootstrap;
    bootstrap.admin = "boss";
    MeshFixture mesh(Authentication::Required, bootstrap);
    auto params = joinOf("boss", 1);
    params.asVoter = true;
    EXPECT_EQ(mesh.join(params).status().code(), StatusCode::kInvalidArgument);
    EXPECT_THAT(messageOf(mesh.join(params)), HasSubstr("storage provider port required"));
    params.features = {{v1::STORAGE_PROVIDER, 9000}};

    const auto grant = mesh.join(params);

    EXPECT_EQ(grant.status().code(), StatusCode::kFailedPrecondition);
    EXPECT_THAT(messageOf(grant), HasSubstr("memory"));
}

TEST(Join, RefusesVotersAndObserversForThatWhoeverAsks) {
    MeshFixture open(Authentication::None);
    MeshFixture closed;
    mesh::Caller password = certificateOf("beta");
    password.proof = mesh::Caller::Proof::Password;
    auto voter = joinOf("beta", 1);
    voter.asVoter = true;
    voter.features = {{v1::STORAGE_PROVIDER, 9000}};
    auto observer = voter;
    observer.asVoter = false;
    observer.asObserver = true;
    auto both = voter;
    both.asObserver = true;
    both.routes = {prefixOf("10.1.0.0/16")};

    for (const auto& params : {voter, observer, both}) {
        for (const auto& grant :
             {open.join(params, nobody()),
              closed.join(params, certificateOf("beta")),
              closed.join(params, password)}) {
            EXPECT_EQ(grant.status().code(), StatusCode::kFailedPrecondition);
            EXPECT_THAT(messageOf(grant), HasSubstr(params.asVoter ? "a voter" : "an observer"));
        }
        // Who may not speak for the node hears that first.
        EXPECT_EQ(closed.join(params, nobody()).status().code(), StatusCode::kUnauthenticated);
        EXPECT_EQ(
            closed.join(params, certificateOf("gamma")).status().code(),
            StatusCode::kPermissionDenied);
    }
    EXPECT_EQ(open.host->registry().node(NodeId("beta")), nullptr);
    EXPECT_EQ(closed.host->registry().node(NodeId("beta")), nullptr);
}

TEST(Join, MakesPlaceholdersForUnknownDirectPeers) {
    mesh::BootstrapOptions bootstrap;
    bootstrap.admin = "boss";
    MeshFixture mesh(Authentication::Required, bootstrap);
    ASSERT_TRUE(mesh.join(joinOf("beta", 2)).ok());
    auto params = joinOf("boss", 1);
    params.directPeers = {
        {NodeId("ghost"), mesh::ConnectProtocol::Libp2p},
        {NodeId("beta"), mesh::ConnectProtocol::Ice},
        {NodeId("boss"), mesh::ConnectProtocol::Ice}};

    const auto grant = mesh.join(params);

    ASSERT_TRUE(grant.ok()) << grant.status();
    const auto& registry = mesh.host->registry();
    ASSERT_NE(registry.node(NodeId("ghost")), nullptr);
    EXPECT_FALSE(registry.node(NodeId("ghost"))->publicKey);
    EXPECT_TRUE(registry.edge(NodeId("ghost"), NodeId("boss"))
                    ->attributes.contains("EDGE_ATTRIBUTE_LIBP2P"));
    EXPECT_TRUE(
        registry.edge(NodeId("boss"), NodeId("beta"))->attributes.contains("EDGE_ATTRIBUTE_ICE"));
    EXPECT_EQ(registry.edge(NodeId("boss"), NodeId("boss")), nullptr);
    EXPECT_EQ(grant->peers.peers.size(), 2U) << "the placeholder has no key";
    EXPECT_TRUE(mesh.join(joinOf("ghost", 3)).ok());
    EXPECT_FALSE(registry.edge(NodeId("ghost"), NodeId("boss"))->attributes.empty())
        << "an edge made by hand stays";
    params.directPeers = {{NodeId("a/b"), mesh::ConnectProtocol::Ice}};
    EXPECT_EQ(mesh.join(params).status().code(), StatusCode::kInvalidArgument);
}

TEST(Join, RefusesBadDescriptions) {
    MeshFixture mesh;
    std::vector<mesh::JoinParams> bad(8, joinOf("beta", 1));
    bad[0].primaryEndpoint = "example.org";
    bad[1].primaryEndpoint = "0.0.0.0";
    bad[2].wireguardEndpoints = {"10.0.0.1"};
    bad[3].wireguardEndpoints.assign(65, "10.0.0.1:1");
    bad[4].zone = "\xff";
    bad[5].features = {{v1::NODES, 65536}};
    bad[6].multiaddrs = {std::string(513, 'a')};
    bad[7].routes.assign(257, prefixOf("10.0.0.0/8"));

    for (const auto& params : bad) {
        EXPECT_EQ(mesh.join(params).status().code(), StatusCode::kInvalidArgument);
    }
    auto reference = joinOf("beta", 1);
    reference.primaryEndpoint = "invalid IP";
    EXPECT_TRUE(mesh.join(reference).ok());
    EXPECT_EQ(mesh.host->registry().node(NodeId("beta"))->primaryEndpoint, "");
}

TEST(Join, WantsAProofOfTheId) {
    MeshFixture mesh;

    EXPECT_EQ(mesh.join(joinOf("beta", 1), nobody()).status().code(), StatusCode::kUnauthenticated);
    EXPECT_EQ(
        mesh.join(joinOf("beta", 1), certificateOf("gamma")).status().code(),
        StatusCode::kPermissionDenied);
}

TEST(Join, InAnOpenMeshAsksNobody) {
    MeshFixture mesh(Authentication::None);
    EXPECT_TRUE(mesh.join(joinOf("beta", 1), nobody()).ok());
}

TEST(Join, RefusesAKeyThatAnotherNodeHas) {
    MeshFixture mesh;
    ASSERT_TRUE(mesh.join(joinOf("beta", 1)).ok());

    EXPECT_EQ(mesh.join(joinOf("gamma", 1)).status().code(), StatusCode::kAlreadyExists);
}

TEST(Join, GivesAFullMeshOfManyOneAfterAnother) {
    MeshFixture mesh;
    int answered = 0;
    for (std::uint32_t number = 1; number <= 20; ++number) {
        mesh.host->join(
            publicJoinOf("n" + std::to_string(number), number),
            certificateOf("n" + std::to_string(number)),
            [&answered](const StatusOr<mesh::JoinGrant>& grant) {
                answered += grant.ok() ? 1 : 0;
            });
    }
    mesh.settle();

    EXPECT_EQ(answered, 20);
    EXPECT_EQ(mesh.host->registry().edgeCount(), 21U * 20U / 2U);
}

TEST(Join, PlansAnewWhenTheMeshChangedMeanwhile) {
    MeshFixture mesh;
    std::optional<StatusOr<mesh::JoinGrant>> answer;
    // Another server takes the next address between our look at the records and our commit.
    storage::Transaction foreign;
    foreign.operations.emplace_back(storage::Put{
        mesh::detail::ipv4ReservationKey(net::IpAddress::parse("172.16.0.2").value()),
        "other",
        std::nullopt});
    foreign.operations.emplace_back(
        storage::Put{std::string(mesh::detail::kMembershipKey), "other", std::nullopt});
    mesh.store->commit(foreign, [](const StatusOr<storage::CommitResult>&) {});
    mesh.host->join(
        joinOf("beta", 1), certificateOf("beta"), [&](auto grant) { answer = std::move(grant); });
    mesh.settle();

    ASSERT_TRUE(answer.has_value());
    ASSERT_TRUE(answer->ok()) << answer->status();
    EXPECT_EQ(textOf((*answer)->addressIpv4), "172.16.0.3/32");
}

TEST(Join, IsCancelledWhenTheServerStops) {
    MeshFixture mesh;
    int answers = 0;
    Status last;
    for (std::uint32_t number = 1; number <= 3; ++number) {
        const auto id = "n" + std::to_string(number);
        mesh.host->join(joinOf(id, number), certificateOf(id), [&](const auto& grant) {
            ++answers;
            last = grant.status();
        });
    }
    mesh.host.reset();
    mesh.settle();

    EXPECT_EQ(answers, 3);
    EXPECT_EQ(last.code(), StatusCode::kCancelled);
}

}  // namespace
}  // namespace weft::tests
