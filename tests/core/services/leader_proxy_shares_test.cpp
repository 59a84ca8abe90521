// SPDX-License-Identifier: Apache-2.0
// What one caller of a leader proxy leaves to others.
#include "tests/core/services/leader_proxy_fixture.h"

#include <gmock/gmock.h>

namespace weft::tests {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using Code = grpc::StatusCode;

class LeaderProxyShares : public LeaderProxyTest {};

/// A call that is read to its end.
grpc::Status endOf(const std::shared_ptr<grpc::Channel>& channel, const std::string& method) {
    Chat chat(channel, method);
    while (chat.read()) {
    }
    return chat.finish();
}

TEST_F(LeaderProxyShares, HoldsNoMoreCallsAndStreamsThanItMay) {
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

TEST_F(LeaderProxyShares, OneCallerLeavesRoomForOthers) {
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

TEST_F(LeaderProxyShares, OneCallerBeginsSoManyCallsAndOthersTheirs) {
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

TEST_F(LeaderProxyShares, HoldsNoPlaceForACallerWhoSaysNothing) {
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

TEST_F(LeaderProxyShares, AnswersThatNobodyReadsFillNoMemory) {
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

TEST_F(LeaderProxyShares, RequestsThatDoNotFitEndTheirCall) {
    constexpr std::size_t kMost = 1000;
    startBeforeEcho({.requestBytes = 2 * kMost, .requestBytesPerCaller = kMost});
    const auto channel = channelAs("charlie");
    Chat chat(channel, "/test.Leader/Echo");

    // More than that in turn, since what the leader has taken counts no more.
    for (int i = 0; i < 5; ++i) {
        ASSERT_TRUE(chat.write(std::string(kMost, 'm'))) << i;
        ASSERT_EQ(chat.read().value_or("").size(), kMost) << i;
    }
    ASSERT_TRUE(chat.write(std::string(kMost + 1, 'm')));

    EXPECT_FALSE(chat.read());
    const auto status = chat.finish();
    EXPECT_EQ(status.error_code(), Code::RESOURCE_EXHAUSTED);
    EXPECT_THAT(status.error_message(), HasSubstr("send less at once, or call the leader itself"));
    EXPECT_TRUE(Chat(channel, "/test.Leader/Echo").ask("more").ok()) << "the place is free again";
}

TEST_F(LeaderProxyShares, ACallersShareOfStreamsHoldsHereToo) {
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

}  // namespace
}  // namespace weft::tests
