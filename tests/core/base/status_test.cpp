// SPDX-License-Identifier: Apache-2.0
#include "core/base/status.h"

#include "core/base/strong_id.h"

#include <gtest/gtest.h>

#include <memory>
#include <unordered_set>

namespace weft {
namespace {

StatusOr<std::unique_ptr<int>> makeOdd(int value) {
    if (value % 2 == 0) {
        return invalidArgument("{} is even", value);
    }
    return std::make_unique<int>(value);
}

Status checkBoth(int first, int second) {
    WEFT_RETURN_IF_ERROR(makeOdd(first).status());
    WEFT_ASSIGN_OR_RETURN(const auto made, makeOdd(second));
    return *made == second ? okStatus() : internalError("not {}", second);
}

TEST(Status, FactoriesFormat) {
    const auto status = notFound("peer {}", "alpha");

    EXPECT_EQ(status.code(), StatusCode::kNotFound);
    EXPECT_EQ(messageOf(status), "peer alpha");
    EXPECT_EQ(toString(status), "NOT_FOUND: peer alpha");
    EXPECT_EQ(toString(okStatus()), "OK");
}

TEST(Status, AnnotateAddsContextToFailuresAlone) {
    EXPECT_TRUE(annotate(okStatus(), "joining {}", "home").ok());
    EXPECT_EQ(
        toString(annotate(unavailable("no address"), "joining {}", "home")),
        "UNAVAILABLE: joining home: no address");
}

TEST(Status, MacrosLeaveWithTheFirstFailure) {
    EXPECT_TRUE(checkBoth(1, 3).ok());
    EXPECT_EQ(messageOf(checkBoth(2, 4)), "2 is even");
    EXPECT_EQ(messageOf(checkBoth(1, 4)), "4 is even");
}

TEST(StrongId, ComparesByValueAndHashes) {
    using Id = base::StrongId<struct PeerTag>;
    const std::unordered_set<Id> ids{Id("a"), Id("b"), Id("a")};

    EXPECT_EQ(ids.size(), 2U);
    EXPECT_LT(Id("a"), Id("b"));
    EXPECT_TRUE(Id().empty());
}

}  // namespace
}  // namespace weft
