// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/platform/tun_device.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <ostream>
#include <span>
#include <string>
#include <vector>

namespace weft::tests {

/// The host behind a tunnel device: it has kHostAddress and sends to kFarAddress by UDP.
class TunHost {
public:
    TunHost() = default;
    TunHost(const TunHost&) = delete;
    TunHost& operator=(const TunHost&) = delete;
    virtual ~TunHost() = default;

    virtual platform::TunDevice& tun() = 0;
    /// Our UDP port.
    virtual std::uint16_t port() = 0;
    virtual void send(const std::string& payload) = 0;
    /// The payload of the next datagram that arrived; nullopt when there is none.
    virtual std::optional<std::string> receive() = 0;
    virtual void setUp(bool up) = 0;
    /// Takes the interface away under the device.
    virtual void remove() = 0;
};

inline constexpr std::uint32_t kHostAddress = 0x0A080001;  // 10.8.0.1
inline constexpr std::uint32_t kFarAddress = 0x0A080002;   // 10.8.0.2
inline constexpr std::uint16_t kFarPort = 4000;
/// IPv4 without options, and UDP.
inline constexpr std::size_t kUdp4HeaderBytes = 28;

struct UdpEnds {
    std::uint32_t from = 0;
    std::uint16_t fromPort = 0;
    std::uint32_t to = 0;
    std::uint16_t toPort = 0;
};

/// An IPv4 packet with a UDP datagram; with `owesChecksum` its field holds only the sum of the
/// pseudo header.
std::vector<std::uint8_t> udpPacket(
    const UdpEnds& ends, const std::string& payload, bool owesChecksum);

/// How the suite gets a device of one kind.
struct TunKind {
    std::string name;
    platform::TunOffloads offloads;
    /// nullptr when this process may not make one.
    std::function<std::unique_ptr<TunHost>(const platform::TunOffloads&)> create;
};

/// Names the kind in messages of GoogleTest.
inline void PrintTo(const TunKind& kind, std::ostream* out) {
    *out << kind.name;
}

/// What every TunDevice must do: the TEST_Ps of tun_device_suite.cpp, instantiated for each kind.
class TunDeviceSuite : public testing::TestWithParam<TunKind> {
protected:
    void SetUp() override;

    TunHost& host() { return *host_; }
    platform::TunDevice& tun() { return host_->tun(); }
    /// Packets to the host's port.
    UdpEnds inward() { return {kFarAddress, kFarPort, kHostAddress, host_->port()}; }
    Status write(
        const std::vector<std::span<const std::uint8_t>>& pieces,
        const platform::Offload& offload = {});
    /// The next packet that carries UDP to the far address; the system may send things of its own.
    std::optional<platform::ReadPacket> read();
    std::vector<std::string> receiveAll();

private:
    std::unique_ptr<TunHost> host_;
    std::vector<std::uint8_t> buffer_;
};

}  // namespace weft::tests
