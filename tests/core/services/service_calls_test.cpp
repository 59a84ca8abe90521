// SPDX-License-Identifier: Apache-2.0
#include "tests/core/services/service_calls_fixture.h"

#include "grpc/health/v1/health.grpc.pb.h"
#include "grpc/reflection/v1alpha/reflection.grpc.pb.h"
#include "v1/members.grpc.pb.h"
#include "v1/mesh.grpc.pb.h"
#include "v1/node.grpc.pb.h"
#include "v1/storage.grpc.pb.h"
#include "weft/mesh/v1/direct.grpc.pb.h"
#include "weft/mesh/v1/mesh.grpc.pb.h"
#include "weft/mesh/v1/propagation.grpc.pb.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.pb.h>
#include <grpcpp/channel.h>

#include <map>
#include <string>
#include <vector>

namespace weft::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

::v1::JoinRequest joinRequest(const std::string& id) {
    ::v1::JoinRequest request;
    request.set_id(id);
    request.set_public_key(joinParamsOf(id).publicKey.toString());
    request.set_assign_ipv4(true);
    return request;
}

TEST_F(ServiceCalls, MeshListsNodesAndDrawsTheGraph) {
    const auto stub = ::v1::Mesh::NewStub(fixture_.channelAs("bravo"));
    ::v1::NodeList nodes;
    ::v1::MeshGraph graph;
    ::v1::MeshNode node;
    ::v1::GetNodeRequest request;
    request.set_id("bravo");
    grpc::ClientContext forNodes;
    grpc::ClientContext forGraph;
    grpc::ClientContext forNode;

    ASSERT_TRUE(stub->ListNodes(&forNodes, {}, &nodes).ok());
    ASSERT_TRUE(stub->GetMeshGraph(&forGraph, {}, &graph).ok());
    ASSERT_TRUE(stub->GetNode(&forNode, request, &node).ok());

    EXPECT_EQ(nodes.nodes_size(), 2);
    EXPECT_EQ(node.public_key(), joinParamsOf("bravo").publicKey.toString());
    EXPECT_THAT(graph.nodes(), ElementsAre("alpha", "bravo"));
    ASSERT_EQ(graph.edges_size(), 1);
    EXPECT_EQ(graph.edges(0).source(), "alpha");
    EXPECT_EQ(graph.edges(0).target(), "bravo");
    EXPECT_THAT(graph.dot(), StartsWith("strict graph {"));
    EXPECT_THAT(graph.dot(), HasSubstr("\"bravo\" -- \"alpha\" [ weight=1 ];"));
}

TEST_F(ServiceCalls, MeshTellsThatANodeIsMissing) {
    const auto stub = ::v1::Mesh::NewStub(fixture_.channelAs("bravo"));
    grpc::ClientContext context;
    ::v1::GetNodeRequest request;
    request.set_id("nobody");
    ::v1::MeshNode node;

    EXPECT_EQ(stub->GetNode(&context, request, &node).error_code(), grpc::StatusCode::NOT_FOUND);
}

TEST_F(ServiceCalls, MembershipJoinsUpdatesAndLeaves) {
    const auto stub = ::v1::Membership::NewStub(fixture_.channelAs("charlie"));
    ::v1::JoinResponse joined;
    grpc::ClientContext forJoin;
    const auto join = stub->Join(&forJoin, joinRequest("charlie"), &joined);
    ASSERT_TRUE(join.ok()) << join.error_message();
    EXPECT_THAT(joined.address_ipv4(), StartsWith("172.16."));
    EXPECT_EQ(joined.mesh_domain(), "webmesh.internal.");
    ASSERT_EQ(joined.peers_size(), 1);
    EXPECT_EQ(joined.peers(0).node().id(), "alpha");

    ::v1::UpdateRequest change;
    change.set_id("charlie");
    change.set_zone_awareness_id("attic");
    ::v1::UpdateResponse updated;
    grpc::ClientContext forUpdate;
    ASSERT_TRUE(stub->Update(&forUpdate, change, &updated).ok());
    fixture_.onLoop([this] {
        EXPECT_EQ(fixture_.host->registry().node(mesh::NodeId("charlie"))->zone, "attic");
    });

    ::v1::LeaveRequest goodbye;
    goodbye.set_id("charlie");
    ::v1::LeaveResponse left;
    grpc::ClientContext forLeave;
    ASSERT_TRUE(stub->Leave(&forLeave, goodbye, &left).ok());
    fixture_.onLoop(
        [this] { EXPECT_EQ(fixture_.host->registry().node(mesh::NodeId("charlie")), nullptr); });
}

TEST_F(ServiceCalls, MembershipRefusesWhatDoesNotParse) {
    const auto stub = ::v1::Membership::NewStub(fixture_.channelAs("charlie"));
    auto badKey = joinRequest("charlie");
    badKey.set_public_key("garbage");
    auto badRoute = joinRequest("charlie");
    badRoute.add_routes("10.0.0.0");
    auto manyRoutes = joinRequest("charlie");
    for (int i = 0; i <= 256; ++i) {
        manyRoutes.add_routes("10.0.0.0/8");
    }
    for (const auto& request : {badKey, badRoute, manyRoutes}) {
        grpc::ClientContext context;
        ::v1::JoinResponse response;
        EXPECT_EQ(
            stub->Join(&context, request, &response).error_code(),
            grpc::StatusCode::INVALID_ARGUMENT);
    }
}

TEST_F(ServiceCalls, MembershipLetsNobodyJoinUnderAnotherName) {
    const auto stub = ::v1::Membership::NewStub(fixture_.channelAs("charlie"));
    grpc::ClientContext context;
    ::v1::JoinResponse response;

    EXPECT_EQ(
        stub->Join(&context, joinRequest("delta"), &response).error_code(),
        grpc::StatusCode::PERMISSION_DENIED);
}

TEST_F(ServiceCalls, MembershipHasNoVotersToApplyFor) {
    const auto stub = ::v1::Membership::NewStub(fixture_.channelAs("bravo"));
    grpc::ClientContext context;
    ::v1::RaftApplyResponse response;

    const auto status = stub->Apply(&context, {}, &response);

    EXPECT_EQ(status.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
    EXPECT_THAT(status.error_message(), HasSubstr("memory"));
}

TEST_F(ServiceCalls, MembershipNamesTheLeaderOfTheStorage) {
    const auto stub = ::v1::Membership::NewStub(fixture_.channelAs("bravo"));
    grpc::ClientContext context;
    ::v1::StorageConfigurationResponse response;

    ASSERT_TRUE(stub->GetStorageConfiguration(&context, {}, &response).ok());

    ASSERT_EQ(response.servers_size(), 1);
    EXPECT_EQ(response.servers(0).id(), "alpha");
    EXPECT_EQ(response.servers(0).suffrage(), ::v1::CLUSTER_LEADER);
}

TEST_F(ServiceCalls, SubscribePeersSendsTheSetAtOnceAndAfterChanges) {
    const auto stub = ::v1::Membership::NewStub(fixture_.channelAs("bravo"));
    grpc::ClientContext context;
    limit(&context);
    ::v1::SubscribePeersRequest request;
    request.set_id("bravo");
    const auto reader = stub->SubscribePeers(&context, request);
    ::v1::PeerConfigurations message;

    ASSERT_TRUE(reader->Read(&message));
    ASSERT_EQ(message.peers_size(), 1);
    ASSERT_EQ(message.peers(0).allowed_ips_size(), 2);

    auto other = joinParamsOf("charlie");
    other.directPeers = {{mesh::NodeId("bravo"), mesh::ConnectProtocol::Native}};
    const auto boss = fixture_.await<StatusOr<mesh::JoinGrant>>([&](const auto& done) {
        fixture_.host->join(other, {mesh::Caller::Proof::Process, {}, ""}, done);
    });
    ASSERT_TRUE(boss.ok()) << toString(boss.status());
    ASSERT_TRUE(reader->Read(&message));
    EXPECT_EQ(message.peers_size(), 2);

    context.TryCancel();
    EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::CANCELLED);
}

TEST_F(ServiceCalls, SubscribePeersIsForTheNodeItself) {
    const auto stub = ::v1::Membership::NewStub(fixture_.channelAs("bravo"));
    grpc::ClientContext context;
    limit(&context);
    ::v1::SubscribePeersRequest request;
    request.set_id("alpha");
    ::v1::PeerConfigurations message;

    const auto reader = stub->SubscribePeers(&context, request);

    EXPECT_FALSE(reader->Read(&message));
    EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::PERMISSION_DENIED);
}

TEST_F(ServiceCalls, DirectWaysAreWatchedAndReported) {
    const auto stub = mesh::v1::DirectWays::NewStub(fixture_.channelAs("bravo"));
    grpc::ClientContext watching;
    limit(&watching);
    mesh::v1::WatchDirectRequest request;
    request.set_node_id("bravo");
    const auto reader = stub->Watch(&watching, request);
    mesh::v1::DirectOffers offers;
    ASSERT_TRUE(reader->Read(&offers));
    EXPECT_TRUE(offers.complete());

    mesh::v1::DirectReport report;
    report.set_node_id("bravo");
    const auto say = [&] {
        grpc::ClientContext context;
        limit(&context);
        mesh::v1::DirectReportResponse response;
        return stub->Report(&context, report, &response);
    };
    EXPECT_TRUE(say().ok());
    auto* sighting = report.add_sightings();
    sighting->set_node_id("alpha");
    sighting->set_endpoint("somewhere");
    EXPECT_EQ(say().error_code(), grpc::StatusCode::INVALID_ARGUMENT);
    sighting->set_endpoint("203.0.113.1:51820");
    EXPECT_TRUE(say().ok());
    for (std::size_t i = 0; i < mesh::kMaxReportedSightings; ++i) {
        *report.add_sightings() = report.sightings(0);
    }
    EXPECT_EQ(say().error_code(), grpc::StatusCode::INVALID_ARGUMENT);
    report.clear_sightings();
    report.set_node_id("alpha");
    EXPECT_EQ(say().error_code(), grpc::StatusCode::PERMISSION_DENIED);
    watching.TryCancel();
    EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::CANCELLED);
}

TEST_F(ServiceCalls, EffectsAreReportedByWhoFollowsItsPeers) {
    const auto stub = mesh::v1::Propagation::NewStub(fixture_.channelAs("bravo"));
    mesh::v1::EffectReport report;
    const auto say = [&](const std::string& id) {
        grpc::ClientContext context;
        limit(&context);
        report.set_node_id(id);
        mesh::v1::EffectReportResponse response;
        return stub->ReportEffect(&context, report, &response).error_code();
    };
    EXPECT_EQ(say("bravo"), grpc::StatusCode::FAILED_PRECONDITION);
    const auto membership = ::v1::Membership::NewStub(fixture_.channelAs("bravo"));
    grpc::ClientContext following;
    limit(&following);
    ::v1::SubscribePeersRequest request;
    request.set_id("bravo");
    const auto reader = membership->SubscribePeers(&following, request);
    ::v1::PeerConfigurations peers;
    ASSERT_TRUE(reader->Read(&peers));

    EXPECT_EQ(say("bravo"), grpc::StatusCode::OK);
    EXPECT_EQ(say("alpha"), grpc::StatusCode::PERMISSION_DENIED);
    EXPECT_EQ(say(""), grpc::StatusCode::INVALID_ARGUMENT);
    grpc::ClientContext asking;
    limit(&asking);
    mesh::v1::ChangePropagation answer;
    // It is no administrator.
    EXPECT_EQ(
        stub->GetPropagation(&asking, {}, &answer).error_code(),
        grpc::StatusCode::PERMISSION_DENIED);
    following.TryCancel();
    EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::CANCELLED);
}

TEST_F(ServiceCalls, StreamsOfOneCallerHaveACap) {
    const auto channel = fixture_.channelAs("bravo");
    const auto stub = ::v1::StorageQueryService::NewStub(channel);
    const std::size_t cap = services::CallLimits{}.streamsPerCaller;
    std::vector<std::unique_ptr<grpc::ClientContext>> contexts;
    std::vector<std::unique_ptr<grpc::ClientReader<::v1::SubscriptionEvent>>> readers;
    const auto open = [&] {
        contexts.push_back(std::make_unique<grpc::ClientContext>());
        limit(contexts.back().get());
        readers.push_back(stub->Subscribe(contexts.back().get(), {}));
        readers.back()->WaitForInitialMetadata();
    };
    for (std::size_t i = 0; i < cap + 1; ++i) {
        open();
    }

    EXPECT_EQ(readers.back()->Finish().error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);

    contexts.front()->TryCancel();
    readers.front()->Finish();
    for (auto& context : contexts) {
        context->TryCancel();
    }
    for (std::size_t i = 1; i < cap; ++i) {
        EXPECT_EQ(readers[i]->Finish().error_code(), grpc::StatusCode::CANCELLED);
    }
}

TEST_F(ServiceCalls, EnrolmentNeedsNoCertificate) {
    const auto stub = mesh::v1::Enrolment::NewStub(fixture_.channelAs(""));
    mesh::v1::EnrolRequest request;
    request.set_secret(fixture_.enrolment.expectedSecret);
    request.set_node_id("charlie");
    request.set_public_key(joinParamsOf("charlie").publicKey.toString());
    const auto key = crypto::generateTlsKey();
    request.set_certificate_request(*crypto::makeCertificateRequest(*key, {"charlie", {}, {}}));
    grpc::ClientContext context;
    mesh::v1::EnrolResponse response;

    const auto status = stub->Enrol(&context, request, &response);

    ASSERT_TRUE(status.ok()) << status.error_message();
    EXPECT_EQ(crypto::inspectCertificate(response.certificate())->commonName, "charlie");
    EXPECT_EQ(response.mesh_domain(), "webmesh.internal.");
    EXPECT_THAT(response.join_addresses(), ElementsAre("127.0.0.1:8443"));
}

TEST_F(ServiceCalls, EnrolmentRefusesOversizedRequests) {
    const auto stub = mesh::v1::Enrolment::NewStub(fixture_.channelAs(""));
    mesh::v1::EnrolRequest request;
    request.set_secret(std::string(257, 's'));
    request.set_public_key(joinParamsOf("charlie").publicKey.toString());
    grpc::ClientContext context;
    mesh::v1::EnrolResponse response;

    EXPECT_EQ(
        stub->Enrol(&context, request, &response).error_code(), grpc::StatusCode::INVALID_ARGUMENT);
    EXPECT_FALSE(fixture_.enrolment.lastEnrol.has_value());
}

TEST_F(ServiceCalls, HealthAnswersEverybody) {
    const auto stub = grpc::health::v1::Health::NewStub(fixture_.channelAs(""));
    grpc::health::v1::HealthCheckResponse response;
    grpc::health::v1::HealthCheckRequest known;
    known.set_service("v1.Membership");
    grpc::health::v1::HealthCheckRequest unknown;
    unknown.set_service("v1.Imaginary");
    grpc::ClientContext first;
    grpc::ClientContext second;
    grpc::ClientContext third;

    EXPECT_TRUE(stub->Check(&first, known, &response).ok());
    EXPECT_EQ(response.status(), grpc::health::v1::HealthCheckResponse::SERVING);
    EXPECT_EQ(stub->Check(&second, unknown, &response).error_code(), grpc::StatusCode::NOT_FOUND);
    const auto reader = stub->Watch(&third, unknown);
    ASSERT_TRUE(reader->Read(&response));
    EXPECT_EQ(response.status(), grpc::health::v1::HealthCheckResponse::SERVICE_UNKNOWN);
    third.TryCancel();
}

TEST_F(ServiceCalls, AJoinThatIsHandedOnMakesNoEdgeToItsProxy) {
    auto params = joinParamsOf("hub");
    params.features = {{::v1::LEADER_PROXY, 8443}};
    const auto hub = fixture_.await<StatusOr<mesh::JoinGrant>>(
        [&](const auto& done) { fixture_.host->join(params, callerNamed("hub"), done); });
    ASSERT_TRUE(hub.ok());
    fixture_.allow("hub", mesh::policy::Resource::Observers, {mesh::policy::Verb::Put});
    grpc::ClientContext context;
    limit(&context);
    context.AddMetadata("x-webmesh-proxied-for", "charlie");
    context.AddMetadata("x-webmesh-proxied-from", "hub");
    ::v1::JoinResponse response;

    const auto status = ::v1::Membership::NewStub(fixture_.channelAs("hub"))
                            ->Join(&context, joinRequest("charlie"), &response);

    ASSERT_TRUE(status.ok()) << status.error_message();
    fixture_.onLoop([this] {
        const auto& registry = fixture_.host->registry();
        const mesh::NodeId charlie("charlie");
        EXPECT_NE(registry.node(charlie), nullptr);
        EXPECT_EQ(registry.edge(mesh::NodeId("hub"), charlie), nullptr);
        EXPECT_NE(registry.edge(mesh::NodeId("alpha"), charlie), nullptr);
    });
}

TEST_F(ServiceCalls, ReflectionAnswersWhoHasACertificate) {
    namespace pb = grpc::reflection::v1alpha;
    const auto talk = [this](const std::string& as, pb::ServerReflectionResponse* answer) {
        const auto stub = pb::ServerReflection::NewStub(fixture_.channelAs(as));
        grpc::ClientContext context;
        limit(&context);
        const auto stream = stub->ServerReflectionInfo(&context);
        pb::ServerReflectionRequest request;
        request.set_file_containing_symbol("v1.Membership");
        stream->Write(request);
        stream->WritesDone();
        while (stream->Read(answer)) {
        }
        return stream->Finish().error_code();
    };
    pb::ServerReflectionResponse answer;

    EXPECT_EQ(talk("", &answer), grpc::StatusCode::UNAUTHENTICATED);
    EXPECT_EQ(talk("stranger", &answer), grpc::StatusCode::OK);
    // members.proto with what it imports, directly and not.
    EXPECT_GE(answer.file_descriptor_response().file_descriptor_proto_size(), 3);
    // Names for JSON in every field, as reference nodes have them.
    std::map<std::string, std::string> names;
    for (const auto& bytes : answer.file_descriptor_response().file_descriptor_proto()) {
        google::protobuf::FileDescriptorProto file;
        ASSERT_TRUE(file.ParseFromString(bytes));
        for (const auto& message : file.message_type()) {
            for (const auto& field : message.field()) {
                EXPECT_TRUE(field.has_json_name()) << message.name() << "." << field.name();
                names[message.name() + "." + field.name()] = field.json_name();
            }
        }
    }
    EXPECT_EQ(names["JoinRequest.public_key"], "publicKey");
}

TEST(OpenMesh, ServesCallersWithoutProof) {
    ServerFixture fixture(mesh::Authentication::None, services::TlsMode::Insecure);
    const auto channel = fixture.channelAs("");
    ::v1::JoinRequest request;
    request.set_id("charlie");
    request.set_public_key(joinParamsOf("charlie").publicKey.toString());
    ::v1::JoinResponse joined;
    ::v1::NodeList nodes;
    grpc::ClientContext forJoin;
    grpc::ClientContext forNodes;

    EXPECT_TRUE(::v1::Membership::NewStub(channel)->Join(&forJoin, request, &joined).ok());
    EXPECT_TRUE(::v1::Mesh::NewStub(channel)->ListNodes(&forNodes, {}, &nodes).ok());
    EXPECT_EQ(nodes.nodes_size(), 2);
}

TEST(MeshServerStop, EndsStreamsAndCallsThatAreUnderWay) {
    auto fixture = std::make_unique<ServerFixture>();
    ASSERT_TRUE(fixture->joinDirectly("bravo").ok());
    fixture->allow("bravo", mesh::policy::Resource::PubSub, {mesh::policy::Verb::Get});
    const auto stub = ::v1::StorageQueryService::NewStub(fixture->channelAs("bravo"));
    grpc::ClientContext context;
    limit(&context);
    const auto reader = stub->Subscribe(&context, {});
    reader->WaitForInitialMetadata();

    fixture.reset();

    ::v1::SubscriptionEvent event;
    EXPECT_FALSE(reader->Read(&event));
    EXPECT_FALSE(reader->Finish().ok());
}

}  // namespace
}  // namespace weft::tests
