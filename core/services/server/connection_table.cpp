// SPDX-License-Identifier: Apache-2.0
#include "core/services/server/connection_table.h"

namespace weft::services {

std::string ConnectionTable::keyOf(const net::IpAddress& source) {
    constexpr std::size_t kV6SourceBytes = 8;
    const auto address = source.unmapped();
    const auto bytes = address.bytes();
    return {bytes.begin(), address.isV4() ? bytes.end() : bytes.begin() + kV6SourceBytes};
}

ConnectionTable::Verdict ConnectionTable::check(const net::IpAddress& source) const {
    if (size_ >= total_) {
        return Verdict::Full;
    }
    const auto found = counts_.find(keyOf(source));
    return found != counts_.end() && found->second >= perSource_ ? Verdict::SourceFull
                                                                 : Verdict::Admit;
}

void ConnectionTable::add(const net::IpAddress& source) {
    ++counts_[keyOf(source)];
    ++size_;
}

void ConnectionTable::remove(const net::IpAddress& source) {
    const auto found = counts_.find(keyOf(source));
    if (found == counts_.end()) {
        return;
    }
    --size_;
    if (--found->second == 0) {
        counts_.erase(found);
    }
}

}  // namespace weft::services
