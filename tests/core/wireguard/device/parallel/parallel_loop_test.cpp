// SPDX-License-Identifier: Apache-2.0
// Packet loops whose packets all go through other threads.
#include "core/wireguard/device/packet_loop.h"
#include "tests/core/wireguard/device/two_interfaces.h"
#include "tests/support/random_seed.h"

#include <gmock/gmock.h>

#include <random>

namespace weft::tests {
namespace {

using namespace std::chrono_literals;
using platform::Offload;
using wireguard::DropReason;
using wireguard::ParallelOptions;
using wireguard::testing::Bytes;

constexpr std::size_t kHeaderBytes = 40;

Bytes joined(const std::vector<FakeTun::Packet>& packets) {
    Bytes result;
    for (const auto& each : packets) {
        result.insert(result.end(), each.bytes.begin() + kHeaderBytes, each.bytes.end());
    }
    return result;
}

class EveryPacketElsewhere : public TwoInterfaces {
protected:
    explicit EveryPacketElsewhere(std::size_t workers = 2)
        : TwoInterfaces({.workers = workers, .leastJobBytes = 0}) {}

    /// The next bytes of the stream from `node`, as one packet of the host.
    void send(
        LoopNode& node,
        std::uint8_t from,
        std::uint8_t to,
        std::size_t bytes,
        std::uint16_t segmentBytes) {
        Bytes whole = packet(from, to, bytes, 1000 + static_cast<std::uint32_t>(sent[from].size()));
        sent[from].insert(sent[from].end(), whole.begin() + kHeaderBytes, whole.end());
        Offload offload;
        if (bytes > segmentBytes) {
            offload = {
                .kind = Offload::Kind::Tcp4,
                .needsChecksum = true,
                .segmentBytes = segmentBytes,
                .headerBytes = kHeaderBytes,
                .checksumStart = 20,
                .checksumOffset = 16};
        }
        ASSERT_TRUE(node.tun.inject(whole, offload));
    }

    /// By the host that sent it.
    std::array<Bytes, 3> sent;
};

TEST_F(EveryPacketElsewhere, PacketsCross) {
    const auto whole = packet(1, 2, 700);

    left.tun.inject(whole);
    settle();

    const auto written = right.tun.takeWritten();
    ASSERT_EQ(written.size(), 1U);
    EXPECT_EQ(written.front().bytes, whole);
    EXPECT_GT(right.loop.parallelFigures().jobs, 0U);
    EXPECT_EQ(left.engine.statistics().handshakesDone, 1U);
}

TEST_F(EveryPacketElsewhere, ASuperPacketWithTooManySegmentsKeepsItsPlace) {
    establish();

    send(left, 1, 2, 30'000, 1000);
    // 100 segments: too many for a job.
    send(left, 1, 2, 50'000, 500);
    send(left, 1, 2, 800, 1000);
    settle();

    EXPECT_EQ(joined(right.tun.takeWritten()), sent[1]);
}

TEST_F(EveryPacketElsewhere, PacketsThatWaitForASessionStayBehindThoseUnderWay) {
    establish();
    // The session is too old to send with, and the next one is not there yet.
    for (int i = 0; i < 5; ++i) {
        send(left, 1, 2, 20'000, 1000);
    }
    ASSERT_TRUE(left.loop.turn(Duration::zero()).ok());
    clock.advance(181s);
    send(left, 1, 2, 900, 1000);
    settle();

    const auto arrived = joined(right.tun.takeWritten());
    // What is older than the session lets through is lost, and nothing comes twice or too early.
    ASSERT_GE(arrived.size(), 900U);
    EXPECT_TRUE(std::equal(arrived.end() - 900, arrived.end(), sent[1].end() - 900));
}

TEST_F(EveryPacketElsewhere, DamagedPacketsAreCountedAndTheOthersArrive) {
    establish();
    network.hold(true);
    send(left, 1, 2, 20'000, 1000);
    work(left);
    network.hold(false);
    auto runs = right.path->receive();
    ASSERT_EQ(runs.size(), 1U);
    // A run with a damaged packet and a copy of a good one, as it came.
    auto run = runs.front();
    Bytes copy(run.bytes.begin(), run.bytes.end());
    copy[run.segmentBytes - 1] ^= 1U;
    const auto from = network.open({net::IpAddress::v4(0xC0000209U), 1});
    const transport::DatagramAddress toRight{.remote = right.endpoint};
    from->send(std::vector<transport::OutgoingRun>{
        {.bytes = copy, .segmentBytes = run.segmentBytes, .to = &toRight}});
    from->send(std::vector<transport::OutgoingRun>{
        {.bytes = std::span(copy).last(run.segmentBytes),
         .segmentBytes = run.segmentBytes,
         .to = &toRight}});
    settle();

    EXPECT_EQ(drops(right, DropReason::BadAuthentication), 1U);
    EXPECT_GE(drops(right, DropReason::Replayed), 1U);
    EXPECT_EQ(joined(right.tun.takeWritten()), Bytes(sent[1].begin() + 1000, sent[1].end()));
}

TEST_F(EveryPacketElsewhere, EndingFinishesWhatIsUnderWay) {
    establish();
    for (int i = 0; i < 4; ++i) {
        send(left, 1, 2, 30'000, 1000);
    }
    ASSERT_TRUE(left.loop.turn(Duration::zero()).ok());

    left.loop.endParallel();

    EXPECT_FALSE(left.loop.isPacketUnderWay());
    EXPECT_EQ(left.loop.parallelFigures().workers, 0U);
    settle();
    EXPECT_EQ(joined(right.tun.takeWritten()), sent[1]);
}

/// With so many workers; 0: everything is done by the loops themselves.
class Workers : public EveryPacketElsewhere, public ::testing::WithParamInterface<std::size_t> {
protected:
    Workers() : EveryPacketElsewhere(GetParam()) {}
};

INSTANTIATE_TEST_SUITE_P(Counts, Workers, ::testing::Values(0, 1, 2, 3));

TEST_P(Workers, StreamsBothWaysArriveAsTheyWereSent) {
    establish();
    std::mt19937 dice(randomSeed());
    std::array<Bytes, 3> arrived;
    const auto someBytes = [&dice] {
        return dice() % 3 == 0 ? 1 + dice() % 60'000 : 1 + dice() % 1000;
    };

    for (int i = 0; i < 60; ++i) {
        for (auto packets = dice() % 6; packets > 0; --packets) {
            send(left, 1, 2, someBytes(), 1000);
        }
        for (auto packets = dice() % 6; packets > 0; --packets) {
            send(right, 2, 1, someBytes(), 1360);
        }
        settle();
        for (const auto& [host, node] : {std::pair(1, &right), std::pair(2, &left)}) {
            const auto more = joined(node->tun.takeWritten());
            auto& all = arrived.at(static_cast<std::size_t>(host));
            all.insert(all.end(), more.begin(), more.end());
        }
    }

    EXPECT_TRUE(arrived[1] == sent[1]);
    EXPECT_TRUE(arrived[2] == sent[2]);
    EXPECT_EQ(left.engine.statistics().drops, wireguard::DropCounters());
    EXPECT_EQ(right.engine.statistics().drops, wireguard::DropCounters());
    EXPECT_EQ(left.loop.parallelFigures().workers, GetParam());
    EXPECT_EQ(left.loop.parallelFigures().jobs > 0, GetParam() > 0);
}

}  // namespace
}  // namespace weft::tests
