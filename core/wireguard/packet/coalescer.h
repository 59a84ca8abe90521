// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/platform/offload.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace weft::wireguard {

/// Takes packets on their way to a tunnel device.
class PacketSink {
public:
    /// `packet` refers to memory that is valid during the call.
    virtual void write(const platform::TunPacket& packet) = 0;

protected:
    ~PacketSink() = default;
};

struct CoalescerCounters {
    std::uint64_t packets = 0;    ///< handed in, without the malformed ones
    std::uint64_t writes = 0;     ///< handed to the sink
    std::uint64_t malformed = 0;  ///< not IP: dropped
    /// Would have been merged but for their checksum. They are passed on as they are.
    std::uint64_t badChecksums = 0;
};

/// Joins packets from a tunnel that follow each other in one TCP or UDP flow, so that the tunnel
/// device takes up to 64 of them at the cost of one. What the device (or who routes on) cuts out of
/// the joined packet is what was handed in, byte by byte; only the identification of IPv4 packets
/// that must not be fragmented may differ, which means nothing (RFC 6864, section 4.1).
///
/// TCP joins with equal headers, the next sequence number, and payloads of one size of which only
/// the last may be shorter; PSH and FIN end a join. UDP joins likewise by size, and only with a
/// checksum. Checksums are verified before: a joined packet leaves with one that is right. Packets
/// with IPv4 options, extension headers, SYN, RST, URG or CWR and fragments are never joined.
/// Within a flow the order is kept; between flows it is not.
///
/// Pure. Thread: confined. Cost: no allocation, no copy of payload.
class Coalescer {
public:
    /// Flows that are joined at a time; one more ends the oldest join.
    static constexpr std::size_t kMaxFlows = 8;
    /// As many segments as every kernel takes in one packet.
    static constexpr std::size_t kMaxSegments = 64;

    /// `offloads`: what the device takes; kinds that it does not take are passed on one by one.
    /// `sink` must outlive this.
    Coalescer(const platform::TunOffloads& offloads, PacketSink& sink);

    /// Takes a packet, which may be followed by padding. Its bytes must stay until the next `flush`
    /// and may be changed. False when it is malformed: it is dropped.
    bool add(std::span<std::uint8_t> packet);

    /// Passes on all that is held back.
    void flush();

    const CoalescerCounters& counters() const { return counters_; }

private:
    using Kind = platform::Offload::Kind;

    /// A packet that could be joined with others as far as its IP header says.
    struct Candidate {
        std::span<std::uint8_t> bytes;
        Kind kind = Kind::None;
        std::size_t transportOffset = 0;
        std::size_t headerBytes = 0;

        std::size_t payloadBytes() const { return bytes.size() - headerBytes; }
        const std::uint8_t* transport() const { return bytes.data() + transportOffset; }
    };

    /// Packets that wait to be passed on as one.
    struct Flow {
        Candidate head;
        /// The first packet, then the payloads of the others.
        std::array<std::span<const std::uint8_t>, kMaxSegments> pieces;
        std::size_t segments = 0;
        std::size_t bytes = 0;
        std::uint32_t nextSequence = 0;
        /// PSH and FIN of the last packet.
        std::uint8_t lastFlags = 0;
        bool headVerified = false;
    };

    bool takes(Kind kind) const;
    std::size_t findFlow(const Candidate& packet) const;
    void addCandidate(const Candidate& packet);
    void join(std::size_t position, const Candidate& packet);
    void start(const Candidate& packet);
    bool verify(const Candidate& packet);
    void finish(std::size_t position);
    void writeFlow(Flow& flow);
    void writeOne(std::span<const std::uint8_t> packet);

    const platform::TunOffloads offloads_;
    PacketSink& sink_;
    CoalescerCounters counters_;
    std::array<Flow, kMaxFlows> flows_;
    /// Indexes of `flows_`, the oldest first; those from `active_` on are free.
    std::array<std::uint8_t, kMaxFlows> order_{};
    std::size_t active_ = 0;
};

}  // namespace weft::wireguard
