// SPDX-License-Identifier: Apache-2.0
#include "core/base/edit_distance.h"

#include <gtest/gtest.h>

#include <string>

namespace weft::base {
namespace {

TEST(EditDistance, CountsInsertionsDeletionsAndReplacements) {
    EXPECT_EQ(editDistance("", ""), 0U);
    EXPECT_EQ(editDistance("status", "status"), 0U);
    EXPECT_EQ(editDistance("", "abc"), 3U);
    EXPECT_EQ(editDistance("abc", ""), 3U);
    EXPECT_EQ(editDistance("staus", "status"), 1U);
    EXPECT_EQ(editDistance("kitten", "sitting"), 3U);
    EXPECT_EQ(editDistance("stauts", "status"), 2U);
}

TEST(EditDistance, IsTheSameInBothDirections) {
    const std::string words[] = {"peers", "profiles", "publish", "p", ""};
    for (const auto& from : words) {
        for (const auto& to : words) {
            EXPECT_EQ(editDistance(from, to), editDistance(to, from)) << from << ' ' << to;
        }
    }
}

}  // namespace
}  // namespace weft::base
