// SPDX-License-Identifier: Apache-2.0
// What is particular to UDP on Linux; what every path does is in the conformance suite.
#include "core/transport/udp_path.h"

#include "core/base/poller.h"
#include "tests/support/syscall_filter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <sys/socket.h>
#include <sys/syscall.h>

namespace weft::transport {
namespace {

using testing::HasSubstr;
using namespace std::chrono_literals;

/// Waits for `count` datagrams at `path`; less after ten seconds.
std::size_t receiveDatagrams(UdpPath& path, std::size_t count) {
    const auto poller = base::createPoller().value();
    for (const auto& source : path.waitables()) {
        EXPECT_EQ(poller->add(source, 0), okStatus());
    }
    std::size_t got = 0;
    const auto limit = std::chrono::steady_clock::now() + 10s;
    while (got < count && std::chrono::steady_clock::now() < limit) {
        EXPECT_TRUE(poller->wait(limit - std::chrono::steady_clock::now()).ok());
        for (const auto& run : path.receive()) {
            got += (run.bytes.size() + run.segmentBytes - 1) / run.segmentBytes;
        }
    }
    return got;
}

std::unique_ptr<UdpPath> open(const UdpOptions& options = {}) {
    auto path = openUdpPath(options);
    EXPECT_EQ(path.status(), okStatus());
    return path.ok() ? *std::move(path) : nullptr;
}

DatagramAddress addressOf(const UdpPath& path, const char* host = "127.0.0.1") {
    DatagramAddress address;
    address.remote = {net::IpAddress::parse(host).value(), path.port()};
    return address;
}

RunOutcome send(
    UdpPath& from, const DatagramAddress& to, std::size_t datagrams, std::size_t bytes) {
    const std::vector<std::uint8_t> buffer(datagrams * bytes, 0x55);
    const OutgoingRun run{.bytes = buffer, .segmentBytes = bytes, .to = &to};
    return from.send({&run, 1}).runs[0];
}

/// Runs `body` on a thread of its own, which may give up system calls.
void onThread(const std::function<void()>& body) {
    std::thread(body).join();
}

TEST(UdpPath, ListensWithBothFamiliesOnOnePort) {
    const auto path = open();
    const auto other = open();
    if (!path->hasV6()) {
        GTEST_SKIP() << "this machine has no IPv6";
    }

    EXPECT_NE(path->port(), 0);
    EXPECT_EQ(path->waitables().size(), 2U);
    EXPECT_TRUE(send(*other, addressOf(*path), 1, 10).sent);
    EXPECT_TRUE(send(*other, addressOf(*path, "::1"), 1, 10).sent);
    EXPECT_EQ(receiveDatagrams(*path, 2), 2U);
}

TEST(UdpPath, RefusesAPortThatIsTaken) {
    const auto path = open();

    const auto second = openUdpPath({.port = path->port()});

    EXPECT_EQ(second.status().code(), StatusCode::kFailedPrecondition);
    EXPECT_THAT(messageOf(second.status()), HasSubstr(std::to_string(path->port())));
}

TEST(UdpPath, RefusesOptionsThatMakeNoSense) {
    EXPECT_EQ(
        openUdpPath({.wantsV4 = false, .wantsV6 = false}).status().code(),
        StatusCode::kInvalidArgument);
}

TEST(UdpPath, DropsWhatIsForAFamilyThatItHasNot) {
    const auto path = open({.wantsV6 = false});
    EXPECT_TRUE(path->hasV4());
    EXPECT_FALSE(path->hasV6());
    EXPECT_EQ(path->waitables().size(), 1U);

    EXPECT_FALSE(send(*path, addressOf(*path, "::1"), 3, 10).sent);

    EXPECT_EQ(path->counters().droppedRefused, 3U);
}

TEST(UdpPath, WorksWithIpv4AloneWhereThereIsNoIpv6) {
    onThread([] {
        if (!tests::refuseSystemCall(SYS_socket, EAFNOSUPPORT, {{.value = AF_INET6}})) {
            GTEST_SKIP() << "this machine cannot filter system calls";
        }

        const auto path = open();

        ASSERT_NE(path, nullptr);
        EXPECT_FALSE(path->hasV6());
        EXPECT_TRUE(send(*path, addressOf(*path), 5, 100).sent);
        EXPECT_EQ(receiveDatagrams(*path, 5), 5U);
    });
}

TEST(UdpPath, SaysThatThereIsNoUdpWithoutBothFamilies) {
    onThread([] {
        if (!tests::refuseSystemCall(SYS_socket, EAFNOSUPPORT)) {
            GTEST_SKIP() << "this machine cannot filter system calls";
        }

        EXPECT_EQ(openUdpPath({}).status().code(), StatusCode::kUnavailable);
    });
}

TEST(UdpPath, MovesToAnotherPortAndBack) {
    const auto path = open();
    const auto other = open();
    const auto first = path->port();

    ASSERT_EQ(path->rebind(0), okStatus());
    EXPECT_NE(path->port(), first);
    EXPECT_TRUE(send(*other, addressOf(*path), 2, 10).sent);
    EXPECT_EQ(receiveDatagrams(*path, 2), 2U);

    // The old port is free again.
    ASSERT_EQ(path->rebind(first), okStatus());
    EXPECT_EQ(path->port(), first);
    EXPECT_TRUE(send(*path, addressOf(*other), 2, 10).sent);
    EXPECT_EQ(receiveDatagrams(*other, 2), 2U);
    EXPECT_EQ(path->counters().receivedDatagrams, 2U);
}

TEST(UdpPath, StaysWhereItIsWhenTheNewPortIsTaken) {
    const auto path = open();
    const auto other = open();
    const auto first = path->port();
    const auto handles =
        std::vector<base::Waitable>(path->waitables().begin(), path->waitables().end());

    EXPECT_EQ(path->rebind(other->port()).code(), StatusCode::kFailedPrecondition);
    EXPECT_EQ(path->rebind(first), okStatus());

    EXPECT_EQ(path->port(), first);
    EXPECT_TRUE(std::ranges::equal(path->waitables(), handles));
    EXPECT_TRUE(send(*other, addressOf(*path), 1, 10).sent);
    EXPECT_EQ(receiveDatagrams(*path, 1), 1U);
}

struct Level {
    UdpSending sending;
    std::uint64_t calls;
    std::size_t mostSegments;
};

TEST(UdpPath, NeedsAsManySystemCallsAsItsLevelSays) {
    for (const auto& level :
         {Level{UdpSending::Runs, 1, 64},
          Level{UdpSending::Batch, 1, 1},
          Level{UdpSending::Single, 40, 1}}) {
        const auto path = open({.sending = level.sending});
        const auto other = open();

        EXPECT_TRUE(send(*path, addressOf(*other), 40, 1000).sent);

        EXPECT_EQ(path->counters().sendCalls, level.calls);
        EXPECT_EQ(path->counters().sentDatagrams, 40U);
        EXPECT_EQ(path->mostRunSegments(), level.mostSegments);
        EXPECT_EQ(receiveDatagrams(*other, 40), 40U);
    }
}

TEST(UdpPath, ReceivesARunWithOneBuffer) {
    const auto path = open();
    const auto joining = open({.receiveBuffers = 1});
    const auto single = open({.joinsReceived = false});

    EXPECT_TRUE(send(*path, addressOf(*joining), 40, 1400).sent);
    EXPECT_TRUE(send(*path, addressOf(*single), 40, 1400).sent);

    EXPECT_EQ(receiveDatagrams(*joining, 40), 40U);
    EXPECT_EQ(joining->counters().receivedRuns, 1U);
    EXPECT_EQ(receiveDatagrams(*single, 40), 40U);
    EXPECT_EQ(single->counters().receivedRuns, 40U);
}

TEST(UdpPath, SendsDatagramByDatagramOnceTheSystemCannotCutRuns) {
    onThread([] {
        const auto path = open({.wantsV6 = false});
        const auto other = open();
        if (!tests::refuseSystemCall(SYS_sendmmsg, EIO)) {
            GTEST_SKIP() << "this machine cannot filter system calls";
        }

        EXPECT_TRUE(send(*path, addressOf(*other), 40, 1000).sent);

        EXPECT_EQ(receiveDatagrams(*other, 40), 40U);
        EXPECT_EQ(path->counters().fallbacks, 1U);
        EXPECT_EQ(path->mostRunSegments(), 1U);
    });
}

TEST(UdpPath, LearnsThatTheSystemTakesNoBatches) {
    onThread([] {
        const auto path = open({.wantsV6 = false, .sending = UdpSending::Batch});
        const auto other = open();
        if (!tests::refuseSystemCall(SYS_sendmmsg, ENOSYS)) {
            GTEST_SKIP() << "this machine cannot filter system calls";
        }

        EXPECT_TRUE(send(*path, addressOf(*other), 40, 1000).sent);
        EXPECT_TRUE(send(*path, addressOf(*other), 2, 1000).sent);

        EXPECT_EQ(receiveDatagrams(*other, 42), 42U);
        EXPECT_EQ(path->counters().fallbacks, 1U);
        EXPECT_EQ(path->counters().sendCalls, 43U);
    });
}

struct Refusal {
    int error;
    std::uint64_t full;
    std::uint64_t refused;
    std::uint64_t calls;
};

TEST(UdpPath, DropsAndCountsWhatTheSystemRefuses) {
    // 70 datagrams are two batches. A full buffer ends a batch, other errors only their datagram.
    for (const auto& refusal :
         {Refusal{EAGAIN, 70, 0, 2},
          Refusal{ENOBUFS, 70, 0, 70},
          Refusal{EPERM, 0, 70, 70},
          Refusal{EMSGSIZE, 0, 70, 70},
          Refusal{ECONNREFUSED, 0, 70, 140}}) {
        onThread([&] {
            const auto path = open({.wantsV6 = false, .sending = UdpSending::Batch});
            if (!tests::refuseSystemCall(SYS_sendmmsg, refusal.error)) {
                GTEST_SKIP() << "this machine cannot filter system calls";
            }

            EXPECT_FALSE(send(*path, addressOf(*path), 70, 100).sent) << refusal.error;

            const auto counters = path->counters();
            EXPECT_EQ(counters.droppedFull, refusal.full) << refusal.error;
            EXPECT_EQ(counters.droppedRefused, refusal.refused) << refusal.error;
            EXPECT_EQ(counters.sendCalls, refusal.calls) << refusal.error;
            EXPECT_EQ(counters.sentDatagrams, 0U) << refusal.error;
        });
    }
}

TEST(UdpPath, SurvivesErrorsOfReceiving) {
    onThread([] {
        const auto path = open({.wantsV6 = false});
        if (!tests::refuseSystemCall(SYS_recvmmsg, ECONNREFUSED)) {
            GTEST_SKIP() << "this machine cannot filter system calls";
        }

        EXPECT_TRUE(path->receive().empty());

        EXPECT_GT(path->counters().receiveErrors, 0U);
        // Bounded: a system that reports errors for ever does not hold the loop.
        EXPECT_LT(path->counters().receiveErrors, 100U);
    });
}

TEST(UdpPath, AsksOnlyTheFamilyThatIsBusyMostOfTheTime) {
    const auto path = open({.joinsReceived = false, .receiveBuffers = 1});
    const auto other = open();
    send(*other, addressOf(*path), 64, 100);

    EXPECT_EQ(receiveDatagrams(*path, 64), 64U);

    // One call for each datagram, and one in eight times for the other family.
    EXPECT_LE(path->counters().receiveCalls, 64U + 64U / 8U + 2U);
}

TEST(UdpPath, LetsABusyFamilyNotStarveTheOther) {
    const auto path = open({.joinsReceived = false, .receiveBuffers = 1});
    const auto other = open();
    if (!path->hasV6()) {
        GTEST_SKIP() << "this machine has no IPv6";
    }
    for (const auto& [busy, rare] :
         {std::pair("127.0.0.1", "::1"), std::pair("::1", "127.0.0.1")}) {
        send(*other, addressOf(*path, busy), 64, 100);
        EXPECT_FALSE(path->receive().empty());
        send(*other, addressOf(*path, rare), 1, 50);

        std::size_t before = 0;
        for (auto runs = path->receive(); !runs.empty() && runs[0].bytes.size() != 50;
             runs = path->receive()) {
            ++before;
        }
        EXPECT_LT(before, 20U) << rare;

        while (!path->receive().empty()) {
        }
    }
}

TEST(UdpPath, CountsWhatTheSystemDroppedBeforeWeFetchedIt) {
    const auto path = open();
    const auto small = open({.wantsV6 = false, .joinsReceived = false, .socketBufferBytes = 4096});
    for (int i = 0; i < 40; ++i) {
        send(*path, addressOf(*small), 1, 1000);
    }
    while (!small->receive().empty()) {
    }
    const auto got = small->counters().receivedDatagrams;
    ASSERT_LT(got, 40U);

    // The system tells with the next datagram.
    send(*path, addressOf(*small), 1, 1000);
    EXPECT_EQ(receiveDatagrams(*small, 1), 1U);

    EXPECT_EQ(small->counters().overflowedReceives, 40 - got);
}

TEST(UdpPath, AnswersFromOneOfManyAddresses) {
    const auto path = open();
    const auto other = open();

    // Every address of 127.0.0.0/8 is ours.
    EXPECT_TRUE(send(*other, addressOf(*path, "127.3.4.5"), 1, 10).sent);
    const auto poller = base::createPoller().value();
    ASSERT_EQ(poller->add(path->waitables()[0], 0), okStatus());
    ASSERT_TRUE(poller->wait(10s).ok());
    const auto runs = path->receive();
    ASSERT_EQ(runs.size(), 1U);
    const auto question = runs[0].from;
    EXPECT_TRUE(send(*path, question, 1, 10).sent);

    ASSERT_EQ(poller->add(other->waitables()[0], 1), okStatus());
    ASSERT_TRUE(poller->wait(10s).ok());
    const auto answers = other->receive();
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_EQ(answers[0].from.remote.toString(), "127.3.4.5:" + std::to_string(path->port()));
}

}  // namespace
}  // namespace weft::transport
