// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/platform/tun_device.h"
#include "tests/support/readiness.h"

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <vector>

namespace weft::tests {

/// A tunnel device in memory. A test plays the host: it injects what the device is to read, and
/// looks at what was written. Every packet is kept as it is; nothing is cut or finished.
class FakeTun final : public platform::TunDevice {
public:
    struct Packet {
        std::vector<std::uint8_t> bytes;
        platform::Offload offload;
    };

    /// Beyond this many packets `inject` throws away, as a full queue does.
    static constexpr std::size_t kMostWaiting = 2000;

    explicit FakeTun(
        platform::TunOffloads offloads = {true, true, true, true, true},
        std::string name = "fake0",
        std::size_t mtu = 1420)
        : name_(std::move(name)), offloads_(offloads), mtu_(mtu) {}

    /// What the host sends. False when the queue is full.
    bool inject(std::span<const std::uint8_t> bytes, const platform::Offload& offload = {});
    /// What was written since the last call, in order.
    std::vector<Packet> takeWritten() { return std::exchange(written_, {}); }
    /// While down, writing fails and what the host sends is thrown away.
    void setUp(bool up) { isUp_ = up; }
    /// As if somebody removed the interface.
    void remove();

    const std::string& name() const override { return name_; }
    platform::TunOffloads offloads() const override { return offloads_; }
    StatusOr<std::optional<platform::ReadPacket>> read(std::span<std::uint8_t> buffer) override;
    Status write(const platform::TunPacket& packet) override;
    base::Waitable readable() const override { return readiness_.waitable(); }
    StatusOr<std::size_t> mtu() const override;
    Status setMtu(std::size_t mtu) override;
    platform::TunCounters counters() const override { return counters_; }

private:
    Status check(const platform::TunPacket& packet) const;

    std::string name_;
    platform::TunOffloads offloads_;
    std::size_t mtu_;
    bool isUp_ = true;
    bool isRemoved_ = false;
    Readiness readiness_;
    std::deque<Packet> waiting_;
    std::vector<Packet> written_;
    platform::TunCounters counters_;
};

}  // namespace weft::tests
