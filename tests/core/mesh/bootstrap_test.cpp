// SPDX-License-Identifier: Apache-2.0
// A new mesh, and one that goes on.
#include "core/mesh/detail/bootstrap.h"

#include "core/mesh/host.h"
#include "tests/core/mesh/mesh_fixture.h"

#include "v1/network_acls.pb.h"
#include "v1/node.pb.h"
#include "v1/rbac.pb.h"

#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>

#include <string>
#include <string_view>
#include <vector>

namespace weft::tests {
namespace {

using mesh::Authentication;
using mesh::NodeId;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

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
