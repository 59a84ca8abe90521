// SPDX-License-Identifier: Apache-2.0
// The first nine bytes are the offload, the rest is the packet.
#include "core/wireguard/packet/checksum.h"
#include "core/wireguard/packet/segmenter.h"
#include "tests/fuzz/fuzz_check.h"

#include <array>
#include <vector>

namespace {

using weft::platform::Offload;
using weft::wireguard::InnerPacket;
using weft::wireguard::parseInner;
using weft::wireguard::Segmenter;
using weft::wireguard::SegmentFault;

constexpr std::size_t kOffloadBytes = 9;

std::uint16_t wordAt(const std::uint8_t* data) {
    return static_cast<std::uint16_t>(static_cast<unsigned>(data[0]) << 8U | data[1]);
}

Offload offloadOf(const std::uint8_t* data) {
    constexpr std::array kKinds = {
        Offload::Kind::None,
        Offload::Kind::Tcp4,
        Offload::Kind::Tcp6,
        Offload::Kind::Udp4,
        Offload::Kind::Udp6,
    };
    Offload offload;
    offload.kind = kKinds[(data[0] & 0x7fU) % kKinds.size()];
    offload.needsChecksum = data[0] >> 7U != 0;
    offload.segmentBytes = wordAt(data + 1);
    offload.headerBytes = wordAt(data + 3);
    offload.checksumStart = wordAt(data + 5);
    offload.checksumOffset = wordAt(data + 7);
    return offload;
}

/// A part of a super-packet is a packet of its own, and its checksums are right.
void checkPart(const InnerPacket& part) {
    namespace wireguard = weft::wireguard;
    const auto transport = part.transport();
    const auto sum = wireguard::addToSum(
        transport, wireguard::pseudoHeaderSum(part.addresses(), transport.size(), part.protocol));
    WEFT_FUZZ_CHECK(wireguard::checksumOf(sum) == 0);
    if (part.isV4()) {
        const auto header = part.bytes.first(part.transportOffset);
        WEFT_FUZZ_CHECK(wireguard::checksumOf(wireguard::addToSum(header)) == 0);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < kOffloadBytes) {
        return 0;
    }
    const auto offload = offloadOf(data);
    // Memory that ends where the packet ends.
    std::vector<std::uint8_t> bytes(data + kOffloadBytes, data + size);
    const auto before = parseInner(bytes);
    const auto wholeBytes = before ? before->bytes.size() : 0;
    Segmenter segmenter(bytes, offload);
    if (segmenter.fault() != SegmentFault::None) {
        WEFT_FUZZ_CHECK(segmenter.next().empty());
        return 0;
    }
    std::size_t segments = 0;
    std::size_t sum = 0;
    while (true) {
        const auto segment = segmenter.next();
        if (segment.empty()) {
            break;
        }
        const auto part = parseInner(segment);
        WEFT_FUZZ_CHECK(part.has_value() && part->bytes.size() == segment.size());
        if (offload.kind != Offload::Kind::None) {
            checkPart(*part);
        }
        sum += segment.size();
        ++segments;
    }
    WEFT_FUZZ_CHECK(segments == segmenter.segments());
    WEFT_FUZZ_CHECK(segments >= 1 && sum >= wholeBytes);
    return 0;
}
