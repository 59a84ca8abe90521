// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/join_failure.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace weft::mesh::detail {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kServer = "10.77.0.1:8443";

std::string judged(const Status& status, bool showsPassword = false) {
    const auto result = judgeFailure(status, kServer, showsPassword);
    EXPECT_EQ(result.status.code(), StatusCode::kUnauthenticated);
    EXPECT_FALSE(result.retry);
    return messageOf(result.status);
}

TEST(JoinFailureTest, AServerThatDoesNotProveItselfIsNotOneThatAsksForAProof) {
    for (const char* reason :
         {"the server's certificate comes from another authority than this mesh's",
          "the server's certificate is not for 10.77.0.1",
          "the server's certificate does not hold: unsupported certificate purpose"}) {
        for (const bool showsPassword : {false, true}) {
            EXPECT_THAT(
                judged(unauthenticated("{}", reason), showsPassword),
                AllOf(
                    HasSubstr("10.77.0.1:8443 does not prove that it belongs to this mesh"),
                    HasSubstr(reason),
                    Not(HasSubstr("wants a proof")),
                    Not(HasSubstr("password"))));
        }
    }
}

TEST(JoinFailureTest, AServerCertificateOutOfItsTimeIsAMatterOfClocks) {
    for (const char* reason :
         {"the server's certificate expired on 2020-02-01 00:00 UTC (by this machine's clock)",
          "the server's certificate is not valid before 2099-01-01 00:00 UTC: is this machine's "
          "clock right?"}) {
        EXPECT_THAT(
            judged(unauthenticated("{}", reason)),
            AllOf(HasSubstr("check the clocks"), HasSubstr(reason), Not(HasSubstr("wants"))));
    }
}

TEST(JoinFailureTest, AServerThatDoesNotTakeThisNodesProofWantsOne) {
    EXPECT_THAT(
        judged(unauthenticated("the server does not accept this node's certificate: it gives no "
                               "reason")),
        HasSubstr("10.77.0.1:8443 wants a proof of who this node is"));
    for (const bool showsPassword : {false, true}) {
        EXPECT_THAT(
            judged(
                unauthenticated("the server asks for a certificate, and this node has none"),
                showsPassword),
            HasSubstr("enrol with an invitation, or set certificate"));
    }
    EXPECT_THAT(
        judged(unauthenticated("authentication required"), true),
        HasSubstr("does not accept the user name or the password"));
}

}  // namespace
}  // namespace weft::mesh::detail
