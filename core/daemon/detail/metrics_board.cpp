// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/detail/metrics_board.h"

#include <utility>

namespace weft::daemon {

StatusOr<Subscription> MetricsBoard::add(
    const net::HostPort& listen, services::MeshFigures figures) {
    const auto address = listen.toString();
    const base::MutexLock lock(mutex_);
    auto found = places_.find(address);
    if (found == places_.end()) {
        WEFT_ASSIGN_OR_RETURN(auto endpoint, services::MetricsEndpoint::start(listen));
        found = places_.emplace(address, Place{std::move(endpoint), 0}).first;
    }
    ++found->second.meshes;
    // Shared, since what a handle does has to be copyable.
    auto told = std::make_shared<Subscription>(found->second.endpoint->add(std::move(figures)));
    return Subscription([this, address, told] {
        // First, and without the lock: it may wait for a scrape.
        told->cancel();
        leave(address);
    });
}

void MetricsBoard::leave(const std::string& address) {
    const base::MutexLock lock(mutex_);
    const auto found = places_.find(address);
    if (--found->second.meshes == 0) {
        places_.erase(found);
    }
}

std::uint16_t MetricsBoard::port(const net::HostPort& listen) const {
    const base::MutexLock lock(mutex_);
    const auto found = places_.find(listen.toString());
    return found == places_.end() ? std::uint16_t{0} : found->second.endpoint->port();
}

}  // namespace weft::daemon
