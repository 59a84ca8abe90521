// SPDX-License-Identifier: Apache-2.0
// Devices with their threads and real UDP over loopback; the tunnel devices are in memory.
#include "core/wireguard/device/device.h"

#include "core/base/thread_priority.h"
#include "tests/core/wireguard/device/running_device.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <future>
#include <memory>
#include <set>
#include <thread>

namespace weft::tests {
namespace {

using namespace std::chrono_literals;
using wireguard::Device;
using wireguard::DeviceOptions;
using wireguard::Engine;
using wireguard::Moment;
using wireguard::PeerChange;

class DeviceTest : public TwoDevices {};

/// The nice value of the packet loop of a device that a thread with `nice` starts.
int niceOfLoop(int nice) {
    int inside = 0;
    std::thread([&] {
        EXPECT_TRUE(nice == base::threadNice() || base::setThreadNice(nice));
        const Running running(3);
        EXPECT_TRUE(running.device
                        ->run([&inside](Engine&, Moment) {
                            inside = base::threadNice();
                            return okStatus();
                        })
                        .ok());
    }).join();
    return inside;
}

TEST(DevicePriority, ItsLoopGoesBeforeOthersWhereTheSystemAllowsThat) {
    const int before = base::threadNice();
    if (before != 0) {
        GTEST_SKIP() << "this process was started with a nice value";
    }
    bool isAllowed = false;
    std::thread([&] { isAllowed = base::setThreadNice(Device::kNice); }).join();

    EXPECT_EQ(niceOfLoop(before), isAllowed ? Device::kNice : before);
    EXPECT_EQ(base::threadNice(), before);
}

TEST(DevicePriority, TheNiceValueThatTheProcessWasStartedWithStays) {
    const int chosen = std::min(base::threadNice() + 3, 19);
    if (chosen == 0) {
        GTEST_SKIP() << "this process was started with a nice value";
    }

    EXPECT_EQ(niceOfLoop(chosen), chosen);
}

TEST_F(DeviceTest, PacketsCross) {
    EXPECT_TRUE(crosses());

    const auto snapshot = left.device->snapshot(true);
    ASSERT_TRUE(snapshot.ok());
    ASSERT_EQ(snapshot->peers.size(), 1U);
    EXPECT_TRUE(snapshot->peers.front().statistics.lastHandshake);
    EXPECT_GT(snapshot->udp.sentBytes, 0U);
    EXPECT_EQ(snapshot->publicKey, left.key.publicKey());
}

TEST_F(DeviceTest, ChangesOfOthersDoNotHoldUpTraffic) {
    ASSERT_TRUE(crosses());
    std::atomic<bool> stop{false};
    // What an administrator's tool does: peers come and go, and everything is read, all the time.
    std::thread changing([&] {
        SeededRandom random(7);
        while (!stop) {
            std::vector<PeerChange> changes(20);
            for (auto& change : changes) {
                random.fill(change.key.bytes);
                change.allowedIps = {
                    {net::IpPrefix(net::IpAddress::v4(0x0B000000U + change.key.bytes[0]), 32)}};
            }
            auto removals = std::vector<PeerChange>(20);
            for (std::size_t i = 0; i < changes.size(); ++i) {
                removals[i].key = changes[i].key;
                removals[i].remove = true;
            }
            EXPECT_TRUE(left.device->applyPeers(std::move(changes)).ok());
            EXPECT_TRUE(left.device->snapshot(true).ok());
            EXPECT_TRUE(left.device->peers(0).ok());
            EXPECT_TRUE(left.device->applyPeers(std::move(removals)).ok());
        }
    });

    int crossed = 0;
    for (int i = 0; i < 50; ++i) {
        crossed += crosses() ? 1 : 0;
    }
    stop = true;
    changing.join();

    EXPECT_EQ(crossed, 50);
    EXPECT_EQ(left.device->snapshot(false)->engine.handshakesDone, 1U);
}

TEST_F(DeviceTest, AnotherPortKeepsTheSession) {
    ASSERT_TRUE(crosses());
    const auto before = left.device->interfaceState()->listenPort;

    wireguard::InterfaceSettings settings;
    settings.listenPort = 0;
    ASSERT_TRUE(left.device->applyInterface(std::move(settings)).ok());

    EXPECT_NE(left.device->interfaceState()->listenPort, before);
    EXPECT_TRUE(crosses());
    EXPECT_EQ(right.device->snapshot(false)->engine.handshakesDone, 1U);
}

TEST_F(DeviceTest, ATakenPortIsSaidAndTheOldOneStays) {
    const auto taken = right.device->interfaceState()->listenPort;

    wireguard::InterfaceSettings settings;
    settings.listenPort = taken;
    const Status status = left.device->applyInterface(std::move(settings));

    EXPECT_EQ(status.code(), StatusCode::kAlreadyExists);
    EXPECT_TRUE(crosses());
}

TEST_F(DeviceTest, PeersAreToldPageByPage) {
    std::vector<PeerChange> changes(1000);
    SeededRandom random(5);
    for (auto& change : changes) {
        random.fill(change.key.bytes);
    }
    ASSERT_TRUE(left.device->applyPeers(std::move(changes)).ok());

    std::set<crypto::WireGuardPublicKey> seen;
    std::uint64_t cursor = 0;
    int pages = 0;
    do {
        const auto page = left.device->peers(cursor);
        ASSERT_TRUE(page.ok());
        for (const auto& peer : page->peers) {
            seen.insert(peer.key);
        }
        cursor = page->next;
        ++pages;
    } while (cursor != 0);

    EXPECT_EQ(seen.size(), 1001U);
    EXPECT_GT(pages, 1);
}

TEST_F(DeviceTest, AZoneOfAnEndpointIsKeptAndAWrongOneRefused) {
    std::vector<PeerChange> changes(3);
    SeededRandom random(6);
    for (auto& change : changes) {
        random.fill(change.key.bytes);
        change.endpoint = wireguard::ControlEndpoint{*net::Endpoint::parse("[fe80::1]:51820"), ""};
    }
    changes[0].endpoint->zone = "lo";
    changes[1].endpoint->zone = "no-such-if";
    const auto first = changes[0].key;

    const Status status = left.device->applyPeers(std::move(changes));

    EXPECT_EQ(wireguard::errorNumberOf(status), wireguard::kErrorNoInterface);
    const auto page = left.device->peers(0);
    ASSERT_TRUE(page.ok());
    ASSERT_EQ(page->peers.size(), 2U);
    const auto known = std::ranges::find(page->peers, first, &wireguard::PeerState::key);
    ASSERT_NE(known, page->peers.end());
    EXPECT_EQ(known->endpoint->zone, "lo");
}

TEST_F(DeviceTest, ALostInterfaceIsToldOnceAndEveryCallEnds) {
    std::promise<Status> lost;
    DeviceOptions options;
    options.lost = [&lost](const Status& status) { lost.set_value(status); };
    Running third(3, std::move(options));

    const Status removed = third.device->run([&](Engine&, Moment) {
        third.tun->remove();
        return okStatus();
    });

    ASSERT_TRUE(removed.ok());
    auto told = lost.get_future();
    ASSERT_EQ(told.wait_for(kPatience), std::future_status::ready);
    EXPECT_EQ(told.get().code(), StatusCode::kFailedPrecondition);
    EXPECT_EQ(third.device->snapshot(true).status().code(), StatusCode::kCancelled);
}

TEST_F(DeviceTest, AnEventComesWithTheKeyOfItsPeer) {
    std::promise<wireguard::PeerKey> told;
    DeviceOptions options;
    options.happened = [&told](const wireguard::Event& event, const wireguard::PeerKey& key) {
        if (event.kind == wireguard::Event::Kind::HandshakeDone) {
            told.set_value(key);
        }
    };
    Running third(3, std::move(options));
    third.know(right, 2);
    right.know(third, 3);

    third.inject(3, 2);

    auto key = told.get_future();
    ASSERT_EQ(key.wait_for(kPatience), std::future_status::ready);
    EXPECT_EQ(key.get(), right.key.publicKey());
}

TEST_F(DeviceTest, AStampIsStoredBeforeItIsSent) {
    std::promise<std::pair<wireguard::Tai64n, StatusCallback>> asked;
    DeviceOptions options;
    options.engine.storesStamps = true;
    options.storeStamp = [&asked](const wireguard::Tai64n& bound, StatusCallback done) {
        asked.set_value({bound, std::move(done)});
    };
    Running third(3, std::move(options));
    third.know(right, 2);
    right.know(third, 3);
    third.inject(3, 2);
    auto request = asked.get_future();
    ASSERT_EQ(request.wait_for(kPatience), std::future_status::ready);
    EXPECT_EQ(third.device->snapshot(false)->udp.sentDatagrams, 0U);

    request.get().second(okStatus());

    EXPECT_TRUE(becomesTrue([&] { return right.takeWritten() > 0; }));
}

TEST_F(DeviceTest, AnAnswerAfterTheEndIsHarmless) {
    std::promise<StatusCallback> asked;
    DeviceOptions options;
    options.engine.storesStamps = true;
    options.storeStamp = [&asked](const wireguard::Tai64n&, StatusCallback done) {
        asked.set_value(std::move(done));
    };
    auto third = std::make_unique<Running>(std::uint8_t{3}, std::move(options));
    third->know(right, 2);
    third->inject(3, 2);
    auto request = asked.get_future();
    ASSERT_EQ(request.wait_for(kPatience), std::future_status::ready);
    const auto done = request.get();

    third.reset();
    done(okStatus());

    EXPECT_TRUE(crosses());
}

}  // namespace
}  // namespace weft::tests
