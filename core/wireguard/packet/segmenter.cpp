// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/packet/segmenter.h"

#include "core/wireguard/packet/checksum.h"
#include "core/wireguard/packet/detail/transport.h"

#include <algorithm>
#include <cstring>

namespace weft::wireguard {

using namespace detail;  // NOLINT(google-build-using-namespace): the places in headers

namespace {

/// What only the first or the last segment may say.
constexpr std::uint8_t kFirstOnly = kTcpCwr;
constexpr std::uint8_t kLastOnly = kTcpFin | kTcpPsh;

}  // namespace

std::string_view toString(SegmentFault fault) {
    switch (fault) {
    case SegmentFault::None:
        return "none";
    case SegmentFault::BadPacket:
        return "malformed IP packet";
    case SegmentFault::WrongKind:
        return "offload of another protocol";
    case SegmentFault::BadTransport:
        return "malformed transport header";
    case SegmentFault::NoSegmentBytes:
        return "no segment size";
    case SegmentFault::BadChecksumPlace:
        return "impossible place of the checksum";
    }
    return "unknown";
}

// The template is filled when there is one: zeroing it would cost each packet.
// NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init)
Segmenter::Segmenter(std::span<std::uint8_t> packet, const platform::Offload& offload)
    : offload_(offload) {
    const auto parsed = parseInner(packet);
    if (!parsed) {
        return;
    }
    packet_ = *parsed;
    bytes_ = packet.first(parsed->bytes.size());
    fault_ = check(offload);
    if (fault_ != SegmentFault::None) {
        segments_ = 0;
    } else if (offload.kind != Kind::None) {
        prepareHeaders();
    }
}

SegmentFault Segmenter::check(const platform::Offload& offload) {
    segments_ = 1;
    return offload.kind == Kind::None ? checkWhole(offload) : checkSuper(offload);
}

SegmentFault Segmenter::checkWhole(const platform::Offload& offload) const {
    // A packet in a packet may have its checksum behind the outer transport header.
    const std::size_t start = offload.checksumStart;
    if (offload.needsChecksum
        && (start < packet_.transportOffset
            || start + offload.checksumOffset + 2 > bytes_.size())) {
        return SegmentFault::BadChecksumPlace;
    }
    return SegmentFault::None;
}

SegmentFault Segmenter::checkSuper(const platform::Offload& offload) {
    isTcp_ = isTcp(offload.kind);
    if (kindOf(packet_) != offload.kind) {
        return SegmentFault::WrongKind;
    }
    if (packet_.fragment) {
        return SegmentFault::BadPacket;
    }
    if (offload.segmentBytes == 0) {
        return SegmentFault::NoSegmentBytes;
    }
    const auto transport = packet_.transport();
    const auto transportBytes = transportHeaderBytes(transport, isTcp_);
    headerBytes_ = packet_.transportOffset + transportBytes;
    if (transportBytes == 0 || headerBytes_ > kMaxHeaderBytes) {
        return SegmentFault::BadTransport;
    }
    if (offload.needsChecksum
        && (offload.checksumStart != packet_.transportOffset
            || offload.checksumOffset != (isTcp_ ? kTcpChecksumAt : kUdpChecksumAt))) {
        return SegmentFault::BadChecksumPlace;
    }
    const auto payload = bytes_.size() - headerBytes_;
    segments_ =
        std::max<std::size_t>(1, (payload + offload.segmentBytes - 1) / offload.segmentBytes);
    return SegmentFault::None;
}

void Segmenter::prepareHeaders() {
    std::memcpy(headers_.data(), bytes_.data(), headerBytes_);
    const auto headers = std::span(headers_).first(headerBytes_);
    const auto transport = headers.subspan(packet_.transportOffset);
    // The words that differ are zero in the template, so that its sum is what the segments share.
    if (packet_.isV4()) {
        firstId_ = readWord(&headers[kV4IdAt]);
        writeWord(&headers[kV4LengthAt], 0);
        writeWord(&headers[kV4IdAt], 0);
        writeWord(&headers[kV4ChecksumAt], 0);
        ipSum_ = addToSum(headers.first(packet_.transportOffset));
    }
    if (isTcp_) {
        firstSequence_ = readLong(&transport[kTcpSequenceAt]);
        flags_ = transport[kTcpFlagsAt];
        writeLong(&transport[kTcpSequenceAt], 0);
        transport[kTcpFlagsAt] = 0;
        writeWord(&transport[kTcpChecksumAt], 0);
    } else {
        writeWord(&transport[kUdpLengthAt], 0);
        writeWord(&transport[kUdpChecksumAt], 0);
    }
    transportSum_ = addToSum(transport, pseudoHeaderSum(packet_.addresses(), 0, packet_.protocol));
}

std::span<std::uint8_t> Segmenter::next() {
    if (index_ == segments_) {
        return {};
    }
    if (offload_.kind == Kind::None) {
        return whole();
    }
    const auto start = index_ * offload_.segmentBytes;
    const auto end = std::min(bytes_.size(), headerBytes_ + start + offload_.segmentBytes);
    const auto segment = bytes_.subspan(start, end - start);
    std::memcpy(segment.data(), headers_.data(), headerBytes_);
    finishIp(segment);
    if (isTcp_) {
        finishTcp(segment);
    } else {
        finishUdp(segment);
    }
    ++index_;
    return segment;
}

std::span<std::uint8_t> Segmenter::whole() {
    ++index_;
    if (offload_.needsChecksum) {
        // The field holds the sum of the pseudo header: it is summed with the rest.
        const auto sum = addToSum(bytes_.subspan(offload_.checksumStart));
        storeWord(
            bytes_.data() + offload_.checksumStart + offload_.checksumOffset, checksumNotZero(sum));
    }
    return bytes_;
}

void Segmenter::finishIp(std::span<std::uint8_t> segment) const {
    if (!packet_.isV4()) {
        writeWord(&segment[kV6LengthAt], segment.size() - kV6HeaderBytes);
        return;
    }
    const auto length = static_cast<std::uint16_t>(segment.size());
    const auto id = static_cast<std::uint16_t>(firstId_ + index_);
    writeWord(&segment[kV4LengthAt], length);
    writeWord(&segment[kV4IdAt], id);
    storeWord(&segment[kV4ChecksumAt], checksumOf(ipSum_ + sumWord(length) + sumWord(id)));
}

void Segmenter::finishTcp(std::span<std::uint8_t> segment) const {
    const auto transport = segment.subspan(packet_.transportOffset);
    const auto sequence =
        firstSequence_ + static_cast<std::uint32_t>(index_ * offload_.segmentBytes);
    auto flags = flags_;
    if (index_ != 0) {
        flags &= static_cast<std::uint8_t>(~kFirstOnly);
    }
    if (!isLast()) {
        flags &= static_cast<std::uint8_t>(~kLastOnly);
    }
    writeLong(&transport[kTcpSequenceAt], sequence);
    transport[kTcpFlagsAt] = flags;
    const auto own = transportSum_ + sumWord(static_cast<std::uint16_t>(transport.size()))
                     + sumWord(static_cast<std::uint16_t>(sequence >> 16U))
                     + sumWord(static_cast<std::uint16_t>(sequence)) + sumWord(flags);
    storeWord(&transport[kTcpChecksumAt], checksumOf(addToSum(segment.subspan(headerBytes_), own)));
}

void Segmenter::finishUdp(std::span<std::uint8_t> segment) const {
    const auto transport = segment.subspan(packet_.transportOffset);
    const auto length = static_cast<std::uint16_t>(transport.size());
    writeWord(&transport[kUdpLengthAt], length);
    // The length is summed in the pseudo header and in the header.
    const auto own = transportSum_ + 2 * std::uint64_t{sumWord(length)};
    storeWord(
        &transport[kUdpChecksumAt], checksumNotZero(addToSum(segment.subspan(headerBytes_), own)));
}

}  // namespace weft::wireguard
