// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/loop.h"
#include "core/daemon/tunnel.h"
#include "core/platform/outer_ways.h"

#include <functional>
#include <memory>
#include <vector>

namespace weft::daemon {

/// Tells connections what of the host's network has changed: once things have settled, and only
/// what differs. Thread: confined to its loop, except where noted.
class NetworkListeners {
public:
    /// From a change to the look at it: an address moves in several steps.
    static constexpr std::chrono::milliseconds kSettle{250};
    /// Between two looks, whatever is told.
    static constexpr std::chrono::seconds kLeastPause{1};

    using Read = std::function<StatusOr<std::vector<platform::HostAddress>>()>;
    using ReadWays = std::function<StatusOr<std::vector<platform::OuterWay>>()>;
    using Changed = std::function<void(const NetworkChange&)>;

    /// The loop outlives it. `read` lists all addresses of the host, `readWays` how packets leave
    /// it.
    NetworkListeners(base::Loop& loop, Read read, ReadWays readWays);

    /// Something has changed.
    void onChange();
    /// The machine has slept.
    void onSleep();
    /// Outward ones; none when they cannot be read. Thread: any.
    std::vector<platform::HostAddress> addresses() const;
    /// `changed` runs on `loop`, where the handle is dropped; it may outlive this. Thread: any.
    [[nodiscard]] Subscription add(base::Loop& loop, Changed changed);

private:
    struct Listeners;

    void look(bool hasSlept);
    /// None when they cannot be read.
    std::vector<platform::OuterWay> ways() const;

    base::Loop& loop_;
    const Read read_;
    const ReadWays readWays_;
    const std::shared_ptr<Listeners> listeners_;
    std::vector<platform::HostAddress> last_;
    std::vector<platform::OuterWay> lastWays_;
    TimePoint lastLook_{};
    bool isPlanned_ = false;
    Subscription timer_;
};

}  // namespace weft::daemon
