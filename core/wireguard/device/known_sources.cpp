// SPDX-License-Identifier: Apache-2.0
#include "core/wireguard/device/known_sources.h"

#include <algorithm>
#include <utility>

namespace weft::wireguard {

void KnownSources::note(const PeerKey& peer, const net::Endpoint& source, TimePoint now) {
    for (auto& place : places_) {
        place.isLeft |= place.peer == peer && place.source != source;
    }
    add({.peer = peer, .source = source, .noted = now});
}

void KnownSources::noteCall(const PeerKey& peer, const net::Endpoint& source, TimePoint now) {
    add({.peer = peer, .source = source, .noted = now, .isCall = true});
}

void KnownSources::add(const Place& place) {
    const auto now = place.noted;
    if (completeAt_ && now >= *completeAt_) {
        completeAt_.reset();
        isStale_ = true;
    }
    const auto found = std::ranges::find_if(places_, [&place](const Place& each) {
        return each.peer == place.peer && each.source == place.source;
    });
    if (found == places_.end()) {
        places_.push_back(place);
        isStale_ |= !completeAt_;
    } else if (!place.isCall || found->isCall) {
        *found = place;
        return;
    }
    const auto isOfPeer = [&place](const Place& each) { return each.peer == place.peer; };
    keep(kMostOfPeer, isOfPeer, now);
    keep(
        kMostCalled, [](const Place& each) { return each.isCall; }, now);
    const auto isLiving = [now](const Place& each) { return worthOf(each, now) == Worth::Living; };
    if (places_.size() > most_ && std::ranges::all_of(places_, isLiving)) {
        places_.clear();
        completeAt_ = now + kKept;
        isStale_ = true;
    }
    keep(
        most_, [](const Place& /*each*/) { return true; }, now);
}

KnownSources::Worth KnownSources::worthOf(const Place& place, TimePoint now) {
    if (place.isCall) {
        return Worth::Called;
    }
    if (place.isLeft) {
        return Worth::Left;
    }
    return place.noted + kKept < now ? Worth::Expired : Worth::Living;
}

template <typename IsMeant>
void KnownSources::keep(std::size_t most, IsMeant isMeant, TimePoint now) {
    const auto rank = [now](const Place& place) {
        return std::pair(worthOf(place, now), place.noted);
    };
    while (std::cmp_greater(std::ranges::count_if(places_, isMeant), most)) {
        auto least = std::ranges::find_if(places_, isMeant);
        for (auto each = least; each != places_.end(); ++each) {
            if (isMeant(*each) && rank(*each) < rank(*least)) {
                least = each;
            }
        }
        places_.erase(least);
        isStale_ |= !completeAt_;
    }
}

void KnownSources::forget(const std::function<bool(const PeerKey&)>& isGone) {
    const auto gone =
        std::erase_if(places_, [&isGone](const Place& place) { return isGone(place.peer); });
    isStale_ |= gone > 0;
}

std::optional<TimePoint> KnownSources::changeDue() const {
    return isStale_ || tellsAgain_ ? std::optional(steadyUntil_) : std::nullopt;
}

std::optional<std::span<const net::Endpoint>> KnownSources::takeChange(TimePoint now) {
    if (!changeDue() || now < steadyUntil_) {
        return std::nullopt;
    }
    std::vector<net::Endpoint> list;
    for (const auto& place : places_) {
        // Peers behind one relay have one endpoint.
        if (!completeAt_ && std::ranges::find(list, place.source) == list.end()) {
            list.push_back(place.source);
        }
    }
    isStale_ = false;
    if (list == list_ && !std::exchange(tellsAgain_, false)) {
        return std::nullopt;
    }
    tellsAgain_ = false;
    list_ = std::move(list);
    steadyUntil_ = now + kSteady;
    return list_;
}

}  // namespace weft::wireguard
