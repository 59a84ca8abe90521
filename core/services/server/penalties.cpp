// SPDX-License-Identifier: Apache-2.0
#include "core/services/server/penalties.h"

#include "core/services/server/connection_table.h"

namespace weft::services {

void Penalties::add(const net::IpAddress& source, TimePoint until) {
    const std::string key = ConnectionTable::keyOf(source);
    if (until_.size() < kMost || until_.contains(key)) {
        until_[key] = until;
    }
}

bool Penalties::holds(const net::IpAddress& source, TimePoint now) const {
    if (until_.empty()) {
        return false;
    }
    const auto found = until_.find(ConnectionTable::keyOf(source));
    return found != until_.end() && now < found->second;
}

void Penalties::expire(TimePoint now) {
    std::erase_if(until_, [now](const auto& entry) { return now >= entry.second; });
}

}  // namespace weft::services
