// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/packet/ecn.h"

#include "core/wireguard/packet/checksum.h"

#include <cstddef>

namespace weft::wireguard {
namespace {

constexpr std::size_t kV4ChecksumAt = 10;

bool isV4(std::span<const std::uint8_t> packet) {
    return packet[0] >> 4U == 4;
}

Ecn ecnIn(std::span<const std::uint8_t> packet) {
    // The traffic class of IPv6 lies across the first two bytes.
    return ecnOf(isV4(packet) ? packet[1] : static_cast<std::uint8_t>(packet[1] >> 4U));
}

}  // namespace

void setEcn(std::span<std::uint8_t> packet, Ecn ecn) {
    const auto bits = static_cast<unsigned>(ecn);
    if (!isV4(packet)) {
        packet[1] = static_cast<std::uint8_t>((packet[1] & 0xcfU) | (bits << 4U));
        return;
    }
    const auto before = loadWord(packet.data());
    packet[1] = static_cast<std::uint8_t>((packet[1] & 0xfcU) | bits);
    updateChecksum(packet.data() + kV4ChecksumAt, before, loadWord(packet.data()));
}

bool applyOuterEcn(std::span<std::uint8_t> packet, std::uint8_t outerTrafficClass) {
    const auto inner = ecnIn(packet);
    const auto result = decapsulatedEcn(ecnOf(outerTrafficClass), inner);
    if (!result) {
        return false;
    }
    if (*result != inner) {
        setEcn(packet, *result);
    }
    return true;
}

}  // namespace weft::wireguard
