// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/local/local_server.h"

#include "core/control/controller.h"
#include "core/daemon/local/grade.h"
#include "tests/core/daemon/local_server_fixture.h"

#include <gmock/gmock.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/create_channel_posix.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/security/credentials.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <future>
#include <limits>
#include <memory>
#include <string>

#include <sys/socket.h>

namespace weft::daemon {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

class LocalServerTest : public LocalServerFixture {
protected:
    LocalServerTest() { factory_.tellsPeers = true; }

    /// A channel over a socket, as the listener hands it on.
    std::shared_ptr<grpc::Channel> dial() {
        std::array<int, 2> pair{};
        EXPECT_EQ(
            ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, pair.data()), 0);
        server_->adopt(base::UniqueFd(pair[1]));
        return grpc::CreateInsecureChannelFromFd("local", pair[0]);
    }
    void connect() {
        onLoop([this] { table_.startAll(); });
        onLoop(
            [this] { factory_.made.back()->tell(weft::local::v1::Connection::STATE_CONNECTED); });
        onLoop([] {});
    }
    /// The code that `method` ends with, called with an empty request.
    grpc::StatusCode callEmpty(
        const std::shared_ptr<grpc::Channel>& channel, const std::string& method) {
        grpc::GenericStub stub(channel);
        grpc::CompletionQueue queue;
        grpc::ClientContext context;
        context.set_deadline(std::chrono::system_clock::now() + 20s);
        auto call = stub.PrepareCall(&context, method, &queue);
        const grpc::ByteBuffer request(nullptr, 0);
        call->StartCall(nullptr);
        await(queue);
        call->WriteLast(request, {}, nullptr);
        await(queue);
        grpc::ByteBuffer answer;
        call->Read(&answer, nullptr);
        const bool answered = await(queue);
        if (answered) {
            // A stream goes on by itself; that it began is enough.
            context.TryCancel();
        }
        grpc::Status status;
        call->Finish(&status, nullptr);
        await(queue);
        return answered ? grpc::StatusCode::OK : status.error_code();
    }
    static bool await(grpc::CompletionQueue& queue) {
        void* tag = nullptr;
        bool ok = false;
        return queue.Next(&tag, &ok) && ok;
    }
};

TEST_F(LocalServerTest, EveryMethodRefusesEveryGradeBelowItsRowAndNoOther) {
    connect();
    for (const auto grade :
         {api::Grade::None, api::Grade::Observe, api::Grade::Operate, api::Grade::Administer}) {
        serve(grade);
        const auto channel = dial();
        for (const auto& row : gradeRows()) {
            if (grade >= row.grade && row.method.find("/Disconnect") != std::string_view::npos) {
                continue;  // would wait for the fake connection's end
            }
            const auto code = callEmpty(channel, std::string(row.method));

            EXPECT_EQ(code == grpc::StatusCode::PERMISSION_DENIED, grade < row.grade)
                << row.method << " as " << nameOf(grade) << " gave " << code;
        }
    }
}

TEST_F(LocalServerTest, UnknownMethodsAndReflectionAreNotServed) {
    serve(api::Grade::Administer);
    const auto channel = dial();

    for (const std::string method :
         {"/v1.AppDaemon/Reboot",
          "/v1.Mesh/GetNode",
          "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo"}) {
        EXPECT_EQ(callEmpty(channel, method), grpc::StatusCode::UNIMPLEMENTED) << method;
    }
}

TEST_F(LocalServerTest, AppDaemonAnswersAsTheApiSays) {
    connect();
    serve(api::Grade::Operate);
    const auto stub = ::v1::AppDaemon::NewStub(dial());
    {
        grpc::ClientContext context;
        ::v1::StatusResponse status;
        ASSERT_TRUE(stub->Status(&context, {}, &status).ok());
        EXPECT_EQ(status.connection_status(), ::v1::StatusResponse::CONNECTED);
        EXPECT_EQ(status.node().id(), "alpha");
    }
    {
        grpc::ClientContext context;
        ::v1::QueryRequest request;
        request.set_command(::v1::QueryRequest::GET);
        request.set_query("/none");
        const auto reader = stub->Query(&context, request);
        ::v1::QueryResponse answer;
        ASSERT_TRUE(reader->Read(&answer));
        EXPECT_THAT(answer.error(), HasSubstr("key not found"));
        EXPECT_FALSE(reader->Read(&answer));
        EXPECT_TRUE(reader->Finish().ok());
    }
    {
        grpc::ClientContext context;
        ::v1::QueryRequest request;
        request.set_command(::v1::QueryRequest::ITER);
        request.set_query("/p/");
        const auto reader = stub->Query(&context, request);
        ::v1::QueryResponse answer;
        ASSERT_TRUE(reader->Read(&answer));
        EXPECT_EQ(answer.key(), "/p/a");
        ASSERT_TRUE(reader->Read(&answer));
        EXPECT_EQ(answer.error(), "EOF");
        EXPECT_EQ(answer.key(), "");
        EXPECT_TRUE(reader->Finish().ok());
    }
    {
        grpc::ClientContext context;
        ::v1::PublishRequest request;
        request.set_key("/registry/nodes/x");
        ::v1::PublishResponse response;
        EXPECT_EQ(
            stub->Publish(&context, request, &response).error_code(),
            grpc::StatusCode::INVALID_ARGUMENT);
    }
    for (const auto& [seconds, nanos] : {
             std::pair{std::numeric_limits<std::int64_t>::max(), 0},
             std::pair{std::numeric_limits<std::int64_t>::min(), -1},
             std::pair{std::int64_t{1}, -1},
             std::pair{std::int64_t{0}, std::numeric_limits<std::int32_t>::max()},
         }) {
        grpc::ClientContext context;
        ::v1::PublishRequest request;
        request.set_key("x/a");
        request.mutable_ttl()->set_seconds(seconds);
        request.mutable_ttl()->set_nanos(nanos);
        ::v1::PublishResponse response;
        const auto status = stub->Publish(&context, request, &response);
        EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
        EXPECT_THAT(status.error_message(), HasSubstr("time to live"));
    }
    {
        grpc::ClientContext context;
        ::v1::AnnounceDHTResponse response;
        EXPECT_EQ(
            stub->AnnounceDHT(&context, {}, &response).error_code(),
            grpc::StatusCode::UNIMPLEMENTED);
    }
    {
        grpc::ClientContext context;
        ::v1::ConnectResponse response;
        const auto status = stub->Connect(&context, {}, &response);
        EXPECT_EQ(status.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
        EXPECT_EQ(status.error_message(), "already connected");
    }
}

TEST_F(LocalServerTest, AppDaemonTellsTheFiguresOfTheInterface) {
    connect();
    serve(api::Grade::Observe);
    const auto stub = ::v1::AppDaemon::NewStub(dial());
    {
        grpc::ClientContext context;
        ::v1::MetricsResponse none;
        ASSERT_TRUE(stub->Metrics(&context, {}, &none).ok());
        EXPECT_EQ(none.interfaces_size(), 0) << "there is no tunnel";
    }
    TunnelStatistics tunnel;
    tunnel.facts = {"weft3", 51823, 1420};
    tunnel.receivedBytes = 77;
    tunnel.peers.resize(1);
    factory_.made.back()->tunnel = tunnel;

    grpc::ClientContext context;
    ::v1::MetricsResponse figures;
    ASSERT_TRUE(stub->Metrics(&context, {}, &figures).ok());

    ASSERT_TRUE(figures.interfaces().contains("weft3"));
    EXPECT_EQ(figures.interfaces().at("weft3").listen_port(), 51823);
    EXPECT_EQ(figures.interfaces().at("weft3").total_receive_bytes(), 77U);
    EXPECT_EQ(figures.interfaces().at("weft3").num_peers(), 1);
    EXPECT_EQ(figures.interfaces().at("weft3").type(), "userspace");
}

TEST_F(LocalServerTest, EverythingButConnectAndStatusNeedsAConnection) {
    serve(api::Grade::Operate);
    const auto channel = dial();

    for (const std::string method :
         {"/v1.AppDaemon/Disconnect",
          "/v1.AppDaemon/Query",
          "/v1.AppDaemon/Metrics",
          "/v1.AppDaemon/Subscribe",
          "/v1.AppDaemon/Publish"}) {
        EXPECT_EQ(callEmpty(channel, method), grpc::StatusCode::FAILED_PRECONDITION) << method;
    }
    EXPECT_EQ(callEmpty(channel, "/v1.AppDaemon/Status"), grpc::StatusCode::OK);
}

TEST_F(LocalServerTest, CallsPastTheCapOfAUserAreRefusedUntilOneEnds) {
    serve(api::Grade::Observe, 2);
    const auto stub = weft::local::v1::Daemon::NewStub(dial());
    grpc::ClientContext first;
    grpc::ClientContext second;
    const auto one = stub->WatchState(&first, {});
    const auto two = stub->WatchState(&second, {});
    weft::local::v1::DaemonState state;
    ASSERT_TRUE(one->Read(&state));
    ASSERT_TRUE(two->Read(&state));

    grpc::ClientContext third;
    weft::local::v1::Capabilities capabilities;
    EXPECT_EQ(
        stub->GetCapabilities(&third, {}, &capabilities).error_code(),
        grpc::StatusCode::RESOURCE_EXHAUSTED);

    first.TryCancel();
    EXPECT_EQ(one->Finish().error_code(), grpc::StatusCode::CANCELLED);
    grpc::StatusCode code = grpc::StatusCode::UNKNOWN;
    const auto limit = std::chrono::steady_clock::now() + 20s;
    while (code != grpc::StatusCode::OK && std::chrono::steady_clock::now() < limit) {
        grpc::ClientContext again;
        code = stub->GetCapabilities(&again, {}, &capabilities).error_code();
    }
    EXPECT_EQ(code, grpc::StatusCode::OK);
    EXPECT_EQ(capabilities.grade(), weft::local::v1::GRADE_OBSERVE);
}

TEST_F(LocalServerTest, AStreamThatNobodyReadsHoldsNobodyUp) {
    connect();
    serve(api::Grade::Operate);
    const auto channel = dial();
    const auto stub = weft::local::v1::Daemon::NewStub(channel);
    grpc::ClientContext stuck;
    const auto never = stub->WatchState(&stuck, {});

    for (int i = 0; i < 2000; ++i) {
        loop_.post(
            [this] { factory_.made.back()->tell(weft::local::v1::Connection::STATE_CONNECTED); });
    }
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + 20s);
    weft::local::v1::Capabilities capabilities;

    EXPECT_TRUE(weft::local::v1::Daemon::NewStub(dial())
                    ->GetCapabilities(&context, {}, &capabilities)
                    .ok());
    stuck.TryCancel();
}

TEST_F(LocalServerTest, TheEmbeddedChannelServesAControllerThatAdministers) {
    serve(api::Grade::Administer);
    auto controller = control::makeController(server_->inProcessChannel());
    std::promise<StatusOr<api::Capabilities>> answer;
    std::promise<api::DaemonState> first;
    std::atomic<bool> seen = false;

    controller->capabilities([&](const auto& capabilities) { answer.set_value(capabilities); });
    const auto watch = controller->watchState([&](const api::DaemonState& state) {
        if (!seen.exchange(true)) {
            first.set_value(state);
        }
    });

    const auto capabilities = answer.get_future().get();
    ASSERT_TRUE(capabilities.ok()) << capabilities.status();
    EXPECT_EQ(capabilities->grade, api::Grade::Administer);
    EXPECT_EQ(capabilities->defaultNodeId, "alpha");
    EXPECT_EQ(first.get_future().get().defaultProfile, api::ProfileId("default"));
    controller.reset();
}

TEST_F(LocalServerTest, GarbageIsClosedAndTheNextCallerIsServed) {
    serve(api::Grade::Observe);
    std::array<int, 2> pair{};
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair.data()), 0);
    const base::UniqueFd client(pair[0]);
    server_->adopt(base::UniqueFd(pair[1]));
    const std::string garbage(4096, '\xff');

    ASSERT_GT(::send(client.get(), garbage.data(), garbage.size(), MSG_NOSIGNAL), 0);
    std::array<char, 4096> answer{};
    while (::recv(client.get(), answer.data(), answer.size(), 0) > 0) {
    }

    EXPECT_EQ(callEmpty(dial(), "/v1.AppDaemon/Status"), grpc::StatusCode::OK);
}

}  // namespace
}  // namespace weft::daemon
