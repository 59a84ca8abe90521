// SPDX-License-Identifier: Apache-2.0
#include "core/platform/tun.h"

#include "core/base/log.h"

#include <algorithm>
#include <string_view>

namespace weft::platform {
namespace {

/// IFNAMSIZ of Linux less the zero; other systems allow as much or more.
constexpr std::size_t kLongestName = 15;
/// The longest queue that a device may be asked for.
constexpr std::size_t kMostQueuePackets = 65'536;

bool isNameByte(char byte) {
    const auto code = static_cast<unsigned char>(byte);
    return code > ' ' && code < 0x7F && byte != '/' && byte != ':';
}

}  // namespace

bool isInterfaceName(const std::string& name, bool mayBePattern) {
    std::string_view rest = name;
    if (rest.empty() || rest.size() > kLongestName || rest == "." || rest == "..") {
        return false;
    }
    if (!std::ranges::all_of(rest, isNameByte)) {
        return false;
    }
    const auto percent = rest.find('%');
    if (percent == std::string_view::npos) {
        return true;
    }
    // The system expands one %d and would take another conversion for something else.
    return mayBePattern && rest.substr(percent, 2) == "%d"
           && rest.find('%', percent + 1) == std::string_view::npos;
}

Status TunOptions::validate() const {
    if (!isInterfaceName(name, true)) {
        return invalidArgument(
            "name: \"{}\" cannot name a network interface: 1 to {} letters, digits or signs other "
            "than / and :, with at most one %d",
            base::quoted(name),
            kLongestName);
    }
    if (mtu < kLeastMtu || mtu > kMostMtu) {
        return invalidArgument("mtu: {} is not between {} and {}", mtu, kLeastMtu, kMostMtu);
    }
    if (queuePackets == 0 || queuePackets > kMostQueuePackets) {
        return invalidArgument(
            "queuePackets: {} is not between 1 and {}", queuePackets, kMostQueuePackets);
    }
    return okStatus();
}

}  // namespace weft::platform
