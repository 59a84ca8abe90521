// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/crypto/x25519.h"
#include "core/wireguard/device/device.h"
#include "tests/core/wireguard/packet/packets.h"
#include "tests/support/fake_tun.h"
#include "tests/support/seeded_random.h"

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

namespace weft::tests {

inline constexpr std::chrono::seconds kPatience{20};

/// A device and the tunnel device that it owns, which only its own thread may touch.
struct Running {
    explicit Running(
        std::uint8_t number,
        wireguard::DeviceOptions options = {},
        std::unique_ptr<transport::UdpPath> path = openPath())
        : random(number) {
        auto made = std::make_unique<FakeTun>();
        tun = made.get();
        wireguard::DeviceParts parts;
        parts.tun = std::move(made);
        parts.udp = std::move(path);
        parts.poller = *base::createPoller();
        device = *wireguard::Device::start(std::move(options), std::move(parts), clock);
        wireguard::InterfaceSettings settings;
        settings.privateKey = crypto::SecretBytes(key.bytes().reveal());
        EXPECT_TRUE(device->applyInterface(std::move(settings)).ok());
    }

    static std::unique_ptr<transport::UdpPath> openPath() {
        return *transport::openUdpPath({.wantsV6 = false});
    }
    wireguard::PeerChange asPeer(std::uint8_t host) const {
        wireguard::PeerChange change;
        change.key = key.publicKey();
        change.endpoint = wireguard::ControlEndpoint{
            {net::IpAddress::v4(0x7F000001), device->interfaceState()->listenPort}, {}};
        change.allowedIps = {
            {net::IpPrefix(net::IpAddress::v4(0x0A000000U + host), 32)},
            {net::IpPrefix(net::IpAddress::v4(0x0A000100U + host), 32)}};
        return change;
    }
    void know(const Running& other, std::uint8_t host) const {
        std::vector<wireguard::PeerChange> changes;
        changes.push_back(other.asPeer(host));
        EXPECT_TRUE(device->applyPeers(std::move(changes)).ok());
    }
    void inject(std::uint8_t from, std::uint8_t to) const {
        wireguard::testing::PacketSpec spec;
        spec.sourceHost = from;
        spec.destinationHost = to;
        EXPECT_TRUE(device
                        ->run([&](wireguard::Engine&, wireguard::Moment) {
                            tun->inject(wireguard::testing::makePacket(spec));
                            return okStatus();
                        })
                        .ok());
    }
    std::size_t takeWritten() const {
        std::size_t count = 0;
        EXPECT_TRUE(device
                        ->run([&](wireguard::Engine&, wireguard::Moment) {
                            count = tun->takeWritten().size();
                            return okStatus();
                        })
                        .ok());
        return count;
    }

    base::SystemClock clock;
    SeededRandom random;
    crypto::X25519PrivateKey key = crypto::X25519PrivateKey::generate(random);
    FakeTun* tun = nullptr;
    std::unique_ptr<wireguard::Device> device;
};

/// Asks again and again, with packets in between, until the limit.
inline bool becomesTrue(const std::function<bool()>& test) {
    const auto limit = std::chrono::steady_clock::now() + kPatience;
    while (std::chrono::steady_clock::now() < limit) {
        if (test()) {
            return true;
        }
        std::this_thread::yield();
    }
    return false;
}

/// Two devices that know each other.
class TwoDevices : public ::testing::Test {
public:
    TwoDevices() {
        left.know(right, 2);
        right.know(left, 1);
    }

    bool crosses() {
        left.inject(1, 2);
        return becomesTrue([this] { return right.takeWritten() > 0; });
    }

    Running left{1};
    Running right{2};
};

}  // namespace weft::tests
