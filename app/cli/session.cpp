// SPDX-License-Identifier: Apache-2.0
#include "app/cli/session.h"

#include <utility>
#include <vector>

namespace weft::cli {

Session::Session(api::Controller& controller, Duration timeout)
    : controller_(controller), timeout_(timeout) {
    linkWatch_ = controller_.watchLink([pump = pump_, seen = linkSeen_, error = linkError_](
                                           api::LinkState link, const Status& status) {
        pump->post([seen, error, link, status] {
            *seen = link;
            *error = status;
        });
    });
}

TimePoint Session::deadline() const {
    return clock_.now() + timeout_;
}

Status Session::reach() {
    const auto decided = [this] { return link_ && *link_ != api::LinkState::Connecting; };
    Status status = pump_->runUntil(decided, deadline());
    if (status.ok() && *link_ == api::LinkState::Ready) {
        return okStatus();
    }
    if (status.code() == StatusCode::kCancelled) {
        return status;
    }
    link_ = api::LinkState::Lost;
    return unavailable(
        "weftd does not answer: start it with `systemctl start weftd`, or run `./scripts/run "
        "--headless`");
}

Status Session::run(const std::function<void(StatusCallback)>& start) {
    const auto result = std::make_shared<std::optional<Status>>();
    start([pump = pump_, result](const Status& answer) {
        pump->post([result, answer] { *result = answer; });
    });
    WEFT_RETURN_IF_ERROR(pump_->runUntil([&result] { return result->has_value(); }, deadline()));
    return **result;
}

StatusOr<api::DaemonState> Session::state() {
    api::DaemonState found;
    WEFT_RETURN_IF_ERROR(followState(
        [&found](const api::DaemonState& state) {
            found = state;
            return std::optional<Status>(okStatus());
        },
        deadline()));
    return found;
}

Status Session::followState(
    const std::function<std::optional<Status>(const api::DaemonState&)>& done,
    std::optional<TimePoint> deadline) {
    const auto states = std::make_shared<std::deque<api::DaemonState>>();
    const Subscription watch =
        controller_.watchState([pump = pump_, states](const api::DaemonState& state) {
            pump->post([states, state] { states->push_back(state); });
        });
    std::optional<Status> result;
    WEFT_RETURN_IF_ERROR(pump_->runUntil(
        [&] {
            while (!result && !states->empty()) {
                result = done(states->front());
                states->pop_front();
            }
            return result.has_value();
        },
        deadline));
    return *result;
}

StatusOr<std::vector<api::Peer>> Session::peers(const api::ProfileId& id) {
    const auto first = std::make_shared<std::optional<std::vector<api::Peer>>>();
    const Subscription watch =
        controller_.watchPeers(id, [pump = pump_, first](const api::PeersUpdate& update) {
            pump->post([first, update] {
                if (update.reset && !*first) {
                    *first = update.changed;
                }
            });
        });
    WEFT_RETURN_IF_ERROR(pump_->runUntil([&first] { return first->has_value(); }, deadline()));
    return **first;
}

}  // namespace weft::cli
