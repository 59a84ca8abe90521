// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/base/mutex.h"
#include "core/base/status.h"
#include "core/services/server/call_budget.h"

#include <cstddef>
#include <cstdint>
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
    /// Bytes of answers that are held until their callers have taken them, in all and of one
    /// caller. Who does not read keeps one message of each call here. The largest fits
    /// (kMaxAnswerBytes).
    std::size_t answerBytes = std::size_t{64} << 20;
    std::size_t answerBytesPerCaller = std::size_t{16} << 20;
    /// The same of what callers send, until the leader's connection has taken it.
    std::size_t requestBytes = std::size_t{32} << 20;
    std::size_t requestBytesPerCaller = std::size_t{8} << 20;
    /// A call whose caller has sent no message by then ends.
    Duration firstMessage = std::chrono::seconds(10);
};

/// The places of the calls that a proxy holds open, in all and by caller. Thread: any.
class ProxyPlaces {
private:
    struct Held;
    struct Open;
    /// Whether bytes fitted, and what their caller holds besides.
    struct Room {
        enum class Fit : std::uint8_t { Yes, CallerFull, Full };
        Fit fit;
        std::size_t own;
    };

public:
    /// One call's, free again when it is dropped, also after the others have gone.
    /// Thread: confined to whoever has it, the call: each direction to whoever is at work there.
    class Place {
    public:
        Place(std::shared_ptr<Open> open, std::string caller, bool unary);
        Place(const Place&) = delete;
        Place& operator=(const Place&) = delete;
        ~Place();

        /// Counts an answer of this size, in place of the one before.
        /// Errors: kResourceExhausted  it does not fit, and none is counted
        Status hold(std::size_t bytes);
        /// The same for a message of the caller.
        Status holdRequest(std::size_t bytes);

    private:
        /// Counts `bytes` in place of `mine` in one direction, unless they do not fit.
        Room replace(
            std::size_t Held::*counted,
            std::size_t& mine,
            std::size_t bytes,
            std::size_t most,
            std::size_t mostOfCaller);

        const std::shared_ptr<Open> open_;
        const std::string caller_;
        const bool unary_;
        std::size_t bytes_ = 0;
        std::size_t requestBytes_ = 0;
    };

    explicit ProxyPlaces(const ProxyLimits& limits);

    /// A place for one call of `caller`.
    /// Errors: kResourceExhausted  the text says whose limit it is
    StatusOr<std::shared_ptr<Place>> take(const std::string& caller, bool unary, TimePoint now);
    /// Bytes of answers that are held.
    std::size_t answerBytes() const;

private:
    struct Held {
        std::size_t calls = 0;
        std::size_t streams = 0;
        std::size_t bytes = 0;
        std::size_t requestBytes = 0;
    };
    struct Open {
        explicit Open(const ProxyLimits& given);
        const ProxyLimits limits;
        base::Mutex mutex;
        Held all WEFT_GUARDED_BY(mutex);
        std::map<std::string, Held> callers WEFT_GUARDED_BY(mutex);
        CallBudget budget WEFT_GUARDED_BY(mutex);
    };

    const std::shared_ptr<Open> open_;
};

}  // namespace weft::services
