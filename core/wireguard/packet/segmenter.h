// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/platform/offload.h"
#include "core/wireguard/packet/inner_packet.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace weft::wireguard {

/// Why a packet of a tunnel device cannot be cut.
enum class SegmentFault : std::uint8_t {
    None,
    BadPacket,         ///< the IP header is malformed, or that of a fragment
    WrongKind,         ///< the offload names another family or protocol than the packet
    BadTransport,      ///< the transport header is cut off or contradicts the length
    NoSegmentBytes,    ///< to be cut into segments of nothing
    BadChecksumPlace,  ///< the checksum to be finished is not where one can be
};
std::string_view toString(SegmentFault fault);

/// Cuts a packet of a tunnel device into the packets that go through the tunnel, in place: the
/// headers of a segment are written over the end of the payload before it, which the caller has
/// sealed by then. Each packet has its own lengths, identification, sequence number, flags and
/// checksums (RFC 9293; RFC 3168, section 6.1.2: CWR on the first only). A packet that is not to be
/// cut comes out once, with its checksum finished when that was left to us.
///
/// The offload is believed only as far as the packet bears it out; its `headerBytes` not at all.
/// Pure. Thread: confined. Cost: no allocation; the headers are summed once.
class Segmenter {
public:
    /// Repeated headers that are longer than this are refused. IPv4 and TCP with all options are
    /// not.
    static constexpr std::size_t kMaxHeaderBytes = 128;

    /// `packet` must outlive this, and is changed by `next`. Bytes after the IP packet are left
    /// out.
    Segmenter(std::span<std::uint8_t> packet, const platform::Offload& offload);

    /// With a fault there are no segments.
    SegmentFault fault() const { return fault_; }
    /// How many times `next` gives a packet.
    std::size_t segments() const { return segments_; }
    /// The headers of the whole; nothing of it holds after the second `next`. Not with a fault.
    const InnerPacket& packet() const { return packet_; }

    /// The next packet, to be used before the following call; empty at the end.
    std::span<std::uint8_t> next();

private:
    SegmentFault check(const platform::Offload& offload);
    SegmentFault checkWhole(const platform::Offload& offload) const;
    SegmentFault checkSuper(const platform::Offload& offload);
    void prepareHeaders();
    std::span<std::uint8_t> whole();
    void finishIp(std::span<std::uint8_t> segment) const;
    void finishTcp(std::span<std::uint8_t> segment) const;
    void finishUdp(std::span<std::uint8_t> segment) const;
    bool isLast() const { return index_ + 1 == segments_; }

    std::span<std::uint8_t> bytes_;
    InnerPacket packet_;
    platform::Offload offload_;
    SegmentFault fault_ = SegmentFault::BadPacket;
    bool isTcp_ = false;
    std::size_t headerBytes_ = 0;
    std::size_t segments_ = 0;
    std::size_t index_ = 0;

    /// The headers of the whole without what differs between segments, and the sums of that.
    std::array<std::uint8_t, kMaxHeaderBytes> headers_;
    std::uint64_t ipSum_ = 0;
    std::uint64_t transportSum_ = 0;
    std::uint16_t firstId_ = 0;
    std::uint32_t firstSequence_ = 0;
    std::uint8_t flags_ = 0;
};

}  // namespace weft::wireguard
