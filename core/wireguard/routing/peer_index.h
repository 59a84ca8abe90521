// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>

namespace weft::wireguard {

/// A peer of one engine, for as long as it is configured.
enum class PeerIndex : std::uint32_t {};

/// No peer.
inline constexpr PeerIndex kNoPeer{std::numeric_limits<std::uint32_t>::max()};

}  // namespace weft::wireguard
