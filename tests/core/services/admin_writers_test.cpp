// SPDX-License-Identifier: Apache-2.0
// Writes that are based on what somebody else has changed meanwhile.
#include "tests/core/services/admin_service_fixture.h"

#include <gmock/gmock.h>

#include <array>
#include <barrier>
#include <future>

namespace weft::tests {
namespace {

using grpc::StatusCode;
using ::testing::ElementsAre;

TEST_F(AdminService, LetsOneOfTwoRacingWritersWin) {
    const auto stub = admin();
    auto role = roleOf("operators", ::v1::RESOURCE_ROUTES, ::v1::VERB_PUT);
    for (int round = 0; round < 10; ++round) {
        role.mutable_rules(0)->set_verbs(0, ::v1::VERB_PUT);
        Call first;
        ASSERT_TRUE(stub->PutRole(&first.context, role, &first.empty).ok());
        std::barrier start(2);
        const auto write = [&](Call* call, ::v1::RuleVerb verb) {
            auto mine = role;
            mine.mutable_rules(0)->set_verbs(0, verb);
            start.arrive_and_wait();
            return stub->PutRole(&call->context, mine, &call->empty).error_code();
        };
        Call left(first.revision());
        Call right(first.revision());

        auto other = std::async(std::launch::async, write, &left, ::v1::VERB_GET);
        const auto rightCode = write(&right, ::v1::VERB_DELETE);
        const auto leftCode = other.get();

        ASSERT_THAT(
            (std::array{leftCode, rightCode}),
            ::testing::UnorderedElementsAre(StatusCode::OK, StatusCode::ABORTED));
        const bool leftWon = leftCode == StatusCode::OK;
        const auto& winner = leftWon ? left : right;
        EXPECT_THAT(
            (leftWon ? right : left).trailing(services::kCurrentRevisionHeader),
            ElementsAre(std::to_string(winner.revision())));
        Call get;
        ::v1::Role found;
        ASSERT_TRUE(stub->GetRole(&get.context, role, &found).ok());
        EXPECT_EQ(found.rules(0).verbs(0), leftWon ? ::v1::VERB_GET : ::v1::VERB_DELETE);
        EXPECT_EQ(get.revision(), winner.revision());
    }
}

TEST_F(AdminService, SaysWhatAStaleWriteCollidedWith) {
    const auto stub = admin();
    auto role = roleOf("operators", ::v1::RESOURCE_ROUTES, ::v1::VERB_PUT);
    Call first;
    ASSERT_TRUE(stub->PutRole(&first.context, role, &first.empty).ok());
    role.mutable_rules(0)->set_verbs(0, ::v1::VERB_GET);
    Call second(first.revision());
    ASSERT_TRUE(stub->PutRole(&second.context, role, &second.empty).ok());

    role.mutable_rules(0)->set_verbs(0, ::v1::VERB_DELETE);
    Call stale(first.revision());
    const auto refused = stub->PutRole(&stale.context, role, &stale.empty);
    Call garbage;
    garbage.context.AddMetadata(std::string(services::kBaseRevisionHeader), "newest");
    const auto unreadable = stub->PutRole(&garbage.context, role, &garbage.empty);

    EXPECT_EQ(refused.error_code(), StatusCode::ABORTED);
    EXPECT_THAT(
        stale.trailing(services::kCurrentRevisionHeader),
        ElementsAre(std::to_string(second.revision())));
    EXPECT_EQ(unreadable.error_code(), StatusCode::INVALID_ARGUMENT);
}

}  // namespace
}  // namespace weft::tests
