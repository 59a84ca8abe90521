// SPDX-License-Identifier: Apache-2.0
// Nodes that an administrator expels, and takes back.
#include "tests/core/mesh/administration_fixture.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace weft::tests {
namespace {

using mesh::NodeId;
using mesh::policy::ObjectKind;
using mesh::policy::Resource;
using mesh::policy::SubjectKind;
using mesh::policy::Verb;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class RemovalTest : public AdministrationTest {
protected:
    /// Past the administration, as another program of the mesh may.
    void write(const std::string& key, const std::string& json) {
        storage::Transaction transaction;
        transaction.operations.emplace_back(storage::Put{key, json, std::nullopt});
        commit(std::move(transaction));
    }
    void erase(const std::string& key) {
        storage::Transaction transaction;
        transaction.operations.emplace_back(storage::Delete{key});
        commit(std::move(transaction));
    }

    void commit(storage::Transaction transaction) {
        ASSERT_TRUE(mesh_.store->commitAndWait(std::move(transaction)).ok());
        mesh_.settle();
    }
};

TEST_F(RemovalTest, ExpelsANodeWithAllThatItHad) {
    join("bravo", 2);
    auto params = joinOf("carol", 3);
    ASSERT_TRUE(mesh_.join(params).ok());
    grant("carol", roleOf("operators", {Resource::Routes}, {Verb::Put}));
    ASSERT_TRUE(put(mesh::policy::Group{
                        "team",
                        {{"carol", SubjectKind::Node},
                         {"bravo", SubjectKind::Node},
                         {"carol", SubjectKind::Group}}})
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
            "rolebinding operators deleted"));
    EXPECT_EQ(seen.back().peers.size(), 1U) << "peers drop it within five seconds";
    EXPECT_EQ(mesh_.host->registry().node(NodeId("carol")), nullptr);
    EXPECT_THAT(mesh_.host->registry().referencesTo(NodeId("carol")), IsEmpty());
    EXPECT_EQ(
        get({ObjectKind::Group, "team"})->object,
        mesh::PolicyObject(mesh::policy::Group{
            "team", {{"bravo", SubjectKind::Node}, {"carol", SubjectKind::Group}}}));
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

    EXPECT_THAT(
        weft::messageOf(expel("alpha").status()), HasSubstr("alpha keeps the mesh's storage"));
    EXPECT_EQ(expel("a/b").status().code(), StatusCode::kInvalidArgument);
    EXPECT_EQ(expel("nobody-here").status().code(), StatusCode::kNotFound);
    EXPECT_EQ(expel("bravo", "bravo").status().code(), StatusCode::kPermissionDenied);
    EXPECT_TRUE(expel("bravo").ok());
    EXPECT_EQ(expel("bravo").status().code(), StatusCode::kAlreadyExists);
}

/// Records that name "carol" and that nobody here can read in full.
/// The object whose record lies at `place`, below /registry/.
mesh::ObjectRef objectAt(std::string_view place) {
    const auto slash = place.find('/');
    const auto kind = place.substr(0, slash);
    const auto name = place.substr(slash + 1);
    if (kind == "edges") {
        const auto between = name.find('/');
        return {
            ObjectKind::Edge,
            std::string(name.substr(0, between)),
            std::string(name.substr(between + 1))};
    }
    return {
        kind == "groups"   ? ObjectKind::Group
        : kind == "routes" ? ObjectKind::Route
                           : ObjectKind::RoleBinding,
        std::string(name)};
}

class UnreadRecord : public RemovalTest,
                     public ::testing::WithParamInterface<std::pair<const char*, const char*>> {};

TEST_P(UnreadRecord, KeepsANodeUntilItIsMended) {
    join("carol", 3);
    grant("carol", roleOf("operators", {Resource::Routes}, {Verb::Put}));
    const auto [place, json] = GetParam();
    write(std::string("/registry/") + place, json);
    const auto before = mesh_.store->revision();
    const auto name = std::string(place).substr(std::string_view(place).find('/') + 1);

    const auto refused = expel("carol");

    EXPECT_EQ(refused.status().code(), StatusCode::kFailedPrecondition) << refused.status();
    EXPECT_THAT(weft::messageOf(refused.status()), HasSubstr(" " + name + " may name carol"));
    EXPECT_EQ(mesh_.store->revision(), before) << "nothing is half done";
    EXPECT_NE(mesh_.host->registry().node(NodeId("carol")), nullptr);
    ASSERT_TRUE(remove(objectAt(place)).ok());
    EXPECT_TRUE(expel("carol").ok());
}

INSTANTIATE_TEST_SUITE_P(
    Kinds,
    UnreadRecord,
    ::testing::Values(
        std::pair{
            "rolebindings/newer",
            R"({"name":"newer","role":"operators","subjects":[{"name":"carol"}],"until":"2030"})"},
        std::pair{
            "rolebindings/except",
            R"({"name":"except","role":"operators","subjects":[{"name":"*"}],"not":["carol"]})"},
        std::pair{
            "groups/newer",
            R"({"name":"newer","subjects":[{"type":"SUBJECT_USER","name":"carol","since":1}]})"},
        std::pair{"groups/escaped", R"({"name":"escaped","of":["\u0063arol"]})"},
        std::pair{"groups/broken", R"({"name":"broken","subjects":[{"name":"carol"}})"},
        std::pair{
            "routes/newer",
            R"({"name":"newer","node":"bravo","destinationCidrs":["10.7.0.0/16"],"backup":"carol"})"},
        std::pair{
            "routes/office",
            R"({"name":"office","node":"carol","destinationCidrs":["10.7.0.0/16"],"metric":3})"},
        std::pair{"routes/carol-auto", R"({"name":"carol-auto","node":"car)"},
        std::pair{"routes/escaped", R"({"name":"escaped","node":"\u0063arol","x":1})"},
        std::pair{"edges/alpha/carol", R"({"source":"alpha","target":"carol","weight":)"},
        std::pair{"edges/carol/bravo", R"({"source":"carol","target":"bravo","cost":3})"},
        std::pair{"edges/bravo/carol", "{"},
        std::pair{"edges/carol/dora", "{"},
        std::pair{"edges/bravo/dora", R"({"source":"bravo","target":"dora","via":"carol"})"}));

TEST_F(RemovalTest, DeletesAnEdgeThatDoesNotReadAndNoOtherForIt) {
    const std::string key = "/registry/edges/bravo/dora";
    write(key, "{");
    const auto before = mesh_.store->revision();

    ASSERT_TRUE(remove({ObjectKind::Edge, "bravo", "dor"}).ok());
    EXPECT_EQ(mesh_.store->revision(), before) << "there is no such edge";
    ASSERT_TRUE(remove({ObjectKind::Edge, "dora", "bravo"}).ok());

    EXPECT_FALSE(mesh_.store->get(key).ok());
}

TEST_F(RemovalTest, MindsNoUnreadRecordThatNamesOthers) {
    join("carol", 3);
    write("/registry/rolebindings/newer", R"({"name":"newer","subjects":["carol-2"],"x":1})");
    write("/registry/groups/newer", R"({"name":"newer","subjects":["my.carol"],"x":1})");
    write("/registry/groups/broken", "caroline");
    write("/registry/groups/before", "xcarol");
    write("/registry/routes/newer", R"({"name":"newer","node":"carol-2","metric":1})");
    write("/registry/routes/broken", R"({"name":"broken","node":"bravo")");
    write("/registry/edges/bravo/carol-2", R"({"source":"bravo","target":"carol-2","x":1})");
    write("/registry/edges/broken", "{");
    write(
        "/registry/groups/other-letters",
        "\xc4\x80"
        "carol");

    EXPECT_TRUE(expel("carol").ok());
}

TEST_F(RemovalTest, SaysWhichAccessRulesStillNameTheNode) {
    join("carol", 3);
    auto acl = aclOf("theirs", mesh::policy::AclAction::Accept);
    acl.sourceNodes = {"carol"};
    ASSERT_TRUE(put(acl).ok());

    const auto report = expel("carol");

    ASSERT_TRUE(report.ok()) << report.status();
    EXPECT_THAT(report->alsoChanged, ::testing::Contains("networkacl theirs still names it"));
    EXPECT_TRUE(get({ObjectKind::NetworkAcl, "theirs"}).ok());
}

TEST_F(RemovalTest, KeepsARoleThatAnUnreadBindingMayName) {
    grant("carol", roleOf("operators", {Resource::Routes}, {Verb::Put}));
    write("/registry/rolebindings/newer", R"({"name":"newer","role":"operators","until":"2030"})");

    const auto refused = remove({ObjectKind::Role, "operators"});

    EXPECT_EQ(refused.status().code(), StatusCode::kFailedPrecondition) << refused.status();
    EXPECT_THAT(
        weft::messageOf(refused.status()), HasSubstr("rolebinding newer may name operators"));
    EXPECT_TRUE(get({ObjectKind::Role, "operators"}).ok());
    EXPECT_TRUE(get({ObjectKind::RoleBinding, "operators"}).ok()) << "nothing is half done";
    ASSERT_TRUE(put(bindingOf("newer", "operators", "carol")).ok()) << "written anew";
    EXPECT_TRUE(remove({ObjectKind::Role, "operators"}).ok());
}

TEST_F(RemovalTest, KeepsAGroupThatAnUnreadRecordMayName) {
    const std::vector<std::pair<std::string, std::string>> records{
        {"rolebindings", R"({"name":"newer","subjects":[{"name":"team"}],"until":"2030"})"},
        {"groups", R"({"name":"newer","subjects":[{"name":"team"}],"owner":"carol"})"},
        {"network-acls", R"({"name":"newer","sourceNodes":["group:team"],"ports":[22]})"},
        {"routes", R"({"name":"newer","node":"group:team","metric":1})"}};
    ASSERT_TRUE(put(mesh::policy::Group{"team", {{"carol", SubjectKind::Node}}}).ok());

    for (const auto& [folder, json] : records) {
        const auto key = fmt::format("/registry/{}/newer", folder);
        write(key, json);

        const auto refused = remove({ObjectKind::Group, "team"});

        EXPECT_EQ(refused.status().code(), StatusCode::kFailedPrecondition) << folder;
        EXPECT_THAT(weft::messageOf(refused.status()), HasSubstr("newer may name team")) << folder;
        erase(key);
    }
    EXPECT_TRUE(remove({ObjectKind::Group, "team"}).ok());
}

TEST_F(RemovalTest, RemovesAGroupThatNamesItself) {
    write(
        "/registry/groups/team",
        R"({"name":"team","subjects":[{"type":"SUBJECT_GROUP","name":"team"}]})");

    const auto report = remove({ObjectKind::Group, "team"});

    ASSERT_TRUE(report.ok()) << report.status();
    EXPECT_THAT(report->alsoChanged, IsEmpty());
    EXPECT_EQ(get({ObjectKind::Group, "team"}).status().code(), StatusCode::kNotFound);
}

TEST_F(RemovalTest, RemembersTheKeyOfANodeThatLeft) {
    const auto params = joinOf("carol", 3);
    ASSERT_TRUE(mesh_.join(params).ok());
    ASSERT_TRUE(mesh_.leave("carol").ok());

    ASSERT_TRUE(expel("carol").ok());

    EXPECT_EQ(administration_->removedNodes(certificateOf("alpha"))->front().key, params.publicKey);
}

TEST_F(RemovalTest, RemembersTheKeyOfANodeWhoseIdWasReleased) {
    const auto params = joinOf("carol", 3);
    ASSERT_TRUE(mesh_.join(params).ok());
    ASSERT_TRUE(mesh_.release("carol", certificateOf("alpha")).ok());

    ASSERT_TRUE(expel("carol").ok());

    EXPECT_EQ(administration_->removedNodes(certificateOf("alpha"))->front().key, params.publicKey);
}

TEST_F(RemovalTest, RemovesANodeThatOnlyHasARecord) {
    write("/registry/nodes/ghost", R"({"id":"ghost"})");

    ASSERT_TRUE(expel("ghost").ok());

    EXPECT_EQ(mesh_.host->registry().node(NodeId("ghost")), nullptr);
    EXPECT_FALSE(administration_->removedNodes(certificateOf("alpha"))->front().key.has_value());
}

TEST_F(RemovalTest, TakesAReasonUpToItsLimit) {
    join("bravo", 2);
    join("carol", 3);
    const auto code = [this](const std::string& id, const std::string& reason) {
        return wait<mesh::WriteReport>([&](auto done) {
                   administration_->removeNode(
                       NodeId(id), reason, certificateOf("alpha"), std::move(done));
               })
            .status()
            .code();
    };
    const std::string longest(mesh::kMaxRemovalReasonBytes, 'a');

    EXPECT_EQ(code("bravo", longest + "a"), StatusCode::kInvalidArgument);
    EXPECT_EQ(code("bravo", "\xff"), StatusCode::kInvalidArgument);
    EXPECT_EQ(code("bravo", longest), StatusCode::kOk);
}

TEST_F(RemovalTest, KeepsNoMoreRemovedNodesThanTheCap) {
    join("bravo", 2);
    join("carol", 3);
    storage::Transaction transaction;
    for (std::size_t at = 0; at + 1 < mesh::kMaxRemovedNodes; ++at) {
        transaction.operations.emplace_back(
            storage::Put{fmt::format("/weft/v1/tombstones/gone-{}", at), "{}", std::nullopt});
    }
    commit(std::move(transaction));

    EXPECT_TRUE(expel("bravo").ok()) << "the last that fits";
    EXPECT_EQ(expel("carol").status().code(), StatusCode::kResourceExhausted);
}

TEST_F(RemovalTest, ReadsWhatLaterVersionsSayOfARemovedNode) {
    const auto key = joinOf("carol", 3).publicKey;
    write(
        "/weft/v1/tombstones/gone",
        fmt::format(R"({{"nodeId":"gone","publicKey":"{}","colour":"red"}})", key.toString()));

    const auto removed = administration_->removedNodes(certificateOf("alpha"));

    ASSERT_EQ(removed->size(), 1U);
    EXPECT_EQ(removed->front().key, key);
    EXPECT_EQ(removed->front().removedAt, WallTime()) << "nobody knows when";
    EXPECT_EQ(mesh_.join(joinOf("carol", 3)).status().code(), StatusCode::kPermissionDenied);
}

TEST_F(RemovalTest, RemovesOneOfTwoAdministrators) {
    join("carol", 3);
    write(
        "/registry/rolebindings/mesh-admin",
        R"({"name":"mesh-admin","role":"mesh-admin","subjects":[)"
        R"({"type":"SUBJECT_NODE","name":"alpha"},{"type":"SUBJECT_NODE","name":"carol"}]})");

    const auto report = expel("carol");

    ASSERT_TRUE(report.ok()) << report.status();
    EXPECT_EQ(
        get({ObjectKind::RoleBinding, "mesh-admin"})->object,
        mesh::PolicyObject(bindingOf("mesh-admin", "mesh-admin", "alpha")));
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
