// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transport/datagram_sorting.h"

#include <cstdint>

namespace weft::wireguard {

/// What WireGuard messages for an engine with `indexTag` look like from outside. Data is the bulk,
/// handshakes and cookie replies are control; what has another type, is too short, or answers to an
/// index that the engine cannot have given out is neither. Pure. Thread: any.
transport::DatagramSorting messageSorting(std::uint8_t indexTag);

}  // namespace weft::wireguard
