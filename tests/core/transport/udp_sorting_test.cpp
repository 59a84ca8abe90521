// SPDX-License-Identifier: Apache-2.0
// What the system sorts for a UDP path, and what is left when it will not.
#include "core/base/poller.h"
#include "core/base/unique_fd.h"
#include "core/transport/udp_path.h"
#include "tests/support/syscall_filter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <thread>
#include <utility>

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/syscall.h>

namespace weft::transport {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::Le;
using testing::Pair;
using testing::UnorderedElementsAre;
using namespace std::chrono_literals;

constexpr std::uint32_t kBulk = 0xB0000001;
constexpr std::uint32_t kControl = 0xC0000001;
constexpr std::uint32_t kNoise = 0x01020304;

/// Bulk has a tag in its eighth byte, control at least twenty bytes.
DatagramSorting sorting() {
    DatagramSorting result;
    result.bulk = {{8, {{.value = kBulk}, {.offset = 4, .mask = 0xff, .value = 0x77}}}};
    result.control = {{20, {{.value = kControl}}}};
    return result;
}

std::string datagram(std::uint32_t kind, std::size_t bytes, std::uint8_t tag = 0x77) {
    std::string made(bytes, '\0');
    for (std::size_t i = 0; i < std::min<std::size_t>(bytes, 4); ++i) {
        made[i] = static_cast<char>(kind >> (24 - 8 * i));
    }
    if (bytes > 7) {
        made[7] = static_cast<char>(tag);
    }
    return made;
}

class UdpSorting : public testing::Test {
protected:
    static std::unique_ptr<UdpPath> open(const UdpOptions& options = {}) {
        auto path = openUdpPath(options);
        EXPECT_EQ(path.status(), okStatus());
        return path.ok() ? *std::move(path) : nullptr;
    }
    /// Sends `datagram` so many times, one by one.
    void send(
        const UdpPath& to,
        const std::string& datagram,
        int times = 1,
        const char* host = "127.0.0.1") {
        DatagramAddress address;
        address.remote = {net::IpAddress::parse(host).value(), to.port()};
        const OutgoingRun run{
            .bytes = {reinterpret_cast<const std::uint8_t*>(datagram.data()), datagram.size()},
            .segmentBytes = datagram.size(),
            .to = &address};
        for (int i = 0; i < times; ++i) {
            ASSERT_TRUE(sender_->send({&run, 1}).isClean);
        }
    }
    /// How many datagrams of each size there are now: over loopback what was sent has come.
    static std::map<std::size_t, int> fetch(UdpPath& path) {
        std::map<std::size_t, int> sizes;
        for (auto runs = path.receive(); !runs.empty(); runs = path.receive()) {
            for (const auto& run : runs) {
                ++sizes[run.bytes.size()];
            }
        }
        return sizes;
    }
    /// One of each kind, with sizes of their own: 8 bulk, 20 control, the others nothing.
    void sendOneOfEach(const UdpPath& path, const char* host = "127.0.0.1") {
        send(path, datagram(kBulk, 8), 1, host);
        send(path, datagram(kBulk, 9, 0x78), 1, host);
        send(path, datagram(kBulk, 7), 1, host);
        send(path, datagram(kControl, 20), 1, host);
        send(path, datagram(kControl, 19), 1, host);
        send(path, datagram(kNoise, 100), 1, host);
        send(path, datagram(kNoise, 1), 1, host);
    }
    /// Whether another socket of this user that asks to share the port of `path` is let in.
    static bool isShared(const UdpPath& path) {
        const base::UniqueFd fd(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
        const int on = 1;
        ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEPORT, &on, sizeof on);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(path.port());
        return ::bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    }
    /// Runs `body` where the system refuses to set an option of sockets.
    static void without(int option, const std::function<void()>& body) {
        std::thread([&] {
            if (!tests::refuseSystemCall(
                    SYS_setsockopt,
                    ENOPROTOOPT,
                    {{.index = 1, .value = SOL_SOCKET},
                     {.index = 2, .value = static_cast<std::uint32_t>(option)}})) {
                GTEST_SKIP() << "this machine cannot filter system calls";
            }
            body();
        }).join();
    }

    std::unique_ptr<UdpPath> sender_ = open({.sending = UdpSending::Batch});
};

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

class UdpExpectation : public UdpSorting {
protected:
    static DatagramSorting smallSorting() {
        auto small = sorting();
        small.controlBufferBytes = 16 * 1024;
        return small;
    }
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
        path->expect(strangers);
        send(*path, datagram(kBulk, 8), 2000, host);
        const auto ofStranger = fetch(*path).at(8);
        EXPECT_GT(ofStranger, 0) << host;
        EXPECT_LT(ofStranger, 1000) << host;

        auto known = strangers;
        known.push_back(senderAt(host));
        path->expect(known);
        send(*path, datagram(kBulk, 8), 2000, host);
        sendOneOfEach(*path, host);
        EXPECT_THAT(fetch(*path), UnorderedElementsAre(Pair(8, 2001), Pair(20, 1))) << host;
    }
}

TEST_F(UdpExpectation, ControlOfTheExpectedFindsRoomBesideThatOfStrangers) {
    const auto path = open({.joinsReceived = false});
    ASSERT_EQ(path->sort(smallSorting()), okStatus());
    path->expect(std::vector{senderAt("127.0.0.1")});
    auto expected = std::exchange(sender_, open({.sending = UdpSending::Batch}));
    send(*path, datagram(kControl, 21), 5000);
    sender_ = std::move(expected);

    send(*path, datagram(kControl, 20), 10);

    const auto got = fetch(*path);
    EXPECT_EQ(got.at(20), 10);
    EXPECT_LT(got.at(21), 1000);
}

TEST_F(UdpExpectation, StaysOverAChangeOfPortAndANewSorting) {
    const auto path = open({.joinsReceived = false});
    ASSERT_EQ(path->sort(smallSorting()), okStatus());
    path->expect(std::vector{senderAt("192.0.2.1")});

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
    path->expect(sources);
    send(*path, datagram(kBulk, 8), 2000);
    EXPECT_LT(fetch(*path).at(8), 1000);

    sources.back() = senderAt("127.0.0.1");
    path->expect(sources);
    send(*path, datagram(kBulk, 8), 2000);
    EXPECT_EQ(fetch(*path).at(8), 2000);

    sources.back() = senderAt("192.0.2.1");
    sources.push_back(senderAt("192.0.2.2"));
    path->expect(sources);
    send(*path, datagram(kBulk, 8), 2000);
    EXPECT_EQ(fetch(*path).at(8), 2000);
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
