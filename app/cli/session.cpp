// SPDX-License-Identifier: Apache-2.0
#include "app/cli/session.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

namespace weft::cli {

namespace {

constexpr std::chrono::seconds kWithoutAWord{2};

/// The list of peers as it grows and changes.
struct PeerList {
    std::map<std::string, api::Peer> known;
    bool listed = false;
    bool complete = false;
    std::size_t updates = 0;

    void apply(const api::PeersUpdate& update) {
        ++updates;
        if (update.reset) {
            known.clear();
            listed = true;
        }
        complete = update.complete;
        for (const auto& peer : update.changed) {
            known.insert_or_assign(peer.id, peer);
        }
        for (const auto& id : update.removedIds) {
            known.erase(id);
        }
    }

    bool hasSelf() const {
        return std::ranges::any_of(known, [](const auto& entry) { return entry.second.isSelf; });
    }
};

}  // namespace

Session::Session(api::Controller& controller, Duration timeout, Duration settle)
    : controller_(controller), timeout_(timeout), settle_(settle) {
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

Status Session::pause() {
    const auto status = pump_->runUntil([] { return false; }, clock_.now() + settle_);
    return status.code() == StatusCode::kDeadlineExceeded ? okStatus() : status;
}

Status Session::reach(const std::function<void()>& slow) {
    const TimePoint end = deadline();
    const TimePoint soon = std::min<TimePoint>(end, clock_.now() + kWithoutAWord);
    // Who is there and says nothing is asked again: it may have to wait for a processor.
    const auto decided = [this] {
        return link_ && *link_ != api::LinkState::Connecting
               && (!lost() || linkError_->code() != StatusCode::kDeadlineExceeded);
    };
    Status status = pump_->runUntil(decided, soon);
    if (status.code() == StatusCode::kDeadlineExceeded && soon < end) {
        if (slow) {
            slow();
        }
        status = pump_->runUntil(decided, end);
    }
    if (status.ok() && *link_ == api::LinkState::Ready) {
        return okStatus();
    }
    if (status.code() == StatusCode::kCancelled) {
        return status;
    }
    link_ = api::LinkState::Lost;
    if (!status.ok()) {
        return unavailable(
            "weftd is there, but did not answer within {} s: see its log, or give a longer "
            "--timeout if this machine is busy",
            std::chrono::ceil<std::chrono::seconds>(timeout_).count());
    }
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
            if (!result && deadline && lost()) {
                result = unavailable(
                    "weftd has gone meanwhile: see its log, and try again when it is back");
            }
            return result.has_value();
        },
        deadline));
    return *result;
}

StatusOr<std::vector<api::Peer>> Session::peers(const api::ProfileId& id) {
    constexpr Duration kLongestForSelf = std::chrono::seconds(5);
    const auto list = std::make_shared<PeerList>();
    const Subscription watch =
        controller_.watchPeers(id, [pump = pump_, list](const api::PeersUpdate& update) {
            pump->post([list, update] { list->apply(update); });
        });
    Status status = pump_->runUntil(
        [&list] { return list->listed && list->hasSelf(); },
        std::min(deadline(), clock_.now() + kLongestForSelf));
    while (status.ok() && !list->complete) {
        const std::size_t seen = list->updates;
        status = pump_->runUntil(
            [&list, seen] { return list->updates != seen; }, clock_.now() + settle_);
    }
    // The list is what there is when time is up; a list that never came is a failure.
    const bool timeIsUp = status.code() == StatusCode::kDeadlineExceeded;
    if ((!status.ok() && !timeIsUp) || !list->listed) {
        return status;
    }
    std::vector<api::Peer> peers;
    peers.reserve(list->known.size());
    for (const auto& [name, peer] : list->known) {
        peers.push_back(peer);
    }
    return peers;
}

}  // namespace weft::cli
