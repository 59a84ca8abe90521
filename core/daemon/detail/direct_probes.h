// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/loop.h"
#include "core/daemon/detail/mesh_tunnel.h"
#include "core/daemon/detail/way_judge.h"
#include "core/mesh/direct_ways.h"
#include "core/storage/registry/registry.h"

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace weft::daemon {

/// A node's part in direct ways (docs/decisions/0009): it tells the leader where it sees its peers,
/// calls those that it is told to, and says how it stands with them.
/// Thread: confined to the connection's loop.
class DirectProbes {
public:
    /// Between two looks at the figures: while somebody is called, while there is traffic or news,
    /// while there are direct ways, and otherwise.
    static constexpr std::chrono::milliseconds kProbing{200};
    static constexpr std::chrono::milliseconds kBusy{500};
    static constexpr std::chrono::seconds kQuiet{1};
    static constexpr std::chrono::seconds kIdle{3};
    /// With so many peers each look takes a while, and is had less often.
    static constexpr std::size_t kManyPeers = 1000;
    static constexpr int kManyPeersFactor = 5;
    /// How long new peers are news.
    static constexpr std::chrono::seconds kNewsFor{10};
    /// How long what changed is gathered before it is reported.
    static constexpr std::chrono::milliseconds kReportDelay{200};
    /// After a report or a stream that failed.
    static constexpr std::chrono::seconds kRetry{2};

    /// All are called on the loop, and outlive this.
    struct Parts {
        base::Loop& loop;
        MeshTunnel& tunnel;
        mesh::NodeId self;
        /// Sightings that one report may hold.
        std::size_t mostSightings = mesh::kMaxReportedSightings;
        std::function<const storage::Registry*()> registry;
        std::function<void(const mesh::DirectReport&, StatusCallback)> report;
        std::function<Subscription(std::function<void(mesh::DirectOffers)>, StatusCallback)> watch;
        /// What `wayTo` says may have changed.
        std::function<void()> changed;
    };

    explicit DirectProbes(Parts parts);
    ~DirectProbes();
    DirectProbes(const DirectProbes&) = delete;
    DirectProbes& operator=(const DirectProbes&) = delete;

    /// The leader can be asked, perhaps once more.
    void begin();
    /// It cannot. Ways that are there stay.
    void end();
    /// The tunnel has got other peers.
    void notePeers();

    /// What the leader says of the way to a node. Nothing: it says nothing.
    const mesh::DirectOffer* wayTo(const mesh::NodeId& node) const;
    /// Whether a node that the leader says nothing of, that is no neighbour, and that the access
    /// rules keep from nothing, does not take part.
    bool knowsAll() const { return offers_ && offers_->complete; }

private:
    struct Way {
        mesh::DirectOffer offer;
        WayJudge judge;
    };

    void watch();
    void onOffers(mesh::DirectOffers offers);
    void onEnded(const Status& status);
    void feed(const std::vector<mesh::NodeId>& anew);
    void read();
    void onFigures(const StatusOr<TunnelStatistics>& now);
    bool judgeWays(const TunnelStatistics& now);
    std::vector<mesh::Sighting> sightingsIn(const TunnelStatistics& now) const;
    void arm();
    Duration interval() const;
    void report(Duration delay);
    void sendReport();

    const Parts parts_;
    bool isAsked_ = false;
    Subscription stream_;
    Subscription again_;
    Subscription poll_;
    Subscription soon_;
    std::optional<mesh::DirectOffers> offers_;
    std::map<mesh::NodeId, Way> ways_;
    std::vector<mesh::Sighting> sightings_;
    std::optional<mesh::DirectReport> sent_;
    bool isSending_ = false;
    bool isReading_ = false;
    std::size_t peers_ = 0;
    TimePoint newsUntil_;
    /// Another one for each stream: answers to those before do not count.
    std::shared_ptr<bool> asked_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace weft::daemon
