// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <utility>

namespace weft {

/// A running observation. Dropping it cancels; its destructor returns only when the callback is
/// not running (unless it is dropped from inside that very callback) and will not run again.
/// Thread: any, one at a time.
class Subscription {
public:
    Subscription() = default;
    explicit Subscription(std::function<void()> cancel) : cancel_(std::move(cancel)) {}
    Subscription(const Subscription&) = delete;
    Subscription& operator=(const Subscription&) = delete;
    Subscription(Subscription&& other) noexcept : cancel_(std::exchange(other.cancel_, nullptr)) {}
    Subscription& operator=(Subscription&& other) noexcept {
        if (this != &other) {
            cancel();
            cancel_ = std::exchange(other.cancel_, nullptr);
        }
        return *this;
    }
    ~Subscription() { cancel(); }

    bool active() const { return static_cast<bool>(cancel_); }
    void cancel() {
        if (auto cancelNow = std::exchange(cancel_, nullptr)) {
            cancelNow();
        }
    }

private:
    std::function<void()> cancel_;
};

}  // namespace weft
