// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/crypto/aead.h"
#include "core/platform/tun_device.h"
#include "core/transport/datagram_path.h"
#include "core/wireguard/packet/segmenter.h"
#include "core/wireguard/session/engine.h"
#include "core/wireguard/session/transport_message.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace weft::wireguard {

/// A run of packets on its way through the cipher, with all that is needed for it: its own buffers,
/// its own copy of the key. Nothing in here belongs to the engine, which may end the session
/// meanwhile. A job is filled, worked on and finished again and again.
///
/// Thread: one at a time: the packet loop fills and finishes, one thread works in between.
class Job {
public:
    enum class Kind : std::uint8_t {
        /// A packet of the host, perhaps a super-packet, is cut and sealed.
        Seal,
        /// Data messages of one session are opened.
        Open,
        /// A run that has something else in it: waits for its turn, for Engine::receive().
        Pass,
    };

    /// The longest packet of the host, the longest run of a path.
    static constexpr std::size_t kInBytes = platform::kTunReadBytes;
    static constexpr std::size_t kMostPackets = OpenedRun::kMostPackets;
    /// As many packets as there may be, with headers of their own, padded and sealed.
    static constexpr std::size_t kOutBytes =
        kInBytes
        + kMostPackets
              * (Segmenter::kMaxHeaderBytes + kPaddingBytes + kTransportHeaderBytes + kTagBytes);
    static_assert(transport::kMostDatagramBytes <= kInBytes);

    /// Where sealed packets go, and under what.
    struct Sealing {
        PeerIndex peer{};
        std::uint8_t trafficClass = 0;
        std::uint32_t packets = 0;
        std::size_t mtu = 0;
    };

    Job();

    /// The packet is at the start of `buffer`, whose place a buffer of the same size takes. It was
    /// found good by a Segmenter and is cut into kMostPackets at most; `grant` is for all of them.
    void fillSeal(
        std::vector<std::uint8_t>& buffer,
        const platform::ReadPacket& packet,
        const SendGrant& grant,
        const Sealing& sealing);
    /// Copies `run`, of kInBytes at most, and decides on the kind: Open when it is all data of one
    /// session from where its peer is, Pass otherwise.
    void fillReceived(const transport::IncomingRun& run, std::uint8_t path, const Engine& engine);

    /// Seals or opens. The key is gone afterwards.
    void work();

    Kind kind() const { return kind_; }
    /// Bytes to be worked on; 0 when there is nothing to do.
    std::size_t bytes() const { return kind_ == Kind::Pass ? 0 : bytes_; }

    // Of a sealed one.
    PeerIndex peer() const { return sealing_.peer; }
    SessionId session() const { return session_; }
    std::uint32_t packets() const { return sealing_.packets; }
    /// One run, to the address that is given now.
    transport::OutgoingRun sealed(const PathAddress& to);

    // Of what was received.
    OpenedRun opened() const;
    transport::IncomingRun received();
    std::uint8_t path() const { return address_.path; }

private:
    void seal();
    void open();
    /// The receiver index that all messages have; nothing when they have not, or are no data.
    std::optional<std::uint32_t> commonReceiver() const;

    Kind kind_ = Kind::Pass;
    crypto::Aead aead_;
    std::vector<std::uint8_t> in_;
    std::vector<std::uint8_t> out_;
    /// Of `in_`.
    std::size_t bytes_ = 0;
    /// Of `in_` for what was received, of `out_` for what was sealed.
    std::size_t segmentBytes_ = 0;
    SessionId session_{};
    /// Of the other side for what is sealed, of ours for what is opened.
    std::uint32_t index_ = 0;
    /// To for what is sealed, from for what was received.
    PathAddress address_;

    platform::Offload offload_;
    Sealing sealing_;
    std::uint64_t firstCounter_ = 0;
    std::size_t outBytes_ = 0;

    std::uint8_t trafficClass_ = 0;
    std::array<std::span<std::uint8_t>, kMostPackets> inner_;
    std::array<std::uint64_t, kMostPackets> counters_{};
    std::size_t authentic_ = 0;
    std::size_t refused_ = 0;
};

}  // namespace weft::wireguard
