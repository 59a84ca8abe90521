// SPDX-License-Identifier: Apache-2.0
#include "app/cli/suggestion.h"

#include "app/cli/command_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace weft::cli {
namespace {

using testing::IsEmpty;

TEST(Suggestion, FindsTheCommandThatWasMeant) {
    EXPECT_EQ(nearestCommand(nullptr, "stauts"), "status");
    EXPECT_EQ(nearestCommand(nullptr, "staus"), "status");
    EXPECT_EQ(nearestCommand(nullptr, "conect"), "connect");
    EXPECT_EQ(nearestCommand(nullptr, "disc"), "disconnect");
    EXPECT_EQ(nearestCommand(findCommand("invite"), "creat"), "create");
    EXPECT_EQ(nearestCommand(findCommand("get"), "nodos"), "nodes");
}

TEST(Suggestion, IsSilentWhenNothingIsNear) {
    EXPECT_THAT(nearestCommand(nullptr, "frobnicate"), IsEmpty());
    EXPECT_THAT(nearestCommand(nullptr, ""), IsEmpty());
    EXPECT_THAT(nearestCommand(nullptr, std::string(100'000, 's')), IsEmpty());
    EXPECT_THAT(nearestOption(nullptr, "--"), IsEmpty());
    EXPECT_THAT(nearestOption(findCommand("status"), "--frobnicate"), IsEmpty());
}

TEST(Suggestion, FindsTheOptionThatWasMeantWhateverItsValue) {
    EXPECT_EQ(nearestOption(findCommand("join"), "--nodeid=web"), "--node-id");
    EXPECT_EQ(nearestOption(findCommand("status"), "--outptu"), "--output");
    EXPECT_EQ(nearestOption(nullptr, "--socet=/run/s"), "--socket");
}

}  // namespace
}  // namespace weft::cli
