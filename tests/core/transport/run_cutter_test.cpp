// SPDX-License-Identifier: Apache-2.0
#include "core/transport/udp/detail/run_cutter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace weft::transport::detail {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::size_t> pieces(
    std::size_t bytes, std::size_t segment, std::size_t mostSegments, std::size_t mostBytes) {
    const std::vector<std::uint8_t> run(bytes);
    RunCutter cutter(run, segment, mostSegments, mostBytes);
    std::vector<std::size_t> sizes;
    for (auto piece = cutter.next(); !piece.empty(); piece = cutter.next()) {
        sizes.push_back(piece.size());
    }
    return sizes;
}

TEST(RunCutter, LeavesAShortRunWhole) {
    EXPECT_THAT(pieces(2500, 1000, 64, 65'507), ElementsAre(2500));
    EXPECT_THAT(pieces(0, 1000, 64, 65'507), IsEmpty());
}

TEST(RunCutter, CutsAtTheMostSegments) {
    EXPECT_THAT(pieces(641, 10, 64, 65'507), ElementsAre(640, 1));
    EXPECT_THAT(pieces(30, 10, 1, 65'507), ElementsAre(10, 10, 10));
}

TEST(RunCutter, CutsBetweenDatagramsBelowTheMostBytes) {
    // 45 of 1,452 bytes are 65,340, 46 would be 66,792.
    EXPECT_THAT(pieces(64 * 1452, 1452, 64, 65'507), ElementsAre(45 * 1452, 19 * 1452));
}

TEST(RunCutter, LeavesADatagramThatIsTooLongToTheSystem) {
    EXPECT_THAT(pieces(140'000, 70'000, 64, 65'507), ElementsAre(70'000, 70'000));
}

TEST(RunCutter, CountsAShorterLastDatagram) {
    EXPECT_EQ(segmentsOf(1, 1000), 1U);
    EXPECT_EQ(segmentsOf(1000, 1000), 1U);
    EXPECT_EQ(segmentsOf(1001, 1000), 2U);
    EXPECT_EQ(segmentsOf(0, 1000), 0U);
}

}  // namespace
}  // namespace weft::transport::detail
