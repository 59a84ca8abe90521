// SPDX-License-Identifier: Apache-2.0
#include "core/daemon/traffic/traffic_desk.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

namespace weft::daemon {
namespace {

namespace local = weft::local::v1;

/// A connection that goes does not answer.
constexpr std::chrono::seconds kSampleTimeout{5};

StatusOr<api::TrafficSpan> spanOf(local::TrafficSpan span) {
    switch (span) {
    case local::TRAFFIC_SPAN_UNSPECIFIED:
    case local::TRAFFIC_SPAN_FIVE_MINUTES:
        return api::TrafficSpan::FiveMinutes;
    case local::TRAFFIC_SPAN_HOUR:
        return api::TrafficSpan::Hour;
    case local::TRAFFIC_SPAN_DAY:
        return api::TrafficSpan::Day;
    default:
        return invalidArgument("there is no traffic span {}", static_cast<int>(span));
    }
}

local::TrafficUpdate toProto(const std::vector<api::TrafficPoint>& points) {
    local::TrafficUpdate update;
    for (const auto& point : points) {
        auto& told = *update.add_points();
        told.set_number(point.number);
        const auto at = point.at.time_since_epoch();
        const auto seconds = std::chrono::floor<std::chrono::seconds>(at);
        told.mutable_at()->set_seconds(seconds.count());
        told.mutable_at()->set_nanos(static_cast<std::int32_t>(
            std::chrono::duration_cast<std::chrono::nanoseconds>(at - seconds).count()));
        told.set_known_milliseconds(static_cast<std::uint32_t>(point.known.count()));
        told.set_received_bytes(point.receivedBytes);
        told.set_sent_bytes(point.sentBytes);
    }
    return update;
}

}  // namespace

TrafficDesk::TrafficDesk(base::Loop& loop, ConnectionTable& table)
    : loop_(loop), table_(table), followers_(std::make_shared<Followers>()) {
    followers_->desk = this;
}

TrafficDesk::~TrafficDesk() {
    followers_->desk = nullptr;
}

void TrafficDesk::start() {
    state_ = table_.watchState([this](const local::DaemonState& state) { onState(state); });
}

void TrafficDesk::onState(const local::DaemonState& state) {
    std::set<std::string> known;
    for (const auto& profile : state.profiles()) {
        known.insert(profile.id());
        profiles_.try_emplace(profile.id());
    }
    std::erase_if(profiles_, [&known](const auto& item) { return !known.contains(item.first); });
    std::vector<StatusCallback> over;
    std::erase_if(followers_->items, [&](const auto& item) {
        const bool gone = !known.contains(item.second.profile);
        if (gone) {
            over.push_back(item.second.ended);
        }
        return gone;
    });
    for (const auto& ended : over) {
        ended(notFound("the profile was removed"));
    }
    // One that has come up is to be counted from now on.
    read();
}

void TrafficDesk::read() {
    const auto now = loop_.clock().now();
    for (auto& [id, profile] : profiles_) {
        if (!table_.connected(id).ok()) {
            profile.history.pause();
            profile.waiting = false;
            profile.asked.reset();
            continue;
        }
        const auto since = profile.asked ? now - *profile.asked : Duration::max();
        const auto interval = isWatched(id) ? kWatchedSampleInterval : kQuietSampleInterval;
        if (since >= (profile.waiting ? kSampleTimeout : interval)) {
            ask(id, profile);
        }
    }
    arm();
}

void TrafficDesk::ask(const std::string& id, Profile& profile) {
    const auto connection = table_.connected(id);
    if (!connection.ok()) {
        return;
    }
    profile.asked = loop_.clock().now();
    profile.waiting = true;
    const auto number = ++profile.number;
    const std::weak_ptr<int> alive = alive_;
    (*connection)
        ->trafficCounters(
            [this, alive, &loop = loop_, id, number](const StatusOr<TrafficSample>& sample) {
                loop.post([this, alive, id, number, sample] {
                    if (!alive.expired()) {
                        onSample(id, number, sample);
                    }
                });
            });
}

void TrafficDesk::onSample(
    const std::string& id, std::uint64_t number, const StatusOr<TrafficSample>& sample) {
    const auto found = profiles_.find(id);
    if (found == profiles_.end() || found->second.number != number || !found->second.waiting) {
        return;
    }
    found->second.waiting = false;
    if (!sample.ok()) {
        found->second.history.pause();
        return;
    }
    const auto& clock = loop_.clock();
    found->second.history.add(*sample, clock.now(), clock.wallNow());
    // A follower that is told may go, and others with it.
    std::vector<std::uint64_t> keys;
    for (const auto& [key, follower] : followers_->items) {
        if (follower.profile == id) {
            keys.push_back(key);
        }
    }
    for (const auto key : keys) {
        const auto follower = followers_->items.find(key);
        if (follower != followers_->items.end()) {
            tell(follower->second, false);
        }
    }
}

void TrafficDesk::tell(Follower& follower, bool reset) {
    const auto points =
        profiles_[follower.profile].history.points(follower.peer, follower.span, follower.next);
    if (points.empty() && !reset) {
        return;
    }
    auto update = toProto(points);
    update.set_reset(reset);
    if (!points.empty()) {
        // The newest one grows.
        follower.next = points.back().number;
    }
    const auto told = follower.told;
    told(update);
}

StatusOr<Subscription> TrafficDesk::watch(
    const local::TrafficRequest& request,
    std::function<void(const local::TrafficUpdate&)> told,
    StatusCallback ended) {
    Follower follower;
    WEFT_ASSIGN_OR_RETURN(follower.profile, table_.profileIdOf(request.profile_id()));
    WEFT_ASSIGN_OR_RETURN(follower.span, spanOf(request.span()));
    follower.peer = request.node_id();
    follower.told = std::move(told);
    follower.ended = std::move(ended);
    const auto key = followers_->next++;
    tell(followers_->items.emplace(key, std::move(follower)).first->second, true);
    read();
    return Subscription([followers = followers_, key] {
        followers->items.erase(key);
        if (followers->desk != nullptr) {
            followers->desk->arm();
        }
    });
}

StatusOr<local::TrafficUpdate> TrafficDesk::history(const local::TrafficRequest& request) const {
    WEFT_ASSIGN_OR_RETURN(const auto id, table_.profileIdOf(request.profile_id()));
    WEFT_ASSIGN_OR_RETURN(const auto span, spanOf(request.span()));
    const auto found = profiles_.find(id);
    auto update = toProto(
        found == profiles_.end() ? std::vector<api::TrafficPoint>()
                                 : found->second.history.points(request.node_id(), span));
    update.set_reset(true);
    return update;
}

bool TrafficDesk::isWatched(const std::string& id) const {
    return std::ranges::any_of(
        followers_->items, [&id](const auto& item) { return item.second.profile == id; });
}

void TrafficDesk::arm() {
    bool isUp = false;
    bool watched = false;
    for (const auto& [id, profile] : profiles_) {
        if (table_.connected(id).ok()) {
            isUp = true;
            watched = watched || isWatched(id);
        }
    }
    if (isUp) {
        timer_ = loop_.after(
            watched ? kWatchedSampleInterval : kQuietSampleInterval, [this] { read(); });
    } else {
        timer_.cancel();
    }
}

}  // namespace weft::daemon
