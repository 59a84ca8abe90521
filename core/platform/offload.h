// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace weft::platform {

/// What is still to be done to a packet that a tunnel device gave or is to be given: the plain form
/// of the virtio network header (virtio 1.2, section 5.1.6), which other systems fill with zeros.
/// Values only; they come from the kernel and are checked by who acts on them.
struct Offload {
    enum class Kind : std::uint8_t {
        None,  ///< one packet
        Tcp4,  ///< to be cut into TCP segments
        Tcp6,
        Udp4,  ///< to be cut into UDP datagrams
        Udp6,
    };

    Kind kind = Kind::None;
    /// The checksum at `checksumStart + checksumOffset` holds the sum of the pseudo header only.
    bool needsChecksum = false;
    /// Payload of each segment but the last, which may be shorter. Not 0 unless the kind is None.
    std::uint16_t segmentBytes = 0;
    /// The headers that each segment repeats. A hint: a kernel that forwards a packet states more,
    /// so that readers measure the headers themselves.
    std::uint16_t headerBytes = 0;
    /// Where the transport header starts, counted from the start of the packet.
    std::uint16_t checksumStart = 0;
    /// Where the checksum is, counted from `checksumStart`.
    std::uint16_t checksumOffset = 0;

    friend bool operator==(const Offload&, const Offload&) = default;
};

/// Which kinds of Offload a tunnel device takes from us and may give us. All false: whole packets
/// with finished checksums only.
struct TunOffloads {
    bool checksum = false;
    bool tcp4 = false;
    bool tcp6 = false;
    bool udp4 = false;
    bool udp6 = false;

    friend bool operator==(const TunOffloads&, const TunOffloads&) = default;
};

/// A packet on its way to a tunnel device: the bytes of `pieces` one after another. Refers to
/// memory of others, valid during the call that it is handed to.
struct TunPacket {
    std::span<const std::span<const std::uint8_t>> pieces;
    Offload offload;

    std::size_t bytes() const;
};

}  // namespace weft::platform
