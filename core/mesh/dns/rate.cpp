// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/dns/rate.h"

#include <algorithm>
#include <string>

namespace weft::mesh::dns {

bool SourceRate::take(const net::IpAddress& source, TimePoint now) {
    if (now - second_ >= std::chrono::seconds(1)) {
        second_ = now;
        used_.clear();
    }
    // All of an IPv4 address, 14 bytes of an IPv6 one.
    constexpr std::size_t kSourceBytes = 14;
    const auto bytes = source.bytes();
    std::string key(
        bytes.begin(),
        bytes.begin() + static_cast<std::ptrdiff_t>(std::min(bytes.size(), kSourceBytes)));
    if (used_.size() >= kMostSources && !used_.contains(key)) {
        key.clear();
    }
    auto& used = used_[key];
    if (used >= perSecond_) {
        return false;
    }
    ++used;
    return true;
}

}  // namespace weft::mesh::dns
