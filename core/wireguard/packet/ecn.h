// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>

/// Explicit congestion notification through a tunnel (RFC 6040).
/// Thread: any, no state.
namespace weft::wireguard {

/// The lower two bits of a traffic class (RFC 3168, section 5).
enum class Ecn : std::uint8_t { NotCapable = 0, Capable1 = 1, Capable0 = 2, Congested = 3 };

constexpr Ecn ecnOf(std::uint8_t trafficClass) {
    return static_cast<Ecn>(trafficClass & 3U);
}

/// The traffic class of the outer packet: the ECN field of the inner one (RFC 6040, section 4.1,
/// normal mode) and no DSCP, which would tell the path what is inside.
constexpr std::uint8_t encapsulatedTrafficClass(std::uint8_t inner) {
    return inner & 3U;
}

/// The ECN field of the inner packet after the tunnel (RFC 6040, section 4.2, figure 4); nullopt
/// when it is to be dropped: the path saw congestion and nobody else could learn of it.
constexpr std::optional<Ecn> decapsulatedEcn(Ecn outer, Ecn inner) {
    if (inner == Ecn::NotCapable) {
        return outer == Ecn::Congested ? std::nullopt : std::optional(Ecn::NotCapable);
    }
    if (outer == Ecn::Congested || inner == Ecn::Congested) {
        return Ecn::Congested;
    }
    return outer == Ecn::Capable1 ? Ecn::Capable1 : inner;
}

/// Writes the ECN field of an IP packet, and in IPv4 corrects the header checksum for it. Only for
/// bytes that parseInner has accepted.
void setEcn(std::span<std::uint8_t> packet, Ecn ecn);

/// Carries the outer traffic class over to an inner packet that parseInner has accepted. False when
/// the packet is to be dropped.
[[nodiscard]] bool applyOuterEcn(std::span<std::uint8_t> packet, std::uint8_t outerTrafficClass);

}  // namespace weft::wireguard
