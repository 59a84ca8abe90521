// SPDX-License-Identifier: Apache-2.0
#include "core/services/storage/change_hub.h"

#include <utility>

namespace weft::services {

Status ChangeHub::ensureWatch() {
    if (watch_ != nullptr) {
        return okStatus();
    }
    auto watch = store_.watch(
        "",
        std::nullopt,
        [weak = weak_from_this(), &loop = loop_](const std::vector<storage::Event>& events) {
            // On the engine's writer thread: one copy, whoever follows.
            loop.post([weak, events] {
                if (const auto hub = weak.lock()) {
                    hub->deliver(events);
                }
            });
        });
    if (!watch.ok()) {
        return watch.status();
    }
    watch_ = std::make_unique<storage::WatchHandle>(*std::move(watch));
    return okStatus();
}

StatusOr<Subscription> ChangeHub::follow(std::string prefix, Changed changed) {
    WEFT_RETURN_IF_ERROR(ensureWatch());
    const std::uint64_t id = next_++;
    followers_.emplace(
        id, std::make_shared<Follower>(Follower{std::move(prefix), std::move(changed)}));
    return Subscription([weak = weak_from_this(), id] {
        if (const auto hub = weak.lock()) {
            hub->followers_.erase(id);
        }
    });
}

void ChangeHub::deliver(const std::vector<storage::Event>& events) {
    // A follower may end its stream from inside its callback, which drops it here later.
    const auto followers = followers_;
    for (const auto& [id, follower] : followers) {
        for (const auto& event : events) {
            if (event.key.starts_with(follower->prefix)) {
                follower->changed(event);
            }
        }
    }
}

}  // namespace weft::services
