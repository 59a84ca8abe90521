// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/event_pump.h"
#include "core/api/controller.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace weft::cli {

/// A Controller for code that waits: each call returns its result.
/// Thread: the command's; `interrupt` any.
class Session {
public:
    /// How long a list of peers has to rest before it counts as complete: some times longer than
    /// a daemon waits before it tells the next change.
    static constexpr Duration kSettleTime = std::chrono::milliseconds(250);

    /// `timeout` is for each single call. `controller` outlives the session.
    Session(api::Controller& controller, Duration timeout, Duration settle = kSettleTime);

    api::Controller& controller() { return controller_; }
    EventPump& pump() { return *pump_; }
    /// When a call that starts now has taken too long.
    TimePoint deadline() const;
    TimePoint now() const { return clock_.now(); }
    /// Waits for the settle time, before something is asked once more. Errors: kCancelled.
    Status pause();

    /// Waits until the daemon answers; `slow` runs when one that is there takes longer than people
    /// like to wait without a word. Errors: kUnavailable with what to do about it.
    Status reach(const std::function<void()>& slow = {});
    /// Whether the daemon is gone: then kUnavailable means this, and not a leader in the mesh.
    bool lost() const { return link_ && *link_ == api::LinkState::Lost; }

    template <typename T>
    StatusOr<T> call(const std::function<void(Callback<T>)>& start) {
        return callUntil<T>(deadline(), start);
    }
    /// For an answer that is not worth waiting for as long as for others.
    template <typename T>
    StatusOr<T> callUntil(TimePoint end, const std::function<void(Callback<T>)>& start) {
        const auto result = std::make_shared<std::optional<StatusOr<T>>>();
        start([pump = pump_, result](StatusOr<T> answer) {
            pump->post([result, answer = std::move(answer)] { *result = answer; });
        });
        WEFT_RETURN_IF_ERROR(pump_->runUntil([&result] { return result->has_value(); }, end));
        return **result;
    }
    Status run(const std::function<void(StatusCallback)>& start);

    /// The daemon's state now.
    StatusOr<api::DaemonState> state();
    /// Looks at the state now and at each later one until `done` returns a status. Without a
    /// deadline it goes on when the daemon comes back; else a daemon that goes is kUnavailable.
    Status followState(
        const std::function<std::optional<Status>(const api::DaemonState&)>& done,
        std::optional<TimePoint> deadline);
    /// The members that a connected profile sees, by id. They come in several messages: the list is
    /// complete when this node is in it and the daemon says that it is, or, when that is too old to
    /// say so, when nothing has followed for the settle time.
    StatusOr<std::vector<api::Peer>> peers(const api::ProfileId& id);

private:
    api::Controller& controller_;
    const Duration timeout_;
    const Duration settle_;
    base::SystemClock clock_;
    // Callbacks that come late still find the pump.
    const std::shared_ptr<EventPump> pump_ = std::make_shared<EventPump>();
    // Of the command's thread; the watch writes it through the pump.
    const std::shared_ptr<std::optional<api::LinkState>> linkSeen_ =
        std::make_shared<std::optional<api::LinkState>>();
    std::optional<api::LinkState>& link_ = *linkSeen_;
    std::shared_ptr<Status> linkError_ = std::make_shared<Status>();
    Subscription linkWatch_;
};

}  // namespace weft::cli
