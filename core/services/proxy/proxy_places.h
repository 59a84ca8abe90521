// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/base/mutex.h"
#include "core/base/status.h"
#include "core/services/server/call_budget.h"

#include <cstddef>
#include <map>
#include <memory>
#include <string>

namespace weft::services {

/// What a proxy holds open towards the leader. The leader takes 100 streams on one connection: the
/// 101st call would wait for one to end.
struct ProxyLimits {
    std::size_t calls = 96;
    /// Of these, streams, which may stay for ever.
    std::size_t streams = 64;
    /// The share of one caller (identity, else source address) of both.
    std::size_t callsPerCaller = 24;
    std::size_t streamsPerCaller = 16;
    /// Calls a second that one caller may begin for long, and at once.
    double callsPerSecond = 20;
    double callBurst = 100;
    /// Callers whose calls are remembered; the one that was silent longest is forgotten first.
    std::size_t rememberedCallers = 1024;
    /// A call whose caller has sent no message by then ends.
    Duration firstMessage = std::chrono::seconds(10);
};

/// The places of the calls that a proxy holds open, in all and by caller. Thread: any.
class ProxyPlaces {
public:
    explicit ProxyPlaces(const ProxyLimits& limits);

    /// A place for one call of `caller`, free again when the result is dropped, also after this has
    /// gone.
    /// Errors: kResourceExhausted  the text says whose limit it is
    StatusOr<std::shared_ptr<void>> take(const std::string& caller, bool unary, TimePoint now);

private:
    struct Held {
        std::size_t calls = 0;
        std::size_t streams = 0;
    };
    struct Open {
        explicit Open(const CallLimits& rate) : budget(rate) {}
        base::Mutex mutex;
        Held all WEFT_GUARDED_BY(mutex);
        std::map<std::string, Held> callers WEFT_GUARDED_BY(mutex);
        CallBudget budget WEFT_GUARDED_BY(mutex);
    };

    static void release(Open& open, const std::string& caller, bool unary);

    const ProxyLimits limits_;
    /// Shared with the places.
    const std::shared_ptr<Open> open_;
};

}  // namespace weft::services
