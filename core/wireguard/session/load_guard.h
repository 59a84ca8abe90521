// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/net/ip_address.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace weft::wireguard {

/// Handshake messages of one source under load: as many in a second, as many at once.
inline constexpr unsigned kMessagesPerSecond = 20;
inline constexpr unsigned kMessageBurst = 5;
/// How long load outlasts its last sign.
inline constexpr std::chrono::seconds kLoadLasts{1};

/// Lets each source have 20 messages a second, 5 at once. A source is an IPv4 address or an IPv6
/// /64, which is what one person usually has.
///
/// The table never grows. A source whose share is whole again is forgotten when its place is
/// needed, for that changes nothing. When every place for a source is taken by others that are
/// still active it is refused: a flood gains no free pass by filling the table.
/// Pure. Thread: confined.
class SourceLimiter {
public:
    /// `sources` is rounded up to a power of two, at least 8; nothing is allocated before the first
    /// allow(). `secret` keeps strangers from choosing sources that share places.
    SourceLimiter(std::size_t sources, std::uint64_t secret);

    bool allow(const net::IpAddress& source, TimePoint now);

    /// Places in the table.
    std::size_t capacity() const { return capacity_; }
    /// Gives the memory back; every source has its whole share again.
    void clear();

private:
    static constexpr std::size_t kWays = 8;

    struct Entry {
        std::uint64_t source = 0;
        /// When the share is whole again, in the clock's ticks; 0: free.
        std::int64_t wholeAt = 0;
    };

    std::size_t capacity_;
    std::uint64_t secret_;
    std::vector<Entry> entries_;
};

/// A share of the time that passes, to be spent on work of known cost.
/// Pure. Thread: confined.
class TimeBudget {
public:
    /// `share` between 0 and 1, of which up to `burst` is saved in quiet times.
    TimeBudget(double share, Duration burst);

    /// Spends `cost` when something is left; false otherwise. The last spending may overdraw.
    bool take(Duration cost, TimePoint now);
    /// Spends `cost` in any case, and says when its turn is: now, or when what was spent before is
    /// earned.
    TimePoint reserve(Duration cost, TimePoint now);
    bool canTake(TimePoint now) const;
    /// When take() succeeds next.
    TimePoint availableAt() const { return paidUntil_ - saved_; }

private:
    Duration stretched(Duration cost) const;

    double share_;
    /// What may be spent ahead, as time that passes.
    Duration saved_;
    TimePoint paidUntil_{};
};

/// Whether the node is under load. Signs of it are given from outside; the state lasts for a
/// second after the last.
/// Pure. Thread: confined.
class LoadState {
public:
    void note(TimePoint now) { until_ = now + kLoadLasts; }
    bool underLoad(TimePoint now) const { return until_ && now < *until_; }

private:
    std::optional<TimePoint> until_;
};

}  // namespace weft::wireguard
