// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/packet/coalescer.h"

#include "core/wireguard/packet/checksum.h"
#include "core/wireguard/packet/detail/transport.h"
#include "core/wireguard/packet/inner_packet.h"

#include <algorithm>
#include <cstring>

namespace weft::wireguard {

using namespace detail;  // NOLINT(google-build-using-namespace): the places in headers

namespace {

/// What the last packet of a join may say and the others may not.
constexpr std::uint8_t kEndFlags = kTcpPsh | kTcpFin;
/// A packet that says anything else is not joined.
constexpr std::uint8_t kJoinableFlags = kTcpAck | kTcpEce | kEndFlags;
constexpr std::uint16_t kDontFragment = 0x4000;
/// Where the addresses of both IP headers start; the ports follow them when there are no options.
constexpr std::size_t kV4AddressesAt = 12;
constexpr std::size_t kV6AddressesAt = 8;

bool sameAddressesAndPorts(const std::uint8_t* left, const std::uint8_t* right, bool v4) {
    return v4 ? std::memcmp(left + kV4AddressesAt, right + kV4AddressesAt, 12) == 0
              : std::memcmp(left + kV6AddressesAt, right + kV6AddressesAt, 36) == 0;
}

/// Whether an IPv4 header goes on from `head`, the header of the first of `segments`.
bool continuesV4(const std::uint8_t* head, const std::uint8_t* next, std::size_t segments) {
    const auto fragment = readWord(head + kV4FragmentAt);
    const auto expectedId = static_cast<std::uint16_t>(readWord(head + kV4IdAt) + segments);
    return head[1] == next[1] && head[kV4HopsAt] == next[kV4HopsAt]
           && fragment == readWord(next + kV4FragmentAt)
           && (fragment == kDontFragment || readWord(next + kV4IdAt) == expectedId);
}

bool continuesV6(const std::uint8_t* head, const std::uint8_t* next) {
    // Version, traffic class and flow label are the first four bytes.
    return std::memcmp(head, next, 4) == 0 && head[kV6HopsAt] == next[kV6HopsAt];
}

/// Whether all of a TCP header but the sequence number, the checksum, PSH and FIN is that of
/// `head`.
bool continuesTcp(const std::uint8_t* head, const std::uint8_t* next, std::size_t headerBytes) {
    return readLong(head + kTcpAcknowledgementAt) == readLong(next + kTcpAcknowledgementAt)
           && head[kTcpOffsetAt] == next[kTcpOffsetAt]
           && ((head[kTcpFlagsAt] ^ next[kTcpFlagsAt]) & ~kEndFlags) == 0
           && loadWord(head + kTcpWindowAt) == loadWord(next + kTcpWindowAt)
           && std::memcmp(head + kTcpUrgentAt, next + kTcpUrgentAt, headerBytes - kTcpUrgentAt)
                  == 0;
}

std::uint16_t pseudoSum(std::span<const std::uint8_t> head, bool v4, bool tcp, std::size_t bytes) {
    const auto addresses = v4 ? head.subspan(kV4AddressesAt, 8) : head.subspan(kV6AddressesAt, 32);
    return foldSum(pseudoHeaderSum(addresses, bytes, tcp ? kProtocolTcp : kProtocolUdp));
}

}  // namespace

Coalescer::Coalescer(const platform::TunOffloads& offloads, PacketSink& sink)
    : offloads_(offloads), sink_(sink) {
    for (std::size_t index = 0; index < kMaxFlows; ++index) {
        order_[index] = static_cast<std::uint8_t>(index);
    }
}

bool Coalescer::add(std::span<std::uint8_t> packet) {
    const auto parsed = parseInner(packet);
    if (!parsed) {
        ++counters_.malformed;
        return false;
    }
    ++counters_.packets;
    const auto bytes = packet.first(parsed->bytes.size());
    const auto plainOffset = parsed->isV4() ? kV4HeaderBytes : kV6HeaderBytes;
    if (parsed->fragment || parsed->transportOffset != plainOffset) {
        // It may be of any flow.
        flush();
        writeOne(bytes);
        return true;
    }
    Candidate candidate;
    candidate.bytes = bytes;
    candidate.kind = kindOf(*parsed);
    candidate.transportOffset = plainOffset;
    if (!takes(candidate.kind)) {
        writeOne(bytes);
        return true;
    }
    const auto transportBytes = transportHeaderBytes(parsed->transport(), isTcp(candidate.kind));
    if (transportBytes == 0) {
        flush();
        writeOne(bytes);
        return true;
    }
    candidate.headerBytes = plainOffset + transportBytes;
    addCandidate(candidate);
    return true;
}

void Coalescer::flush() {
    for (std::size_t position = 0; position < active_; ++position) {
        writeFlow(flows_[order_[position]]);
    }
    active_ = 0;
}

bool Coalescer::takes(Kind kind) const {
    if (!offloads_.checksum) {
        return false;
    }
    switch (kind) {
    case Kind::None:
        return false;
    case Kind::Tcp4:
        return offloads_.tcp4;
    case Kind::Tcp6:
        return offloads_.tcp6;
    case Kind::Udp4:
        return offloads_.udp4;
    case Kind::Udp6:
        return offloads_.udp6;
    }
    return false;
}

/// The position in `order_`; `active_` when the flow is not there.
std::size_t Coalescer::findFlow(const Candidate& packet) const {
    const bool v4 = isV4(packet.kind);
    for (std::size_t position = 0; position < active_; ++position) {
        const auto& head = flows_[order_[position]].head;
        if (head.kind == packet.kind
            && sameAddressesAndPorts(head.bytes.data(), packet.bytes.data(), v4)) {
            return position;
        }
    }
    return active_;
}

namespace {

/// Whether the packet could be one of several, by itself.
bool joinable(std::span<const std::uint8_t> packet, std::size_t transportOffset, Kind kind) {
    const auto* const transport = packet.data() + transportOffset;
    if (isV4(kind) && (readWord(&packet[kV4FragmentAt]) & ~kDontFragment) != 0) {
        return false;  // the reserved bit
    }
    if (!isTcp(kind)) {
        return loadWord(transport + kUdpChecksumAt) != 0;
    }
    const auto flags = transport[kTcpFlagsAt];
    return (flags & kTcpAck) != 0 && (flags & ~kJoinableFlags) == 0;
}

}  // namespace

void Coalescer::addCandidate(const Candidate& packet) {
    const auto position = findFlow(packet);
    if (packet.payloadBytes() == 0
        || !joinable(packet.bytes, packet.transportOffset, packet.kind)) {
        if (position != active_) {
            finish(position);
        }
        writeOne(packet.bytes);
    } else if (position != active_) {
        join(position, packet);
    } else {
        start(packet);
    }
}

void Coalescer::join(std::size_t position, const Candidate& packet) {
    auto& flow = flows_[order_[position]];
    const auto& head = flow.head;
    const bool tcp = isTcp(packet.kind);
    const auto segmentBytes = head.payloadBytes();
    const bool follows =
        packet.headerBytes == head.headerBytes && packet.payloadBytes() <= segmentBytes
        && flow.bytes + packet.payloadBytes() <= kMaxPacketBytes
        && (isV4(packet.kind) ? continuesV4(head.bytes.data(), packet.bytes.data(), flow.segments)
                              : continuesV6(head.bytes.data(), packet.bytes.data()))
        && (!tcp
            || (readLong(packet.transport() + kTcpSequenceAt) == flow.nextSequence
                && continuesTcp(
                    head.transport(),
                    packet.transport(),
                    packet.headerBytes - packet.transportOffset)));
    flow.headVerified = follows && (flow.headVerified || verify(head));
    if (!flow.headVerified) {
        finish(position);
        start(packet);
        return;
    }
    if (!verify(packet)) {
        finish(position);
        writeOne(packet.bytes);
        return;
    }
    flow.pieces[flow.segments] = packet.bytes.subspan(packet.headerBytes);
    ++flow.segments;
    flow.bytes += packet.payloadBytes();
    flow.nextSequence += static_cast<std::uint32_t>(packet.payloadBytes());
    flow.lastFlags = tcp ? static_cast<std::uint8_t>(packet.transport()[kTcpFlagsAt] & kEndFlags)
                         : std::uint8_t{0};
    if (flow.lastFlags != 0 || packet.payloadBytes() < segmentBytes
        || flow.segments == kMaxSegments) {
        finish(position);
    }
}

void Coalescer::start(const Candidate& packet) {
    const bool tcp = isTcp(packet.kind);
    if (tcp && (packet.transport()[kTcpFlagsAt] & kEndFlags) != 0) {
        writeOne(packet.bytes);
        return;
    }
    if (active_ == kMaxFlows) {
        finish(0);
    }
    auto& flow = flows_[order_[active_]];
    ++active_;
    flow.head = packet;
    flow.pieces[0] = packet.bytes;
    flow.segments = 1;
    flow.bytes = packet.bytes.size();
    flow.lastFlags = 0;
    flow.headVerified = false;
    if (tcp) {
        flow.nextSequence = readLong(packet.transport() + kTcpSequenceAt)
                            + static_cast<std::uint32_t>(packet.payloadBytes());
    }
}

bool Coalescer::verify(const Candidate& packet) {
    const bool v4 = isV4(packet.kind);
    const auto transportBytes = packet.bytes.size() - packet.transportOffset;
    const auto own = std::uint64_t{sumWord(static_cast<std::uint16_t>(transportBytes))}
                     + sumWord(isTcp(packet.kind) ? kProtocolTcp : kProtocolUdp);
    // The transport follows the addresses, so that both are one sum.
    const auto sum = addToSum(packet.bytes.subspan(v4 ? kV4AddressesAt : kV6AddressesAt), own);
    const bool headerRight = !v4 || checksumOf(addToSum(packet.bytes.first(kV4HeaderBytes))) == 0;
    if (headerRight && checksumOf(sum) == 0) {
        return true;
    }
    ++counters_.badChecksums;
    return false;
}

void Coalescer::finish(std::size_t position) {
    const auto index = order_[position];
    writeFlow(flows_[index]);
    // Its place in the order goes to the free ones; the others keep their order.
    const auto order = std::span(order_).subspan(position, active_ - position);
    std::rotate(order.begin(), order.begin() + 1, order.end());
    --active_;
}

void Coalescer::writeFlow(Flow& flow) {
    if (flow.segments == 1) {
        writeOne(flow.head.bytes);
        return;
    }
    const bool v4 = isV4(flow.head.kind);
    const bool tcp = isTcp(flow.head.kind);
    auto* const header = flow.head.bytes.data();
    auto* const transport = header + flow.head.transportOffset;
    const auto transportBytes = flow.bytes - flow.head.transportOffset;
    if (v4) {
        const auto before = loadWord(header + kV4LengthAt);
        writeWord(header + kV4LengthAt, flow.bytes);
        updateChecksum(header + kV4ChecksumAt, before, loadWord(header + kV4LengthAt));
    } else {
        writeWord(header + kV6LengthAt, transportBytes);
    }
    if (tcp) {
        transport[kTcpFlagsAt] |= flow.lastFlags;
    } else {
        writeWord(transport + kUdpLengthAt, transportBytes);
    }
    const auto checksumAt = tcp ? kTcpChecksumAt : kUdpChecksumAt;
    storeWord(transport + checksumAt, pseudoSum(flow.head.bytes, v4, tcp, transportBytes));

    platform::TunPacket packet;
    packet.pieces = std::span(flow.pieces).first(flow.segments);
    packet.offload.kind = flow.head.kind;
    packet.offload.needsChecksum = true;
    packet.offload.segmentBytes = static_cast<std::uint16_t>(flow.head.payloadBytes());
    packet.offload.headerBytes = static_cast<std::uint16_t>(flow.head.headerBytes);
    packet.offload.checksumStart = static_cast<std::uint16_t>(flow.head.transportOffset);
    packet.offload.checksumOffset = static_cast<std::uint16_t>(checksumAt);
    ++counters_.writes;
    sink_.write(packet);
}

void Coalescer::writeOne(std::span<const std::uint8_t> packet) {
    const std::array<std::span<const std::uint8_t>, 1> pieces = {packet};
    ++counters_.writes;
    sink_.write({.pieces = pieces, .offload = {}});
}

}  // namespace weft::wireguard
