// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/dns/cache.h"

namespace weft::mesh::dns {

void Cache::drop(std::map<Question, std::list<Entry>::iterator>::iterator where) {
    entries_.erase(where->second);
    places_.erase(where);
}

Cache::Found Cache::find(const Question& question, TimePoint now) {
    const auto place = places_.find(question);
    if (place == places_.end()) {
        return {};
    }
    const auto& entry = *place->second;
    const auto age = std::chrono::floor<std::chrono::seconds>(now - entry.since);
    if (age >= entry.said.ttl) {
        drop(place);
        return {};
    }
    entries_.splice(entries_.begin(), entries_, place->second);
    return {&entry.said, age};
}

void Cache::put(const Question& question, Forwarded said, TimePoint now) {
    if (mostEntries_ == 0 || said.ttl <= std::chrono::seconds(0)
        || said.bytes.size() > kMaxForwardedBytes) {
        return;
    }
    if (const auto before = places_.find(question); before != places_.end()) {
        drop(before);
    }
    if (entries_.size() == mostEntries_) {
        drop(places_.find(entries_.back().question));
    }
    entries_.push_front({question, std::move(said), now});
    places_[question] = entries_.begin();
}

}  // namespace weft::mesh::dns
