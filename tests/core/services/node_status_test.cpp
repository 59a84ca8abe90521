// SPDX-License-Identifier: Apache-2.0
// What a node says of itself, and to whom.
#include "core/services/link/channel.h"
#include "core/services/node/interface_source.h"
#include "tests/core/services/service_calls_fixture.h"

#include "v1/node.grpc.pb.h"

#include <gmock/gmock.h>
#include <grpcpp/channel.h>

#include <future>
#include <memory>
#include <string>
#include <utility>

namespace weft::tests {
namespace {

struct Answer {
    grpc::Status result;
    ::v1::Status status;
};

Answer askFor(const std::string& id, const std::shared_ptr<grpc::Channel>& channel) {
    grpc::ClientContext context;
    limit(&context);
    ::v1::GetStatusRequest request;
    request.set_id(id);
    Answer answer;
    answer.result = ::v1::Node::NewStub(channel)->GetStatus(&context, request, &answer.status);
    return answer;
}

/// An interface with one peer. Thread: the node loop.
class FakeInterface final : public services::InterfaceSource {
public:
    void read(Callback<::v1::InterfaceMetrics> done) override {
        if (!holds) {
            answer(done);
            return;
        }
        held = std::move(done);
        asked.set_value();
    }
    void answer(const Callback<::v1::InterfaceMetrics>& done) const {
        if (!status.ok()) {
            done(status);
            return;
        }
        ::v1::InterfaceMetrics metrics;
        metrics.set_device_name("weft7");
        metrics.set_address_v6("fd00::7:0/112");
        metrics.set_num_peers(1);
        metrics.add_peers()->set_endpoint("192.0.2.7:51820");
        done(metrics);
    }

    Status status;
    bool holds = false;
    Callback<::v1::InterfaceMetrics> held;
    /// Once `held` is there.
    std::promise<void> asked;
};

/// A second server of the same node, which has an interface.
class NodeStatus : public ServiceCalls {
protected:
    void SetUp() override {
        ServiceCalls::SetUp();
        services::MeshServerOptions options;
        options.listen = {"127.0.0.1", 0};
        options.identity = fixture_.authority.issue("alpha");
        options.authorityPem = fixture_.authority.pem();
        auto started = services::MeshServer::start(
            std::move(options),
            {.loop = fixture_.loop, .host = *fixture_.host, .tunnel = &interface_});
        ASSERT_TRUE(started.ok()) << started.status();
        server_ = *std::move(started);
    }

    Answer askAs(const std::string& caller) {
        return askFor(
            "",
            services::makeChannel({"127.0.0.1", server_->port()}, fixture_.linkOptionsAs(caller)));
    }

    FakeInterface interface_;
    std::unique_ptr<services::MeshServer> server_;
};

TEST_F(ServiceCalls, NodeTellsItsOwnStatus) {
    const auto [result, status] = askFor("", fixture_.channelAs("bravo"));

    ASSERT_TRUE(result.ok()) << result.error_message();
    EXPECT_EQ(status.id(), "alpha");
    EXPECT_EQ(status.version(), WEFT_VERSION);
    EXPECT_EQ(status.cluster_status(), ::v1::CLUSTER_LEADER);
    EXPECT_EQ(status.current_leader(), "alpha");
    EXPECT_EQ(status.features_size(), 2);
    EXPECT_GT(status.started_at().seconds(), 0);
    EXPECT_THAT(status.uptime(), ::testing::EndsWith("s"));
}

TEST_F(ServiceCalls, NodeRelaysNoQuestionsForOtherNodes) {
    const auto ask = [this](const std::string& as, const std::string& about) {
        return askFor(about, fixture_.channelAs(as)).result;
    };

    EXPECT_EQ(ask("stranger", "bravo").error_code(), grpc::StatusCode::PERMISSION_DENIED);
    EXPECT_EQ(ask("stranger", "nobody").error_code(), grpc::StatusCode::PERMISSION_DENIED);
    EXPECT_EQ(ask("bravo", "nobody").error_code(), grpc::StatusCode::NOT_FOUND);
    const auto refused = ask("alpha", "bravo");
    EXPECT_EQ(refused.error_code(), grpc::StatusCode::UNIMPLEMENTED);
    EXPECT_EQ(refused.error_message(), "this server does not ask other nodes: ask bravo itself");
    EXPECT_EQ(ask("stranger", "alpha").error_code(), grpc::StatusCode::OK);
}

TEST_F(NodeStatus, TellsMembersAndTheAdministratorOfTheInterface) {
    for (const char* caller : {"bravo", "boss"}) {
        const auto [result, status] = askAs(caller);

        ASSERT_TRUE(result.ok()) << result.error_message();
        EXPECT_EQ(status.id(), "alpha");
        EXPECT_EQ(status.interface_metrics().device_name(), "weft7");
        EXPECT_EQ(status.interface_metrics().address_v6(), "fd00::7:0/112");
        ASSERT_EQ(status.interface_metrics().peers_size(), 1);
        EXPECT_EQ(status.interface_metrics().peers(0).endpoint(), "192.0.2.7:51820");
    }
}

TEST_F(NodeStatus, TellsStrangersNothingOfTheInterface) {
    const auto [result, status] = askAs("stranger");

    ASSERT_TRUE(result.ok()) << result.error_message();
    EXPECT_EQ(status.id(), "alpha");
    EXPECT_FALSE(status.has_interface_metrics());
}

TEST_F(NodeStatus, TellsTheAddressesWhereThereIsNoInterface) {
    fixture_.onLoop([this] { interface_.status = failedPrecondition("it has gone"); });
    std::string ipv4;
    std::string ipv6;
    fixture_.onLoop([&] {
        const auto* self = fixture_.host->registry().node(mesh::NodeId("alpha"));
        ipv4 = self->privateIpv4->toString();
        ipv6 = self->privateIpv6->toString();
    });

    // The other server was never told of an interface.
    for (const auto& answer : {askAs("bravo"), askFor("", fixture_.channelAs("bravo"))}) {
        ASSERT_TRUE(answer.result.ok()) << answer.result.error_message();
        const auto& metrics = answer.status.interface_metrics();
        EXPECT_EQ(metrics.address_v4(), ipv4);
        EXPECT_EQ(metrics.address_v6(), ipv6);
        EXPECT_EQ(metrics.device_name(), "");
    }
}

TEST_F(NodeStatus, TakesAnInterfaceThatAnswersAfterTheServerHasGone) {
    interface_.holds = true;
    auto answer = std::async(std::launch::async, [this] { return askAs("bravo"); });
    ASSERT_EQ(interface_.asked.get_future().wait_for(kPatience), std::future_status::ready);

    server_->stop(Duration::zero());
    server_.reset();
    fixture_.onLoop([this] { interface_.answer(std::exchange(interface_.held, nullptr)); });

    EXPECT_FALSE(answer.get().result.ok());
}

}  // namespace
}  // namespace weft::tests
