// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/subscription.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <utility>
#include <vector>

namespace weft::storage {

/// Those who want to hear of something, on one loop. An observer may drop its own subscription or
/// another's, or add one, while it is called. A subscription may outlive the list.
/// Thread: confined to one loop.
template <typename... Arguments>
class Observers {
public:
    using Callback = std::function<void(const Arguments&...)>;

    [[nodiscard]] Subscription add(Callback callback) {
        const auto id = state_->next++;
        state_->callbacks.emplace(id, std::make_shared<Callback>(std::move(callback)));
        return Subscription([weak = std::weak_ptr<State>(state_), id] {
            if (const auto state = weak.lock()) {
                state->callbacks.erase(id);
            }
        });
    }

    void notify(const Arguments&... arguments) const {
        // The list may change, and even go, under the callbacks.
        const auto state = state_;
        std::vector<std::uint64_t> ids;
        ids.reserve(state->callbacks.size());
        for (const auto& [id, callback] : state->callbacks) {
            ids.push_back(id);
        }
        for (const auto id : ids) {
            const auto found = state->callbacks.find(id);
            if (found != state->callbacks.end()) {
                const auto callback = found->second;
                (*callback)(arguments...);
            }
        }
    }

    bool empty() const { return state_->callbacks.empty(); }

private:
    struct State {
        std::uint64_t next = 0;
        // Shared, because a callback that drops its own subscription is still running.
        std::map<std::uint64_t, std::shared_ptr<Callback>> callbacks;
    };
    // Shared with the subscriptions, which look whether the list is still there.
    std::shared_ptr<State> state_ = std::make_shared<State>();
};

}  // namespace weft::storage
