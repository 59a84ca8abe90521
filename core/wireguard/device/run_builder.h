// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/wireguard/device/path_set.h"
#include "core/wireguard/session/engine.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace weft::wireguard {

/// Lays sealed datagrams one behind the other and joins those that can leave as one run: same peer,
/// destination and traffic class, equal size but for a shorter last one. Sends them together.
/// No allocation after the constructor but for what
/// goes wrong. Thread: confined to the packet loop.
class RunBuilder {
public:
    /// Two runs of the longest kind.
    static constexpr std::size_t kBufferBytes = std::size_t{128} * 1024;
    static constexpr std::size_t kMostRuns = 64;

    RunBuilder(Engine& engine, const PathSet& paths);

    /// Room for a datagram of `bytes`, at most kMostDatagramBytes; sends what waits when there is
    /// none. Valid until `commit` or the next `room`.
    std::span<std::uint8_t> room(std::size_t bytes, Moment at);
    /// The first `bytes` of what `room` gave are a datagram with one packet for `peer`.
    void commit(
        PeerIndex peer, const PathAddress& to, std::uint8_t trafficClass, std::size_t bytes);
    /// Sends what waits. The peers are told of what they were sent.
    void flush(Moment at);
    bool empty() const { return used_ == 0; }

    /// Sends what the engine itself has to say. Nothing of this waits.
    void sendMessages();

private:
    struct Run {
        PeerIndex peer{};
        PathAddress to;
        std::uint8_t trafficClass = 0;
        /// A datagram shorter than the others has ended it.
        bool closed = false;
        std::uint32_t packets = 0;
        std::size_t begin = 0;
        std::size_t bytes = 0;
        std::size_t segmentBytes = 0;
    };

    bool joins(
        const Run& run,
        PeerIndex peer,
        const PathAddress& to,
        std::uint8_t trafficClass,
        std::size_t bytes) const;
    /// Hands runs that follow each other to their path, and returns how many.
    std::size_t sendSamePath(std::size_t first);
    void forgetRefusedSources(std::size_t first, const transport::SendReport& report);

    void noteRefusedSources(
        std::span<const OutgoingMessage> messages, const transport::SendReport& report);

    Engine& engine_;
    const PathSet& paths_;
    std::vector<std::uint8_t> buffer_;
    std::size_t used_ = 0;
    std::size_t count_ = 0;
    std::array<Run, kMostRuns> runs_;
    std::array<transport::OutgoingRun, kMostRuns> outgoing_;
    /// While messages are sent: whose source was refused, at most one for each message.
    std::vector<PeerIndex> refused_;
};

}  // namespace weft::wireguard
