// SPDX-License-Identifier: Apache-2.0
#include "core/services/server/arrivals.h"

namespace weft::services {

void Arrivals::add(int descriptor, const net::Endpoint& remote, const Arrival& arrival) {
    remove(descriptor);
    std::string text = remote.toString();
    const base::MutexLock lock(mutex_);
    descriptors_.emplace(text, descriptor);
    entries_[descriptor] = {remote.address, std::move(text), arrival};
}

void Arrivals::remove(int descriptor) {
    const base::MutexLock lock(mutex_);
    const auto found = entries_.find(descriptor);
    if (found == entries_.end()) {
        return;
    }
    const auto [first, last] = descriptors_.equal_range(found->second.remote);
    for (auto each = first; each != last; ++each) {
        if (each->second == descriptor) {
            descriptors_.erase(each);
            break;
        }
    }
    entries_.erase(found);
}

void Arrivals::doubt(const StillOnly& stillOnly) {
    const base::MutexLock lock(mutex_);
    for (auto& [descriptor, entry] : entries_) {
        auto& sender = entry.arrival.sender;
        if (sender && !stillOnly(entry.address, *sender)) {
            sender.reset();
        }
    }
}

std::optional<Arrival> Arrivals::of(const net::Endpoint& remote) const {
    const std::string text = remote.toString();
    const base::MutexLock lock(mutex_);
    const auto [first, last] = descriptors_.equal_range(text);
    std::optional<Arrival> known;
    for (auto each = first; each != last; ++each) {
        const Arrival& arrival = entries_.at(each->second).arrival;
        if (known && *known != arrival) {
            return std::nullopt;
        }
        known = arrival;
    }
    return known;
}

}  // namespace weft::services
