// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/wireguard/packet/coalescer.h"
#include "core/wireguard/packet/inner_packet.h"
#include "tests/core/wireguard/packet/packets.h"
#include "tests/core/wireguard/packet/recording_sink.h"

#include <gtest/gtest.h>

#include <list>
#include <vector>

namespace weft::wireguard {

class CoalescerTest : public ::testing::Test {
protected:
    void add(const testing::Bytes& packet) {
        kept_.push_back(packet);
        EXPECT_TRUE(coalescer_.add(kept_.back()));
    }
    void add(const testing::PacketSpec& spec) { add(testing::makePacket(spec)); }

    /// Passes on what was added and gives how many packets went into each write.
    std::vector<std::size_t> sizes() {
        coalescer_.flush();
        return sink_.sizes();
    }

    testing::RecordingSink sink_;
    Coalescer coalescer_{testing::kAllOffloads, sink_};

private:
    /// The coalescer refers to them until it is flushed.
    std::list<testing::Bytes> kept_;
};

inline testing::PacketSpec specOf(
    net::Family family, std::uint8_t protocol, std::size_t payloadBytes = 100) {
    testing::PacketSpec spec;
    spec.family = family;
    spec.protocol = protocol;
    spec.payload = testing::someBytes(payloadBytes);
    return spec;
}

/// The packet that follows `spec` in its flow.
inline testing::PacketSpec after(const testing::PacketSpec& spec, std::size_t payloadBytes) {
    auto next = spec;
    next.id = static_cast<std::uint16_t>(spec.id + 1);
    next.sequence += static_cast<std::uint32_t>(spec.payload.size());
    next.payload = testing::someBytes(payloadBytes, 3);
    return next;
}

inline testing::PacketSpec after(const testing::PacketSpec& spec) {
    return after(spec, spec.payload.size());
}

/// All of `specs` as one packet whose checksum is left to the device.
inline testing::Bytes joined(const std::vector<testing::PacketSpec>& specs) {
    auto whole = specs.front();
    whole.payload.clear();
    for (const auto& spec : specs) {
        whole.payload.insert(whole.payload.end(), spec.payload.begin(), spec.payload.end());
        whole.flags |= spec.flags;
    }
    auto bytes = testing::makePacket(whole);
    const auto start = testing::transportAt(bytes);
    testing::putWord(
        bytes,
        start + (whole.protocol == kProtocolTcp ? 16 : 6),
        testing::slowPseudoSum(bytes, start, whole.protocol));
    return bytes;
}

}  // namespace weft::wireguard
