// SPDX-License-Identifier: Apache-2.0
#include "core/services/proxy/leader_proxy.h"

#include "tests/core/services/leader_proxy_fixture.h"

#include "v1/node.pb.h"

#include <gmock/gmock.h>

namespace weft::tests {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using Code = grpc::StatusCode;

std::string valueOf(const EchoLeader::Seen& seen, const std::string& name) {
    const auto found = seen.headers.find(name);
    return found == seen.headers.end() ? "" : found->second;
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
