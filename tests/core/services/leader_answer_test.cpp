// SPDX-License-Identifier: Apache-2.0
#include "core/services/proxy/leader_answer.h"

#include "core/services/proxy/leader_route.h"
#include "core/services/server/grpc_status.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace weft::services {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using Code = grpc::StatusCode;

class ToldByProxy : public ::testing::Test {
protected:
    grpc::Status told(const grpc::Status& status) const {
        return toldByProxy(status, {route_, call_, reached_});
    }

    const LeaderRoute route_{mesh::NodeId("alpha"), {"192.0.2.9", 8443}};
    HandedOn call_{mesh::NodeId("bravo"), "/v1.Admin/PutRole", true};
    bool reached_ = true;
};

TEST_F(ToldByProxy, LeavesTheLeadersWordAsItIs) {
    for (const auto code :
         {Code::PERMISSION_DENIED, Code::FAILED_PRECONDITION, Code::NOT_FOUND, Code::INTERNAL}) {
        const auto status = told({code, "not today", "details"});

        EXPECT_EQ(status.error_code(), code);
        EXPECT_EQ(status.error_message(), "not today");
        EXPECT_EQ(status.error_details(), "details");
    }
    EXPECT_TRUE(told(grpc::Status::OK).ok());
}

TEST_F(ToldByProxy, TellsALeaderThatIsNotThereFromOneThatIsBusy) {
    const grpc::Status away(Code::UNAVAILABLE, "busy");

    EXPECT_EQ(told(away).error_code(), Code::UNAVAILABLE);
    EXPECT_THAT(
        told(away).error_message(),
        AllOf(HasSubstr("alpha was reached"), HasSubstr("busy"), Not(HasSubstr("cannot"))));
    reached_ = false;
    EXPECT_EQ(told(away).error_code(), Code::UNAVAILABLE);
    EXPECT_THAT(
        told(away).error_message(),
        AllOf(HasSubstr("alpha at 192.0.2.9:8443 cannot be reached"), HasSubstr("busy")));
}

TEST_F(ToldByProxy, SaysWhenTheLeaderRefusesTheOneInBetween) {
    for (const auto& refusal : {permissionDenied("no observer"), unauthenticated("who are you")}) {
        const auto status = told(toGrpc(aboutProxy(refusal)));

        EXPECT_EQ(status.error_code(), Code::FAILED_PRECONDITION);
        EXPECT_THAT(
            status.error_message(),
            AllOf(HasSubstr("does not let bravo hand calls on"), HasSubstr(messageOf(refusal))));
        EXPECT_EQ(status.error_details(), "");
    }
    const auto many = told(toGrpc(aboutProxy(resourceExhausted("too many"))));
    EXPECT_EQ(many.error_code(), Code::RESOURCE_EXHAUSTED);
    EXPECT_THAT(many.error_message(), HasSubstr("of all callers are handed on through bravo"));
}

TEST_F(ToldByProxy, TakesAReferencesQuestionForAProofAsOneToTheOneInBetween) {
    const grpc::Status refusal(Code::UNAUTHENTICATED, "authenticate: no certificate");
    EXPECT_EQ(told(refusal).error_code(), Code::FAILED_PRECONDITION);

    // A certificate is renewed for nobody by the word of another.
    call_.method = "/weft.mesh.v1.Enrolment/Renew";
    EXPECT_EQ(told(refusal).error_code(), Code::UNAUTHENTICATED);
    call_ = {mesh::NodeId("bravo"), "/v1.Admin/PutRole", false};
    EXPECT_EQ(told(refusal).error_code(), Code::UNAUTHENTICATED) << "nobody's call";
}

TEST_F(ToldByProxy, CutsWhatIsTooLong) {
    const auto status = told({Code::UNAVAILABLE, std::string(2 * kMaxStatusText, 'x')});

    EXPECT_EQ(status.error_message().size(), kMaxStatusText);
}

TEST(AboutProxy, IsSaidInTheDetailsOfTheStatus) {
    const Status refusal = permissionDenied("may not hand on");

    const auto marked = toGrpc(aboutProxy(refusal));

    EXPECT_EQ(marked.error_code(), Code::PERMISSION_DENIED);
    EXPECT_EQ(marked.error_message(), "may not hand on");
    EXPECT_TRUE(isAboutProxy(marked));
    EXPECT_FALSE(isAboutProxy(toGrpc(refusal)));
    EXPECT_FALSE(isAboutProxy({Code::NOT_FOUND, marked.error_message(), marked.error_details()}));
    EXPECT_TRUE(isAboutProxy(
        toGrpc(aboutProxy(permissionDenied("{}", std::string(2 * kMaxStatusText, 'x'))))));
}

// Clients in Go read the details as this message, and end the call with INTERNAL when they cannot.
TEST(AboutProxy, IsAGoogleRpcStatus) {
    const auto marked = toGrpc(aboutProxy(permissionDenied("no")));
    const std::string type = "type.googleapis.com/weft.mesh.v1.ProxyRefused";

    EXPECT_EQ(
        marked.error_details(),
        std::string("\x08\x07\x12\x02no\x1a") + static_cast<char>(type.size() + 2) + "\x0a"
            + static_cast<char>(type.size()) + type);
}

}  // namespace
}  // namespace weft::services
