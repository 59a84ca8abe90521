// SPDX-License-Identifier: Apache-2.0
#include "tests/conformance/datagram_path_suite.h"

#include "core/base/poller.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <span>

namespace weft::tests {

using std::chrono::steady_clock;
using testing::ElementsAre;
using testing::IsEmpty;
using transport::OutgoingRun;
using namespace std::chrono_literals;

namespace {

std::span<const std::uint8_t> asBytes(const std::string& text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string asText(std::span<const std::uint8_t> bytes) {
    return {bytes.begin(), bytes.end()};
}

}  // namespace

std::string patternOf(std::size_t bytes) {
    std::string pattern(bytes, '\0');
    std::uint32_t state = 1;
    for (auto& byte : pattern) {
        state = state * 1664525U + 1013904223U;
        byte = static_cast<char>(state >> 24U);
    }
    return pattern;
}

std::vector<std::string> cut(const std::string& bytes, std::size_t segmentBytes) {
    std::vector<std::string> segments;
    for (std::size_t at = 0; at < bytes.size(); at += segmentBytes) {
        segments.push_back(bytes.substr(at, segmentBytes));
    }
    return segments;
}

void DatagramPathSuite::SetUp() {
    pair_ = GetParam().create();
    if (pair_ == nullptr) {
        GTEST_SKIP() << "this machine has no " << GetParam().name;
    }
}

transport::RunOutcome DatagramPathSuite::send(const std::string& bytes, std::size_t segmentBytes) {
    const auto to = toRight();
    const OutgoingRun run{.bytes = asBytes(bytes), .segmentBytes = segmentBytes, .to = &to};
    return left().send({&run, 1}).runs[0];
}

std::vector<ReceivedDatagram> DatagramPathSuite::receive(
    transport::DatagramPath& path, std::size_t count) {
    const auto poller = base::createPoller().value();
    for (const auto& source : path.waitables()) {
        EXPECT_EQ(poller->add(source, 0), okStatus());
    }
    std::vector<ReceivedDatagram> all;
    const auto limit = steady_clock::now() + 10s;
    while (all.size() < count && steady_clock::now() < limit) {
        EXPECT_TRUE(poller->wait(limit - steady_clock::now()).ok());
        for (const auto& run : path.receive()) {
            for (std::size_t at = 0; at < run.bytes.size(); at += run.segmentBytes) {
                const auto bytes =
                    run.bytes.subspan(at, std::min(run.segmentBytes, run.bytes.size() - at));
                all.push_back({asText(bytes), run.from, run.trafficClass});
            }
        }
    }
    return all;
}

std::vector<std::string> DatagramPathSuite::bytesOf(
    const std::vector<ReceivedDatagram>& datagrams) {
    std::vector<std::string> bytes;
    for (const auto& datagram : datagrams) {
        bytes.push_back(datagram.bytes);
    }
    return bytes;
}

TEST_P(DatagramPathSuite, GivesNothingWhenNothingCame) {
    EXPECT_TRUE(left().receive().empty());
    EXPECT_TRUE(left().receive().empty());
    EXPECT_FALSE(left().waitables().empty());
    EXPECT_FALSE(left().name().empty());
}

TEST_P(DatagramPathSuite, CarriesARunWithAShorterLastDatagram) {
    const auto bytes = patternOf(10 * 1000 + 321);

    const auto outcome = send(bytes, 1000);

    EXPECT_TRUE(outcome.sent);
    EXPECT_FALSE(outcome.sourceRefused);
    EXPECT_EQ(bytesOf(receive(right(), 11)), cut(bytes, 1000));
    EXPECT_TRUE(right().receive().empty());
}

TEST_P(DatagramPathSuite, CarriesDatagramsOfEverySize) {
    for (const std::size_t size : {1, 31, 32, 1472, 1473, 9000, 65'507}) {
        const auto bytes = patternOf(size);

        EXPECT_TRUE(send(bytes, size).sent) << size;

        EXPECT_EQ(bytesOf(receive(right(), 1)), cut(bytes, size)) << size;
    }
}

TEST_P(DatagramPathSuite, SplitsARunOfMoreDatagramsThanTheSystemTakes) {
    const auto bytes = patternOf(300 * 50);

    EXPECT_TRUE(send(bytes, 50).sent);

    EXPECT_EQ(bytesOf(receive(right(), 300)), cut(bytes, 50));
}

TEST_P(DatagramPathSuite, SplitsARunOfMoreBytesThanTheSystemTakes) {
    const auto bytes = patternOf(64 * 1452 + 7);

    EXPECT_TRUE(send(bytes, 1452).sent);

    EXPECT_EQ(bytesOf(receive(right(), 65)), cut(bytes, 1452));
}

TEST_P(DatagramPathSuite, CarriesManyRunsInOrder) {
    const auto to = toRight();
    std::vector<std::string> sent;
    for (std::size_t i = 0; i < 100; ++i) {
        sent.push_back(patternOf(1 + i * 13));
    }
    std::vector<OutgoingRun> runs;
    for (const auto& bytes : sent) {
        runs.push_back({.bytes = asBytes(bytes), .segmentBytes = bytes.size(), .to = &to});
    }

    const auto report = left().send(runs);

    ASSERT_EQ(report.runs.size(), runs.size());
    EXPECT_TRUE(report.isClean);
    EXPECT_EQ(bytesOf(receive(right(), 100)), sent);
}

TEST_P(DatagramPathSuite, ReportsWhatIsTooLongAndSendsTheRest) {
    const auto to = toRight();
    // One more than fits behind the headers of IPv6, which are counted apart.
    const auto tooLong = patternOf(65'528);
    const auto good = patternOf(100);
    const std::vector<OutgoingRun> runs{
        {.bytes = asBytes(good), .segmentBytes = 100, .to = &to},
        {.bytes = asBytes(tooLong), .segmentBytes = 65'528, .to = &to},
        {.bytes = asBytes(good), .segmentBytes = 50, .to = &to}};

    const auto report = left().send(runs);

    EXPECT_FALSE(report.isClean);
    EXPECT_TRUE(report.runs[0].sent);
    EXPECT_TRUE(report.runs[2].sent);
    EXPECT_FALSE(report.runs[1].sent);
    EXPECT_EQ(
        bytesOf(receive(right(), 3)),
        (std::vector<std::string>{good, good.substr(0, 50), good.substr(50)}));
    EXPECT_EQ(left().counters().droppedRefused, 1U);
}

TEST_P(DatagramPathSuite, DropsRunsThatMakeNoSense) {
    const auto to = toRight();
    const auto bytes = patternOf(100);
    const std::vector<OutgoingRun> runs{
        {.segmentBytes = 100, .to = &to},
        {.bytes = asBytes(bytes), .to = &to},
        {.bytes = asBytes(bytes), .segmentBytes = 100}};

    const auto report = left().send(runs);

    EXPECT_FALSE(report.isClean);
    for (const auto& outcome : report.runs) {
        EXPECT_FALSE(outcome.sent);
    }
    EXPECT_EQ(left().counters().droppedRefused, 3U);
    EXPECT_TRUE(left().send({}).runs.empty());
}

TEST_P(DatagramPathSuite, CarriesTheTrafficClass) {
    const auto to = toRight();
    const auto bytes = patternOf(64);
    std::vector<OutgoingRun> runs;
    // Congestion experienced, expedited forwarding with ECT(0), nothing, everything.
    constexpr std::array<std::uint8_t, 4> kClasses{0x03, 0xBA, 0x00, 0xFF};
    for (const auto trafficClass : kClasses) {
        runs.push_back(
            {.bytes = asBytes(bytes), .segmentBytes = 32, .to = &to, .trafficClass = trafficClass});
    }

    ASSERT_TRUE(left().send(runs).isClean);

    std::vector<int> classes;
    for (const auto& datagram : receive(right(), 8)) {
        classes.push_back(datagram.trafficClass);
    }
    EXPECT_THAT(classes, ElementsAre(0x03, 0x03, 0xBA, 0xBA, 0, 0, 0xFF, 0xFF));
}

TEST_P(DatagramPathSuite, AnswersFromTheAddressThatWasAsked) {
    ASSERT_TRUE(send("question", 8).sent);
    const auto question = receive(right(), 1);
    ASSERT_EQ(question.size(), 1U);
    EXPECT_EQ(question[0].from.remote, toLeft().remote);
    EXPECT_EQ(question[0].from.local, toRight().remote.address);
    EXPECT_NE(question[0].from.interface, 0U);

    const std::string text = "answer";
    const OutgoingRun run{.bytes = asBytes(text), .segmentBytes = 6, .to = &question[0].from};
    EXPECT_TRUE(right().send({&run, 1}).isClean);

    const auto answer = receive(left(), 1);
    ASSERT_EQ(answer.size(), 1U);
    EXPECT_EQ(answer[0].bytes, "answer");
    EXPECT_EQ(answer[0].from.remote, toRight().remote);
}

TEST_P(DatagramPathSuite, SendsFromElsewhereWhenTheSourceIsNotOurs) {
    auto to = toRight();
    // Documentation addresses, which no machine has.
    to.local =
        net::IpAddress::parse(to.remote.address.isV4() ? "192.0.2.1" : "2001:db8::1").value();
    const auto bytes = patternOf(5000);
    const OutgoingRun run{.bytes = asBytes(bytes), .segmentBytes = 1000, .to = &to};

    const auto report = left().send({&run, 1});

    EXPECT_FALSE(report.isClean);
    EXPECT_TRUE(report.runs[0].sourceRefused);
    EXPECT_TRUE(report.runs[0].sent);
    EXPECT_EQ(left().counters().refusedSources, 1U);
    EXPECT_EQ(bytesOf(receive(right(), 5)), cut(bytes, 1000));
}

TEST_P(DatagramPathSuite, GoesOnAfterSendingToNobody) {
    auto nobody = toRight();
    // The discard port, on which nothing listens here.
    nobody.remote.port = 9;
    const std::string lost = "lost";
    const OutgoingRun run{.bytes = asBytes(lost), .segmentBytes = 4, .to = &nobody};
    for (int i = 0; i < 3; ++i) {
        EXPECT_TRUE(left().send({&run, 1}).runs[0].sent);
        EXPECT_TRUE(left().receive().empty());
    }

    EXPECT_TRUE(send("found", 5).sent);
    EXPECT_THAT(bytesOf(receive(right(), 1)), ElementsAre("found"));
}

TEST_P(DatagramPathSuite, IsReadyOnlyWhileSomethingWaits) {
    const auto poller = base::createPoller().value();
    for (const auto& source : right().waitables()) {
        ASSERT_EQ(poller->add(source, 1), okStatus());
    }
    EXPECT_THAT(poller->wait(0ns).value(), IsEmpty());

    ASSERT_TRUE(send("x", 1).sent);
    EXPECT_THAT(poller->wait(10s).value(), ElementsAre(1U));

    EXPECT_EQ(right().receive().size(), 1U);
    EXPECT_THAT(poller->wait(0ns).value(), IsEmpty());
}

TEST_P(DatagramPathSuite, GivesMoreThanOneReceiveHolds) {
    const auto to = toRight();
    std::vector<std::string> sent;
    // Growing sizes, which nothing joins.
    for (std::size_t i = 1; i <= 150; ++i) {
        sent.push_back(patternOf(i));
    }
    for (const auto& bytes : sent) {
        const OutgoingRun run{.bytes = asBytes(bytes), .segmentBytes = bytes.size(), .to = &to};
        ASSERT_TRUE(left().send({&run, 1}).isClean);
    }

    EXPECT_EQ(bytesOf(receive(right(), 150)), sent);
}

TEST_P(DatagramPathSuite, CountsWhatItCarries) {
    ASSERT_TRUE(send(patternOf(2500), 1000).sent);
    ASSERT_EQ(receive(right(), 3).size(), 3U);

    const auto out = left().counters();
    EXPECT_EQ(out.sentDatagrams, 3U);
    EXPECT_EQ(out.sentBytes, 2500U);
    EXPECT_GE(out.sendCalls, 1U);
    const auto in = right().counters();
    EXPECT_EQ(in.receivedDatagrams, 3U);
    EXPECT_EQ(in.receivedBytes, 2500U);
    EXPECT_EQ(in.receivedRuns, GetParam().carriesRuns ? 1U : 3U);
    EXPECT_EQ(in.receiveErrors + in.malformedReceives, 0U);
}

}  // namespace weft::tests
