// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/mutex.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace weft::wireguard {

/// Which counters of a session were seen: a sliding bitmap as in RFC 6479, 1 KiB. Counters may come
/// out of order by up to kUsable; older ones count as seen.
/// Thread: any; a run costs one lock.
class ReplayWindow {
public:
    static constexpr std::uint64_t kBits = 8192;
    /// One word is always being reused.
    static constexpr std::uint64_t kUsable = kBits - 64;

    /// Whether `counter` comes for the first time and is not too old; it is noted then.
    bool accept(std::uint64_t counter);

    struct Verdict {
        std::size_t accepted = 0;
        /// Whether one of the accepted is greater than every counter before the run, or is the
        /// first of all.
        bool newest = false;
    };
    /// accept() for each of `counters`, in order; `fresh` has the same size and takes the answers.
    Verdict acceptRun(std::span<const std::uint64_t> counters, std::span<bool> fresh);

    /// Which of `counters` accept() would refuse now, without noting any: a datagram with such a
    /// counter needs no opening. `maybe` has the same size; true leaves it open.
    void screen(std::span<const std::uint64_t> counters, std::span<bool> maybe) const;

private:
    static constexpr std::size_t kWords = kBits / 64;

    bool acceptLocked(std::uint64_t counter) WEFT_REQUIRES(mutex_);

    mutable base::Mutex mutex_;
    std::uint64_t greatest_ WEFT_GUARDED_BY(mutex_) = 0;
    bool any_ WEFT_GUARDED_BY(mutex_) = false;
    std::array<std::uint64_t, kWords> words_ WEFT_GUARDED_BY(mutex_){};
};

}  // namespace weft::wireguard
