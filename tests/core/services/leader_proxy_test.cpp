// SPDX-License-Identifier: Apache-2.0
// A plain node's server in front of a leader, each on a port of loopback.
#include "core/services/proxy/leader_proxy.h"

#include "core/services/link/channel.h"
#include "core/services/proxy/leader_route.h"
#include "tests/core/services/chat.h"
#include "tests/core/services/echo_leader.h"

#include "v1/node.pb.h"

#include <gmock/gmock.h>

#include <thread>

namespace weft::tests {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using Code = grpc::StatusCode;

constexpr std::size_t kReceiveCap = 64 * 1024;

/// The methods of the real table, and some of a leader that does as it is told.
std::span<const services::MethodRow> rowsWithTestLeader() {
    using services::Access;
    using services::MethodRow;
    using services::ProxyClass;
    static const auto rows = [] {
        std::vector<MethodRow> made(services::methodRows().begin(), services::methodRows().end());
        for (const char* name :
             {"/test.Leader/Busy",
              "/test.Leader/Echo",
              "/test.Leader/Fail",
              "/test.Leader/Large",
              "/test.Leader/Pour",
              "/test.Leader/Wait"}) {
            made.push_back({name, Access::Authenticated, ProxyClass::Leader, true});
        }
        std::ranges::sort(made, {}, &MethodRow::name);
        return made;
    }();
    return rows;
}

services::LinkOptions clearText() {
    services::LinkOptions options;
    options.tls = services::TlsMode::Insecure;
    return options;
}

/// What the plain node "bravo" knows: "charlie" and it are members.
class BravosView final : public mesh::Standing {
public:
    const storage::Registry& registry() const override { return registry_; }
    const mesh::NodeId& selfId() const override { return self_; }
    bool isAdmin(const mesh::Caller& /*caller*/) const override { return false; }
    bool isMember(const mesh::Caller& caller) const override {
        return caller.identity.value() == "charlie";
    }
    bool isRemoved(const mesh::NodeId& /*id*/) const override { return false; }
    Subscription onRemoval(std::function<void(const mesh::NodeId&)> /*removed*/) const override {
        return {};
    }
    std::vector<mesh::StorageServer> storageServers() const override {
        return {{mesh::NodeId("alpha"), mesh::StorageServer::Suffrage::Leader, ""}};
    }
    void record(mesh::AuditEvent /*event*/) const override {}

private:
    const mesh::NodeId self_{"bravo"};
    storage::Registry registry_;
};

class LeaderProxyTest : public ::testing::Test {
protected:
    ~LeaderProxyTest() override { stop(); }

    /// Starts the plain node's server, whose leader is reached with `link`.
    void start(
        services::LinkOptions link,
        const std::optional<net::HostPort>& leaderAt,
        services::ProxyLimits limits = {}) {
        proxy_ =
            std::make_unique<services::LeaderProxy>(mesh::NodeId("bravo"), std::move(link), limits);
        if (leaderAt) {
            proxy_->setRoute(services::LeaderRoute{mesh::NodeId("alpha"), *leaderAt});
        }
        services::MeshServerOptions options;
        options.listen = {"127.0.0.1", 0};
        options.identity = authority_.issue("bravo");
        options.authorityPem = authority_.pem();
        options.authentication = authentication_;
        options.methods = rowsWithTestLeader();
        options.maxReceiveBytes = kReceiveCap;
        auto started =
            services::MeshServer::startForMember(std::move(options), {loop_, view_, proxy_.get()});
        ASSERT_TRUE(started.ok()) << started.status();
        server_ = *std::move(started);
    }
    void startBeforeEcho(services::ProxyLimits limits = {}) {
        // Not sent in clear text, but had: a leader would take a call without a name for its own.
        auto link = clearText();
        link.identity = authority_.issue("bravo");
        start(std::move(link), leader_.address(), limits);
    }
    void stop() { server_.reset(); }

    std::shared_ptr<grpc::Channel> channelAs(const std::string& name) const {
        services::LinkOptions options;
        options.authorityPem = authority_.pem();
        options.serverName = "bravo";
        if (!name.empty()) {
            options.identity = authority_.issue(name);
        }
        return services::makeChannel({"127.0.0.1", server_->port()}, options);
    }

    /// What waits at the proxy, once it is as much as wanted.
    std::size_t waitForAnswerBytes(std::size_t wanted) const {
        const auto end = std::chrono::steady_clock::now() + kPatience;
        while (proxy_->answerBytes() != wanted && std::chrono::steady_clock::now() < end) {
            std::this_thread::yield();
        }
        return proxy_->answerBytes();
    }

    mesh::Authentication authentication_ = mesh::Authentication::Required;
    TestAuthority authority_;
    EchoLeader leader_;
    base::AsioLoop loop_{"test-bravo"};
    BravosView view_;
    std::unique_ptr<services::LeaderProxy> proxy_;
    std::unique_ptr<services::MeshServer> server_;
};

std::string valueOf(const EchoLeader::Seen& seen, const std::string& name) {
    const auto found = seen.headers.find(name);
    return found == seen.headers.end() ? "" : found->second;
}

/// A call that is read to its end.
grpc::Status endOf(const std::shared_ptr<grpc::Channel>& channel, const std::string& method) {
    Chat chat(channel, method);
    while (chat.read()) {
    }
    return chat.finish();
}

TEST_F(LeaderProxyTest, HandsACallOnInTheNameOfItsCaller) {
    startBeforeEcho();
    Chat chat(
        channelAs("charlie"),
        "/test.Leader/Echo",
        {{"x-weft-condition", "revision 7"},
         {"traceparent", "00-1"},
         {"x-note", "kept here"},
         {"x-webmesh-id-auth-peer-id", "somebody"},
         {"authorization", "Bearer secret"}});

    std::string answer;
    const auto status = chat.ask("bytes \x01\xff of any kind", &answer);

    EXPECT_TRUE(status.ok()) << status.error_message();
    EXPECT_EQ(answer, "bytes \x01\xff of any kind");
    EXPECT_EQ(chat.header("x-begin"), "hello");
    EXPECT_EQ(chat.trailer("x-end"), "bye");
    const auto seen = leader_.seen();
    EXPECT_EQ(valueOf(seen, "x-webmesh-proxied-for"), "charlie");
    EXPECT_EQ(valueOf(seen, "x-webmesh-proxied-from"), "bravo");
    EXPECT_EQ(seen.headers.count("x-webmesh-proxied-for"), 1U);
    EXPECT_EQ(valueOf(seen, "x-weft-condition"), "revision 7");
    EXPECT_EQ(valueOf(seen, "traceparent"), "00-1");
    for (const char* name : {"x-note", "authorization", "x-webmesh-id-auth-peer-id"}) {
        EXPECT_EQ(seen.headers.count(name), 0U) << name;
    }
}

TEST_F(LeaderProxyTest, AForgedHeaderGetsNobodyToTheLeader) {
    startBeforeEcho();

    for (const char* name : {"x-webmesh-proxied-for", "x-webmesh-proxied-from"}) {
        const auto status =
            Chat(channelAs("charlie"), "/test.Leader/Echo", {{name, "boss"}}).ask("");
        EXPECT_EQ(status.error_code(), Code::FAILED_PRECONDITION) << name;
        EXPECT_THAT(status.error_message(), HasSubstr("handed on already"));
    }

    EXPECT_EQ(leader_.seen().calls, 0U);
}

TEST_F(LeaderProxyTest, TwoProxiesThatTakeEachOtherForTheLeaderDoNotLoop) {
    start({}, std::nullopt);
    services::LinkOptions link;
    link.authorityPem = authority_.pem();
    link.serverName = "bravo";
    link.identity = authority_.issue("bravo");
    stop();
    start(link.clone(), std::nullopt);
    // Its own address, under another's name.
    proxy_->setRoute(services::LeaderRoute{mesh::NodeId("alpha"), {"127.0.0.1", server_->port()}});

    const auto status = Chat(channelAs("charlie"), "/test.Leader/Echo").ask("around");

    EXPECT_EQ(status.error_code(), Code::FAILED_PRECONDITION);
    EXPECT_THAT(status.error_message(), HasSubstr("handed on already"));
}

TEST_F(LeaderProxyTest, NobodyIsHandedOnWithoutAName) {
    startBeforeEcho();

    // The second one asks nobody at the leader itself.
    for (const char* method : {"/test.Leader/Echo", "/weft.mesh.v1.Enrolment/Enrol"}) {
        const auto status = Chat(channelAs(""), method).ask("");
        EXPECT_EQ(status.error_code(), Code::UNAUTHENTICATED) << method;
    }

    EXPECT_EQ(leader_.seen().calls, 0U);
}

TEST_F(LeaderProxyTest, InAMeshThatAsksNobodyACallerWithoutANameStaysThat) {
    authentication_ = mesh::Authentication::None;
    start(clearText(), leader_.address());

    const auto status = Chat(channelAs(""), "/test.Leader/Echo").ask("nobody's");

    EXPECT_TRUE(status.ok()) << status.error_message();
    EXPECT_EQ(valueOf(leader_.seen(), "x-webmesh-proxied-from"), "bravo");
    EXPECT_EQ(leader_.seen().headers.count("x-webmesh-proxied-for"), 0U);
}

TEST_F(LeaderProxyTest, WhoIsNoMemberIsRefusedHere) {
    startBeforeEcho();

    const auto status =
        Chat(channelAs("mallory"), "/v1.Membership/GetStorageConfiguration").ask("");

    EXPECT_EQ(status.error_code(), Code::PERMISSION_DENIED);
    EXPECT_EQ(leader_.seen().calls, 0U);
}

TEST_F(LeaderProxyTest, AnswersForItselfAndNotForWhatItDoesNotKeep) {
    startBeforeEcho();
    v1::Status own;

    std::string answer;
    const auto status = Chat(channelAs("charlie"), "/v1.Node/GetStatus").ask("", &answer);

    EXPECT_TRUE(status.ok()) << status.error_message();
    ASSERT_TRUE(own.ParseFromString(answer));
    EXPECT_EQ(own.id(), "bravo");
    EXPECT_EQ(own.current_leader(), "alpha");
    for (const char* method :
         {"/v1.StorageQueryService/Subscribe",
          "/weft.mesh.v1.Audit/ListEvents",
          "/v1.Node/ReceiveSignalChannel"}) {
        const auto refused = Chat(channelAs("charlie"), method).ask("");
        EXPECT_NE(refused.error_code(), Code::OK) << method;
    }
    EXPECT_EQ(
        Chat(channelAs("charlie"), "/v1.StorageQueryService/Subscribe").ask("").error_code(),
        Code::UNIMPLEMENTED);
    EXPECT_EQ(
        Chat(channelAs("charlie"), "/v1.Other/Thing").ask("").error_code(), Code::UNIMPLEMENTED);
    EXPECT_EQ(leader_.seen().calls, 0U);
}

TEST_F(LeaderProxyTest, ALeadersRefusalComesBackAsItWas) {
    startBeforeEcho();
    Chat chat(channelAs("charlie"), "/test.Leader/Fail");

    const auto status = chat.ask("please");

    EXPECT_EQ(status.error_code(), Code::FAILED_PRECONDITION);
    EXPECT_EQ(status.error_message(), "not today");
    EXPECT_EQ(status.error_details(), EchoLeader::failDetails());
    EXPECT_EQ(chat.trailer("x-end"), "failed");
}

TEST_F(LeaderProxyTest, SaysWhatToDoWhenThereIsNoLeader) {
    start(clearText(), std::nullopt);

    const auto unknown = Chat(channelAs("charlie"), "/test.Leader/Echo").ask("");
    EXPECT_EQ(unknown.error_code(), Code::UNAVAILABLE);
    EXPECT_THAT(unknown.error_message(), HasSubstr("call a storage member"));

    const auto address = leader_.address();
    leader_.stop();
    proxy_->setRoute(services::LeaderRoute{mesh::NodeId("alpha"), address});
    const auto away = Chat(channelAs("charlie"), "/test.Leader/Echo").ask("");
    EXPECT_EQ(away.error_code(), Code::UNAVAILABLE);
    EXPECT_THAT(away.error_message(), HasSubstr("the leader alpha at 127.0.0.1:"));
    EXPECT_THAT(away.error_message(), HasSubstr("try again"));
}

TEST_F(LeaderProxyTest, ALeaderThatIsBusyIsNotOneThatIsAway) {
    startBeforeEcho();

    const auto status = Chat(channelAs("charlie"), "/test.Leader/Busy").ask("");

    EXPECT_EQ(status.error_code(), Code::UNAVAILABLE);
    EXPECT_THAT(status.error_message(), HasSubstr("too much to do"));
    EXPECT_THAT(status.error_message(), HasSubstr("the leader alpha was reached"));
}

TEST_F(LeaderProxyTest, ANodeThatLeadsHandsNothingOn) {
    start(clearText(), std::nullopt);
    proxy_->setRoute(services::LeaderRoute{mesh::NodeId("bravo"), leader_.address()});

    const auto status = Chat(channelAs("charlie"), "/test.Leader/Echo").ask("");

    EXPECT_EQ(status.error_code(), Code::FAILED_PRECONDITION);
    EXPECT_EQ(leader_.seen().calls, 0U);
}

TEST_F(LeaderProxyTest, CarriesAThousandMessagesBothWays) {
    startBeforeEcho();
    Chat chat(channelAs("charlie"), "/test.Leader/Echo");

    for (int i = 0; i < 1000; ++i) {
        ASSERT_TRUE(chat.write(
            std::string(static_cast<std::size_t>(i % 7) * 100, 'a') + std::to_string(i)));
        const auto answer = chat.read();
        ASSERT_TRUE(answer) << i;
        ASSERT_TRUE(answer->ends_with(std::to_string(i))) << i;
    }
    EXPECT_TRUE(chat.closeWriting());
    EXPECT_FALSE(chat.read());

    EXPECT_TRUE(chat.finish().ok());
    EXPECT_EQ(chat.trailer("x-end"), "bye");
}

TEST_F(LeaderProxyTest, TellsThatAStreamStandsBeforeThereIsAMessage) {
    startBeforeEcho();
    Chat chat(channelAs("charlie"), "/test.Leader/Wait");

    EXPECT_TRUE(chat.readHeaders());

    EXPECT_EQ(chat.header("x-begin"), "hello");
}

TEST_F(LeaderProxyTest, ALeaderThatGoesEndsTheStream) {
    startBeforeEcho();
    Chat chat(channelAs("charlie"), "/test.Leader/Wait");
    ASSERT_TRUE(chat.readHeaders());

    leader_.stop();

    EXPECT_FALSE(chat.read());
    const auto status = chat.finish();
    EXPECT_FALSE(status.ok());
    // A leader that stops in order says so itself, one that breaks off does not.
    EXPECT_TRUE(status.error_code() == Code::UNAVAILABLE || status.error_code() == Code::CANCELLED)
        << status.error_code();
}

TEST_F(LeaderProxyTest, ACallersCancellationReachesTheLeader) {
    startBeforeEcho();
    Chat chat(channelAs("charlie"), "/test.Leader/Wait");
    ASSERT_TRUE(chat.readHeaders());

    chat.cancel();

    const auto seen = leader_.waitFor([](const auto& now) { return now.over == 1; });
    EXPECT_EQ(seen.cancelled, 1U);
    EXPECT_EQ(seen.over, 1U);
}

TEST_F(LeaderProxyTest, ACallersDeadlineHoldsAtTheLeader) {
    startBeforeEcho();
    const auto before = std::chrono::system_clock::now();
    Chat chat(channelAs("charlie"), "/test.Leader/Wait", {}, 1s);

    EXPECT_FALSE(chat.read());

    EXPECT_EQ(chat.finish().error_code(), Code::DEADLINE_EXCEEDED);
    const auto seen = leader_.waitFor([](const auto& now) { return now.over == 1; });
    EXPECT_EQ(seen.over, 1U);
    EXPECT_LT(seen.deadline, before + kPatience);
}

TEST_F(LeaderProxyTest, TakesAMessageOfTheCapAndNoLargerOne) {
    startBeforeEcho();

    std::string answer;
    const auto fits =
        Chat(channelAs("charlie"), "/test.Leader/Echo").ask(std::string(kReceiveCap, 'x'), &answer);
    EXPECT_TRUE(fits.ok()) << fits.error_message();
    EXPECT_EQ(answer.size(), kReceiveCap);

    const auto larger =
        Chat(channelAs("charlie"), "/test.Leader/Echo").ask(std::string(kReceiveCap + 1, 'x'));
    EXPECT_EQ(larger.error_code(), Code::RESOURCE_EXHAUSTED);
}

TEST_F(LeaderProxyTest, ACallerWhoDoesNotReadHoldsTheLeaderUpAndNotMemory) {
    startBeforeEcho();
    Chat chat(channelAs("charlie"), "/test.Leader/Pour");
    ASSERT_TRUE(chat.read());

    // Two windows and what each side of the relay holds; then nothing more is taken.
    constexpr std::size_t kMost = 32;
    const auto seen = leader_.waitFor([](const auto& now) { return now.poured >= 2; });
    EXPECT_GE(seen.poured, 2U);
    for (int i = 0; i < 100; ++i) {
        ASSERT_TRUE(chat.read());
    }

    EXPECT_LE(leader_.seen().poured, 101U + kMost);
}

TEST_F(LeaderProxyTest, HoldsNoMoreCallsAndStreamsThanItMay) {
    startBeforeEcho({.calls = 2, .streams = 1, .callBurst = 1e6});
    auto channel = channelAs("charlie");
    auto first = std::make_unique<Chat>(channel, "/test.Leader/Wait");
    ASSERT_TRUE(first->readHeaders());

    const auto second = Chat(channel, "/test.Leader/Echo").ask("");
    EXPECT_EQ(second.error_code(), Code::RESOURCE_EXHAUSTED);
    EXPECT_THAT(second.error_message(), HasSubstr("call the leader itself"));
    // A unary call has a place of its own; this leader knows nothing of it.
    EXPECT_NE(
        Chat(channel, "/v1.Membership/GetStorageConfiguration").ask("").error_code(),
        Code::RESOURCE_EXHAUSTED);

    first.reset();
    leader_.waitFor([](const auto& now) { return now.over >= 1; });
    const auto again = [&] { return Chat(channel, "/test.Leader/Echo").ask("").error_code(); };
    auto code = again();
    for (int i = 0; i < 100 && code == Code::RESOURCE_EXHAUSTED; ++i) {
        code = again();
    }
    EXPECT_EQ(code, Code::OK);
}

TEST_F(LeaderProxyTest, OneCallerLeavesRoomForOthers) {
    startBeforeEcho({.calls = 96, .streams = 64, .callsPerCaller = 3, .streamsPerCaller = 2});
    auto channel = channelAs("charlie");
    Chat first(channel, "/test.Leader/Wait");
    Chat second(channel, "/test.Leader/Wait");
    ASSERT_TRUE(first.readHeaders());
    ASSERT_TRUE(second.readHeaders());

    const auto stream = Chat(channel, "/test.Leader/Echo").ask("");
    EXPECT_EQ(stream.error_code(), Code::RESOURCE_EXHAUSTED);
    EXPECT_THAT(stream.error_message(), HasSubstr("2 streams open through this node"));
    EXPECT_THAT(stream.error_message(), HasSubstr("call the leader itself"));
    const Chat unary(channel, "/v1.Membership/GetStorageConfiguration");
    EXPECT_EQ(leader_.waitFor([](const auto& now) { return now.calls == 3; }).calls, 3U);
    const auto another = Chat(channel, "/v1.Membership/GetStorageConfiguration").ask("");
    EXPECT_EQ(another.error_code(), Code::RESOURCE_EXHAUSTED);
    EXPECT_THAT(another.error_message(), HasSubstr("3 calls open through this node"));

    EXPECT_TRUE(Chat(channelAs("delta"), "/test.Leader/Echo").ask("").ok());
}

TEST_F(LeaderProxyTest, OneCallerBeginsSoManyCallsAndOthersTheirs) {
    startBeforeEcho({.callsPerSecond = 1e-6, .callBurst = 3});
    auto channel = channelAs("charlie");
    for (int i = 0; i < 3; ++i) {
        ASSERT_TRUE(Chat(channel, "/test.Leader/Echo").ask("").ok()) << i;
    }

    const auto status = Chat(channel, "/test.Leader/Echo").ask("");

    EXPECT_EQ(status.error_code(), Code::RESOURCE_EXHAUSTED);
    EXPECT_THAT(status.error_message(), HasSubstr("begins too many calls"));
    EXPECT_TRUE(Chat(channelAs("delta"), "/test.Leader/Echo").ask("").ok());
    EXPECT_EQ(leader_.seen().calls, 4U);
}

TEST_F(LeaderProxyTest, HoldsNoPlaceForACallerWhoSaysNothing) {
    startBeforeEcho({.firstMessage = 300ms});
    Chat speaks(channelAs("charlie"), "/test.Leader/Wait");
    ASSERT_TRUE(speaks.write("hello"));
    Chat silent(channelAs("charlie"), "/test.Leader/Wait");

    EXPECT_FALSE(silent.read());

    const auto status = silent.finish();
    EXPECT_EQ(status.error_code(), Code::DEADLINE_EXCEEDED);
    EXPECT_THAT(status.error_message(), HasSubstr("sent no message"));
    EXPECT_EQ(leader_.waitFor([](const auto& now) { return now.over == 1; }).over, 1U);
    speaks.cancel();
    EXPECT_EQ(leader_.waitFor([](const auto& now) { return now.over == 2; }).cancelled, 2U);
}

TEST_F(LeaderProxyTest, AnswersThatNobodyReadsFillNoMemory) {
    constexpr std::size_t kAnswer = EchoLeader::kLargeBytes;
    startBeforeEcho({.answerBytes = 3 * kAnswer, .answerBytesPerCaller = 2 * kAnswer});
    const auto channel = channelAs("charlie");
    const auto channelOfDelta = channelAs("delta");
    Chat first(channel, "/test.Leader/Large");
    const Chat second(channel, "/test.Leader/Large");
    ASSERT_EQ(waitForAnswerBytes(2 * kAnswer), 2 * kAnswer);

    const auto own = endOf(channel, "/test.Leader/Large");
    EXPECT_EQ(own.error_code(), Code::RESOURCE_EXHAUSTED);
    EXPECT_THAT(own.error_message(), HasSubstr("wait at this node for this caller"));
    const Chat another(channelOfDelta, "/test.Leader/Large");
    ASSERT_EQ(waitForAnswerBytes(3 * kAnswer), 3 * kAnswer);
    const auto more = endOf(channelOfDelta, "/test.Leader/Large");
    EXPECT_EQ(more.error_code(), Code::RESOURCE_EXHAUSTED);
    EXPECT_THAT(more.error_message(), HasSubstr("callers that do not read"));

    EXPECT_EQ(first.read().value_or("").size(), kAnswer);
    EXPECT_TRUE(first.finish().ok());
    ASSERT_EQ(waitForAnswerBytes(2 * kAnswer), 2 * kAnswer);
    EXPECT_TRUE(endOf(channel, "/test.Leader/Large").ok());
}

TEST_F(LeaderProxyTest, ACallersShareOfStreamsHoldsHereToo) {
    startBeforeEcho({.calls = 96, .streams = 96, .callsPerCaller = 96, .streamsPerCaller = 96});
    auto channel = channelAs("charlie");
    std::vector<std::unique_ptr<Chat>> held;
    for (std::size_t i = 0; i < services::CallLimits().streamsPerCaller; ++i) {
        held.push_back(std::make_unique<Chat>(channel, "/test.Leader/Wait"));
        ASSERT_TRUE(held.back()->readHeaders()) << i;
    }

    EXPECT_EQ(Chat(channel, "/test.Leader/Echo").ask("").error_code(), Code::RESOURCE_EXHAUSTED);
    EXPECT_TRUE(Chat(channelAs("delta"), "/test.Leader/Echo").ask("").ok());
}

TEST_F(LeaderProxyTest, StopsWithCallsUnderWay) {
    startBeforeEcho();
    Chat waiting(channelAs("charlie"), "/test.Leader/Wait");
    Chat pouring(channelAs("charlie"), "/test.Leader/Pour");
    ASSERT_TRUE(waiting.readHeaders());
    ASSERT_TRUE(pouring.read());

    stop();

    EXPECT_FALSE(waiting.read());
    EXPECT_FALSE(waiting.finish().ok());
    const auto seen = leader_.waitFor([](const auto& now) { return now.over == 2; });
    EXPECT_EQ(seen.over, 2U);
}

TEST_F(LeaderProxyTest, GoesOnWithANewLeader) {
    startBeforeEcho();
    ASSERT_TRUE(Chat(channelAs("charlie"), "/test.Leader/Echo").ask("").ok());
    EchoLeader next;

    proxy_->setRoute(services::LeaderRoute{mesh::NodeId("delta"), next.address()});

    EXPECT_TRUE(Chat(channelAs("charlie"), "/test.Leader/Echo").ask("").ok());
    EXPECT_EQ(next.seen().calls, 1U);
    EXPECT_EQ(leader_.seen().calls, 1U);
}

}  // namespace
}  // namespace weft::tests
