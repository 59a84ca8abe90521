// SPDX-License-Identifier: Apache-2.0
#include "core/transport/datagram_path.h"

#include <fmt/format.h>

namespace weft::transport {

std::string DatagramAddress::toString() const {
    auto text = remote.toString();
    if (!local.isUnspecified()) {
        text += fmt::format(" via {}", local.toString());
    }
    if (interface != 0) {
        text += fmt::format(" on {}", interface);
    }
    return text;
}

}  // namespace weft::transport
