// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/mesh_connection.h"

#include <array>

namespace weft::daemon {

const char* stepText(int number) {
    static constexpr std::array<const char*, kStepCount> kTexts{
        "Resolving addresses",
        "Reaching a member",
        "Authenticating",
        "Joining",
        "Reading the state",
        "Connected"};
    return number >= 1 && number <= kStepCount ? kTexts.at(static_cast<std::size_t>(number - 1))
                                               : "";
}

std::size_t digestOf(const weft::local::v1::Peer& peer) {
    return std::hash<std::string>{}(peer.SerializeAsString());
}

}  // namespace weft::daemon
