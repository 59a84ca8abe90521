// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/platform/offload.h"

#include <cstdint>
#include <optional>
#include <span>

namespace weft::platform::detail {

/// What stands before each packet of a tunnel device (virtio 1.2, section 5.1.6), in the byte order
/// of the machine. The header of the system that has it cannot be read by C++.
struct VnetHeader {
    std::uint8_t flags = 0;
    std::uint8_t segmentation = 0;
    std::uint16_t headerBytes = 0;
    std::uint16_t segmentBytes = 0;
    std::uint16_t checksumStart = 0;
    std::uint16_t checksumOffset = 0;
};
static_assert(sizeof(VnetHeader) == 10);

/// What `header` says of `packet`, with the length of its headers measured: the system states how
/// much of the packet it happens to hold in one piece. Nullopt when it makes no sense.
std::optional<Offload> readVnetHeader(
    const VnetHeader& header, std::span<const std::uint8_t> packet);

VnetHeader writeVnetHeader(const Offload& offload);

}  // namespace weft::platform::detail
