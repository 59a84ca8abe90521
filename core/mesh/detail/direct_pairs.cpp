// SPDX-License-Identifier: Apache-2.0
#include "core/mesh/detail/direct_pairs.h"

#include <algorithm>
#include <iterator>

namespace weft::mesh::detail {
namespace {

using Kind = DirectOffer::Kind;
using Reported = WayReport::State;

constexpr int kMostDoublings = 6;

/// The same in every program and at every start.
std::uint64_t hashOf(const NodeId& node) {
    std::uint64_t hash = 0xCBF29CE484222325U;
    for (const unsigned char byte : node.value()) {
        hash = (hash ^ byte) * 0x100000001B3U;
    }
    return hash;
}

}  // namespace

PairKey pairOf(const NodeId& one, const NodeId& other) {
    return one < other ? PairKey(one, other) : PairKey(other, one);
}

void DirectPairs::enter(const NodeId& node) {
    const auto [place, isNew] = places_.emplace(node, hashOf(node));
    if (!isNew) {
        return;
    }
    ring_.emplace(place->second, node);
    dirty_.insert(node);
    dirty_.merge(partnersOf(node));
}

void DirectPairs::leave(const NodeId& node) {
    const auto place = places_.find(node);
    if (place == places_.end()) {
        return;
    }
    dirty_.insert(node);
    dirty_.merge(partnersOf(node));
    ring_.erase(Place(place->second, node));
    places_.erase(place);
    // What it said is not what it says.
    const auto known = others_.find(node);
    if (known == others_.end()) {
        return;
    }
    for (const auto& other : known->second) {
        const auto key = pairOf(node, other);
        auto& pair = pairs_.at(key);
        (key.first == node ? pair.low : pair.high) = Reported::Unknown;
    }
}

std::set<NodeId> DirectPairs::partnersOf(const NodeId& node) const {
    std::set<NodeId> partners;
    const auto place = places_.find(node);
    if (place == places_.end()) {
        return partners;
    }
    const auto own = ring_.find(Place(place->second, node));
    auto after = own;
    auto before = own;
    for (std::size_t step = 0; step < std::min(kSide, ring_.size() - 1); ++step) {
        after = std::next(after) == ring_.end() ? ring_.begin() : std::next(after);
        before = std::prev(before == ring_.begin() ? ring_.end() : before);
        partners.insert(after->second);
        partners.insert(before->second);
    }
    partners.erase(node);
    return partners;
}

bool DirectPairs::work(TimePoint now, std::size_t most) {
    for (std::size_t count = 0; count < most && !dirty_.empty(); ++count) {
        review(dirty_.extract(dirty_.begin()).value(), now);
    }
    return !dirty_.empty();
}

void DirectPairs::review(const NodeId& node, TimePoint now) {
    const auto partners = partnersOf(node);
    const auto known = others_.find(node);
    const auto before = known == others_.end() ? std::set<NodeId>() : known->second;
    for (const auto& other : before) {
        const auto key = pairOf(node, other);
        if (!partners.contains(other) && pairs_.at(key).state.kind != Kind::Direct) {
            erase(key);
        } else {
            look(key, now);
        }
    }
    const auto hasRoom = [this](const NodeId& id) {
        const auto found = others_.find(id);
        return found == others_.end() || found->second.size() < kMostPairs;
    };
    for (const auto& other : partners) {
        const auto key = pairOf(node, other);
        if (!before.contains(other) && hasRoom(node) && hasRoom(other)) {
            look(key, now);
        }
    }
}

/// What is to become of a pair, by what the records say of it now.
void DirectPairs::look(const PairKey& key, TimePoint now) {
    const auto verdict = judge_(key);
    const auto found = pairs_.find(key);
    if (found != pairs_.end() && found->second.state.kind == Kind::Direct
        && lookAtDirect(key, found->second, verdict, now)) {
        return;
    }
    const bool take = takesPart(key.first) && takesPart(key.second);
    // Our own edge is about to go: what is known of the way is not forgotten with it.
    const bool isLinked = verdict.isLinked && !verdict.isOurs;
    if (!take || isLinked || verdict.isNothing) {
        erase(key);
        return;
    }
    auto& pair = add(key);
    if (verdict.reason != RelayReason::None) {
        if (pair.state.kind == Kind::Probe) {
            pair.endedAt = now;
        }
        set(key, pair, Kind::Relayed, verdict.reason);
        setDeadline(key, pair, std::nullopt);
    } else if (pair.state.kind == Kind::Relayed && !pair.deadline) {
        begin(key, pair, now);
    }
}

/// Whether it stays.
bool DirectPairs::lookAtDirect(
    const PairKey& key, Pair& pair, const Verdict& verdict, TimePoint now) {
    if (verdict.isLinked && !verdict.isOurs) {
        // Somebody else wants the edge now.
        return false;
    }
    pair.isStored = pair.isStored || verdict.isOurs;
    const bool isGone = pair.isStored && !verdict.isLinked;
    // What made it worth a try may have changed; what forbids it counts.
    const bool isForbidden = verdict.isNothing || verdict.reason == RelayReason::AclOneSided;
    if (isForbidden) {
        edges_.insert(key);
        set(key, pair, Kind::Relayed, verdict.reason);
        setDeadline(key, pair, std::nullopt);
        return false;
    }
    if (isGone) {
        fail(key, pair, verdict, now);
        return true;
    }
    const bool isUp = pair.low == Reported::Up || pair.high == Reported::Up;
    if (isUp) {
        setDeadline(key, pair, std::nullopt);
    } else if (!pair.deadline) {
        setDeadline(key, pair, now + kConfirmTime);
    }
    return true;
}

DirectPairs::Pair& DirectPairs::add(const PairKey& key) {
    const auto [place, isNew] = pairs_.try_emplace(key);
    if (isNew) {
        others_[key.first].insert(key.second);
        others_[key.second].insert(key.first);
    }
    return place->second;
}

void DirectPairs::erase(const PairKey& key) {
    const auto found = pairs_.find(key);
    if (found == pairs_.end()) {
        return;
    }
    set(key, found->second, Kind::Relayed, RelayReason::None);
    setDeadline(key, found->second, std::nullopt);
    changed_.insert(key.first);
    changed_.insert(key.second);
    for (const auto& [one, other] : {key, PairKey(key.second, key.first)}) {
        const auto known = others_.find(one);
        known->second.erase(other);
        if (known->second.empty()) {
            others_.erase(known);
        }
    }
    pairs_.erase(found);
}

void DirectPairs::begin(const PairKey& key, Pair& pair, TimePoint now) {
    if (pair.endedAt && now - *pair.endedAt < kLeastPause) {
        setDeadline(key, pair, *pair.endedAt + kLeastPause);
        return;
    }
    if (ways_ >= kMostWays) {
        setDeadline(key, pair, now + kMostPause);
        return;
    }
    pair.low = Reported::Calling;
    pair.high = Reported::Calling;
    pair.state.round = ++rounds_;
    set(key, pair, Kind::Probe, RelayReason::Probing);
    setDeadline(key, pair, now + kProbeTime);
}

void DirectPairs::fail(const PairKey& key, Pair& pair, const Verdict& verdict, TimePoint now) {
    if (pair.state.kind == Kind::Direct) {
        edges_.insert(key);
        if (pair.directSince && now - *pair.directSince >= kMostPause) {
            pair.failures = 0;
        }
        pair.directSince.reset();
    }
    const auto pause = std::min<Duration>(
        kFirstPause * (1 << std::min(pair.failures, kMostDoublings)), kMostPause);
    ++pair.failures;
    pair.endedAt = now;
    pair.isStored = false;
    set(key,
        pair,
        Kind::Relayed,
        verdict.isSymmetric ? RelayReason::SymmetricNat : RelayReason::HandshakeTimeout);
    setDeadline(key, pair, now + pause);
}

void DirectPairs::set(const PairKey& key, Pair& pair, Kind kind, RelayReason reason) {
    const bool wasWay = pair.state.kind != Kind::Relayed;
    ways_ += static_cast<std::size_t>(kind != Kind::Relayed);
    ways_ -= static_cast<std::size_t>(wasWay);
    pair.state.kind = kind;
    pair.state.reason = reason;
    changed_.insert(key.first);
    changed_.insert(key.second);
}

void DirectPairs::setDeadline(const PairKey& key, Pair& pair, std::optional<TimePoint> deadline) {
    if (pair.deadline) {
        deadlines_.erase({*pair.deadline, key});
    }
    pair.deadline = deadline;
    if (deadline) {
        deadlines_.emplace(*deadline, key);
    }
}

void DirectPairs::notePlaces(const NodeId& node) {
    dirty_.insert(node);
    changed_.insert(node);
    if (const auto known = others_.find(node); known != others_.end()) {
        changed_.insert(known->second.begin(), known->second.end());
    }
}

void DirectPairs::noteNews(const NodeId& node, const NodeId& by, TimePoint now) {
    notePlaces(node);
    const auto known = others_.find(node);
    if (known == others_.end()) {
        return;
    }
    for (const auto& other : known->second) {
        const auto key = pairOf(node, other);
        auto& pair = pairs_.at(key);
        if (pair.state.kind == Kind::Direct || other == by) {
            continue;
        }
        pair.failures = 0;
        if (pair.state.kind == Kind::Probe) {
            // Both begin anew, unless they have only just begun: then they hear of the place alone.
            const bool isYoung = pair.deadline && *pair.deadline - now > kProbeTime - kLeastPause;
            if (!isYoung) {
                pair.endedAt.reset();
                begin(key, pair, now);
            }
        } else {
            // Looked at anew, with whoever is told.
            setDeadline(key, pair, std::nullopt);
        }
    }
}

void DirectPairs::noteReport(
    const NodeId& node, const std::vector<WayReport>& ways, TimePoint now) {
    for (const auto& way : ways) {
        const auto key = pairOf(node, way.node);
        const auto found = pairs_.find(key);
        if (found == pairs_.end() || found->second.state.round != way.round
            || found->second.state.kind == Kind::Relayed) {
            continue;
        }
        auto& pair = found->second;
        (key.first == node ? pair.low : pair.high) = way.state;
        if (pair.state.kind == Kind::Direct) {
            if (way.state == Reported::Lost) {
                fail(key, pair, judge_(key), now);
            } else if (way.state == Reported::Up) {
                setDeadline(key, pair, std::nullopt);
            }
        } else if (pair.low == Reported::Up && pair.high == Reported::Up) {
            set(key, pair, Kind::Direct, RelayReason::None);
            pair.directSince = now;
            setDeadline(key, pair, std::nullopt);
            edges_.insert(key);
        }
    }
}

void DirectPairs::adopt(const PairKey& pair, TimePoint now) {
    auto& adopted = add(pair);
    adopted.state.round = ++rounds_;
    adopted.isStored = true;
    set(pair, adopted, Kind::Direct, RelayReason::None);
    setDeadline(pair, adopted, now + kConfirmTime);
}

void DirectPairs::advance(TimePoint now) {
    while (!deadlines_.empty() && deadlines_.begin()->first <= now) {
        const auto key = deadlines_.begin()->second;
        setDeadline(key, pairs_.at(key), std::nullopt);
        onDue(key, now);
    }
}

void DirectPairs::onDue(const PairKey& key, TimePoint now) {
    auto& pair = pairs_.at(key);
    if (pair.state.kind == Kind::Relayed) {
        look(key, now);
    } else {
        fail(key, pair, judge_(key), now);
    }
}

std::optional<TimePoint> DirectPairs::nextDeadline() const {
    return deadlines_.empty() ? std::nullopt : std::optional(deadlines_.begin()->first);
}

bool DirectPairs::isDirect(const PairKey& pair) const {
    const auto found = pairs_.find(pair);
    return found != pairs_.end() && found->second.state.kind == Kind::Direct;
}

void DirectPairs::noteStored(const PairKey& pair) {
    if (const auto found = pairs_.find(pair); found != pairs_.end()) {
        found->second.isStored = found->second.state.kind == Kind::Direct;
        dirty_.insert(pair.first);
    }
}

std::map<NodeId, DirectPairs::State> DirectPairs::statesOf(const NodeId& node) const {
    std::map<NodeId, State> states;
    if (const auto known = others_.find(node); known != others_.end()) {
        for (const auto& other : known->second) {
            states.emplace(other, pairs_.at(pairOf(node, other)).state);
        }
    }
    return states;
}

bool DirectPairs::isCalling(const NodeId& node, const NodeId& other) const {
    const auto found = pairs_.find(pairOf(node, other));
    return found != pairs_.end() && found->second.state.kind != Kind::Relayed;
}

}  // namespace weft::mesh::detail
