// SPDX-License-Identifier: Apache-2.0
// Devices that know where their peers are, and what others send to them over loopback.
#include "core/wireguard/device/device.h"
#include "tests/core/wireguard/device/running_device.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace weft::tests {
namespace {

using wireguard::Engine;
using wireguard::Moment;
using wireguard::PeerChange;

class DeviceFlood : public TwoDevices {};

/// What the daemon would set of a peer, past the control socket.
wireguard::PeerSettings settingsOf(const Running& peer) {
    wireguard::PeerSettings settings;
    settings.key = peer.key.publicKey();
    settings.endpoint.emplace();
    settings.endpoint->address.remote = {
        net::IpAddress::v4(0x7F000001), peer.device->interfaceState()->listenPort};
    return settings;
}

/// Sends what looks like data for a session, as fast as nobody reads it.
class Stranger {
public:
    explicit Stranger(const Running& victim)
        : victim_(victim)
        , to_{.remote = {
                  net::IpAddress::v4(0x7F000001), victim.device->interfaceState()->listenPort}} {}

    std::uint16_t port() const { return path_->port(); }
    /// What the system told the victim about that: all of it was received or lost.
    transport::PathCounters flood() {
        constexpr int kMoreThanControlHasRoomFor = 20'000;
        const auto before = victim_.device->snapshot(false)->udp;
        send(kMoreThanControlHasRoomFor);
        auto after = before;
        EXPECT_TRUE(becomesTrue([&] {
            // What was lost is told with the next one.
            send(1);
            after = victim_.device->snapshot(false)->udp;
            after.overflowedReceives -= before.overflowedReceives;
            after.overflowedControl -= before.overflowedControl;
            after.receivedDatagrams -= before.receivedDatagrams;
            return after.overflowedReceives + after.receivedDatagrams >= kMoreThanControlHasRoomFor;
        }));
        return after;
    }

private:
    /// While nobody reads.
    void send(int times) {
        EXPECT_TRUE(victim_.device
                        ->run([&](Engine& engine, Moment) {
                            constexpr std::size_t kTagAt = 7;
                            std::vector<std::uint8_t> bytes(100, 0);
                            bytes.front() = 4;
                            bytes.at(kTagAt) = engine.indexTag();
                            const transport::OutgoingRun run{
                                .bytes = bytes, .segmentBytes = bytes.size(), .to = &to_};
                            for (int i = 0; i < times; ++i) {
                                path_->send({&run, 1});
                            }
                            return okStatus();
                        })
                        .ok());
    }

    const Running& victim_;
    transport::DatagramAddress to_;
    std::unique_ptr<transport::UdpPath> path_ = Running::openPath();
};

/// A path whose system has no room for a filter at first.
class ShortOfMemory final : public transport::UdpPath {
public:
    explicit ShortOfMemory(int refusals) : refusals_(refusals) {}

    /// How often it was told whom to expect.
    std::atomic<int>& told() { return told_; }
    Status expect(std::span<const net::Endpoint> sources) override {
        ++told_;
        return refusals_-- > 0 ? resourceExhausted("no room") : path_->expect(sources);
    }

    std::string_view name() const override { return path_->name(); }
    transport::SendReport send(std::span<const transport::OutgoingRun> runs) override {
        return path_->send(runs);
    }
    std::span<transport::IncomingRun> receive() override { return path_->receive(); }
    std::span<const base::Waitable> waitables() const override { return path_->waitables(); }
    std::size_t controlRuns() const override { return path_->controlRuns(); }
    std::span<const base::Waitable> controlWaitables() const override {
        return path_->controlWaitables();
    }
    void holdControl(bool held) override { path_->holdControl(held); }
    std::size_t mostRunBytes() const override { return path_->mostRunBytes(); }
    std::size_t mostRunSegments() const override { return path_->mostRunSegments(); }
    transport::PathCounters counters() const override { return path_->counters(); }
    std::uint16_t port() const override { return path_->port(); }
    bool hasV4() const override { return path_->hasV4(); }
    bool hasV6() const override { return path_->hasV6(); }
    Status rebind(std::uint16_t port) override { return path_->rebind(port); }
    Status setMark(std::uint32_t mark) override { return path_->setMark(mark); }
    Status sort(transport::DatagramSorting sorting) override {
        return path_->sort(std::move(sorting));
    }

private:
    int refusals_;
    std::atomic<int> told_{0};
    std::unique_ptr<transport::UdpPath> path_ = Running::openPath();
};

TEST_F(DeviceFlood, DataOfStrangersTakesNoRoomFromThatOfThePeer) {
    ASSERT_TRUE(crosses());
    Stranger stranger(right);

    // The system is told at the end of the turn.
    EXPECT_TRUE(becomesTrue([&] { return stranger.flood().overflowedControl > 0; }));

    const auto lost = stranger.flood();
    EXPECT_GT(lost.overflowedControl, 0U);
    EXPECT_EQ(lost.overflowedReceives, lost.overflowedControl);
    EXPECT_TRUE(crosses());
}

TEST_F(DeviceFlood, WhomToExpectIsSaidAgainWhenTheSystemRefusesIt) {
    const Running third(3, {}, std::make_unique<ShortOfMemory>(2));
    third.know(left, 1);
    left.know(third, 3);
    Stranger stranger(third);

    left.inject(1, 3);
    ASSERT_TRUE(becomesTrue([&] { return third.takeWritten() > 0; }));

    EXPECT_TRUE(becomesTrue([&] { return stranger.flood().overflowedControl > 0; }));
}

TEST_F(DeviceFlood, WhomToExpectIsSaidAgainAfterAChangeOfPort) {
    auto path = std::make_unique<ShortOfMemory>(0);
    auto& told = path->told();
    const Running third(3, {}, std::move(path));
    third.know(left, 1);
    left.know(third, 3);
    left.inject(1, 3);
    ASSERT_TRUE(becomesTrue([&] { return told > 0 && third.takeWritten() > 0; }));
    const int before = told;

    wireguard::InterfaceSettings settings;
    settings.listenPort = 0;
    ASSERT_TRUE(third.device->applyInterface(std::move(settings)).ok());

    EXPECT_TRUE(becomesTrue([&] { return told > before; }));
}

TEST_F(DeviceFlood, WhereAPeerIsSaidToBeItIsNoStranger) {
    ASSERT_TRUE(crosses());
    Stranger stranger(right);
    // It is one at first, or what follows would show nothing.
    ASSERT_TRUE(becomesTrue([&] { return stranger.flood().overflowedControl > 0; }));
    auto moved = left.asPeer(1);
    moved.endpoint->endpoint.port = stranger.port();
    std::vector<PeerChange> changes;
    changes.push_back(std::move(moved));

    ASSERT_TRUE(right.device->applyPeers(std::move(changes)).ok());

    // The system is told a little later.
    EXPECT_TRUE(becomesTrue([&] { return stranger.flood().overflowedControl == 0; }));
}

TEST_F(DeviceFlood, WhatAChangeDidBeforeItFailedIsNoted) {
    ASSERT_TRUE(crosses());
    Stranger stranger(right);
    ASSERT_TRUE(becomesTrue([&] { return stranger.flood().overflowedControl > 0; }));
    auto moved = settingsOf(left);
    moved.endpoint->address.remote.port = stranger.port();
    wireguard::PeerSettings wrong;
    wrong.presharedKey = crypto::SecretBytes(std::vector<std::uint8_t>(31));

    const Status changed = right.device->run([&](Engine& engine, Moment at) {
        EXPECT_TRUE(engine.applyPeer(moved, at).ok());
        return engine.applyPeer(wrong, at).status();
    });

    EXPECT_FALSE(changed.ok());
    EXPECT_TRUE(becomesTrue([&] { return stranger.flood().overflowedControl == 0; }));
}

TEST_F(DeviceFlood, WhomItCallsIsNoStranger) {
    ASSERT_TRUE(crosses());
    Stranger stranger(right);
    ASSERT_TRUE(becomesTrue([&] { return stranger.flood().overflowedControl > 0; }));
    const Running silent(3);
    auto called = settingsOf(silent);
    called.endpoint->address.remote.port = stranger.port();
    // Something is to be sent.
    called.persistentKeepalive = std::uint16_t{1};

    ASSERT_TRUE(
        right.device
            ->run([&](Engine& engine, Moment at) { return engine.applyPeer(called, at).status(); })
            .ok());

    EXPECT_TRUE(becomesTrue([&] { return stranger.flood().overflowedControl == 0; }));
}

TEST_F(DeviceFlood, APeerThatIsRemovedIsAStranger) {
    ASSERT_TRUE(crosses());
    const Running third(3);
    third.know(right, 2);
    right.know(third, 3);
    third.inject(3, 2);
    ASSERT_TRUE(becomesTrue([&] { return right.takeWritten() > 0; }));
    Stranger stranger(right);
    auto peer = settingsOf(left);
    peer.endpoint->address.remote.port = stranger.port();
    const auto apply = [&] {
        return right.device->run(
            [&](Engine& engine, Moment at) { return engine.applyPeer(peer, at).status(); });
    };
    ASSERT_TRUE(apply().ok());
    ASSERT_TRUE(becomesTrue([&] { return stranger.flood().overflowedControl == 0; }));

    peer.remove = true;
    ASSERT_TRUE(apply().ok());

    EXPECT_TRUE(becomesTrue([&] { return stranger.flood().overflowedControl > 0; }));
}

}  // namespace
}  // namespace weft::tests
