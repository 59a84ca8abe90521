// SPDX-License-Identifier: Apache-2.0
// Devices with workers, with everything that may happen to them under traffic.
#include "tests/core/wireguard/device/running_device.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <memory>
#include <thread>

namespace weft::tests {
namespace {

using wireguard::DeviceOptions;

DeviceOptions everythingElsewhere(std::size_t workers) {
    DeviceOptions options;
    options.parallel.workers = workers;
    options.parallel.leastJobBytes = 0;
    return options;
}

/// Two devices, and a host behind the left one that sends without end.
class ParallelDevice : public ::testing::Test {
protected:
    ParallelDevice() {
        introduce();
        traffic = std::thread([this] {
            while (!stop) {
                injectSuper(*left.device, left.tun);
                takeAll();
            }
        });
    }
    ~ParallelDevice() override { endTraffic(); }

    void introduce() const {
        // The one that is called first: an initiation that it refuses is repeated after seconds.
        right.know(left, 1);
        left.know(right, 2);
    }
    void endTraffic() {
        stop = true;
        if (traffic.joinable()) {
            traffic.join();
        }
    }
    static void injectSuper(wireguard::Device& device, FakeTun* tun) {
        wireguard::testing::PacketSpec spec;
        spec.payload = wireguard::testing::someBytes(20'000);
        const auto whole = wireguard::testing::makePacket(spec);
        EXPECT_TRUE(device
                        .run([&](wireguard::Engine&, wireguard::Moment) {
                            tun->inject(
                                whole,
                                {.kind = platform::Offload::Kind::Tcp4,
                                 .needsChecksum = true,
                                 .segmentBytes = 1000,
                                 .headerBytes = 40,
                                 .checksumStart = 20,
                                 .checksumOffset = 16});
                            return okStatus();
                        })
                        .ok());
    }
    static void forget(const Running& running, const Running& other) {
        std::vector<wireguard::PeerChange> changes(1);
        changes.front().key = other.key.publicKey();
        changes.front().remove = true;
        EXPECT_TRUE(running.device->applyPeers(std::move(changes)).ok());
    }
    void setUp(bool up) const {
        const Status done = left.device->run([up](wireguard::Engine& engine, wireguard::Moment at) {
            engine.setUp(up, at);
            return okStatus();
        });
        EXPECT_TRUE(done.ok());
    }
    void takeAll() { arrived += right.takeWritten(); }
    bool moreArrives() {
        const auto before = arrived.load();
        return becomesTrue([&] { return arrived > before; });
    }
    std::uint64_t jobsOf(const Running& running) const {
        return running.device->snapshot(false)->parallel.jobs;
    }

    Running left{1, everythingElsewhere(3)};
    Running right{2, everythingElsewhere(2)};
    std::atomic<bool> stop{false};
    std::atomic<std::size_t> arrived{0};
    std::thread traffic;
};

TEST_F(ParallelDevice, CarriesTrafficThroughItsWorkers) {
    EXPECT_TRUE(moreArrives());
    EXPECT_TRUE(becomesTrue([this] { return jobsOf(left) > 50 && jobsOf(right) > 50; }));

    EXPECT_EQ(left.device->snapshot(false)->parallel.workers, 3U);
    EXPECT_EQ(right.device->snapshot(false)->engine.drops[wireguard::DropReason::Replayed], 0U);
}

TEST_F(ParallelDevice, SurvivesGoingDownAndPeersThatComeAndGoUnderTraffic) {
    for (int i = 0; i < 20; ++i) {
        ASSERT_TRUE(moreArrives()) << "round " << i;
        if (i % 2 == 0) {
            setUp(false);
        }
        forget(left, right);
        // The stamps of the other's initiations go with it.
        forget(right, left);
        setUp(true);
        introduce();
    }
    EXPECT_TRUE(moreArrives());
}

TEST_F(ParallelDevice, SurvivesAnotherPortUnderTraffic) {
    for (int i = 0; i < 5; ++i) {
        ASSERT_TRUE(moreArrives()) << "round " << i;
        wireguard::InterfaceSettings settings;
        settings.listenPort = 0;
        ASSERT_TRUE(left.device->applyInterface(std::move(settings)).ok());
    }
    EXPECT_TRUE(moreArrives());
}

TEST_F(ParallelDevice, AnotherKeyEndsTheSessionUnderTraffic) {
    ASSERT_TRUE(moreArrives());
    const auto other = crypto::X25519PrivateKey::generate(left.random);

    wireguard::InterfaceSettings settings;
    settings.privateKey = crypto::SecretBytes(other.bytes().reveal());
    ASSERT_TRUE(left.device->applyInterface(std::move(settings)).ok());
    // Under the key that the other side knows.
    wireguard::InterfaceSettings back;
    back.privateKey = crypto::SecretBytes(left.key.bytes().reveal());
    ASSERT_TRUE(left.device->applyInterface(std::move(back)).ok());
    // What went out under the other one is repeated after seconds only.
    forget(left, right);
    forget(right, left);
    introduce();

    EXPECT_TRUE(moreArrives());
}

TEST_F(ParallelDevice, ALostInterfaceEndsWithPacketsUnderWay) {
    ASSERT_TRUE(moreArrives());
    endTraffic();
    for (int i = 0; i < 10; ++i) {
        injectSuper(*left.device, left.tun);
    }

    const Status removed = left.device->run([this](wireguard::Engine&, wireguard::Moment) {
        left.tun->remove();
        return okStatus();
    });

    ASSERT_TRUE(removed.ok());
    EXPECT_TRUE(becomesTrue(
        [this] { return left.device->snapshot(false).status().code() == StatusCode::kCancelled; }));
    left.device.reset();
}

TEST_F(ParallelDevice, EndsUnderTraffic) {
    ASSERT_TRUE(moreArrives());
    endTraffic();
    for (int i = 0; i < 10; ++i) {
        injectSuper(*left.device, left.tun);
    }

    left.device.reset();
    right.device.reset();

    EXPECT_GT(arrived, 0U);
}

}  // namespace
}  // namespace weft::tests
