// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/loop.h"
#include "core/platform/host/host_network.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace weft::daemon {

/// Keeps the host's network as the tunnels want it: looks at it soon after the system tells of a
/// change, again and again while something is not as wanted, and every half minute in any case.
/// Thread: confined to its loop.
class HostKeeper {
public:
    static constexpr std::chrono::seconds kInterval{30};
    /// From a change to the look at it, so that several are one.
    static constexpr std::chrono::milliseconds kSettle{250};
    /// Between two looks, whatever is told.
    static constexpr std::chrono::seconds kLeastPause{2};
    /// To the first new attempt at what failed; each further pause is twice as long.
    static constexpr std::chrono::seconds kFirstRetry{1};

    struct Tunnel {
        /// Each time what the tunnel misses is other than it was.
        std::function<void(const std::vector<platform::HostProblem>&)> changed;
        /// Before each look: puts back what the interface itself has lost.
        std::function<void()> restore;
    };

    /// Both outlive it.
    HostKeeper(platform::HostNetwork& network, base::Loop& loop) : network_(network), loop_(loop) {}

    /// As HostNetwork::want. The tunnel is told of what changes later.
    std::vector<platform::HostProblem> want(const platform::TunnelWishes& wishes, Tunnel tunnel);
    /// As HostNetwork::forget.
    void forget(const std::string& interface);
    using LockTold = std::function<void(const std::vector<platform::HostProblem>&)>;
    /// As HostNetwork::lock. `told` runs with what stands in the way, now and each time that
    /// becomes another, until `unlock`.
    void lock(const std::string& owner, const platform::LockWishes& wishes, LockTold told);
    void unlock(const std::string& owner);
    /// Something of the host's network has changed.
    void onChange();

private:
    struct Known {
        Tunnel tunnel;
        std::vector<platform::HostProblem> problems;
    };

    struct KnownLock {
        LockTold told;
        std::vector<platform::HostProblem> problems;
    };

    void look();
    void tellChanges();
    /// The next look after what is left of the pause, unless one comes sooner.
    void plan(Duration delay);
    void planNext();

    platform::HostNetwork& network_;
    base::Loop& loop_;
    std::map<std::string, Known> tunnels_;
    std::map<std::string, KnownLock> locks_;
    TimePoint lastLook_{};
    TimePoint due_ = TimePoint::max();
    Duration retry_ = kFirstRetry;
    Subscription timer_;
};

}  // namespace weft::daemon
