// SPDX-License-Identifier: Apache-2.0
// What the system sorts for a UDP path, and what is left when it will not.
#include "tests/core/transport/udp_sorting_fixture.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cerrno>
#include <functional>
#include <string>
#include <vector>

#include <sys/socket.h>

namespace weft::transport {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::Le;
using testing::Pair;
using testing::UnorderedElementsAre;

TEST_F(UdpSorting, TakesWhatHasAPatternAndRefusesTheRest) {
    const auto path = open();
    ASSERT_EQ(path->sort(sorting()), okStatus());
    EXPECT_EQ(path->waitables().size(), path->hasV6() ? 6U : 3U);
    EXPECT_EQ(path->controlWaitables().size(), path->hasV6() ? 4U : 2U);

    sendOneOfEach(*path);
    EXPECT_THAT(fetch(*path), UnorderedElementsAre(Pair(8, 1), Pair(20, 1)));

    if (path->hasV6()) {
        sendOneOfEach(*path, "::1");
        EXPECT_THAT(fetch(*path), UnorderedElementsAre(Pair(8, 1), Pair(20, 1)));
    }
}

TEST_F(UdpSorting, GivesBulkBeforeControlThatCameFirst) {
    const auto path = open();
    ASSERT_EQ(path->sort(sorting()), okStatus());
    send(*path, datagram(kControl, 20));
    send(*path, datagram(kBulk, 8));

    std::vector<std::size_t> sizes;
    for (auto runs = path->receive(); !runs.empty(); runs = path->receive()) {
        for (const auto& run : runs) {
            sizes.push_back(run.bytes.size());
        }
    }
    EXPECT_THAT(sizes, ElementsAre(8, 20));
}

TEST_F(UdpSorting, TakesFewControlDatagramsAtOnceAndNeverNone) {
    const auto path = open({.joinsReceived = false, .receiveBuffers = 8});
    ASSERT_EQ(path->sort(sorting()), okStatus());
    send(*path, datagram(kControl, 20), 40);
    send(*path, datagram(kBulk, 8), 80);

    std::vector<long> controlOfTurn;
    for (int turn = 0; turn < 10; ++turn) {
        const auto runs = path->receive();
        EXPECT_EQ(
            std::ranges::count(runs, 8U, [](const auto& run) { return run.bytes.size(); }), 8);
        controlOfTurn.push_back(
            std::ranges::count(runs, 20U, [](const auto& run) { return run.bytes.size(); }));
    }

    // Each kind of each family has its turn.
    EXPECT_THAT(controlOfTurn, Each(Le(8)));
    EXPECT_GE(std::ranges::count(controlOfTurn, 8), 2);
}

TEST_F(UdpSorting, AFloodOfControlAndNoiseTakesNoRoomFromBulk) {
    const auto path = open({.joinsReceived = false});
    auto small = sorting();
    small.controlBufferBytes = 16 * 1024;
    ASSERT_EQ(path->sort(small), okStatus());

    send(*path, datagram(kControl, 20), 20'000);
    send(*path, datagram(kNoise, 100), 20'000);
    send(*path, datagram(kBulk, 8), 500);

    const auto got = fetch(*path);
    EXPECT_EQ(got.at(8), 500);
    EXPECT_LT(got.at(20), 1000);
    EXPECT_FALSE(got.contains(100));
    // The system tells with the next datagram.
    send(*path, datagram(kControl, 20));
    EXPECT_EQ(fetch(*path).size(), 1U);
    EXPECT_EQ(path->counters().overflowedControl + static_cast<unsigned>(got.at(20)), 20'000U);
    EXPECT_GE(path->counters().overflowedReceives, path->counters().overflowedControl);
}

TEST_F(UdpSorting, LeavesRunsWhole) {
    const auto path = open();
    const auto runner = open();
    ASSERT_EQ(path->sort(sorting()), okStatus());
    DatagramAddress address;
    address.remote = {net::IpAddress::parse("127.0.0.1").value(), path->port()};
    for (const auto kind : {kBulk, kControl}) {
        std::string bytes;
        for (int i = 0; i < 40; ++i) {
            bytes += datagram(kind, 1000);
        }
        const OutgoingRun run{
            .bytes = {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()},
            .segmentBytes = 1000,
            .to = &address};
        ASSERT_TRUE(runner->send({&run, 1}).isClean);

        EXPECT_THAT(fetch(*path), UnorderedElementsAre(Pair(40'000, 1)));
    }
}

TEST_F(UdpSorting, TellsWhichRunsAreOfControlAndLeavesThemWhileTheyAreHeld) {
    const auto path = open({.wantsV6 = false});
    ASSERT_EQ(path->sort(sorting()), okStatus());
    send(*path, datagram(kControl, 20), 3);
    send(*path, datagram(kBulk, 8));

    path->holdControl(true);
    EXPECT_EQ(path->receive().size(), 1U);
    EXPECT_EQ(path->controlRuns(), 0U);
    EXPECT_EQ(path->receive().size(), 0U);

    path->holdControl(false);
    send(*path, datagram(kBulk, 8));
    std::size_t control = 0;
    std::size_t all = 0;
    for (auto runs = path->receive(); !runs.empty(); runs = path->receive()) {
        all += runs.size();
        control += path->controlRuns();
    }
    EXPECT_EQ(control, 3U);
    EXPECT_EQ(all, 4U);
    EXPECT_EQ(path->controlRuns(), 0U);
}

TEST_F(UdpSorting, StillRefusesAPortThatIsTaken) {
    const auto path = open();
    ASSERT_EQ(path->sort(sorting()), okStatus());

    const auto second = openUdpPath({.port = path->port()});

    EXPECT_EQ(second.status().code(), StatusCode::kFailedPrecondition);
}

TEST_F(UdpSorting, StaysOverAChangeOfPort) {
    const auto path = open();
    ASSERT_EQ(path->sort(sorting()), okStatus());
    const auto first = path->port();

    ASSERT_EQ(path->rebind(0), okStatus());
    sendOneOfEach(*path);
    EXPECT_THAT(fetch(*path), UnorderedElementsAre(Pair(8, 1), Pair(20, 1)));

    // Both sockets of the old port are closed.
    ASSERT_EQ(path->rebind(first), okStatus());
    sendOneOfEach(*path);
    EXPECT_THAT(fetch(*path), UnorderedElementsAre(Pair(8, 1), Pair(20, 1)));
}

TEST_F(UdpSorting, CanBeReplacedAndEnded) {
    const auto path = open({.wantsV6 = false});
    ASSERT_EQ(path->sort(sorting()), okStatus());
    DatagramSorting noise;
    noise.bulk = {{100, {{.value = kNoise}}}};

    ASSERT_EQ(path->sort(noise), okStatus());
    EXPECT_EQ(path->waitables().size(), 1U);
    sendOneOfEach(*path);
    EXPECT_THAT(fetch(*path), UnorderedElementsAre(Pair(100, 1)));
    EXPECT_FALSE(isShared(*path));

    ASSERT_EQ(path->sort({}), okStatus());
    sendOneOfEach(*path);
    EXPECT_EQ(fetch(*path).size(), 7U);
}

TEST_F(UdpSorting, FilesOneFamilyWhereThereIsNoOther) {
    const auto v4 = open({.wantsV6 = false});
    ASSERT_EQ(v4->sort(sorting()), okStatus());
    EXPECT_EQ(v4->waitables().size(), 3U);

    auto v6 = openUdpPath({.wantsV4 = false});
    if (!v6.ok()) {
        GTEST_SKIP() << "this machine has no IPv6";
    }
    ASSERT_EQ((*v6)->sort(sorting()), okStatus());
    EXPECT_EQ((*v6)->waitables().size(), 3U);
    sendOneOfEach(**v6, "::1");
    EXPECT_THAT(fetch(**v6), UnorderedElementsAre(Pair(8, 1), Pair(20, 1)));
}

TEST_F(UdpSorting, GoesOnWithOneSocketWhereThePortCannotBeShared) {
    for (const int option : {SO_REUSEPORT, SO_ATTACH_REUSEPORT_CBPF}) {
        without(option, [&] {
            const auto path = open({.wantsV6 = false});

            EXPECT_EQ(path->sort(sorting()), okStatus());

            EXPECT_EQ(path->waitables().size(), 1U) << option;
            sendOneOfEach(*path);
            EXPECT_THAT(fetch(*path), UnorderedElementsAre(Pair(8, 1), Pair(20, 1))) << option;
            EXPECT_FALSE(option == SO_ATTACH_REUSEPORT_CBPF && isShared(*path));
        });
    }
}

TEST_F(UdpSorting, TakesEverythingWhereTheSystemFiltersNothing) {
    without(SO_ATTACH_FILTER, [&] {
        const auto path = open({.wantsV6 = false});

        EXPECT_EQ(path->sort(sorting()), okStatus());

        EXPECT_EQ(path->waitables().size(), 3U);
        sendOneOfEach(*path);
        EXPECT_EQ(fetch(*path).size(), 7U);
    });
}

TEST_F(UdpSorting, RefusesPatternsThatMakeNoSense) {
    const auto path = open({.wantsV6 = false});
    const auto refused = [&](const std::function<void(DatagramSorting&)>& spoil) {
        auto spoiled = sorting();
        spoil(spoiled);
        return path->sort(spoiled).code() == StatusCode::kInvalidArgument;
    };

    EXPECT_TRUE(refused([](auto& each) { each.bulk.front().leastBytes = 7; }));
    EXPECT_TRUE(refused([](auto& each) { each.bulk.front().bits.back().value = 0x177; }));
    EXPECT_TRUE(refused([](auto& each) { each.bulk.front().bits.resize(5); }));
    EXPECT_FALSE(refused([](auto& each) { each.bulk.front().bits.resize(4); }));
    EXPECT_TRUE(refused([](auto& each) { each.control.resize(9, each.control.front()); }));
    EXPECT_FALSE(refused([](auto& each) { each.control.resize(8, each.control.front()); }));
    EXPECT_TRUE(refused([](auto& each) { each.controlBufferBytes = 4095; }));
}

}  // namespace
}  // namespace weft::transport
