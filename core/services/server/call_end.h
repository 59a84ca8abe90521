// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/base/loop.h"
#include "core/base/status.h"
#include "core/base/subscription.h"
#include "core/services/server/call_counters.h"

#include <atomic>
#include <functional>
#include <memory>
#include <utility>

namespace weft::services {

/// The one end of a call that was handed to the loop. Whoever claims it first finishes the call:
/// the handler, the caller's cancellation, the deadline, or the destructor when the loop was
/// stopped before the handler ran. Only the winner may touch the response, which the library frees
/// once the call is finished.
/// Thread: any.
class CallEnd {
public:
    using Finish = std::function<void(const Status&)>;

    CallEnd(MethodCounters& counters, Finish finish)
        : counters_(counters), finish_(std::move(finish)) {}
    CallEnd(const CallEnd&) = delete;
    CallEnd& operator=(const CallEnd&) = delete;
    ~CallEnd() { finish(cancelled("the server is shutting down")); }

    /// Finishes with `status` unless the call is over.
    void finish(const Status& status) {
        finishWith(status, [] {});
    }

    /// Finishes; `fill` writes the response before, when `status` is ok.
    template <typename Fill>
    void finishWith(const Status& status, Fill fill) {
        if (over_.exchange(true)) {
            return;
        }
        if (status.ok()) {
            fill();
            counters_.sent.fetch_add(1, std::memory_order_relaxed);
        }
        counters_.onHandled(static_cast<int>(status.code()));
        finish_(status);
    }

    /// Finishes; `prepare` runs before in either case, for what goes beside the response.
    template <typename Prepare>
    void finishAfter(const Status& status, Prepare prepare) {
        if (over_.exchange(true)) {
            return;
        }
        prepare();
        if (status.ok()) {
            counters_.sent.fetch_add(1, std::memory_order_relaxed);
        }
        counters_.onHandled(static_cast<int>(status.code()));
        finish_(status);
    }

    bool over() const { return over_.load(); }

    /// Ends `call` with kDeadlineExceeded after `limit`. On the loop.
    static void limit(const std::shared_ptr<CallEnd>& call, base::Loop& loop, Duration limit) {
        call->timer_ = loop.after(limit, [weak = std::weak_ptr<CallEnd>(call)] {
            if (const auto alive = weak.lock()) {
                alive->finish(deadlineExceeded("the server did not finish the call in time"));
            }
        });
    }

private:
    MethodCounters& counters_;
    Finish finish_;
    std::atomic<bool> over_{false};
    Subscription timer_;
};

using CallEndPtr = std::shared_ptr<CallEnd>;

}  // namespace weft::services
