// SPDX-License-Identifier: Apache-2.0
#include "core/platform/offload.h"

namespace weft::platform {

std::size_t TunPacket::bytes() const {
    std::size_t sum = 0;
    for (const auto& piece : pieces) {
        sum += piece.size();
    }
    return sum;
}

}  // namespace weft::platform
