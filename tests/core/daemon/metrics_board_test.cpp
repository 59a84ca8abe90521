// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/metrics_board.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <utility>

namespace weft::daemon {
namespace {

using ::testing::HasSubstr;

const net::HostPort kAnyPort{"127.0.0.1", 0};

TEST(MetricsBoardTest, MeshesThatNameTheSameAddressShareIt) {
    MetricsBoard board;
    auto home = board.add(kAnyPort, {"home"});
    ASSERT_TRUE(home.ok()) << home.status();
    const auto port = board.port(kAnyPort);
    auto work = board.add(kAnyPort, {"work"});
    ASSERT_TRUE(work.ok()) << work.status();

    EXPECT_NE(port, 0);
    EXPECT_EQ(board.port(kAnyPort), port);
    home->cancel();
    EXPECT_EQ(board.port(kAnyPort), port) << "the other mesh is told of there";
}

TEST(MetricsBoardTest, NothingListensAfterTheLastMeshUntilTheNext) {
    MetricsBoard board;
    auto home = board.add(kAnyPort, {"home"});
    ASSERT_TRUE(home.ok()) << home.status();
    home->cancel();
    EXPECT_EQ(board.port(kAnyPort), 0);

    const auto again = board.add(kAnyPort, {"home"});

    ASSERT_TRUE(again.ok()) << again.status();
    EXPECT_NE(board.port(kAnyPort), 0);
}

TEST(MetricsBoardTest, AnAddressThatAnotherProgramHasIsAnError) {
    const auto other = services::MetricsEndpoint::start(kAnyPort);
    ASSERT_TRUE(other.ok()) << other.status();
    MetricsBoard board;

    const auto refused = board.add({"127.0.0.1", (*other)->port()}, {"home"});

    EXPECT_EQ(refused.status().code(), StatusCode::kUnavailable);
    EXPECT_THAT(messageOf(refused.status()), HasSubstr("cannot serve metrics on 127.0.0.1:"));
}

}  // namespace
}  // namespace weft::daemon
