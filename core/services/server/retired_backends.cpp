// SPDX-License-Identifier: Apache-2.0
#include "core/services/server/retired_backends.h"

#include "core/base/thread_name.h"
#include "core/services/server/backend.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace weft::services {

RetiredBackends::~RetiredBackends() {
    end();
}

void RetiredBackends::add(std::shared_ptr<Backend> backend, Duration grace) {
    takeEnded();
    backend->close();
    if (drains_.size() >= kMostDraining) {
        std::prev(drains_.end(), kMostDraining)->backend->hurry();
    }
    auto over = std::make_shared<std::atomic<bool>>(false);
    std::thread thread([backend, over, grace] {
        base::setThreadName("drain");
        backend->shutDown(grace);
        *over = true;
    });
    drains_.push_back({std::move(backend), std::move(over), std::move(thread)});
}

void RetiredBackends::end() {
    for (const auto& drain : drains_) {
        drain.backend->hurry();
    }
    for (auto& drain : drains_) {
        drain.thread.join();
    }
    drains_.clear();
}

std::size_t RetiredBackends::draining() const {
    return static_cast<std::size_t>(
        std::ranges::count_if(drains_, [](const Drain& drain) { return !*drain.over; }));
}

void RetiredBackends::takeEnded() {
    for (auto next = drains_.begin(); next != drains_.end();) {
        const auto each = next++;
        if (*each->over) {
            each->thread.join();
            drains_.erase(each);
        }
    }
}

}  // namespace weft::services
