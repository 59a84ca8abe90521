// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/traffic/traffic_history.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace weft::daemon {
namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;

constexpr std::array kSpans{
    api::TrafficSpan::FiveMinutes, api::TrafficSpan::Hour, api::TrafficSpan::Day};
/// The time of day is corrected by less all the time.
constexpr milliseconds kClockSlack{2000};
/// A longer sleep leaves nothing to show before it.
constexpr milliseconds kLongestSkip = std::chrono::hours(24 * 400);

std::int64_t widthOf(api::TrafficSpan span) {
    return duration_cast<milliseconds>(api::bucketWidth(span)).count();
}

std::size_t indexOf(api::TrafficSpan span) {
    return static_cast<std::size_t>(span);
}

std::uint64_t since(std::uint64_t before, std::uint64_t now) {
    return now >= before ? now - before : now;
}

TrafficCounters since(const TrafficCounters& before, const TrafficCounters& now) {
    return {since(before.received, now.received), since(before.sent, now.sent)};
}

/// Calls `visit` with each bucket of a stretch and the milliseconds that it has of it.
template <typename Visit>
void eachBucket(api::TrafficSpan span, std::int64_t from, std::int64_t to, const Visit& visit) {
    const std::int64_t width = widthOf(span);
    for (std::int64_t number = from / width; number * width < to; ++number) {
        const std::int64_t share =
            std::min(to, (number + 1) * width) - std::max(from, number * width);
        visit(number, share);
    }
}

}  // namespace

void TrafficHistory::pause() {
    counting_ = false;
    counters_.clear();
}

std::optional<TrafficHistory::Stretch> TrafficHistory::advance(TimePoint now, WallTime wall) {
    if (!last_) {
        last_ = Moment{now, wall, 0};
        return std::nullopt;
    }
    const auto passed = std::max(milliseconds(0), duration_cast<milliseconds>(now - last_->now));
    const auto onTheWall = duration_cast<milliseconds>(wall - last_->wall);
    const auto skipped = onTheWall - passed > kClockSlack
                             ? std::min(onTheWall - passed, kLongestSkip)
                             : milliseconds(0);
    const Stretch stretch{last_->at, last_->at + passed.count()};
    // What is left of a millisecond counts next time.
    last_ = Moment{last_->now + passed, wall, stretch.to + skipped.count()};
    const bool isKnown = skipped.count() == 0 && passed <= kLongestSampleGap;
    return isKnown && passed.count() > 0 ? std::optional(stretch) : std::nullopt;
}

void TrafficHistory::add(const TrafficSample& sample, TimePoint now, WallTime wall) {
    const auto stretch = advance(now, wall);
    if (stretch && counting_) {
        for (const auto span : kSpans) {
            auto& known = known_.at(indexOf(span));
            eachBucket(span, stretch->from, stretch->to, [&known](auto number, auto share) {
                known.at(number) += static_cast<std::uint32_t>(share);
            });
        }
        spread(whole_, *stretch, since(total_, sample.total));
        for (const auto& peer : sample.peers) {
            addPeer(peer, *stretch, now);
        }
    }
    counting_ = true;
    total_ = sample.total;
    counters_.clear();
    for (const auto& peer : sample.peers) {
        counters_.insert_or_assign(peer.id, peer.counters);
    }
}

void TrafficHistory::addPeer(
    const TrafficSample::Peer& peer, const Stretch& stretch, TimePoint now) {
    const auto before = counters_.find(peer.id);
    const auto bytes =
        since(before == counters_.end() ? TrafficCounters() : before->second, peer.counters);
    if (bytes == TrafficCounters()) {
        return;
    }
    if (Peer* rings = ringsFor(peer.id, now)) {
        rings->lastActive = now;
        spread(rings->rings, stretch, bytes);
    }
}

TrafficHistory::Peer* TrafficHistory::ringsFor(const std::string& id, TimePoint now) {
    if (const auto found = peers_.find(id); found != peers_.end()) {
        return found->second.get();
    }
    if (peers_.size() >= kMostTrafficPeers) {
        const auto oldest = std::ranges::min_element(
            peers_, {}, [](const auto& item) { return item.second->lastActive; });
        if (oldest->second->lastActive >= now) {
            return nullptr;
        }
        peers_.erase(oldest);
    }
    return peers_.emplace(id, std::make_unique<Peer>()).first->second.get();
}

void TrafficHistory::spread(
    BucketRings<Bucket>& rings, const Stretch& stretch, const TrafficCounters& bytes) {
    const auto whole = static_cast<double>(stretch.to - stretch.from);
    for (const auto span : kSpans) {
        auto& ring = rings.at(indexOf(span));
        eachBucket(span, stretch.from, stretch.to, [&](std::int64_t number, std::int64_t share) {
            Bucket& bucket = ring.at(number);
            const double part = static_cast<double>(share) / whole;
            bucket.received += static_cast<float>(static_cast<double>(bytes.received) * part);
            bucket.sent += static_cast<float>(static_cast<double>(bytes.sent) * part);
        });
    }
}

std::vector<api::TrafficPoint> TrafficHistory::points(
    const std::string& peer, api::TrafficSpan span, std::int64_t first) const {
    std::vector<api::TrafficPoint> points;
    if (!last_) {
        return points;
    }
    const BucketRings<Bucket>* rings = &whole_;
    if (!peer.empty()) {
        const auto found = peers_.find(peer);
        rings = found == peers_.end() ? nullptr : &found->second->rings;
    }
    const auto& known = known_.at(indexOf(span));
    const std::int64_t width = widthOf(span);
    const std::int64_t newest = last_->at / width;
    for (auto number = std::max(first, newest - api::kTrafficBuckets + 1); number <= newest;
         ++number) {
        const std::uint32_t share = known.get(number);
        if (number < 0 || share == 0) {
            continue;
        }
        const Bucket bucket = rings == nullptr ? Bucket() : rings->at(indexOf(span)).get(number);
        points.push_back(
            {number,
             last_->wall - milliseconds(last_->at - number * width),
             milliseconds(share),
             static_cast<std::uint64_t>(std::llround(bucket.received)),
             static_cast<std::uint64_t>(std::llround(bucket.sent))});
    }
    return points;
}

std::size_t TrafficHistory::ringBytes() const {
    return sizeof(whole_) + sizeof(known_) + peers_.size() * sizeof(Peer);
}

}  // namespace weft::daemon
