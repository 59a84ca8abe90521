// SPDX-License-Identifier: Apache-2.0
// The faults of the path in memory; what every path does is in the conformance suite.
#include "tests/support/loopback_path.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace weft::tests {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class LoopbackPathTest : public testing::Test {
protected:
    explicit LoopbackPathTest() = default;

    static net::Endpoint endpoint(std::uint16_t port) { return {net::IpAddress::v4(1), port}; }

    /// Sends datagrams of one byte each: first, first + 1, ...
    static void send(LoopbackPath& from, std::uint16_t port, int first, int count) {
        const transport::DatagramAddress to{.remote = endpoint(port)};
        for (int i = 0; i < count; ++i) {
            const auto byte = static_cast<std::uint8_t>(first + i);
            const transport::OutgoingRun run{.bytes = {&byte, 1}, .segmentBytes = 1, .to = &to};
            from.send({&run, 1});
        }
    }
    static std::vector<int> receive(LoopbackPath& path) {
        std::vector<int> all;
        for (auto runs = path.receive(); !runs.empty(); runs = path.receive()) {
            for (const auto& run : runs) {
                all.insert(all.end(), run.bytes.begin(), run.bytes.end());
            }
        }
        return all;
    }
    static std::vector<int> carry(const LoopbackFaults& faults, std::uint64_t seed) {
        LoopbackNetwork network(seed);
        const auto left = network.open(endpoint(1));
        const auto right = network.open(endpoint(2));
        network.setFaults(faults);
        send(*left, 2, 0, 200);
        network.settle();
        return receive(*right);
    }
};

TEST_F(LoopbackPathTest, LosesAboutAsManyAsAsked) {
    EXPECT_THAT(carry({.loss = 1}, 1), IsEmpty());
    const auto some = carry({.loss = 0.5}, 1).size();
    EXPECT_GT(some, 50U);
    EXPECT_LT(some, 150U);
}

TEST_F(LoopbackPathTest, DuplicatesInPlace) {
    const auto twice = carry({.duplication = 1}, 1);
    ASSERT_EQ(twice.size(), 400U);
    EXPECT_THAT(std::vector<int>(twice.begin(), twice.begin() + 4), ElementsAre(0, 0, 1, 1));
}

TEST_F(LoopbackPathTest, ReordersWithoutLoss) {
    auto all = carry({.reordering = 0.3}, 1);
    EXPECT_FALSE(std::ranges::is_sorted(all));
    std::ranges::sort(all);
    ASSERT_EQ(all.size(), 200U);
    EXPECT_TRUE(std::ranges::adjacent_find(all) == all.end());
}

TEST_F(LoopbackPathTest, GivesTheSameWithTheSameSeed) {
    const LoopbackFaults faults{.loss = 0.2, .duplication = 0.2, .reordering = 0.2};
    EXPECT_EQ(carry(faults, 7), carry(faults, 7));
    EXPECT_NE(carry(faults, 7), carry(faults, 8));
}

TEST_F(LoopbackPathTest, HoldsAndReleasesInOrder) {
    LoopbackNetwork network;
    const auto left = network.open(endpoint(1));
    const auto right = network.open(endpoint(2));

    network.hold(true);
    send(*left, 2, 0, 3);
    EXPECT_THAT(receive(*right), IsEmpty());
    network.hold(false);
    EXPECT_THAT(receive(*right), ElementsAre(0, 1, 2));

    network.hold(true);
    send(*left, 2, 0, 3);
    EXPECT_EQ(network.dropHeld(), 3U);
    network.hold(false);
    EXPECT_THAT(receive(*right), IsEmpty());
}

TEST_F(LoopbackPathTest, RoamsToAnotherEndpoint) {
    LoopbackNetwork network;
    const auto left = network.open(endpoint(1));
    const auto right = network.open(endpoint(2));

    right->moveTo(endpoint(3));
    send(*left, 2, 0, 1);
    send(*left, 3, 1, 1);

    EXPECT_THAT(receive(*right), ElementsAre(1));
}

TEST_F(LoopbackPathTest, KeepsABoundedNumberOfDatagrams) {
    LoopbackNetwork network;
    const auto left = network.open(endpoint(1));
    const auto right = network.open(endpoint(2));

    send(*left, 2, 0, static_cast<int>(LoopbackPath::kMostWaiting) + 5);

    EXPECT_EQ(right->counters().overflowedReceives, 5U);
    EXPECT_EQ(receive(*right).size(), LoopbackPath::kMostWaiting);
}

}  // namespace
}  // namespace weft::tests
