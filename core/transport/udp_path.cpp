// SPDX-License-Identifier: Apache-2.0
#include "core/transport/udp_path.h"

namespace weft::transport {
namespace {

constexpr std::size_t kMostReceiveBuffers = 64;
constexpr std::size_t kLeastSocketBytes = 4096;
constexpr std::size_t kMostSocketBytes = std::size_t{256} << 20U;

}  // namespace

Status UdpOptions::validate() const {
    if (!wantsV4 && !wantsV6) {
        return invalidArgument("wantsV4, wantsV6: one family is needed");
    }
    if (receiveBuffers == 0 || receiveBuffers > kMostReceiveBuffers) {
        return invalidArgument(
            "receiveBuffers: {} is not between 1 and {}", receiveBuffers, kMostReceiveBuffers);
    }
    if (socketBufferBytes < kLeastSocketBytes || socketBufferBytes > kMostSocketBytes) {
        return invalidArgument(
            "socketBufferBytes: {} is not between {} and {}",
            socketBufferBytes,
            kLeastSocketBytes,
            kMostSocketBytes);
    }
    return okStatus();
}

}  // namespace weft::transport
