// SPDX-License-Identifier: Apache-2.0
#include "core/services/admin/listing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace weft::services {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr const char* kUnknown = "whether the change was made is unknown";

TEST(WriteOutcome, IsUnknownWhenNoAnswerCame) {
    const auto late = writeOutcome(deadlineExceeded("Deadline Exceeded"));
    EXPECT_EQ(late.code(), StatusCode::kDeadlineExceeded);
    EXPECT_THAT(
        messageOf(late),
        AllOf(HasSubstr("the server of the mesh did not answer in time"), HasSubstr(kUnknown)));

    const auto lost = writeOutcome(unavailable("Socket closed"));
    EXPECT_EQ(lost.code(), StatusCode::kUnavailable);
    EXPECT_THAT(messageOf(lost), AllOf(HasSubstr("Socket closed"), HasSubstr(kUnknown)));
}

TEST(WriteOutcome, IsWhatTheServerSays) {
    EXPECT_EQ(writeOutcome(aborted("changed meanwhile")), aborted("changed meanwhile"));
    EXPECT_TRUE(writeOutcome(okStatus()).ok());
    EXPECT_EQ(writeOutcome(unimplemented("")).code(), StatusCode::kFailedPrecondition);
}

TEST(AnswerToGrpc, TellsAnAnswerFromWhatTheLibrarySaysOfAConnection) {
    for (const auto& status : {unavailable("the leader has gone"), deadlineExceeded("too late")}) {
        const auto answer = answerToGrpc(status);

        EXPECT_EQ(answer.error_code(), toGrpc(status).error_code());
        EXPECT_EQ(answer.error_message(), messageOf(status));
        // A google.rpc.Status: clients in Go read it.
        EXPECT_EQ(
            answer.error_details(),
            std::string("\x08") + static_cast<char>(answer.error_code()) + '\x12'
                + static_cast<char>(messageOf(status).size()) + messageOf(status));
    }
    EXPECT_EQ(answerToGrpc(notFound("none")).error_details(), "");
    EXPECT_TRUE(answerToGrpc(okStatus()).ok());
}

}  // namespace
}  // namespace weft::services
