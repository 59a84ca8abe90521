// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/key_rules.h"

#include "tests/core/mesh/mesh_fixture.h"

#include <gmock/gmock.h>

#include <chrono>

namespace weft::tests {
namespace {

using namespace std::chrono_literals;
using mesh::Authentication;
using mesh::NodeId;
using ::testing::HasSubstr;

mesh::Caller inTunnelAs(const std::string& id) {
    return {.proof = mesh::Caller::Proof::MeshAddress, .identity = NodeId(id), .source = {}};
}

/// A join with the key `number` that the key `old` signed at `when`.
mesh::JoinParams signedJoin(
    MeshFixture& mesh,
    const std::string& id,
    std::uint32_t number,
    std::uint32_t old,
    WallTime when) {
    auto params = joinOf(id, number);
    params.keyChangeTime = when;
    params.keyChangeSignature = nodeKeyOf(old).sign(
        mesh::keyChangeMessage(mesh.host->info().identity, params.id, params.publicKey, when));
    return params;
}

TEST(KeyRules, ACertificateProvesAKeyChange) {
    MeshFixture mesh;
    const auto first = mesh.join(joinOf("beta", 1));

    const auto second = mesh.join(joinOf("beta", 2));

    ASSERT_TRUE(second.ok()) << second.status();
    EXPECT_EQ(second->addressIpv4, first->addressIpv4);
    EXPECT_NE(second->addressIpv6, first->addressIpv6) << "it follows from the key";
    EXPECT_EQ(mesh.host->registry().node(NodeId("beta"))->publicKey, nodeKeyOf(2).publicKey());
    EXPECT_TRUE(mesh.join(joinOf("gamma", 1)).ok()) << "the old key is free";
}

TEST(KeyRules, APasswordProvesAKeyChange) {
    MeshFixture mesh;
    ASSERT_TRUE(mesh.join(joinOf("beta", 1)).ok());
    auto caller = certificateOf("beta");
    caller.proof = mesh::Caller::Proof::Password;

    EXPECT_TRUE(mesh.join(joinOf("beta", 2), caller).ok());
}

TEST(KeyRules, ATunnelAddressAloneDoesNotProveAKeyChange) {
    MeshFixture mesh;
    ASSERT_TRUE(mesh.join(joinOf("beta", 1)).ok());

    const auto grant = mesh.join(joinOf("beta", 2), inTunnelAs("beta"));

    EXPECT_EQ(grant.status().code(), StatusCode::kPermissionDenied);
    EXPECT_THAT(weft::messageOf(grant.status()), HasSubstr("another key"));
}

TEST(KeyRules, TheWordOfAProxyDoesNotProveAKeyChange) {
    MeshFixture mesh;
    ASSERT_TRUE(mesh.join(joinOf("beta", 1)).ok());
    auto caller = certificateOf("beta");
    caller.proxiedBy = NodeId("gamma");

    EXPECT_EQ(mesh.join(joinOf("beta", 2), caller).status().code(), StatusCode::kPermissionDenied);
    EXPECT_TRUE(mesh.join(joinOf("beta", 1), caller).ok());
}

TEST(KeyRules, TheOldKeysSignatureProvesAKeyChange) {
    MeshFixture mesh;
    ASSERT_TRUE(mesh.join(joinOf("beta", 1)).ok());
    const auto now = mesh.loop.clock().wallNow();

    EXPECT_TRUE(mesh.join(signedJoin(mesh, "beta", 2, 1, now - 4min), inTunnelAs("beta")).ok());
}

TEST(KeyRules, RefusesSignaturesThatProveNothing) {
    MeshFixture mesh;
    ASSERT_TRUE(mesh.join(joinOf("beta", 1)).ok());
    const auto now = mesh.loop.clock().wallNow();
    auto moved = signedJoin(mesh, "beta", 2, 1, now);
    moved.keyChangeTime = now + 1s;
    auto timeless = signedJoin(mesh, "beta", 2, 1, now);
    timeless.keyChangeTime.reset();
    auto otherKey = signedJoin(mesh, "beta", 2, 1, now);
    otherKey.publicKey = nodeKeyOf(3).publicKey();
    auto garbage = signedJoin(mesh, "beta", 2, 1, now);
    garbage.keyChangeSignature = "short";

    for (const auto& params :
         {signedJoin(mesh, "beta", 2, 2, now),
          signedJoin(mesh, "beta", 2, 1, now - 6min),
          signedJoin(mesh, "beta", 2, 1, now + 6min),
          moved,
          timeless,
          otherKey,
          garbage}) {
        EXPECT_EQ(
            mesh.join(params, inTunnelAs("beta")).status().code(), StatusCode::kPermissionDenied);
    }
}

TEST(KeyRules, AnAdministratorOpensAnIdForAnotherKey) {
    MeshFixture mesh;
    ASSERT_TRUE(mesh.join(joinOf("beta", 1)).ok());
    ASSERT_TRUE(mesh.release("beta", certificateOf("alpha")).ok());

    EXPECT_TRUE(mesh.join(joinOf("beta", 2), inTunnelAs("beta")).ok());
    EXPECT_EQ(
        mesh.join(joinOf("beta", 3), inTunnelAs("beta")).status().code(),
        StatusCode::kPermissionDenied)
        << "once";
}

TEST(KeyRules, OnlyAnAdministratorReleases) {
    MeshFixture mesh;
    ASSERT_TRUE(mesh.join(joinOf("beta", 1)).ok());

    EXPECT_EQ(mesh.release("beta", certificateOf("beta")).code(), StatusCode::kPermissionDenied);
    EXPECT_EQ(mesh.release("beta", nobody()).code(), StatusCode::kPermissionDenied);
    EXPECT_EQ(mesh.release("ghost", certificateOf("alpha")).code(), StatusCode::kNotFound);
    EXPECT_EQ(
        mesh.release("alpha", certificateOf("alpha")).code(), StatusCode::kFailedPrecondition);
    EXPECT_EQ(mesh.release("a/b", certificateOf("alpha")).code(), StatusCode::kInvalidArgument);
}

TEST(KeyRules, ThePinOutlivesTheNode) {
    MeshFixture mesh;
    ASSERT_TRUE(mesh.join(joinOf("beta", 1)).ok());
    ASSERT_TRUE(mesh.leave("beta").ok());

    EXPECT_EQ(
        mesh.join(joinOf("beta", 2), inTunnelAs("beta")).status().code(),
        StatusCode::kPermissionDenied);
    EXPECT_TRUE(mesh.join(joinOf("beta", 1), inTunnelAs("beta")).ok());
}

TEST(KeyRules, InAnOpenMeshAnIdWithoutRightsMayTakeAnotherKey) {
    MeshFixture mesh(Authentication::None);
    ASSERT_TRUE(mesh.join(joinOf("beta", 1), nobody()).ok());

    EXPECT_TRUE(mesh.join(joinOf("beta", 2), nobody()).ok());
}

TEST(KeyRules, InAnOpenMeshAnIdWithRightsKeepsItsKey) {
    mesh::BootstrapOptions bootstrap;
    bootstrap.admin = "boss";
    bootstrap.voters = {NodeId("voter")};
    MeshFixture mesh(Authentication::None, bootstrap);
    ASSERT_TRUE(mesh.join(joinOf("boss", 1), nobody()).ok());
    ASSERT_TRUE(mesh.join(joinOf("voter", 2), nobody()).ok());
    ASSERT_TRUE(mesh.join(joinOf("router", 3), nobody()).ok());
    ASSERT_TRUE(mesh.store->put("/registry/routes/lab", R"({"name":"lab","node":"router"})").ok());
    mesh.settle();

    for (const std::string id : {"boss", "voter", "router"}) {
        EXPECT_EQ(mesh.join(joinOf(id, 9), nobody()).status().code(), StatusCode::kPermissionDenied)
            << id;
    }
    EXPECT_TRUE(mesh.join(joinOf("boss", 1), nobody()).ok());
}

TEST(KeyRules, ANodeOfAForeignMeshIsPinnedByItsRecord) {
    MeshFixture mesh;
    storage::NodeRecord node;
    node.id = NodeId("beta");
    node.publicKey = nodeKeyOf(1).publicKey();
    ASSERT_TRUE(mesh.store->put(storage::nodeKey(node.id), storage::encodeNode(node)).ok());
    mesh.settle();

    EXPECT_EQ(
        mesh.join(joinOf("beta", 2), inTunnelAs("beta")).status().code(),
        StatusCode::kPermissionDenied);
    EXPECT_TRUE(mesh.join(joinOf("beta", 1), inTunnelAs("beta")).ok());
}

TEST(KeyRules, TheMessageSeparatesItsParts) {
    const auto key = nodeKeyOf(1).publicKey();
    const WallTime when{};

    EXPECT_NE(
        mesh::keyChangeMessage("mesh", NodeId("ab"), key, when),
        mesh::keyChangeMessage("mesha", NodeId("b"), key, when));
    EXPECT_EQ(
        mesh::keyChangeMessage("m", NodeId("a"), key, when).substr(0, 21),
        std::string("\0\0\0\x11weft-key-change/1", 21));
}

}  // namespace
}  // namespace weft::tests
