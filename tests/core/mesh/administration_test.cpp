// SPDX-License-Identifier: Apache-2.0
#include "tests/core/mesh/administration_fixture.h"

#include "v1/node.pb.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <utility>

namespace weft::tests {
namespace {

using mesh::NodeId;
using mesh::PolicyObject;
using mesh::policy::ObjectKind;
using mesh::policy::Resource;
using mesh::policy::SubjectKind;
using mesh::policy::Verb;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST_F(AdministrationTest, StoresAnObjectAndSaysAtWhichRevision) {
    const auto role = roleOf("operators", {Resource::Routes}, {Verb::Put, Verb::All});

    const auto report = put(role);
    const auto stored = get({ObjectKind::Role, "operators"});

    ASSERT_TRUE(report.ok()) << report.status();
    ASSERT_TRUE(stored.ok()) << stored.status();
    EXPECT_EQ(stored->revision, report->revision);
    // A list of verbs with ALL in it is reduced to that.
    EXPECT_EQ(stored->object, PolicyObject(roleOf("operators", {Resource::Routes}, {Verb::All})));
}

TEST_F(AdministrationTest, ChangesNothingForAnObjectThatIsSoAlready) {
    const auto role = roleOf("operators", {Resource::Routes}, {Verb::Put});
    const auto first = put(role);
    const auto before = mesh_.store->revision();

    const auto second = put(role);

    EXPECT_EQ(second->revision, first->revision);
    EXPECT_EQ(mesh_.store->revision(), before);
}

TEST_F(AdministrationTest, RefusesAWriteThatWasBasedOnAnotherRevision) {
    const auto first = put(roleOf("operators", {Resource::Routes}, {Verb::Put}));
    const auto second = put(roleOf("operators", {Resource::Routes}, {Verb::Get}), first->revision);

    const auto stale = put(roleOf("operators", {Resource::Edges}, {Verb::Put}), first->revision);
    const auto removal = remove({ObjectKind::Role, "operators"}, first->revision);

    ASSERT_TRUE(second.ok()) << second.status();
    EXPECT_EQ(stale.status().code(), StatusCode::kAborted);
    EXPECT_EQ(mesh::currentRevisionOf(stale.status()), second->revision);
    EXPECT_EQ(mesh::currentRevisionOf(removal.status()), second->revision);
    EXPECT_TRUE(remove({ObjectKind::Role, "operators"}, second->revision).ok());
}

TEST_F(AdministrationTest, RefusesToCreateWhatIsThereAndToChangeWhatIsGone) {
    const auto first = put(roleOf("operators", {Resource::Routes}, {Verb::Put}), 0);

    const auto again = put(roleOf("operators", {Resource::Edges}, {Verb::Put}), 0);
    ASSERT_TRUE(remove({ObjectKind::Role, "operators"}).ok());
    const auto gone = put(roleOf("operators", {Resource::Edges}, {Verb::Put}), first->revision);
    const auto removal = remove({ObjectKind::Role, "operators"}, first->revision);

    EXPECT_EQ(mesh::currentRevisionOf(again.status()), first->revision);
    EXPECT_EQ(mesh::currentRevisionOf(gone.status()), 0U);
    EXPECT_EQ(mesh::currentRevisionOf(removal.status()), 0U);
}

TEST_F(AdministrationTest, TakesTheNamedRightAndNoOther) {
    grant("bravo", roleOf("one-route", {Resource::Routes}, {Verb::Put}, {"office"}));
    const auto route = [](const std::string& name) {
        return storage::RouteRecord{name, "bravo", {*net::IpPrefix::parse("10.7.0.0/16")}, ""};
    };

    EXPECT_TRUE(put(route("office"), std::nullopt, "bravo").ok());
    EXPECT_EQ(
        put(route("home"), std::nullopt, "bravo").status().code(), StatusCode::kPermissionDenied);
    EXPECT_EQ(
        remove({ObjectKind::Route, "office"}, std::nullopt, "bravo").status().code(),
        StatusCode::kPermissionDenied);
    EXPECT_EQ(
        get({ObjectKind::Route, "office"}, "bravo").status().code(), StatusCode::kPermissionDenied);
}

TEST_F(AdministrationTest, AsksWhoCallsBeforeAnythingElse) {
    const auto report = wait<mesh::WriteReport>([&](auto done) {
        administration_->put(
            roleOf("operators", {Resource::All}, {Verb::All}), std::nullopt, nobody(), done);
    });

    EXPECT_EQ(report.status().code(), StatusCode::kUnauthenticated);
    EXPECT_EQ(
        administration_->get({ObjectKind::Role, "mesh-admin"}, nobody()).status().code(),
        StatusCode::kUnauthenticated);
}

TEST_F(AdministrationTest, GrantsOnlyRightsThatTheCallerHolds) {
    grant(
        "bravo",
        roleOf(
            "staff",
            {Resource::Roles, Resource::RoleBindings, Resource::Groups, Resource::Routes},
            {Verb::Put}));
    ASSERT_TRUE(put(mesh::policy::Group{"chiefs", {{"carol", SubjectKind::Node}}}).ok());
    ASSERT_TRUE(
        put(mesh::policy::RoleBinding{"chiefs", "mesh-admin", {{"chiefs", SubjectKind::Group}}})
            .ok());
    const auto code = [this](PolicyObject object) {
        return put(std::move(object), std::nullopt, "bravo").status().code();
    };

    EXPECT_EQ(code(roleOf("mine", {Resource::Routes}, {Verb::Put})), StatusCode::kOk);
    EXPECT_EQ(
        code(roleOf("mine", {Resource::Routes}, {Verb::Delete})), StatusCode::kPermissionDenied);
    EXPECT_EQ(code(roleOf("mine", {Resource::All}, {Verb::All})), StatusCode::kPermissionDenied);
    EXPECT_EQ(code(bindingOf("mine", "mine", "bravo")), StatusCode::kOk);
    EXPECT_EQ(code(bindingOf("mine", "mesh-admin", "bravo")), StatusCode::kPermissionDenied);
    // A place in a group is what bindings give to the group.
    EXPECT_EQ(
        code(mesh::policy::Group{
            "chiefs", {{"carol", SubjectKind::Node}, {"bravo", SubjectKind::Node}}}),
        StatusCode::kPermissionDenied);
    EXPECT_EQ(
        code(mesh::policy::Group{"friends", {{"bravo", SubjectKind::Node}}}), StatusCode::kOk);
}

TEST_F(AdministrationTest, SealsWhatTheMeshIsMadeOf) {
    const auto code = [](const StatusOr<mesh::WriteReport>& report) {
        return report.status().code();
    };

    EXPECT_EQ(
        code(put(roleOf("mesh-admin", {Resource::Routes}, {Verb::Get}))),
        StatusCode::kInvalidArgument);
    EXPECT_EQ(code(remove({ObjectKind::Role, "voters"})), StatusCode::kInvalidArgument);
    EXPECT_EQ(code(remove({ObjectKind::RoleBinding, "mesh-admin"})), StatusCode::kInvalidArgument);
    EXPECT_EQ(code(remove({ObjectKind::Group, "voters"})), StatusCode::kInvalidArgument);
    EXPECT_TRUE(put(mesh::policy::Group{"voters", {{"alpha", SubjectKind::Node}}}).ok());
}

TEST_F(AdministrationTest, RefusesContentsThatMeanNothing) {
    const auto code = [this](PolicyObject object) {
        return put(std::move(object)).status().code();
    };

    EXPECT_EQ(code(mesh::policy::Role{"empty", {}}), StatusCode::kInvalidArgument);
    EXPECT_EQ(code(roleOf("a/b", {Resource::Routes}, {Verb::Put})), StatusCode::kInvalidArgument);
    EXPECT_EQ(
        code(roleOf("odd", {Resource::Routes}, {static_cast<Verb>(77)})),
        StatusCode::kInvalidArgument);
    EXPECT_EQ(code(bindingOf("b", "no-such-role", "bravo")), StatusCode::kFailedPrecondition);
    auto acl = aclOf("a", mesh::policy::AclAction::Unknown);
    acl.sourceCidrs = {"10.0.0.0/33"};
    EXPECT_EQ(code(acl), StatusCode::kInvalidArgument);
    EXPECT_EQ(
        code(storage::RouteRecord{"r", "bravo", {*net::IpPrefix::parse("172.16.0.9/32")}, ""}),
        StatusCode::kInvalidArgument)
        << "a route inside the mesh takes a node's traffic";
    EXPECT_EQ(
        code(storage::RouteRecord{"r", "bravo", {*net::IpPrefix::parse("0.0.0.0/1")}, ""}),
        StatusCode::kInvalidArgument);
    EXPECT_EQ(
        code(storage::RouteRecord{"r", "bravo", {*net::IpPrefix::parse("0.0.0.0/0")}, ""}),
        StatusCode::kOk)
        << "each node asks its own user";
    EXPECT_EQ(code(storage::RouteRecord{"r", "bravo", {}, ""}), StatusCode::kInvalidArgument);
    const auto office = *net::IpPrefix::parse("10.7.0.0/16");
    for (const auto* node : {"group:", "group:a:b", "groups:team", ":team"}) {
        EXPECT_EQ(code(storage::RouteRecord{"r", node, {office}, ""}), StatusCode::kInvalidArgument)
            << node;
    }
    EXPECT_EQ(
        code(storage::RouteRecord{"r", "bravo", {office}, "group:team"}),
        StatusCode::kInvalidArgument)
        << "the next hop is one node";
}

TEST_F(AdministrationTest, WritesAnEmptyListOfNodesAsAll) {
    auto acl = aclOf("a", mesh::policy::AclAction::Deny);
    acl.sourceNodes = {"bravo"};

    ASSERT_TRUE(put(acl).ok());

    acl.destinationNodes = {"*"};
    EXPECT_EQ(get({ObjectKind::NetworkAcl, "a"})->object, PolicyObject(acl));
}

TEST_F(AdministrationTest, KeepsBothDirectionsOfAnEdge) {
    join("bravo", 2);
    join("carol", 3);
    const storage::EdgeRecord edge{NodeId("carol"), NodeId("bravo"), 7, {{"note", "cable"}}};

    ASSERT_TRUE(put(edge).ok());
    const auto stored = get({ObjectKind::Edge, "bravo", "carol"});

    ASSERT_TRUE(stored.ok()) << stored.status();
    EXPECT_EQ(std::get<storage::EdgeRecord>(stored->object).weight, 7);
    for (const auto& [from, to] : {std::pair{"bravo", "carol"}, std::pair{"carol", "bravo"}}) {
        ASSERT_NE(mesh_.host->registry().edge(NodeId(from), NodeId(to)), nullptr);
        EXPECT_EQ(mesh_.host->registry().edge(NodeId(from), NodeId(to))->weight, 7);
    }
    ASSERT_TRUE(remove({ObjectKind::Edge, "bravo", "carol"}).ok());
    EXPECT_EQ(mesh_.host->registry().edge(NodeId("bravo"), NodeId("carol")), nullptr);
    EXPECT_EQ(mesh_.host->registry().edge(NodeId("carol"), NodeId("bravo")), nullptr);
    EXPECT_TRUE(remove({ObjectKind::Edge, "bravo", "carol"}).ok()) << "gone is gone";
}

TEST_F(AdministrationTest, LeavesNoEdgeDangling) {
    join("bravo", 2);

    const auto report = put(storage::EdgeRecord{NodeId("bravo"), NodeId("nowhere"), 1});
    const auto self = put(storage::EdgeRecord{NodeId("bravo"), NodeId("bravo"), 1});

    EXPECT_EQ(report.status().code(), StatusCode::kFailedPrecondition);
    EXPECT_EQ(self.status().code(), StatusCode::kInvalidArgument);
    EXPECT_EQ(mesh_.host->registry().edge(NodeId("bravo"), NodeId("nowhere")), nullptr);
}

TEST_F(AdministrationTest, AsksForTheRightToBothEndsOfAnEdge) {
    join("bravo", 2);
    join("carol", 3);
    grant("bravo", roleOf("own-edges", {Resource::Edges}, {Verb::Put}, {"bravo"}));

    const auto half =
        put(storage::EdgeRecord{NodeId("bravo"), NodeId("carol"), 1}, std::nullopt, "bravo");

    EXPECT_EQ(half.status().code(), StatusCode::kPermissionDenied);
}

TEST_F(AdministrationTest, TakesTheBindingsOfARoleAlong) {
    grant("bravo", roleOf("operators", {Resource::Routes}, {Verb::Put}));

    const auto report = remove({ObjectKind::Role, "operators"});

    ASSERT_TRUE(report.ok()) << report.status();
    EXPECT_THAT(report->alsoChanged, ElementsAre("rolebinding operators deleted"));
    EXPECT_EQ(get({ObjectKind::RoleBinding, "operators"}).status().code(), StatusCode::kNotFound);
}

TEST_F(AdministrationTest, TakesAGroupOutOfWhatNamesIt) {
    ASSERT_TRUE(put(mesh::policy::Group{"team", {{"bravo", SubjectKind::Node}}}).ok());
    ASSERT_TRUE(put(roleOf("operators", {Resource::Routes}, {Verb::Put})).ok());
    ASSERT_TRUE(
        put(mesh::policy::RoleBinding{"only", "operators", {{"team", SubjectKind::Group}}}).ok());
    ASSERT_TRUE(
        put(mesh::policy::RoleBinding{
                "both", "operators", {{"team", SubjectKind::Group}, {"carol", SubjectKind::Node}}})
            .ok());
    auto acl = aclOf("theirs", mesh::policy::AclAction::Accept);
    acl.sourceNodes = {"group:team"};
    acl.destinationNodes = {"*"};
    ASSERT_TRUE(put(acl).ok());
    const auto office = *net::IpPrefix::parse("10.7.0.0/16");
    ASSERT_TRUE(put(storage::RouteRecord{"office", "group:team", {office}, ""}).ok());

    const auto report = remove({ObjectKind::Group, "team"});

    ASSERT_TRUE(report.ok()) << report.status();
    EXPECT_THAT(
        report->alsoChanged,
        ElementsAre(
            "rolebinding both changed",
            "rolebinding only deleted",
            "networkacl theirs deleted",
            "route office deleted"));
    EXPECT_EQ(get({ObjectKind::Route, "office"}).status().code(), StatusCode::kNotFound);
    EXPECT_EQ(
        get({ObjectKind::RoleBinding, "both"})->object,
        PolicyObject(bindingOf("both", "operators", "carol")));
}

TEST_F(AdministrationTest, ListsAllObjectsOfAKindForThoseWhoMay) {
    join("bravo", 2);
    grant("bravo", roleOf("readers", {Resource::Roles}, {Verb::Get}));

    const auto roles = administration_->list(ObjectKind::Role, certificateOf("bravo"));
    const auto groups = administration_->list(ObjectKind::Group, certificateOf("bravo"));
    const auto edges = administration_->list(ObjectKind::Edge, certificateOf("alpha"));

    ASSERT_TRUE(roles.ok()) << roles.status();
    std::vector<std::string> names;
    for (const auto& stored : *roles) {
        EXPECT_GT(stored.revision, 0U);
        names.push_back(mesh::refOf(stored.object).name);
    }
    EXPECT_THAT(names, ElementsAre("mesh-admin", "readers", "voters"));
    EXPECT_EQ(groups.status().code(), StatusCode::kPermissionDenied);
    EXPECT_EQ(edges->size(), 1U) << "once, not once for each direction";
}

TEST_F(AdministrationTest, KeepsEveryChangeAndEveryRefusalInTheLog) {
    ASSERT_TRUE(put(roleOf("operators", {Resource::Routes}, {Verb::Put})).ok());
    ASSERT_FALSE(put(roleOf("mine", {Resource::All}, {Verb::All}), std::nullopt, "eve").ok());
    ASSERT_FALSE(get({ObjectKind::Role, "mesh-admin"}, "eve").ok());
    ASSERT_TRUE(remove({ObjectKind::Role, "operators"}).ok());

    const auto all = events();
    mesh::AuditFilter refusals;
    refusals.outcome = mesh::AuditEvent::Outcome::Denied;
    const auto denied = events(refusals);

    ASSERT_EQ(all.size(), 4U);
    EXPECT_EQ(all[0].verb, "delete");
    EXPECT_THAT(all[0].before, HasSubstr("RESOURCE_ROUTES"));
    EXPECT_EQ(all[0].after, "");
    EXPECT_EQ(all[3].verb, "put");
    EXPECT_EQ(all[3].kind, "role");
    EXPECT_EQ(all[3].name, "operators");
    EXPECT_EQ(all[3].identity, "alpha");
    EXPECT_EQ(all[3].proof, "certificate");
    EXPECT_EQ(all[3].source, "192.0.2.77:4000");
    EXPECT_EQ(all[3].code, "OK");
    EXPECT_GT(all[3].revision, 0U);
    EXPECT_EQ(all[3].before, "");
    EXPECT_THAT(all[3].after, HasSubstr("RESOURCE_ROUTES"));
    ASSERT_EQ(denied.size(), 2U);
    EXPECT_EQ(denied[0].verb, "get");
    EXPECT_EQ(denied[1].identity, "eve");
    EXPECT_EQ(denied[1].code, "PERMISSION_DENIED");
}

TEST_F(AdministrationTest, ShowsTheLogToAdministratorsAlone) {
    grant("bravo", roleOf("readers", {Resource::Roles}, {Verb::Get}));

    const auto read = wait<std::vector<mesh::AuditEvent>>([&](auto done) {
        administration_->auditEvents({}, certificateOf("bravo"), std::move(done));
    });

    EXPECT_EQ(read.status().code(), StatusCode::kPermissionDenied);
}

TEST_F(AdministrationTest, LetsThoseHandCallsOnWhoAreTrustedWithIt) {
    const auto mayHandOn = [this](const std::string& id) {
        return mesh_.host->mayHandOn(certificateOf(id));
    };
    for (std::uint32_t number = 3; number <= 5; ++number) {
        auto params = joinOf(fmt::format("n{}", number), number);
        if (number != 5) {
            params.features = {{::v1::LEADER_PROXY, 8443}};
        }
        ASSERT_TRUE(mesh_.join(params).ok());
    }
    grant("n3", roleOf("proxies", {Resource::Observers}, {Verb::Put}));
    grant("n5", roleOf("observers", {Resource::Observers}, {Verb::Put}));

    EXPECT_TRUE(mayHandOn("alpha")) << "keeps the mesh";
    EXPECT_TRUE(mayHandOn("n3"));
    EXPECT_FALSE(mayHandOn("n4")) << "every node advertises what it likes";
    EXPECT_FALSE(mayHandOn("n5")) << "is no leader proxy";
    EXPECT_FALSE(mayHandOn("stranger"));
    ASSERT_TRUE(expel("n3").ok());
    EXPECT_FALSE(mayHandOn("n3"));
}

TEST(AdministrationWithoutRules, LetsNobodyHandCallsOnForHavingEveryRight) {
    mesh::BootstrapOptions bootstrap;
    bootstrap.disableRbac = true;
    MeshFixture mesh(mesh::Authentication::Required, bootstrap);
    auto params = joinOf("n3", 3);
    params.features = {{::v1::LEADER_PROXY, 8443}};
    ASSERT_TRUE(mesh.join(params).ok());

    EXPECT_FALSE(mesh.host->mayHandOn(certificateOf("n3")));
    EXPECT_TRUE(mesh.host->mayHandOn(certificateOf("alpha")));
}

TEST_F(AdministrationTest, LetsNobodyAdministerOrHandOnByAMeshAddress) {
    auto alpha = certificateOf("alpha");
    ASSERT_TRUE(mesh_.host->isAdmin(alpha));
    ASSERT_TRUE(mesh_.host->mayHandOn(alpha));

    alpha.proof = mesh::Caller::Proof::MeshAddress;

    EXPECT_FALSE(mesh_.host->isAdmin(alpha));
    EXPECT_FALSE(mesh_.host->mayHandOn(alpha));
    EXPECT_TRUE(mesh_.host->isMember(alpha));
}

}  // namespace
}  // namespace weft::tests
