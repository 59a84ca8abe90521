// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/tunnel/resolver_keeper.h"

#include <utility>

namespace weft::daemon {

void ResolverKeeper::recover() {
    // What could not be undone is tried again, and told in the log.
    if (!resolver_.recover().ok()) {
        planNext();
    }
}

void ResolverKeeper::want(const platform::LinkNames& names, Told told) {
    const auto state = resolver_.want(names);
    told(state);
    told_.insert_or_assign(names.interface, std::move(told));
    planNext();
}

void ResolverKeeper::forget(const std::string& interface) {
    told_.erase(interface);
    resolver_.forget(interface);
    // Another may have it now.
    look();
}

void ResolverKeeper::look() {
    for (const auto& [interface, state] : resolver_.look()) {
        if (const auto found = told_.find(interface); found != told_.end()) {
            found->second(state);
        }
    }
    planNext();
}

void ResolverKeeper::planNext() {
    timer_.cancel();
    if (!resolver_.isIdle()) {
        timer_ = loop_.after(kInterval, [this] { look(); });
    }
}

}  // namespace weft::daemon
