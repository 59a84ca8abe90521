// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/traffic.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace weft::daemon {

/// The newest kTrafficBuckets buckets of one span, by their numbers. Those that nothing was put
/// into are `Value()`. Pure.
template <typename Value>
class BucketRing {
public:
    /// Of a bucket that may be written to; numbers far below the newest one are none of the ring's.
    Value& at(std::int64_t number) {
        if (number > newest_) {
            // No more than once around.
            const std::int64_t first =
                number - newest_ > kTrafficSlots ? number - kTrafficSlots + 1 : newest_ + 1;
            for (std::int64_t fresh = first; fresh <= number; ++fresh) {
                slots_[slotOf(fresh)] = Value();
            }
            newest_ = number;
        }
        return slots_[slotOf(number)];
    }
    Value get(std::int64_t number) const {
        return number > newest_ || number <= newest_ - kTrafficSlots ? Value()
                                                                     : slots_[slotOf(number)];
    }
    /// -1 while nothing was written.
    std::int64_t newest() const { return newest_; }

private:
    static constexpr std::int64_t kTrafficSlots = api::kTrafficBuckets;
    static std::size_t slotOf(std::int64_t number) {
        return static_cast<std::size_t>(number % kTrafficSlots);
    }

    std::array<Value, api::kTrafficBuckets> slots_{};
    std::int64_t newest_ = -1;
};

/// One ring for each span.
template <typename Value>
using BucketRings = std::array<BucketRing<Value>, 3>;

}  // namespace weft::daemon
