// SPDX-License-Identifier: Apache-2.0
// The first byte is what the device takes; each packet has its length in two bytes in front.
#include "core/wireguard/packet/coalescer.h"
#include "core/wireguard/packet/detail/transport.h"
#include "core/wireguard/packet/inner_packet.h"
#include "core/wireguard/packet/segmenter.h"
#include "tests/fuzz/fuzz_check.h"

#include <algorithm>
#include <vector>

namespace {

namespace detail = weft::wireguard::detail;
using weft::platform::TunOffloads;
using weft::platform::TunPacket;
using weft::wireguard::Coalescer;
using weft::wireguard::parseInner;
using weft::wireguard::Segmenter;
using weft::wireguard::SegmentFault;

using Bytes = std::vector<std::uint8_t>;

/// Without padding, and without what may differ: the identification of a packet that must not be
/// fragmented, and the checksums, in which zero has two forms.
Bytes normal(const Bytes& packet) {
    const auto parsed = parseInner(packet);
    Bytes bytes(parsed->bytes.begin(), parsed->bytes.end());
    const bool v4 = parsed->isV4();
    if (parsed->fragment || parsed->transportOffset != (v4 ? 20U : 40U)) {
        return bytes;
    }
    if (v4) {
        detail::writeWord(&bytes[detail::kV4ChecksumAt], 0);
        if (detail::readWord(&bytes[detail::kV4FragmentAt]) == 0x4000) {
            detail::writeWord(&bytes[detail::kV4IdAt], 0);
        }
    }
    const auto kind = detail::kindOf(*parsed);
    const bool tcp = detail::isTcp(kind);
    if (kind != detail::Kind::None && detail::transportHeaderBytes(parsed->transport(), tcp) != 0) {
        const auto checksumAt = tcp ? detail::kTcpChecksumAt : detail::kUdpChecksumAt;
        detail::writeWord(&bytes[parsed->transportOffset + checksumAt], 0);
    }
    return bytes;
}

/// Cuts what it is given, as a kernel does.
class CuttingSink final : public weft::wireguard::PacketSink {
public:
    void write(const TunPacket& packet) override {
        Bytes bytes;
        for (const auto& piece : packet.pieces) {
            bytes.insert(bytes.end(), piece.begin(), piece.end());
        }
        WEFT_FUZZ_CHECK(packet.pieces.size() == 1 || bytes.size() <= 65535);
        WEFT_FUZZ_CHECK(packet.pieces.size() <= Coalescer::kMaxSegments);
        Segmenter segmenter(bytes, packet.offload);
        WEFT_FUZZ_CHECK(segmenter.fault() == SegmentFault::None);
        WEFT_FUZZ_CHECK(segmenter.segments() == packet.pieces.size());
        for (auto next = segmenter.next(); !next.empty(); next = segmenter.next()) {
            packets.push_back(normal({next.begin(), next.end()}));
        }
    }

    std::vector<Bytes> packets;
};

std::vector<Bytes> packetsOf(const std::uint8_t* data, std::size_t size) {
    std::vector<Bytes> packets;
    while (size >= 2) {
        const auto wanted = (std::size_t{data[0]} << 8U) | data[1];
        const auto length = std::min(wanted, size - 2);
        packets.emplace_back(data + 2, data + 2 + length);
        data += 2 + length;
        size -= 2 + length;
    }
    return packets;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    const auto takes = [mask = data[0]](unsigned bit) { return (mask >> bit & 1U) != 0; };
    const TunOffloads offloads = {
        .checksum = takes(0),
        .tcp4 = takes(1),
        .tcp6 = takes(2),
        .udp4 = takes(3),
        .udp6 = takes(4),
    };
    auto packets = packetsOf(data + 1, size - 1);
    std::vector<Bytes> before;
    CuttingSink sink;
    Coalescer coalescer(offloads, sink);
    for (auto& packet : packets) {
        const bool readable = parseInner(packet).has_value();
        if (readable) {
            before.push_back(normal(packet));
        }
        WEFT_FUZZ_CHECK(coalescer.add(packet) == readable);
    }
    coalescer.flush();
    std::ranges::sort(before);
    std::ranges::sort(sink.packets);
    WEFT_FUZZ_CHECK(before == sink.packets);
    WEFT_FUZZ_CHECK(coalescer.counters().packets == before.size());
    return 0;
}
