// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/device/known_sources.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace weft::wireguard {

void KnownSources::note(const net::Endpoint& source, TimePoint now) {
    std::erase_if(entries_, [now](const Entry& entry) { return entry.until < now; });
    const auto found = std::ranges::find(entries_, source, &Entry::source);
    if (found != entries_.end()) {
        found->until = now + kKept;
    } else {
        entries_.push_back({source, now + kKept});
    }
    if (entries_.size() > most_) {
        entries_.clear();
        completeAt_ = now + kKept;
    }
    std::vector<net::Endpoint> list;
    if (now >= completeAt_) {
        std::ranges::transform(entries_, std::back_inserter(list), &Entry::source);
    }
    changed_ |= list != list_;
    list_ = std::move(list);
}

std::optional<TimePoint> KnownSources::changeDue() const {
    return changed_ ? std::optional(steadyUntil_) : std::nullopt;
}

std::optional<std::span<const net::Endpoint>> KnownSources::takeChange(TimePoint now) {
    if (!changed_ || now < steadyUntil_) {
        return std::nullopt;
    }
    changed_ = false;
    steadyUntil_ = now + kSteady;
    return list_;
}

}  // namespace weft::wireguard
