// SPDX-License-Identifier: Apache-2.0
#include "core/services/server/call_budget.h"

#include <algorithm>

namespace weft::services {

CallBudget::Bucket& CallBudget::bucketOf(std::string_view connection, TimePoint now) {
    const std::string key(connection);
    if (const auto found = buckets_.find(key); found != buckets_.end()) {
        order_.splice(order_.end(), order_, found->second);
        return *found->second;
    }
    if (buckets_.size() >= limits_.rememberedConnections) {
        buckets_.erase(order_.front().connection);
        order_.pop_front();
    }
    order_.push_back(Bucket{key, limits_.callBurst, now, 0, 0});
    buckets_.emplace(key, std::prev(order_.end()));
    return order_.back();
}

CallBudget::Verdict CallBudget::take(std::string_view connection, TimePoint now) {
    Bucket& bucket = bucketOf(connection, now);
    const double passed = std::chrono::duration<double>(now - bucket.at).count();
    bucket.at = now;
    ++bucket.calls;
    bucket.tokens = std::min(limits_.callBurst, bucket.tokens + passed * limits_.callsPerSecond);
    if (bucket.tokens >= 1) {
        bucket.tokens -= 1;
        bucket.refused = 0;
        return Verdict::Admit;
    }
    if (static_cast<double>(++bucket.refused) <= limits_.callBurst) {
        return Verdict::Refuse;
    }
    // What is under way already still comes in behind the cut: that must not cut again each time.
    bucket.refused = 0;
    return Verdict::Cut;
}

std::uint64_t CallBudget::callsOf(const std::string& connection) const {
    const auto found = buckets_.find(connection);
    return found == buckets_.end() ? 0 : found->second->calls;
}

}  // namespace weft::services
