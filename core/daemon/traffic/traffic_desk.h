// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/loop.h"
#include "core/base/subscription.h"
#include "core/daemon/connection_table.h"
#include "core/daemon/traffic/traffic_history.h"

#include "weft/local/v1/traffic.pb.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>

namespace weft::daemon {

/// Counters are read so often while somebody follows the profile's traffic, and while nobody does.
inline constexpr std::chrono::seconds kWatchedSampleInterval{1};
inline constexpr std::chrono::seconds kQuietSampleInterval{10};

/// The traffic of all profiles while the daemon runs. Has a timer while a profile is connected, and
/// none otherwise. `table` outlives it. Thread: confined to `loop`.
class TrafficDesk {
public:
    TrafficDesk(base::Loop& loop, ConnectionTable& table);
    ~TrafficDesk();
    TrafficDesk(const TrafficDesk&) = delete;
    TrafficDesk& operator=(const TrafficDesk&) = delete;

    /// Begins to read. Once.
    void start();
    /// Tells all of the span now, then what is new; `ended` when the profile is removed.
    /// Errors: kNotFound  there is no such profile
    ///         kInvalidArgument  the span
    [[nodiscard]] StatusOr<Subscription> watch(
        const weft::local::v1::TrafficRequest& request,
        std::function<void(const weft::local::v1::TrafficUpdate&)> told,
        StatusCallback ended);
    /// Errors: as above.
    StatusOr<weft::local::v1::TrafficUpdate> history(
        const weft::local::v1::TrafficRequest& request) const;

private:
    struct Follower {
        std::string profile;
        std::string peer;
        api::TrafficSpan span{};
        std::function<void(const weft::local::v1::TrafficUpdate&)> told;
        StatusCallback ended;
        /// What comes next begins with this bucket.
        std::int64_t next = 0;
    };
    /// Lives on after the desk, for handles that do.
    struct Followers {
        std::uint64_t next = 1;
        std::map<std::uint64_t, Follower> items;
        /// nullptr when the desk is gone.
        TrafficDesk* desk = nullptr;
    };
    struct Profile {
        TrafficHistory history;
        /// Of the sample that is awaited, and when it was asked for.
        std::uint64_t number = 0;
        bool waiting = false;
        std::optional<TimePoint> asked;
    };

    void onState(const weft::local::v1::DaemonState& state);
    void read();
    void ask(const std::string& id, Profile& profile);
    void onSample(
        const std::string& id, std::uint64_t number, const StatusOr<TrafficSample>& sample);
    void tell(Follower& follower, bool reset);
    bool isWatched(const std::string& id) const;
    void arm();

    base::Loop& loop_;
    ConnectionTable& table_;
    std::map<std::string, Profile> profiles_;
    std::shared_ptr<Followers> followers_;
    /// For samples that come when this is gone.
    std::shared_ptr<int> alive_ = std::make_shared<int>(0);
    Subscription state_;
    Subscription timer_;
};

}  // namespace weft::daemon
