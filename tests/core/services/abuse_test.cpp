// SPDX-License-Identifier: Apache-2.0
#include "core/services/metrics/metrics_endpoint.h"
#include "tests/core/services/honest_call.h"
#include "tests/core/services/raw_client.h"
#include "tests/core/services/server_fixture.h"
#include "tests/support/instrumented.h"

#include "v1/node.grpc.pb.h"

#include <gmock/gmock.h>
#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace weft::tests {
namespace {

using namespace std::chrono_literals;
using services::TlsMode;
using ::testing::HasSubstr;
using ::testing::Not;

ServerFixture::Tune limits(services::AcceptLimits accept) {
    return [accept](auto* options) { options->accept = accept; };
}

TEST(AcceptGate, ClosesOnGarbage) {
    ServerFixture fixture;
    for (const std::string& bytes :
         {std::string("GET / HTTP/1.1\r\n\r\n"),
          std::string("SSH-2.0-x\r\n"),
          std::string(1000, '\0'),
          std::string("\xff")}) {
        RawClient client(fixture.server->port());
        ASSERT_TRUE(client.send(bytes));
        EXPECT_TRUE(client.closedWithin(kHonestPatience)) << bytes.substr(0, 10);
    }
    EXPECT_EQ(fixture.server->connections().refusedGarbage, 4U);
    EXPECT_TRUE(honestCall(fixture.channelAs("bravo")));
}

TEST(AcceptGate, ClosesOnTlsWherePlainHttp2IsSpoken) {
    ServerFixture fixture(mesh::Authentication::None, TlsMode::Insecure);
    RawClient tls(fixture.server->port());
    RawClient web(fixture.server->port());
    ASSERT_TRUE(tls.send("\x16\x03\x01"));
    ASSERT_TRUE(web.send("PRI * HTTP/1.1\r\n"));

    EXPECT_TRUE(tls.closedWithin(kHonestPatience));
    EXPECT_TRUE(web.closedWithin(kHonestPatience));
    EXPECT_TRUE(honestCall(fixture.channelAs("")));
}

TEST(AcceptGate, ClosesHalfFinishedTls) {
    ServerFixture fixture(mesh::Authentication::Required, TlsMode::Mutual, [](auto* options) {
        options->handshakeTimeout = 1s;
    });
    // The beginning of a ClientHello, and no more.
    RawClient client(fixture.server->port());
    ASSERT_TRUE(client.send(std::string_view("\x16\x03\x01\x02\x00\x01", 6)));

    EXPECT_TRUE(honestCall(fixture.channelAs("bravo")));
    EXPECT_TRUE(client.closedWithin(20s)) << "the handshake has a deadline";
}

TEST(AcceptGate, ClosesSilentConnections) {
    services::AcceptLimits accept;
    accept.firstByteTimeout = 200ms;
    ServerFixture fixture(mesh::Authentication::Required, TlsMode::Mutual, limits(accept));
    RawClient client(fixture.server->port());

    EXPECT_TRUE(client.closedWithin(kHonestPatience));
    EXPECT_EQ(fixture.server->connections().silent, 1U);
}

TEST(AcceptGate, HoldsTheCapOfASource) {
    services::AcceptLimits accept;
    accept.connectionsPerSource = 3;
    ServerFixture fixture(mesh::Authentication::None, TlsMode::Insecure, limits(accept));
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 3; ++i) {
        clients.push_back(std::make_unique<RawClient>(fixture.server->port()));
        ASSERT_TRUE(clients.back()->send(h2::hello()));
        ASSERT_TRUE(clients.back()->hears(kHonestPatience)) << "the server speaks HTTP/2";
    }

    RawClient oneMore(fixture.server->port());
    EXPECT_TRUE(oneMore.closedWithin(kHonestPatience));
    EXPECT_EQ(fixture.server->connections().refusedBySource, 1U);
    EXPECT_EQ(fixture.server->connections().open, 3U);

    clients.pop_back();
    // The library notices the end in its own time; the gate then sees the descriptor gone.
    const auto end = std::chrono::steady_clock::now() + kPatience;
    bool letIn = false;
    while (!letIn && std::chrono::steady_clock::now() < end) {
        RawClient next(fixture.server->port());
        letIn = next.send(h2::hello()) && next.hears(500ms);
    }
    EXPECT_TRUE(letIn);
}

TEST(AcceptGate, HoldsTheTotal) {
    services::AcceptLimits accept;
    accept.connections = 2;
    ServerFixture fixture(mesh::Authentication::None, TlsMode::Insecure, limits(accept));
    RawClient first(fixture.server->port());
    RawClient second(fixture.server->port());
    ASSERT_TRUE(first.send(h2::hello()) && first.hears(kHonestPatience));
    ASSERT_TRUE(second.send(h2::hello()) && second.hears(kHonestPatience));

    RawClient third(fixture.server->port());

    EXPECT_TRUE(third.closedWithin(kHonestPatience));
    EXPECT_EQ(fixture.server->connections().refusedByTotal, 1U);
}

TEST(AcceptGate, StepsToTheNextPortUnlessToldOtherwise) {
    ServerFixture fixture;
    services::MeshServerOptions options;
    options.listen = {"127.0.0.1", fixture.server->port()};
    options.tls = TlsMode::Insecure;
    options.portIsExplicit = true;
    const auto exact =
        services::MeshServer::start(std::move(options), {fixture.loop, *fixture.host, nullptr});
    services::MeshServerOptions again;
    again.listen = {"127.0.0.1", fixture.server->port()};
    again.tls = TlsMode::Insecure;
    const auto stepped =
        services::MeshServer::start(std::move(again), {fixture.loop, *fixture.host, nullptr});

    EXPECT_EQ(exact.status().code(), StatusCode::kUnavailable);
    EXPECT_THAT(messageOf(exact.status()), HasSubstr("cannot listen on 127.0.0.1:"));
    ASSERT_TRUE(stepped.ok()) << toString(stepped.status());
    EXPECT_NE((*stepped)->port(), fixture.server->port());
}

TEST(AcceptGate, ListensOnAllAddressesOfBothFamilies) {
    ServerFixture fixture(mesh::Authentication::None, TlsMode::Insecure, [](auto* options) {
        options->listen = {"", 0};
    });

    EXPECT_TRUE(honestCall(fixture.channelAs("")));
}

TEST(AcceptGate, RefusesAnAddressThatIsNone) {
    ServerFixture fixture;
    services::MeshServerOptions options;
    options.listen = {"not an address", 0};
    options.tls = TlsMode::Insecure;

    const auto server =
        services::MeshServer::start(std::move(options), {fixture.loop, *fixture.host, nullptr});

    EXPECT_EQ(server.status().code(), StatusCode::kInvalidArgument);
}

TEST(Flood, ThousandIdleConnectionsLeaveHonestCallsAnswered) {
    services::AcceptLimits accept;
    accept.connectionsPerSource = 2000;
    ServerFixture fixture(mesh::Authentication::None, TlsMode::Insecure, limits(accept));
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    // Both ends live in this process.
    if (limit.rlim_max < 4096) {
        GTEST_SKIP() << "needs 4096 descriptors";
    }
    const std::size_t before = residentKilobytes();
    std::vector<std::unique_ptr<RawClient>> clients;
    const std::size_t wanted = fixture.server->connections().open + 1000;
    while (clients.size() < wanted) {
        clients.push_back(std::make_unique<RawClient>(fixture.server->port()));
        ASSERT_TRUE(clients.back()->connected()) << clients.size();
        ASSERT_TRUE(clients.back()->send(h2::hello()));
    }

    const auto took = honestCall(fixture.channelAs(""));

    ASSERT_TRUE(took);
    EXPECT_LT(*took, 1000ms * kSlowdown);
    EXPECT_LT(grownSince(before), std::size_t{96} * 1024);
}

TEST(Flood, RapidResetIsCutAndLeavesHonestCallsAnswered) {
    ServerFixture fixture(mesh::Authentication::None, TlsMode::Insecure, [](auto* options) {
        // The honest caller below calls as fast as it can.
        options->calls.callBurst = 1e6;
    });
    const auto channel = fixture.channelAs("");
    ASSERT_TRUE(honestCall(channel));
    std::atomic<bool> stop{false};
    std::thread attacker([&] {
        while (!stop) {
            RawClient client(fixture.server->port());
            bool alive = client.connected() && client.send(h2::hello());
            for (std::uint32_t stream = 1; alive && stream < 200'000 && !stop; stream += 2) {
                alive = client.send(h2::request(stream, "/v1.Node/GetStatus") + h2::reset(stream));
            }
        }
    });

    std::chrono::milliseconds slowest{0};
    const auto end = std::chrono::steady_clock::now() + kPatience;
    while (fixture.server->connections().cut < 3 && std::chrono::steady_clock::now() < end) {
        slowest = std::max(slowest, honestCall(channel).value_or(kHonestPatience));
    }
    stop = true;
    attacker.join();

    EXPECT_GE(fixture.server->connections().cut, 3U);
    EXPECT_LT(slowest, 2000ms * kSlowdown);
}

TEST(Flood, CallsWithoutEndAreCut) {
    ServerFixture fixture(mesh::Authentication::None, TlsMode::Insecure, [](auto* options) {
        options->calls.callBurst = 100;
        options->calls.callsPerSecond = 1;
    });
    // The flood comes from the same address, which gets no new connection for a while.
    const auto channel = fixture.channelAs("");
    ASSERT_TRUE(honestCall(channel));
    RawClient client(fixture.server->port());
    ASSERT_TRUE(client.send(h2::hello()));
    // An empty message, so that each call reaches its handler.
    const std::string message = std::string(5, '\0');
    constexpr std::uint8_t kEndStream = 1;
    bool alive = true;
    for (std::uint32_t stream = 1; stream < 4000 && alive; stream += 2) {
        alive = client.send(
            h2::request(stream, "/v1.Node/GetStatus") + h2::frame(0, kEndStream, stream, message));
    }

    EXPECT_TRUE(client.closedWithin(kHonestPatience));
    EXPECT_GE(fixture.server->connections().cut, 1U);
    EXPECT_TRUE(honestCall(channel));
}

TEST(Flood, HeadersWithoutEndAreCut) {
    ServerFixture fixture(mesh::Authentication::None, TlsMode::Insecure);
    const auto channel = fixture.channelAs("");
    ASSERT_TRUE(honestCall(channel));
    RawClient client(fixture.server->port());
    ASSERT_TRUE(client.send(h2::hello()));
    constexpr std::uint8_t kHeaders = 1;
    constexpr std::uint8_t kContinuation = 9;
    const std::string block = h2::header("x-a", std::string(8000, 'a'));
    bool alive = client.send(h2::frame(kHeaders, 0, 1, h2::header(":method", "POST")));
    // One header block until the connection is cut, which takes as long as the machine lets it.
    const auto end = std::chrono::steady_clock::now() + kPatience;
    while (alive && std::chrono::steady_clock::now() < end) {
        alive = client.send(h2::frame(kContinuation, 0, 1, block));
    }

    EXPECT_FALSE(alive);
    EXPECT_GE(fixture.server->connections().cut, 1U);
    EXPECT_TRUE(honestCall(channel));
}

/// Sends `frame` a hundred thousand times without reading an answer.
void floodWith(const std::string& frame) {
    ServerFixture fixture(mesh::Authentication::None, TlsMode::Insecure);
    const auto channel = fixture.channelAs("");
    ASSERT_TRUE(honestCall(channel));
    const std::size_t before = residentKilobytes();
    RawClient client(fixture.server->port());
    ASSERT_TRUE(client.send(h2::hello()));
    std::string many;
    for (int i = 0; i < 1000; ++i) {
        many += frame;
    }
    bool alive = true;
    for (int i = 0; i < 100 && alive; ++i) {
        alive = client.send(many);
    }
    EXPECT_TRUE(honestCall(channel));
    EXPECT_LT(grownSince(before), std::size_t{64} * 1024);
}

TEST(Flood, PingsLeaveHonestCallsAnswered) {
    constexpr std::uint8_t kPing = 6;
    floodWith(h2::frame(kPing, 0, 0, std::string(8, 'p')));
}

TEST(Flood, SettingsLeaveHonestCallsAnswered) {
    constexpr std::uint8_t kSettings = 4;
    floodWith(h2::frame(kSettings, 0, 0, ""));
}

// Runs in a child with few descriptors. Returns 0, or the number of the step that failed.
int sufferDescriptorShortage() {
    rlimit limit{256, 256};
    ::setrlimit(RLIMIT_NOFILE, &limit);
    services::AcceptLimits accept;
    accept.connectionsPerSource = 10'000;
    accept.connections = 10'000;
    accept.reservedDescriptors = 0;
    ServerFixture fixture(mesh::Authentication::None, TlsMode::Insecure, limits(accept));
    const auto channel = fixture.channelAs("");
    const auto call = [&channel] {
        grpc::ClientContext context;
        context.set_deadline(std::chrono::system_clock::now() + kHonestPatience);
        ::v1::Status response;
        return ::v1::Node::NewStub(channel)->GetStatus(&context, {}, &response).ok();
    };
    if (!call()) {
        return 1;
    }
    std::vector<int> hoard;
    while (true) {
        const int fd = ::dup(0);
        if (fd < 0) {
            break;
        }
        hoard.push_back(fd);
    }
    // Two for a client; its connection then finds none for the server's end.
    ::close(hoard.back());
    hoard.pop_back();
    {
        RawClient refused(fixture.server->port());
        if (!refused.closedWithin(kHonestPatience)) {
            return 2;
        }
        if (fixture.server->connections().descriptorShortages == 0) {
            return 3;
        }
    }
    // The call on the connection that stands is answered all the while.
    if (!call()) {
        return 4;
    }
    for (const int fd : hoard) {
        ::close(fd);
    }
    const auto end = std::chrono::steady_clock::now() + kHonestPatience;
    while (std::chrono::steady_clock::now() < end) {
        RawClient client(fixture.server->port());
        if (client.send(h2::hello()) && client.hears(1000ms)) {
            return 0;
        }
    }
    return 5;
}

TEST(DescriptorShortageDeathTest, IsSurvivedAndOver) {
    // A process of its own: the limit is the process's, and gRPC does not live through a fork.
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    EXPECT_EXIT(std::_Exit(sufferDescriptorShortage()), ::testing::ExitedWithCode(0), "");
}

TEST(Start, TakesFewMilliseconds) {
    ServerFixture fixture;
    services::MeshServerOptions options;
    options.listen = {"127.0.0.1", 0};
    options.identity = fixture.authority.issue("alpha");
    options.authorityPem = fixture.authority.pem();
    const auto start = std::chrono::steady_clock::now();

    const auto server =
        services::MeshServer::start(std::move(options), {fixture.loop, *fixture.host, nullptr});

    ASSERT_TRUE(server.ok());
    EXPECT_LT(std::chrono::steady_clock::now() - start, 100ms * kSlowdown);
}

TEST(MeshServerOptions, AreChecked) {
    const TestAuthority authority;
    services::MeshServerOptions options;
    EXPECT_EQ(options.validate().code(), StatusCode::kInvalidArgument) << "no certificate";
    options.identity = authority.issue("alpha");
    EXPECT_EQ(options.validate().code(), StatusCode::kInvalidArgument) << "no authority";
    options.authorityPem = "garbage";
    EXPECT_EQ(options.validate().code(), StatusCode::kInvalidArgument);
    options.authorityPem = authority.pem();
    EXPECT_TRUE(options.validate().ok());
    options.identity.keyPem = *crypto::generateTlsKey();
    EXPECT_EQ(options.validate().code(), StatusCode::kInvalidArgument) << "another key";
}

std::string scrape(std::uint16_t port) {
    RawClient client(port);
    EXPECT_TRUE(client.send("GET /metrics HTTP/1.0\r\n\r\n"));
    return client.readAll(kHonestPatience);
}

TEST(Metrics, TellCallsConnectionsAndTheProcess) {
    ServerFixture fixture;
    ASSERT_TRUE(honestCall(fixture.channelAs("bravo")));
    const auto endpoint = services::MetricsEndpoint::start({"", 0});
    ASSERT_TRUE(endpoint.ok()) << toString(endpoint.status());
    const auto told = (*endpoint)->add({"home", fixture.server.get()});

    const std::string text = scrape((*endpoint)->port());

    EXPECT_THAT(
        text,
        HasSubstr("grpc_server_handled_total{grpc_type=\"unary\",grpc_service=\"v1.Node\","
                  "grpc_method=\"GetStatus\",grpc_code=\"OK\",mesh=\"home\"} 1"));
    EXPECT_THAT(text, HasSubstr("grpc_server_started_total{"));
    EXPECT_THAT(text, HasSubstr("weft_mesh_connections_open{mesh=\"home\"} 1"));
    EXPECT_THAT(
        text, HasSubstr("weft_mesh_connections_refused_total{reason=\"garbage\",mesh=\"home\"} 0"));
    EXPECT_THAT(text, HasSubstr("process_resident_memory_bytes "));
    EXPECT_THAT(text, HasSubstr("process_open_fds "));
}

TEST(Metrics, TellEachMeshByItsLabelInOneFamilyWhileItIsThere) {
    ServerFixture home;
    ServerFixture work;
    const auto endpoint = services::MetricsEndpoint::start({"", 0});
    ASSERT_TRUE(endpoint.ok()) << toString(endpoint.status());
    const auto atHome = (*endpoint)->add({"home", home.server.get()});
    auto atWork = (*endpoint)->add({"work", work.server.get()});

    const std::string both = scrape((*endpoint)->port());
    atWork.cancel();
    const std::string one = scrape((*endpoint)->port());

    for (const auto& text : {both, one}) {
        const auto type = text.find("# TYPE weft_mesh_connections_open gauge");
        ASSERT_NE(type, std::string::npos) << text;
        EXPECT_EQ(text.find("# TYPE weft_mesh_connections_open", type + 1), std::string::npos);
        EXPECT_THAT(text, HasSubstr("weft_mesh_connections_open{mesh=\"home\"} 0"));
    }
    EXPECT_THAT(both, HasSubstr("weft_mesh_connections_open{mesh=\"work\"} 0"));
    EXPECT_THAT(one, Not(HasSubstr("work")));
}

TEST(Metrics, TellThatTheAddressCannotBeUsed) {
    const auto first = services::MetricsEndpoint::start({"127.0.0.1", 0});
    ASSERT_TRUE(first.ok());

    const auto taken = services::MetricsEndpoint::start({"127.0.0.1", (*first)->port()});
    const auto odd = services::MetricsEndpoint::start({"a,b", 1});

    EXPECT_EQ(taken.status().code(), StatusCode::kUnavailable);
    EXPECT_EQ(odd.status().code(), StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace weft::tests
