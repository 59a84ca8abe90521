// SPDX-License-Identifier: Apache-2.0
#include "tests/core/services/admin_service_fixture.h"

#include "v1/members.grpc.pb.h"
#include "v1/storage.grpc.pb.h"
#include "weft/mesh/v1/audit.grpc.pb.h"
#include "weft/mesh/v1/mesh.grpc.pb.h"
#include "weft/mesh/v1/policy.grpc.pb.h"

#include <gmock/gmock.h>

#include <array>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace weft::tests {
namespace {

using grpc::StatusCode;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::MatchesRegex;
namespace pb = weft::mesh::v1;

TEST_F(AdminService, PutsGetsListsAndDeletesARole) {
    const auto stub = admin();
    const auto role = roleOf("operators", ::v1::RESOURCE_ROUTES, ::v1::VERB_PUT);

    Call put;
    ASSERT_TRUE(stub->PutRole(&put.context, role, &put.empty).ok());
    Call get;
    ::v1::Role found;
    ASSERT_TRUE(stub->GetRole(&get.context, role, &found).ok());
    Call list;
    ::v1::Roles roles;
    ASSERT_TRUE(stub->ListRoles(&list.context, list.empty, &roles).ok());
    Call erase;
    ASSERT_TRUE(stub->DeleteRole(&erase.context, role, &erase.empty).ok());
    Call again;
    const auto gone = stub->GetRole(&again.context, role, &found);

    EXPECT_EQ(found.DebugString(), role.DebugString());
    EXPECT_EQ(get.revision(), put.revision());
    EXPECT_GT(get.revision(), 0U);
    EXPECT_EQ(roles.items_size(), 3);
    EXPECT_EQ(gone.error_code(), StatusCode::NOT_FOUND);
}

TEST_F(AdminService, HandlesEveryOtherKind) {
    const auto stub = admin();
    ::v1::Group group;
    group.set_name("team");
    group.add_subjects()->set_name("bravo");
    group.mutable_subjects(0)->set_type(::v1::SUBJECT_NODE);
    ::v1::NetworkACL acl;
    acl.set_name("no-printers");
    acl.set_action(::v1::ACTION_DENY);
    acl.add_source_nodes("group:team");
    ::v1::Route route;
    route.set_name("office");
    route.set_node("bravo");
    route.add_destination_cidrs("10.9.0.0/16");
    ::v1::MeshEdge edge;
    edge.set_source("carol");
    edge.set_target("bravo");
    edge.set_weight(4);
    std::array<Call, 18> calls;
    std::size_t at = 0;
    const auto next = [&]() -> Call& { return calls.at(at++); };

    Call* call = &next();
    EXPECT_TRUE(stub->PutGroup(&call->context, group, &call->empty).ok());
    call = &next();
    EXPECT_TRUE(stub->PutNetworkACL(&call->context, acl, &call->empty).ok());
    call = &next();
    EXPECT_TRUE(stub->PutRoute(&call->context, route, &call->empty).ok());
    call = &next();
    EXPECT_TRUE(stub->PutEdge(&call->context, edge, &call->empty).ok());

    ::v1::Group foundGroup;
    call = &next();
    EXPECT_TRUE(stub->GetGroup(&call->context, group, &foundGroup).ok());
    EXPECT_EQ(foundGroup.DebugString(), group.DebugString());
    ::v1::NetworkACL foundAcl;
    call = &next();
    EXPECT_TRUE(stub->GetNetworkACL(&call->context, acl, &foundAcl).ok());
    acl.add_destination_nodes("*");
    EXPECT_EQ(foundAcl.DebugString(), acl.DebugString());
    ::v1::Route foundRoute;
    call = &next();
    EXPECT_TRUE(stub->GetRoute(&call->context, route, &foundRoute).ok());
    EXPECT_EQ(foundRoute.DebugString(), route.DebugString());
    ::v1::MeshEdge foundEdge;
    call = &next();
    EXPECT_TRUE(stub->GetEdge(&call->context, edge, &foundEdge).ok());
    EXPECT_EQ(foundEdge.weight(), 4);

    ::v1::Groups groups;
    call = &next();
    EXPECT_TRUE(stub->ListGroups(&call->context, call->empty, &groups).ok());
    EXPECT_EQ(groups.items_size(), 2);
    ::v1::NetworkACLs acls;
    call = &next();
    EXPECT_TRUE(stub->ListNetworkACLs(&call->context, call->empty, &acls).ok());
    EXPECT_EQ(acls.items_size(), 3);
    ::v1::Routes routes;
    call = &next();
    EXPECT_TRUE(stub->ListRoutes(&call->context, call->empty, &routes).ok());
    EXPECT_EQ(routes.items_size(), 1);
    ::v1::MeshEdges edges;
    call = &next();
    EXPECT_TRUE(stub->ListEdges(&call->context, call->empty, &edges).ok());
    EXPECT_EQ(edges.items_size(), 3) << "each one once";
    ::v1::RoleBindings bindings;
    call = &next();
    EXPECT_TRUE(stub->ListRoleBindings(&call->context, call->empty, &bindings).ok());
    EXPECT_EQ(bindings.items_size(), 2);

    call = &next();
    EXPECT_TRUE(stub->DeleteEdge(&call->context, edge, &call->empty).ok());
    call = &next();
    EXPECT_TRUE(stub->DeleteRoute(&call->context, route, &call->empty).ok());
    call = &next();
    EXPECT_TRUE(stub->DeleteGroup(&call->context, group, &call->empty).ok());
    EXPECT_THAT(
        call->trailing(services::kAlsoChangedHeader),
        ElementsAre("networkacl no-printers deleted"));
    call = &next();
    EXPECT_TRUE(stub->DeleteNetworkACL(&call->context, acl, &call->empty).ok()) << "gone is gone";
}

TEST_F(AdminService, AnswersWithTheCodesOfTheReference) {
    const auto stub = admin();
    ::v1::Role nameless;
    ::v1::Role found;
    ::v1::Route route;
    route.set_name("office");
    route.set_node("bravo");
    route.add_destination_cidrs("10.9.0.0/40");

    Call one;
    EXPECT_EQ(
        stub->GetRole(&one.context, nameless, &found).error_code(), StatusCode::INVALID_ARGUMENT);
    Call two;
    EXPECT_EQ(
        stub->PutRole(&two.context, nameless, &two.empty).error_code(),
        StatusCode::INVALID_ARGUMENT);
    Call three;
    EXPECT_EQ(
        stub->PutRoute(&three.context, route, &three.empty).error_code(),
        StatusCode::INVALID_ARGUMENT);
    Call four;
    EXPECT_EQ(
        stub->DeleteEdge(&four.context, ::v1::MeshEdge(), &four.empty).error_code(),
        StatusCode::INVALID_ARGUMENT);
    Call five;
    EXPECT_EQ(
        admin("bravo")
            ->ListRoles(&five.context, five.empty, std::make_unique<::v1::Roles>().get())
            .error_code(),
        StatusCode::PERMISSION_DENIED);
    Call six;
    ::v1::Role sealed;
    sealed.set_name("mesh-admin");
    EXPECT_EQ(
        stub->DeleteRole(&six.context, sealed, &six.empty).error_code(),
        StatusCode::INVALID_ARGUMENT);
}

TEST_F(AdminService, StreamsObjectsWithTheirRevisions) {
    grant("bravo", roleOf("readers", ::v1::RESOURCE_ROLES, ::v1::VERB_GET));
    pb::ListObjectsRequest request;

    // A stream needs its channel, and the stub holds that.
    const auto stub = as<pb::Policy>("bravo");
    Call mine;
    auto reader = stub->ListObjects(&mine.context, request);
    pb::PolicyObject object;
    std::vector<std::string> names;
    while (reader->Read(&object)) {
        EXPECT_TRUE(object.has_role());
        EXPECT_GT(object.revision(), 0U);
        names.push_back(object.role().name());
    }
    EXPECT_TRUE(reader->Finish().ok());
    EXPECT_THAT(names, ElementsAre("mesh-admin", "readers", "voters"));

    request.set_kind(pb::OBJECT_KIND_GROUP);
    Call theirs;
    auto refused = stub->ListObjects(&theirs.context, request);
    EXPECT_FALSE(refused->Read(&object));
    EXPECT_EQ(refused->Finish().error_code(), StatusCode::PERMISSION_DENIED);
}

TEST_F(AdminService, RemovesANodeAndRefusesItsCertificateEverywhere) {
    Call open;
    ::v1::SubscribePeersRequest peers;
    peers.set_id("carol");
    const auto membership = as<::v1::Membership>("carol");
    auto stream = membership->SubscribePeers(&open.context, peers);
    ::v1::PeerConfigurations set;
    ASSERT_TRUE(stream->Read(&set));

    pb::RemoveNodeRequest request;
    request.set_node_id("carol");
    request.set_reason("stolen");
    pb::RemoveNodeResponse removed;
    Call removal;
    ASSERT_TRUE(as<pb::Members>("boss")->RemoveNode(&removal.context, request, &removed).ok());

    EXPECT_GT(removed.revision(), 0U);
    EXPECT_THAT(removed.also_changed(), Contains("node carol deleted"));
    while (stream->Read(&set)) {
    }
    EXPECT_EQ(stream->Finish().error_code(), StatusCode::PERMISSION_DENIED)
        << "what it had open is closed";
    Call query;
    ::v1::QueryRequest get;
    get.set_query("/registry/meshstate/meshdomain");
    const auto storage = as<::v1::StorageQueryService>("carol");
    auto answers = storage->Query(&query.context, get);
    ::v1::QueryResponse answer;
    EXPECT_FALSE(answers->Read(&answer));
    EXPECT_EQ(answers->Finish().error_code(), StatusCode::PERMISSION_DENIED);
    EXPECT_EQ(fixture_.joinDirectly("carol").status().code(), weft::StatusCode::kPermissionDenied);

    pb::ListRemovedNodesResponse list;
    Call listing;
    ASSERT_TRUE(as<pb::Members>("boss")->ListRemovedNodes(&listing.context, {}, &list).ok());
    ASSERT_EQ(list.nodes_size(), 1);
    EXPECT_EQ(list.nodes(0).reason(), "stolen");
    pb::ReadmitNodeRequest readmission;
    readmission.set_node_id("carol");
    pb::ReadmitNodeResponse readmitted;
    Call readmit;
    ASSERT_TRUE(
        as<pb::Members>("boss")->ReadmitNode(&readmit.context, readmission, &readmitted).ok());
    EXPECT_TRUE(fixture_.joinDirectly("carol").ok());
}

TEST_F(AdminService, KeepsBothNamesOfACallThatIsHandedOn) {
    Call put;
    put.context.AddMetadata("x-webmesh-proxied-for", "boss");
    put.context.AddMetadata("x-webmesh-proxied-from", "alpha");
    const auto role = roleOf("operators", ::v1::RESOURCE_ROUTES, ::v1::VERB_PUT);

    const auto status = admin("alpha")->PutRole(&put.context, role, &put.empty);

    ASSERT_TRUE(status.ok()) << status.error_message();
    Call read;
    pb::ListEventsRequest request;
    request.set_name("operators");
    auto events = as<pb::Audit>("boss")->ListEvents(&read.context, request);
    pb::AuditEvent event;
    ASSERT_TRUE(events->Read(&event));
    EXPECT_EQ(event.identity(), "boss");
    EXPECT_EQ(event.proxied_by(), "alpha");
    EXPECT_EQ(event.outcome(), pb::AuditEvent::OUTCOME_ALLOWED);
    EXPECT_FALSE(events->Read(&event));
}

TEST_F(AdminService, ShowsTheAuditLogToTheAdministrator) {
    Call put;
    const auto role = roleOf("mine", ::v1::RESOURCE_ALL, ::v1::VERB_ALL);
    ASSERT_FALSE(admin("bravo")->PutRole(&put.context, role, &put.empty).ok());
    pb::ListEventsRequest request;
    request.set_outcome(pb::AuditEvent::OUTCOME_DENIED);

    Call read;
    const auto audit = as<pb::Audit>("boss");
    auto events = audit->ListEvents(&read.context, request);
    pb::AuditEvent event;
    ASSERT_TRUE(events->Read(&event));

    EXPECT_EQ(event.identity(), "bravo");
    EXPECT_EQ(event.verb(), "put");
    EXPECT_EQ(event.name(), "mine");
    EXPECT_EQ(event.code(), "PERMISSION_DENIED");
    EXPECT_THAT(event.source(), MatchesRegex("127\\.0\\.0\\.1:[0-9]+"));
    EXPECT_FALSE(events->Read(&event));
    EXPECT_TRUE(events->Finish().ok());
}

TEST_F(AdminService, GuardsPublishAndSubscribeByRoles) {
    const auto publish = [this](const std::string& key) {
        Call call;
        ::v1::PublishRequest request;
        request.set_key(key);
        request.set_value("value");
        ::v1::PublishResponse response;
        return as<::v1::StorageQueryService>("bravo")
            ->Publish(&call.context, request, &response)
            .error_code();
    };
    // A cancel may overtake the server's answer, so that only what is let in is cancelled.
    const auto subscribe = [this](const std::string& prefix, bool letIn = false) {
        Call call;
        ::v1::SubscribeRequest request;
        request.set_prefix(prefix);
        const auto stub = as<::v1::StorageQueryService>("bravo");
        auto stream = stub->Subscribe(&call.context, request);
        if (letIn) {
            stream->WaitForInitialMetadata();
            call.context.TryCancel();
        }
        ::v1::SubscriptionEvent event;
        while (stream->Read(&event)) {
        }
        return stream->Finish().error_code();
    };
    EXPECT_EQ(publish("/apps/one/state"), StatusCode::PERMISSION_DENIED);
    EXPECT_EQ(subscribe("/apps/one/"), StatusCode::PERMISSION_DENIED);
    EXPECT_EQ(subscribe(""), StatusCode::PERMISSION_DENIED);
    EXPECT_EQ(subscribe("/registry/", true), StatusCode::CANCELLED) << "members live on it";

    auto role = roleOf("app-one", ::v1::RESOURCE_PUBSUB, ::v1::VERB_ALL);
    role.mutable_rules(0)->add_resource_names("/apps/one/");
    grant("bravo", role);

    EXPECT_EQ(publish("/apps/one/state"), StatusCode::OK);
    EXPECT_EQ(publish("/apps/two/state"), StatusCode::PERMISSION_DENIED);
    EXPECT_EQ(publish("/registry/roles/mesh-admin"), StatusCode::INVALID_ARGUMENT);
    EXPECT_EQ(publish("/weft/v1/tombstones/boss"), StatusCode::INVALID_ARGUMENT);
    EXPECT_EQ(subscribe("/apps/one/", true), StatusCode::CANCELLED);
    EXPECT_EQ(subscribe("/apps/"), StatusCode::PERMISSION_DENIED);
}

TEST_F(AdminService, GivesRoutesAndDirectPeersToThoseWithTheRightOnlyAndVotesToNobody) {
    const auto joinWith = [this](const std::function<void(::v1::JoinRequest*)>& ask) {
        Call call;
        ::v1::JoinRequest request;
        const auto params = joinParamsOf("bravo");
        request.set_id("bravo");
        request.set_public_key(params.publicKey.toString());
        request.set_assign_ipv4(true);
        auto* feature = request.add_features();
        feature->set_feature(::v1::STORAGE_PROVIDER);
        feature->set_port(9000);
        ask(&request);
        ::v1::JoinResponse response;
        return as<::v1::Membership>("bravo")->Join(&call.context, request, &response).error_code();
    };
    const auto withRoute = [](auto* request) { request->add_routes("10.3.0.0/16"); };
    const auto withVote = [](auto* request) { request->set_as_voter(true); };
    const auto withObserver = [](auto* request) { request->set_as_observer(true); };
    const auto withPeer = [](auto* request) {
        (*request->mutable_direct_peers())["carol"] = ::v1::CONNECT_ICE;
    };
    EXPECT_EQ(joinWith([](auto*) {}), StatusCode::OK);
    EXPECT_EQ(joinWith(withRoute), StatusCode::PERMISSION_DENIED);
    EXPECT_EQ(joinWith(withVote), StatusCode::FAILED_PRECONDITION);
    EXPECT_EQ(joinWith(withObserver), StatusCode::FAILED_PRECONDITION);
    EXPECT_EQ(joinWith(withPeer), StatusCode::PERMISSION_DENIED);

    auto named = roleOf("own-route", ::v1::RESOURCE_ROUTES, ::v1::VERB_PUT);
    named.mutable_rules(0)->add_resource_names("bravo-auto");
    grant("bravo", named);
    auto peer = roleOf("carol-edge", ::v1::RESOURCE_EDGES, ::v1::VERB_PUT);
    peer.mutable_rules(0)->add_resource_names("carol");
    grant("bravo", peer);
    grant("bravo", roleOf("vote", ::v1::RESOURCE_VOTES, ::v1::VERB_PUT));
    grant("bravo", roleOf("observe", ::v1::RESOURCE_OBSERVERS, ::v1::VERB_PUT));

    EXPECT_EQ(joinWith(withRoute), StatusCode::OK);
    EXPECT_EQ(joinWith(withPeer), StatusCode::OK);
    // The right changes nothing: this engine has no votes to give.
    EXPECT_EQ(joinWith(withVote), StatusCode::FAILED_PRECONDITION);
    EXPECT_EQ(joinWith(withObserver), StatusCode::FAILED_PRECONDITION);
}

}  // namespace
}  // namespace weft::tests
