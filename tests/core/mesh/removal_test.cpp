// SPDX-License-Identifier: Apache-2.0
// Nodes that an administrator expels, and takes back.
#include "tests/core/mesh/administration_fixture.h"

#include <gmock/gmock.h>

namespace weft::tests {
namespace {

using mesh::NodeId;
using mesh::policy::Resource;
using mesh::policy::SubjectKind;
using mesh::policy::Verb;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class RemovalTest : public AdministrationTest {};

TEST_F(RemovalTest, ExpelsANodeWithAllThatItHad) {
    join("bravo", 2);
    auto params = joinOf("carol", 3);
    ASSERT_TRUE(mesh_.join(params).ok());
    grant("carol", roleOf("operators", {Resource::Routes}, {Verb::Put}));
    ASSERT_TRUE(put(mesh::policy::Group{
                        "team", {{"carol", SubjectKind::Node}, {"bravo", SubjectKind::Node}}})
                    .ok());
    ASSERT_TRUE(
        put(storage::RouteRecord{"office", "carol", {*net::IpPrefix::parse("10.7.0.0/16")}, ""})
            .ok());
    std::vector<mesh::PeerSet> seen;
    const auto peers = mesh_.host->subscribePeers(
        NodeId("alpha"), [&seen](const mesh::PeerSet& set) { seen.push_back(set); });
    mesh_.settle();
    ASSERT_EQ(seen.back().peers.size(), 2U);

    const auto report = expel("carol");
    mesh_.loop.advance(std::chrono::seconds(5));
    mesh_.settle();

    ASSERT_TRUE(report.ok()) << report.status();
    EXPECT_THAT(
        report->alsoChanged,
        ElementsAre(
            "1 edges deleted",
            "route office deleted",
            "node carol deleted",
            "group team changed",
            "role binding operators deleted"));
    EXPECT_EQ(seen.back().peers.size(), 1U) << "peers drop it within five seconds";
    EXPECT_EQ(mesh_.host->registry().node(NodeId("carol")), nullptr);
    EXPECT_THAT(mesh_.host->registry().referencesTo(NodeId("carol")), IsEmpty());
    const auto removed = administration_->removedNodes(certificateOf("alpha"));
    ASSERT_EQ(removed->size(), 1U);
    EXPECT_EQ(removed->front().key, params.publicKey);
    EXPECT_EQ(removed->front().removedBy, "alpha");
    EXPECT_EQ(removed->front().reason, "lost");
}

TEST_F(RemovalTest, KeepsARemovedNodeOutUntilItIsReadmitted) {
    join("carol", 3);
    ASSERT_TRUE(expel("carol").ok());
    mesh::UpdateParams update;
    update.id = NodeId("carol");
    update.zone = "east";

    EXPECT_EQ(mesh_.join(joinOf("carol", 3)).status().code(), StatusCode::kPermissionDenied);
    EXPECT_EQ(mesh_.join(joinOf("carol", 4)).status().code(), StatusCode::kPermissionDenied);
    EXPECT_EQ(mesh_.join(joinOf("dora", 3)).status().code(), StatusCode::kPermissionDenied)
        << "the key under another name";
    EXPECT_EQ(mesh_.update(update, certificateOf("carol")).code(), StatusCode::kPermissionDenied);
    EXPECT_TRUE(mesh_.join(joinOf("dora", 5)).ok());

    const auto readmit = [this](const std::string& by) {
        return mesh_.wait([&](StatusCallback done) {
            administration_->readmitNode(NodeId("carol"), certificateOf(by), std::move(done));
        });
    };
    EXPECT_EQ(readmit("dora").code(), StatusCode::kPermissionDenied);
    EXPECT_TRUE(readmit("alpha").ok());
    EXPECT_EQ(readmit("alpha").code(), StatusCode::kNotFound);
    EXPECT_TRUE(mesh_.join(joinOf("carol", 3)).ok());
}

TEST_F(RemovalTest, RemembersRemovedNodesOverARestart) {
    join("carol", 3);
    ASSERT_TRUE(expel("carol").ok());
    administration_.reset();

    ASSERT_TRUE(mesh_.reopen(MeshFixture::options(mesh::Authentication::Required, {})).ok());

    EXPECT_EQ(mesh_.join(joinOf("carol", 3)).status().code(), StatusCode::kPermissionDenied);
    EXPECT_EQ(mesh_.join(joinOf("dora", 3)).status().code(), StatusCode::kPermissionDenied);
}

TEST_F(RemovalTest, RemovesNeitherTheServerNorTheUnknown) {
    join("bravo", 2);

    EXPECT_EQ(expel("alpha").status().code(), StatusCode::kFailedPrecondition);
    EXPECT_EQ(expel("nobody-here").status().code(), StatusCode::kNotFound);
    EXPECT_EQ(expel("bravo", "bravo").status().code(), StatusCode::kPermissionDenied);
    EXPECT_TRUE(expel("bravo").ok());
    EXPECT_EQ(expel("bravo").status().code(), StatusCode::kAlreadyExists);
}

TEST_F(RemovalTest, DoesNotRemoveTheLastAdministrator) {
    mesh::BootstrapOptions bootstrap;
    bootstrap.admin = "boss";
    MeshFixture other(mesh::Authentication::Required, bootstrap);
    const auto administration = mesh::Administration::create(*other.host, other.loop, nullptr);
    ASSERT_TRUE(other.join(joinOf("boss", 2)).ok());

    const auto status = other.wait([&](const StatusCallback& done) {
        administration->removeNode(
            NodeId("boss"), "", certificateOf("boss"), [done](const auto& report) {
                done(report.status());
            });
    });

    EXPECT_EQ(status.code(), StatusCode::kFailedPrecondition);
    EXPECT_NE(other.host->registry().node(NodeId("boss")), nullptr);
}

}  // namespace
}  // namespace weft::tests
