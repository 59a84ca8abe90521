// SPDX-License-Identifier: Apache-2.0
#include "core/control/detail/link_monitor.h"

#include "core/control/translate.h"

#include <algorithm>
#include <utility>

namespace weft::control::detail {
namespace {

namespace local = weft::local::v1;

template <typename W>
void dropCancelled(std::vector<std::shared_ptr<W>>& watchers) {
    std::erase_if(watchers, [](const auto& watcher) { return watcher->cancelled(); });
}

/// What a daemon can do that answers v1.AppDaemon and nothing else.
api::Capabilities legacyCapabilities() {
    api::Capabilities capabilities;
    capabilities.grade = api::Grade::Operate;
    return capabilities;
}

bool sameState(const api::DaemonState& left, const api::DaemonState& right) {
    return left.profiles == right.profiles && left.connections == right.connections;
}

}  // namespace

LinkMonitor::LinkMonitor(
    CallBook& book,
    local::Daemon::StubInterface& daemon,
    ::v1::AppDaemon::StubInterface& app,
    ControllerOptions options)
    : book_(book), daemon_(daemon), app_(app), options_(options) {}

void LinkMonitor::watchLink(std::shared_ptr<LinkWatcher> watcher) {
    if (monitoring_) {
        watcher->deliver(link_, linkStatus_);
    }
    linkWatchers_.push_back(std::move(watcher));
    startMonitoring();
}

void LinkMonitor::watchState(std::shared_ptr<StateWatcher> watcher) {
    if (state_) {
        watcher->deliver(*state_);
    }
    stateWatchers_.push_back(std::move(watcher));
    startMonitoring();
}

void LinkMonitor::capabilities(Callback<api::Capabilities> done) {
    if (known_) {
        done(*known_);
        return;
    }
    freshCapabilities(std::move(done));
}

void LinkMonitor::freshCapabilities(Callback<api::Capabilities> done) {
    asking_.push_back(std::move(done));
    if (asking_.size() > 1) {
        return;
    }
    auto answered = [this](const StatusOr<local::Capabilities>& answer) {
        StatusOr<api::Capabilities> result = legacyCapabilities();
        if (answer.ok()) {
            result = fromProto(*answer);
        } else if (answer.status().code() != StatusCode::kUnimplemented) {
            result = answer.status();
        }
        if (result.ok()) {
            known_ = *result;
        } else {
            known_.reset();
        }
        for (const auto& asked : std::exchange(asking_, {})) {
            asked(result);
        }
    };
    using Call = UnaryCall<local::GetCapabilitiesRequest, local::Capabilities>;
    std::make_shared<Call>(book_, local::GetCapabilitiesRequest(), std::move(answered))
        ->start(
            [this](auto* context, const auto* request, auto* response, auto finished) {
                daemon_.async()->GetCapabilities(context, request, response, std::move(finished));
            },
            options_.callTimeout);
}

Duration LinkMonitor::retryDelay(int attempt) const {
    constexpr int kMostDoublings = 16;
    const auto factor = std::int64_t{1} << std::min(attempt, kMostDoublings);
    return std::min(options_.firstRetry * factor, options_.longestRetry);
}

void LinkMonitor::close() {
    closed_ = true;
    timer_.cancel();
    heartbeat_.cancel();
    linkWatchers_.clear();
    stateWatchers_.clear();
}

void LinkMonitor::startMonitoring() {
    if (monitoring_ || closed_) {
        return;
    }
    monitoring_ = true;
    setLink(api::LinkState::Connecting, okStatus());
    probe();
}

void LinkMonitor::probe() {
    freshCapabilities([this](const auto& capabilities) { onProbed(capabilities); });
}

void LinkMonitor::onProbed(const StatusOr<api::Capabilities>& capabilities) {
    if (closed_) {
        return;
    }
    if (!capabilities.ok()) {
        onLost(capabilities.status());
        return;
    }
    setLink(api::LinkState::Ready, okStatus());
    if (capabilities->hasLocalApi) {
        openState();
    } else {
        pollStatus();
    }
}

void LinkMonitor::openState() {
    using Call = ReadCall<local::DaemonState>;
    const auto call = std::make_shared<Call>(
        book_,
        [this](const local::DaemonState& state) { onState(fromProto(state)); },
        [this](const Status& status) {
            onLost(status.ok() ? unavailable("the daemon has stopped") : status);
        });
    call->start([this, request = local::WatchStateRequest()](auto* context, auto* reactor) {
        daemon_.async()->WatchState(context, &request, reactor);
    });
    ++stream_;
    listen();
}

void LinkMonitor::listen() {
    if (options_.heartbeat > Duration::zero()) {
        heartbeat_ = book_.loop().after(options_.heartbeat, [this] { askWhetherItAnswers(); });
    }
}

void LinkMonitor::askWhetherItAnswers() {
    auto answered = [this, stream = stream_](const StatusOr<local::Capabilities>& answer) {
        if (closed_ || stream != stream_) {
            return;
        }
        if (answer.ok()) {
            setLink(api::LinkState::Ready, okStatus());
        } else if (answer.status().code() == StatusCode::kDeadlineExceeded) {
            const auto limit =
                std::chrono::duration_cast<std::chrono::milliseconds>(options_.longestSilence);
            setLink(
                api::LinkState::Lost,
                deadlineExceeded("the daemon has not answered for {} ms", limit.count()));
        }
        listen();
    };
    using Call = UnaryCall<local::GetCapabilitiesRequest, local::Capabilities>;
    std::make_shared<Call>(book_, local::GetCapabilitiesRequest(), std::move(answered))
        ->start(
            [this](auto* context, const auto* request, auto* response, auto finished) {
                daemon_.async()->GetCapabilities(context, request, response, std::move(finished));
            },
            options_.longestSilence);
}

void LinkMonitor::pollStatus() {
    auto answered = [this](const StatusOr<::v1::StatusResponse>& answer) {
        if (closed_) {
            return;
        }
        if (!answer.ok()) {
            onLost(answer.status());
            return;
        }
        onState(stateFromStatus(*answer));
        timer_ = book_.loop().after(options_.statusInterval, [this] { pollStatus(); });
    };
    using Call = UnaryCall<::v1::StatusRequest, ::v1::StatusResponse>;
    std::make_shared<Call>(book_, ::v1::StatusRequest(), std::move(answered))
        ->start(
            [this](auto* context, const auto* request, auto* response, auto finished) {
                app_.async()->Status(context, request, response, std::move(finished));
            },
            options_.callTimeout);
}

void LinkMonitor::onState(const api::DaemonState& state) {
    if (closed_) {
        return;
    }
    failures_ = 0;
    const bool polled = known_ && !known_->hasLocalApi;
    if (polled && state_ && sameState(*state_, state)) {
        return;
    }
    const auto revision = polled ? (state_ ? state_->revision : 0) + 1 : state.revision;
    state_ = state;
    state_->revision = revision;
    dropCancelled(stateWatchers_);
    const auto watchers = stateWatchers_;
    for (const auto& watcher : watchers) {
        watcher->deliver(*state_);
    }
}

void LinkMonitor::onLost(const Status& status) {
    if (closed_) {
        return;
    }
    known_.reset();
    ++stream_;
    heartbeat_.cancel();
    setLink(api::LinkState::Lost, status);
    timer_ = book_.loop().after(retryDelay(failures_), [this] { probe(); });
    ++failures_;
}

void LinkMonitor::setLink(api::LinkState state, const Status& status) {
    const bool told = link_ == state && linkStatus_.code() == status.code();
    if (told && state != api::LinkState::Connecting) {
        return;
    }
    link_ = state;
    linkStatus_ = status;
    dropCancelled(linkWatchers_);
    const auto watchers = linkWatchers_;
    for (const auto& watcher : watchers) {
        watcher->deliver(link_, linkStatus_);
    }
}

}  // namespace weft::control::detail
