// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/network/pair_list.h"

#include <gmock/gmock.h>

namespace weft::mesh::network::tests {
namespace {

TEST(PairList, FindsWhatIsThereFromEitherEnd) {
    const PairList list({{4, 9}, {0, 7}, {4, 5}});

    EXPECT_THAT(list.pairs(), testing::ElementsAre(Pair(0, 7), Pair(4, 5), Pair(4, 9)));
    EXPECT_EQ(list.find(4, 5), 1U);
    EXPECT_EQ(list.find(9, 4), 2U);
    EXPECT_TRUE(list.has(7, 0));
    for (const auto& [left, right] :
         {Pair(4, 8), Pair(2, 3), Pair(5, 9), Pair(8, 9), Pair(4, 10)}) {
        EXPECT_FALSE(list.has(left, right)) << left << " " << right;
    }
    EXPECT_FALSE(PairList().has(0, 1));
}

}  // namespace
}  // namespace weft::mesh::network::tests
