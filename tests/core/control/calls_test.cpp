// SPDX-License-Identifier: Apache-2.0
#include "core/control/detail/calls.h"

#include "core/control/detail/controller_calls.h"
#include "core/services/link/client_calls.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace weft::control::detail {
namespace {

using Code = grpc::StatusCode;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kUnknown = "whether the change was made is unknown";

TEST(CallStatus, IsTheDaemonsOwnWordWhereItAnswered) {
    for (const auto code : {Code::UNAVAILABLE, Code::DEADLINE_EXCEEDED}) {
        const auto status = fromGrpc({code, "the server of the mesh has gone", "an answer"});

        EXPECT_EQ(static_cast<int>(status.code()), static_cast<int>(code));
        EXPECT_EQ(messageOf(status), "the server of the mesh has gone");
        EXPECT_EQ(messageOf(writeOutcome(status)), messageOf(status));
    }
}

TEST(CallStatus, SaysThatTheDaemonDidNotAnswer) {
    EXPECT_THAT(
        messageOf(fromGrpc({Code::UNAVAILABLE, "Socket closed"})),
        AllOf(HasSubstr("the daemon cannot be reached"), HasSubstr("Socket closed")));
    EXPECT_THAT(
        messageOf(fromGrpc({Code::DEADLINE_EXCEEDED, "Deadline Exceeded"})),
        HasSubstr("the daemon did not answer in time"));
}

TEST(CallStatus, OfAWriteSaysWhenItsOutcomeIsUnknown) {
    const auto lost = writeOutcome(fromGrpc({Code::UNAVAILABLE, "Socket closed"}));
    EXPECT_EQ(lost.code(), StatusCode::kUnavailable);
    EXPECT_THAT(messageOf(lost), AllOf(HasSubstr("Socket closed"), HasSubstr(kUnknown)));
    const auto late = writeOutcome(fromGrpc({Code::DEADLINE_EXCEEDED, ""}));
    EXPECT_EQ(late.code(), StatusCode::kDeadlineExceeded);
    EXPECT_THAT(messageOf(late), HasSubstr(kUnknown));

    const auto refused = fromGrpc({Code::UNAVAILABLE, "failed to connect to all addresses"});
    EXPECT_THAT(messageOf(writeOutcome(refused)), Not(HasSubstr(kUnknown)));
    EXPECT_EQ(writeOutcome(fromGrpc({Code::NOT_FOUND, "none"})).code(), StatusCode::kNotFound);
}

TEST(CallLimits, LetADaemonSayFirstThatAServerOfTheMeshDidNotAnswer) {
    EXPECT_GT(ControllerOptions().callTimeout + kHandedOnMargin, services::kCallDeadline);
}

}  // namespace
}  // namespace weft::control::detail
