// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/crypto/aead.h"
#include "core/wireguard/noise/messages.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

namespace weft::wireguard {

/// An inner packet is padded with zeros to a multiple of this (WireGuard paper, section 5.4.6).
inline constexpr std::size_t kPaddingBytes = 16;

/// Size of an inner packet after padding, which never lifts it above `mtu`.
inline constexpr std::size_t paddedBytes(std::size_t innerBytes, std::size_t mtu) {
    const auto padded = (innerBytes + kPaddingBytes - 1) / kPaddingBytes * kPaddingBytes;
    return std::max(innerBytes, std::min(padded, mtu));
}

/// Size of the message that carries an inner packet.
inline constexpr std::size_t transportBytes(std::size_t innerBytes, std::size_t mtu) {
    return kTransportHeaderBytes + paddedBytes(innerBytes, mtu) + kTagBytes;
}

/// Writes the data message for `inner` to the start of `out`, which has transportBytes() at least
/// and does not overlap `inner`; returns that size. An empty `inner` is a keepalive.
inline std::size_t sealTransport(
    const crypto::Aead& aead,
    const TransportHeader& header,
    std::span<const std::uint8_t> inner,
    std::size_t mtu,
    std::span<std::uint8_t> out) {
    const auto padded = paddedBytes(inner.size(), mtu);
    writeTransportHeader(out.first<kTransportHeaderBytes>(), header);
    const auto sealed = out.subspan(kTransportHeaderBytes, padded + kTagBytes);
    if (padded == inner.size()) {
        aead.seal(sealed, inner, {}, header.counter);
    } else {
        const auto text = sealed.first(padded);
        std::copy(inner.begin(), inner.end(), text.begin());
        std::fill(text.begin() + static_cast<std::ptrdiff_t>(inner.size()), text.end(), 0);
        aead.seal(sealed, text, {}, header.counter);
    }
    return kTransportHeaderBytes + padded + kTagBytes;
}

}  // namespace weft::wireguard
