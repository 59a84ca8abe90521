// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/poller.h"
#include "core/base/status.h"
#include "core/platform/offload.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace weft::platform {

/// The least room that `TunDevice::read` asks for: the longest super-packet.
inline constexpr std::size_t kTunReadBytes = 65'536;
/// The most pieces of a packet that `TunDevice::write` joins.
inline constexpr std::size_t kTunMostPieces = 160;
/// The longest packet that `TunDevice::write` takes, all pieces together (RFC 791: 16 bits).
inline constexpr std::size_t kTunMostWriteBytes = 65'535;

/// A packet of the host: an inner IP packet, or a super-packet when `offload` says so.
struct ReadPacket {
    /// Within the buffer given to `read`, from its start.
    std::span<std::uint8_t> bytes;
    Offload offload{};
};

/// Since the device was opened.
struct TunCounters {
    /// Calls that gave or took a packet, and those of them that were super-packets.
    std::uint64_t reads = 0;
    std::uint64_t superReads = 0;
    std::uint64_t writes = 0;
    std::uint64_t superWrites = 0;
    /// Packets of the host whose description made no sense.
    std::uint64_t malformedReads = 0;
    /// Packets that the system did not take: malformed, or the interface is down.
    std::uint64_t refusedWrites = 0;
};

/// A layer 3 tunnel interface: what the host routes into it is read, what is written arrives in the
/// host. The interface lives as long as this object; nothing is left of it after a crash.
///
/// Thread: confined to the packet loop, but for `name` and `offloads`, which never change.
class TunDevice {
public:
    TunDevice() = default;
    TunDevice(const TunDevice&) = delete;
    TunDevice& operator=(const TunDevice&) = delete;
    virtual ~TunDevice() = default;

    /// The name that the system gave, such as "weft0".
    virtual const std::string& name() const = 0;
    virtual TunOffloads offloads() const = 0;

    /// The next packet of the host; nullopt when there is none now. Never blocks.
    /// Errors: kInvalidArgument    `buffer` has less than kTunReadBytes
    ///         kFailedPrecondition the interface was removed under us
    ///         kUnavailable        anything else the system reports
    virtual StatusOr<std::optional<ReadPacket>> read(std::span<std::uint8_t> buffer) = 0;

    /// Gives a packet to the host; its headers lie within the first piece. Never blocks. Any
    /// failure means that this packet is lost and counted, and the next may be written. The
    /// statuses carry no text, so that a flood of refused packets costs no memory. Errors:
    /// kInvalidArgument    no bytes, too many bytes or pieces, an offload that was not
    ///                             agreed on, or the system finds the packet malformed
    ///         kUnavailable        the interface is down
    ///         kFailedPrecondition the interface was removed under us
    ///         kResourceExhausted  the system has no room
    virtual Status write(const TunPacket& packet) = 0;

    /// Readable while `read` has something to give.
    virtual base::Waitable readable() const = 0;

    /// The longest packet that the host sends whole. Asks the system: not once per packet.
    /// Errors: kFailedPrecondition the interface was removed under us.
    virtual StatusOr<std::size_t> mtu() const = 0;
    /// Errors: kInvalidArgument (below 68 or above 65,535), kPermissionDenied, kUnavailable.
    virtual Status setMtu(std::size_t mtu) = 0;

    virtual TunCounters counters() const = 0;
};

}  // namespace weft::platform
