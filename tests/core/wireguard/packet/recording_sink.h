// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/wireguard/packet/coalescer.h"
#include "core/wireguard/packet/segmenter.h"
#include "tests/core/wireguard/packet/packets.h"

#include <gtest/gtest.h>

#include <vector>

namespace weft::wireguard::testing {

inline constexpr platform::TunOffloads kAllOffloads = {
    .checksum = true, .tcp4 = true, .tcp6 = true, .udp4 = true, .udp6 = true};

/// Keeps what a coalescer passes on.
class RecordingSink final : public PacketSink {
public:
    struct Write {
        Bytes bytes;
        platform::Offload offload;
        std::size_t pieces = 0;
    };

    void write(const platform::TunPacket& packet) override {
        auto& write = writes.emplace_back();
        for (const auto& piece : packet.pieces) {
            write.bytes.insert(write.bytes.end(), piece.begin(), piece.end());
        }
        EXPECT_EQ(write.bytes.size(), packet.bytes());
        write.offload = packet.offload;
        write.pieces = packet.pieces.size();
    }

    /// How many packets went into each write.
    std::vector<std::size_t> sizes() const {
        std::vector<std::size_t> sizes;
        for (const auto& write : writes) {
            sizes.push_back(write.pieces);
        }
        return sizes;
    }

    /// The packets that a kernel would make of all writes.
    std::vector<Bytes> packets() const {
        std::vector<Bytes> packets;
        for (auto write : writes) {
            Segmenter segmenter(write.bytes, write.offload);
            EXPECT_EQ(segmenter.fault(), SegmentFault::None) << toString(segmenter.fault());
            for (auto next = segmenter.next(); !next.empty(); next = segmenter.next()) {
                packets.emplace_back(next.begin(), next.end());
            }
        }
        return packets;
    }

    std::vector<Write> writes;
};

}  // namespace weft::wireguard::testing
