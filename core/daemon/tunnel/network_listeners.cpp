// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/tunnel/network_listeners.h"

#include "core/base/log.h"
#include "core/base/mutex.h"
#include "core/daemon/own_endpoints.h"

#include <algorithm>
#include <map>
#include <utility>

namespace weft::daemon {

/// Shared with the handles, which may outlive what tells.
struct NetworkListeners::Listeners {
    struct Listener {
        base::Loop* loop = nullptr;
        std::function<void(const NetworkChange&)> changed;
    };

    std::uint64_t add(Listener listener) WEFT_EXCLUDES(mutex) {
        const base::MutexLock lock(mutex);
        all.emplace(++last, std::move(listener));
        return last;
    }
    void drop(std::uint64_t number) WEFT_EXCLUDES(mutex) {
        const base::MutexLock lock(mutex);
        all.erase(number);
    }
    /// Posts under the lock: a loop goes only after its listener was dropped.
    void tell(const NetworkChange& change) WEFT_EXCLUDES(mutex) {
        const base::MutexLock lock(mutex);
        for (const auto& [number, listener] : all) {
            listener.loop->post([changed = listener.changed, change] { changed(change); });
        }
    }

    base::Mutex mutex;
    std::map<std::uint64_t, Listener> all WEFT_GUARDED_BY(mutex);
    std::uint64_t last WEFT_GUARDED_BY(mutex) = 0;
};

NetworkListeners::NetworkListeners(base::Loop& loop, Read read, ReadWays readWays)
    : loop_(loop)
    , read_(std::move(read))
    , readWays_(std::move(readWays))
    , listeners_(std::make_shared<Listeners>())
    , last_(addresses())
    , lastWays_(ways()) {}

void NetworkListeners::onChange() {
    if (std::exchange(isPlanned_, true)) {
        return;
    }
    const auto rest = lastLook_ + kLeastPause - loop_.clock().now();
    timer_ = loop_.after(std::max<Duration>(kSettle, rest), [this] { look(false); });
}

void NetworkListeners::onSleep() {
    look(true);
}

void NetworkListeners::look(bool hasSlept) {
    isPlanned_ = false;
    lastLook_ = loop_.clock().now();
    auto now = addresses();
    // The same addresses, and another router: what was connected went by the old one.
    auto nowWays = ways();
    if (now != last_ || nowWays != lastWays_ || hasSlept) {
        last_ = now;
        lastWays_ = std::move(nowWays);
        listeners_->tell({std::move(now), hasSlept});
    }
}

std::vector<platform::HostAddress> NetworkListeners::addresses() const {
    auto all = read_();
    if (!all.ok()) {
        base::logger("daemon").warn(
            "addresses of the host not read reason={}", messageOf(all.status()));
        return {};
    }
    return outwardAddresses(*std::move(all));
}

std::vector<platform::OuterWay> NetworkListeners::ways() const {
    auto all = readWays_();
    if (!all.ok()) {
        base::logger("daemon").warn(
            "ways out of the host not read reason={}", messageOf(all.status()));
        return {};
    }
    return *std::move(all);
}

Subscription NetworkListeners::add(base::Loop& loop, Changed changed) {
    const auto isWanted = std::make_shared<bool>(true);
    const auto number = listeners_->add(
        {&loop, [isWanted, changed = std::move(changed)](const NetworkChange& change) {
             if (*isWanted) {
                 changed(change);
             }
         }});
    return Subscription([listeners = listeners_, number, isWanted] {
        listeners->drop(number);
        *isWanted = false;
    });
}

}  // namespace weft::daemon
