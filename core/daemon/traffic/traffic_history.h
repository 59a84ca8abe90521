// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api/traffic.h"
#include "core/base/clock.h"
#include "core/daemon/traffic/bucket_ring.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace weft::daemon {

/// Peers of one connection that have rings. Of more, the one that was silent for longest goes.
inline constexpr std::size_t kMostTrafficPeers = 1024;
/// Of a time between two samples that is longer, nothing is known: the tunnel was away, or the
/// machine slept.
inline constexpr std::chrono::seconds kLongestSampleGap{30};

struct TrafficCounters {
    std::uint64_t received = 0;
    std::uint64_t sent = 0;

    friend bool operator==(const TrafficCounters&, const TrafficCounters&) = default;
};

/// What the counters of a tunnel say at one moment.
struct TrafficSample {
    struct Peer {
        std::string id;
        TrafficCounters counters;
    };
    TrafficCounters total;
    std::vector<Peer> peers;
};

/// How much went through the tunnel of one connection, and to and from each peer, in the last five
/// minutes, hour and day. What is counted between two samples is spread evenly over that time. A
/// counter that goes back has begun anew. Time is monotonic; where the time of day runs ahead of it
/// (sleep, a clock that was set), the difference is a gap. Pure.
class TrafficHistory {
public:
    void add(const TrafficSample& sample, TimePoint now, WallTime wall);
    /// The tunnel has gone: nothing is known until the second sample from here.
    void pause();

    /// Ascending, from bucket `first` on; those of which nothing is known are left out. `peer` is
    /// empty for the whole tunnel; of a peer without rings everything is zero.
    std::vector<api::TrafficPoint> points(
        const std::string& peer, api::TrafficSpan span, std::int64_t first = 0) const;

    std::size_t peers() const { return peers_.size(); }
    bool knows(const std::string& peer) const { return peers_.contains(peer); }
    /// What the rings take.
    std::size_t ringBytes() const;

private:
    /// In bytes. Single precision is a seventh decimal: charts are drawn from it.
    struct Bucket {
        float received = 0;
        float sent = 0;
    };
    struct Peer {
        BucketRings<Bucket> rings;
        TimePoint lastActive;
    };
    /// A stretch of this history's own time, in milliseconds from its start.
    struct Stretch {
        std::int64_t from = 0;
        std::int64_t to = 0;
    };

    /// nullopt: nothing is known of the time up to now.
    std::optional<Stretch> advance(TimePoint now, WallTime wall);
    void addPeer(const TrafficSample::Peer& peer, const Stretch& stretch, TimePoint now);
    /// nullptr: all others are active too.
    Peer* ringsFor(const std::string& id, TimePoint now);
    static void spread(
        BucketRings<Bucket>& rings, const Stretch& stretch, const TrafficCounters& bytes);

    struct Moment {
        TimePoint now;
        WallTime wall;
        std::int64_t at = 0;
    };
    std::optional<Moment> last_;
    /// There are counters to subtract.
    bool counting_ = false;
    TrafficCounters total_;
    /// Of all peers of the last sample, with rings or without.
    std::unordered_map<std::string, TrafficCounters> counters_;
    BucketRings<Bucket> whole_;
    /// How much of each bucket is known, in milliseconds: the same for all peers.
    BucketRings<std::uint32_t> known_;
    std::unordered_map<std::string, std::unique_ptr<Peer>> peers_;
};

}  // namespace weft::daemon
