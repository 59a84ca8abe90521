// SPDX-License-Identifier: Apache-2.0
// What the system lets in for a UDP path that knows whom to expect.
#include "tests/core/transport/udp_sorting_fixture.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace weft::transport {
namespace {

using testing::Pair;
using testing::UnorderedElementsAre;

class UdpExpectation : public UdpSorting {
protected:
    static DatagramSorting smallSorting() {
        auto small = sorting();
        small.controlBufferBytes = 16 * 1024;
        return small;
    }
    /// One family, control of the sender is expected; as much has come from a stranger and from it.
    std::unique_ptr<UdpPath> floodedFromBoth() {
        auto path = open({.wantsV6 = false, .joinsReceived = false, .receiveBuffers = 8});
        EXPECT_EQ(path->sort(sorting()), okStatus());
        EXPECT_EQ(path->expect(std::vector{senderAt("127.0.0.1")}), okStatus());
        auto expected = std::exchange(sender_, open({.sending = UdpSending::Batch}));
        send(*path, datagram(kControl, kOfStranger), kEach);
        sender_ = std::move(expected);
        send(*path, datagram(kControl, kOfExpected), kEach);
        return path;
    }
    static long countOf(std::span<const IncomingRun> runs, std::size_t bytes) {
        return std::ranges::count(runs, bytes, [](const auto& run) { return run.bytes.size(); });
    }

    static constexpr std::size_t kOfStranger = 21;
    static constexpr std::size_t kOfExpected = 20;
    static constexpr int kEach = 100;

    net::Endpoint senderAt(const char* host) const {
        return {net::IpAddress::parse(host).value(), sender_->port()};
    }
};

TEST_F(UdpExpectation, BulkOfStrangersIsTakenAsControl) {
    const auto path = open({.joinsReceived = false});
    ASSERT_EQ(path->sort(smallSorting()), okStatus());
    for (const auto* const host : {"127.0.0.1", "::1"}) {
        if (host == std::string("::1") && !path->hasV6()) {
            continue;
        }
        auto otherPort = senderAt(host);
        ++otherPort.port;
        const std::vector<net::Endpoint> strangers{
            otherPort,
            senderAt("192.0.2.1"),
            senderAt("2001:db8::1"),
            senderAt("::2"),
            senderAt("1::1")};
        EXPECT_EQ(path->expect(strangers), okStatus());
        send(*path, datagram(kBulk, 8), 2000, host);
        const auto ofStranger = fetch(*path).at(8);
        EXPECT_GT(ofStranger, 0) << host;
        EXPECT_LT(ofStranger, 1000) << host;

        auto known = strangers;
        known.push_back(senderAt(host));
        EXPECT_EQ(path->expect(known), okStatus());
        send(*path, datagram(kBulk, 8), 2000, host);
        sendOneOfEach(*path, host);
        EXPECT_THAT(fetch(*path), UnorderedElementsAre(Pair(8, 2001), Pair(20, 1))) << host;
    }
}

TEST_F(UdpExpectation, ControlOfTheExpectedFindsRoomBesideThatOfStrangers) {
    const auto path = open({.joinsReceived = false});
    ASSERT_EQ(path->sort(smallSorting()), okStatus());
    EXPECT_EQ(path->expect(std::vector{senderAt("127.0.0.1")}), okStatus());
    auto expected = std::exchange(sender_, open({.sending = UdpSending::Batch}));
    send(*path, datagram(kControl, 21), 5000);
    sender_ = std::move(expected);

    send(*path, datagram(kControl, 20), 10);

    const auto got = fetch(*path);
    EXPECT_EQ(got.at(20), 10);
    EXPECT_LT(got.at(21), 1000);
}

TEST_F(UdpExpectation, AloneTheExpectedComeFirstAndLeaveStrangersHalfOfTheRoom) {
    const auto path = floodedFromBoth();

    for (int turn = 0; turn < 8; ++turn) {
        const auto runs = path->receive();

        ASSERT_EQ(runs.size(), 8U);
        EXPECT_EQ(runs.front().bytes.size(), kOfExpected);
        EXPECT_EQ(countOf(runs, kOfExpected), 4);
        EXPECT_EQ(countOf(runs, kOfStranger), 4);
    }
}

TEST_F(UdpExpectation, BesideBulkTheExpectedAndStrangersHaveAsManyTurns) {
    const auto path = floodedFromBoth();
    send(*path, datagram(kBulk, 8), 8 * 8);

    long ofExpected = 0;
    long ofStranger = 0;
    for (int turn = 0; turn < 8; ++turn) {
        const auto runs = path->receive();

        ASSERT_EQ(countOf(runs, 8), 8);
        if (turn == 0) {
            EXPECT_EQ(countOf(runs, kOfExpected), 8);
        }
        ofExpected += countOf(runs, kOfExpected);
        ofStranger += countOf(runs, kOfStranger);
    }
    EXPECT_EQ(ofExpected, 32);
    EXPECT_EQ(ofStranger, 32);
}

TEST_F(UdpExpectation, ARefusalIsToldAndLeavesWhatWasExpectedBefore) {
    const auto path = open({.wantsV6 = false, .joinsReceived = false});
    ASSERT_EQ(path->sort(smallSorting()), okStatus());
    EXPECT_EQ(path->expect(std::vector{senderAt("192.0.2.1")}), okStatus());

    without(SO_ATTACH_REUSEPORT_CBPF, [&] {
        EXPECT_EQ(
            path->expect(std::vector{senderAt("127.0.0.1")}).code(),
            StatusCode::kResourceExhausted);
    });
    send(*path, datagram(kBulk, 8), 2000);
    EXPECT_LT(fetch(*path).at(8), 1000);

    EXPECT_EQ(path->expect(std::vector{senderAt("127.0.0.1")}), okStatus());
    send(*path, datagram(kBulk, 8), 2000);
    EXPECT_EQ(fetch(*path).at(8), 2000);
}

TEST_F(UdpExpectation, StaysOverAChangeOfPortAndANewSorting) {
    const auto path = open({.joinsReceived = false});
    ASSERT_EQ(path->sort(smallSorting()), okStatus());
    EXPECT_EQ(path->expect(std::vector{senderAt("192.0.2.1")}), okStatus());

    ASSERT_EQ(path->rebind(0), okStatus());
    send(*path, datagram(kBulk, 8), 2000);
    EXPECT_LT(fetch(*path).at(8), 1000);

    ASSERT_EQ(path->sort(smallSorting()), okStatus());
    send(*path, datagram(kBulk, 8), 2000);
    EXPECT_LT(fetch(*path).at(8), 1000);
}

TEST_F(UdpExpectation, KnowsAsManySourcesAsItSaysAndBeyondThatTakesEverybody) {
    const auto path = open({.joinsReceived = false});
    ASSERT_EQ(path->sort(smallSorting()), okStatus());
    std::vector<net::Endpoint> sources;
    for (std::uint32_t i = 1; i <= UdpPath::kMostExpected; ++i) {
        auto source = senderAt("2001:db8::1");
        source.port = static_cast<std::uint16_t>(i);
        sources.push_back(source);
    }
    EXPECT_EQ(path->expect(sources), okStatus());
    send(*path, datagram(kBulk, 8), 2000);
    EXPECT_LT(fetch(*path).at(8), 1000);

    sources.back() = senderAt("127.0.0.1");
    EXPECT_EQ(path->expect(sources), okStatus());
    send(*path, datagram(kBulk, 8), 2000);
    EXPECT_EQ(fetch(*path).at(8), 2000);

    sources.back() = senderAt("192.0.2.1");
    sources.push_back(senderAt("192.0.2.2"));
    EXPECT_EQ(path->expect(sources), okStatus());
    send(*path, datagram(kBulk, 8), 2000);
    EXPECT_EQ(fetch(*path).at(8), 2000);
}

}  // namespace
}  // namespace weft::transport
