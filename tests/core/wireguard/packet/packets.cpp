// SPDX-License-Identifier: Apache-2.0
#include "tests/core/wireguard/packet/packets.h"

#include <fmt/format.h>

namespace weft::wireguard::testing {
namespace {

constexpr std::uint8_t kTcp = 6;

void append(Bytes& to, const Bytes& from) {
    to.insert(to.end(), from.begin(), from.end());
}

Bytes ipHeaderOf(const PacketSpec& spec, std::size_t transportBytes) {
    const bool isV4 = spec.family == net::Family::V4;
    Bytes header(isV4 ? 20 : 40);
    if (isV4) {
        header[0] = static_cast<std::uint8_t>(0x45 + spec.ipOptions.size() / 4);
        header[1] = spec.trafficClass;
        putWord(header, 2, static_cast<unsigned>(20 + spec.ipOptions.size() + transportBytes));
        putWord(header, 4, spec.id);
        putWord(header, 6, spec.dontFragment ? 0x4000 : 0);
        header[8] = spec.hops;
        header[9] = spec.protocol;
        putLong(header, 12, 0x0a000000U + spec.sourceHost);
        putLong(header, 16, 0x0a000100U + spec.destinationHost);
    } else {
        putLong(
            header,
            0,
            0x60000000U | static_cast<std::uint32_t>(spec.trafficClass) << 20U | spec.flowLabel);
        putWord(header, 4, static_cast<unsigned>(spec.ipOptions.size() + transportBytes));
        header[6] = spec.ipOptions.empty() ? spec.protocol : spec.extension;
        header[7] = spec.hops;
        header[8] = header[24] = 0xfd;
        header[23] = spec.sourceHost;
        header[39] = spec.destinationHost;
    }
    append(header, spec.ipOptions);
    if (isV4) {
        putWord(header, 10, slowChecksum(header));
    }
    return header;
}

Bytes transportOf(const PacketSpec& spec) {
    if (spec.protocol != kTcp) {
        Bytes udp(8);
        putWord(udp, 4, static_cast<unsigned>(8 + spec.payload.size()));
        return udp;
    }
    Bytes tcp(20);
    putLong(tcp, 4, spec.sequence);
    putLong(tcp, 8, spec.acknowledgement);
    tcp[12] = static_cast<std::uint8_t>((5 + spec.tcpOptions.size() / 4) << 4U);
    tcp[13] = spec.flags;
    putWord(tcp, 14, spec.window);
    append(tcp, spec.tcpOptions);
    return tcp;
}

std::uint16_t slowSum(std::span<const std::uint8_t> bytes, std::uint32_t sum) {
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        sum += at % 2 == 0 ? static_cast<unsigned>(bytes[at]) << 8U : bytes[at];
        sum = (sum & 0xffffU) + (sum >> 16U);
    }
    return static_cast<std::uint16_t>(sum);
}

std::uint16_t transportChecksum(
    std::span<const std::uint8_t> packet, std::size_t start, std::uint8_t protocol) {
    const auto sum = slowSum(packet.subspan(start), slowPseudoSum(packet, start, protocol));
    return static_cast<std::uint16_t>(~sum);
}

}  // namespace

Bytes makePacket(const PacketSpec& spec) {
    auto transport = transportOf(spec);
    putWord(transport, 0, spec.sourcePort);
    putWord(transport, 2, spec.destinationPort);
    append(transport, spec.payload);
    auto packet = ipHeaderOf(spec, transport.size());
    const auto start = packet.size();
    append(packet, transport);
    const bool isTcp = spec.protocol == kTcp;
    if (isTcp || spec.udpChecksum) {
        auto checksum = transportChecksum(packet, start, spec.protocol);
        if (!isTcp && checksum == 0) {
            checksum = 0xffff;
        }
        putWord(packet, start + (isTcp ? 16 : 6), checksum);
    }
    return packet;
}

Bytes someBytes(std::size_t count, std::uint8_t seed) {
    Bytes bytes(count);
    std::uint32_t state = seed;
    for (auto& byte : bytes) {
        state = state * 1664525 + 1013904223;
        byte = static_cast<std::uint8_t>(state >> 24U);
    }
    return bytes;
}

std::uint16_t slowChecksum(std::span<const std::uint8_t> bytes) {
    return static_cast<std::uint16_t>(~slowSum(bytes, 0));
}

std::size_t transportAt(std::span<const std::uint8_t> packet) {
    return packet[0] >> 4U == 4 ? (packet[0] & 15U) * std::size_t{4} : std::size_t{40};
}

std::uint16_t slowPseudoSum(
    std::span<const std::uint8_t> packet, std::size_t transportStart, std::uint8_t protocol) {
    const auto addresses = packet[0] >> 4U == 4 ? packet.subspan(12, 8) : packet.subspan(8, 32);
    Bytes rest(8);
    putLong(rest, 0, static_cast<std::uint32_t>(packet.size() - transportStart));
    rest[7] = protocol;
    return slowSum(rest, slowSum(addresses, 0));
}

std::string faultOf(std::span<const std::uint8_t> packet) {
    if (packet.size() < 28) {
        return fmt::format("{} bytes are too few", packet.size());
    }
    const bool isV4 = packet[0] >> 4U == 4;
    const auto start = transportAt(packet);
    if (isV4 && wordAt(packet, 2) != packet.size()) {
        return fmt::format("total length {} of {} bytes", wordAt(packet, 2), packet.size());
    }
    if (isV4 && slowChecksum(packet.first(start)) != 0) {
        return "IPv4 checksum";
    }
    if (!isV4 && wordAt(packet, 4) + std::size_t{40} != packet.size()) {
        return fmt::format("payload length {} of {} bytes", wordAt(packet, 4), packet.size());
    }
    const auto protocol = isV4 ? packet[9] : packet[6];
    if (protocol != kTcp && wordAt(packet, start + 4) != packet.size() - start) {
        return fmt::format("UDP length {}", wordAt(packet, start + 4));
    }
    if (protocol != kTcp && wordAt(packet, start + 6) == 0) {
        return isV4 ? "" : "UDP over IPv6 without checksum";
    }
    if (transportChecksum(packet, start, protocol) != 0) {
        return "transport checksum";
    }
    return "";
}

std::uint16_t wordAt(std::span<const std::uint8_t> bytes, std::size_t at) {
    return static_cast<std::uint16_t>(static_cast<unsigned>(bytes[at]) << 8U | bytes[at + 1]);
}

std::uint32_t longAt(std::span<const std::uint8_t> bytes, std::size_t at) {
    return static_cast<std::uint32_t>(wordAt(bytes, at)) << 16U | wordAt(bytes, at + 2);
}

void putWord(std::span<std::uint8_t> bytes, std::size_t at, unsigned value) {
    bytes[at] = static_cast<std::uint8_t>(value >> 8U);
    bytes[at + 1] = static_cast<std::uint8_t>(value);
}

void putLong(std::span<std::uint8_t> bytes, std::size_t at, std::uint32_t value) {
    putWord(bytes, at, value >> 16U);
    putWord(bytes, at + 2, value & 0xffffU);
}

}  // namespace weft::wireguard::testing
