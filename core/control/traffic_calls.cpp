// SPDX-License-Identifier: Apache-2.0
#include "core/control/detail/controller_calls.h"
#include "core/control/detail/grpc_traffic.h"
#include "core/control/detail/timestamps.h"
#include "core/control/detail/watcher.h"

#include <algorithm>
#include <utility>

namespace weft::control {
namespace {

namespace local = weft::local::v1;

/// What no retry mends.
bool isFinal(StatusCode code) {
    return code == StatusCode::kNotFound || code == StatusCode::kPermissionDenied
           || code == StatusCode::kUnimplemented || code == StatusCode::kInvalidArgument;
}

local::TrafficSpan toProto(api::TrafficSpan span) {
    switch (span) {
    case api::TrafficSpan::FiveMinutes:
        break;
    case api::TrafficSpan::Hour:
        return local::TRAFFIC_SPAN_HOUR;
    case api::TrafficSpan::Day:
        return local::TRAFFIC_SPAN_DAY;
    }
    return local::TRAFFIC_SPAN_FIVE_MINUTES;
}

local::TrafficRequest requestOf(
    const api::ProfileId& id, const std::string& peer, api::TrafficSpan span) {
    local::TrafficRequest request;
    request.set_profile_id(id.value());
    request.set_node_id(peer);
    request.set_span(toProto(span));
    return request;
}

api::TrafficUpdate fromProto(const local::TrafficUpdate& update) {
    api::TrafficUpdate told;
    told.reset = update.reset();
    told.points.reserve(static_cast<std::size_t>(update.points_size()));
    for (const auto& point : update.points()) {
        told.points.push_back(
            {point.number(),
             detail::time(point.has_at(), point.at()).value_or(WallTime()),
             std::chrono::milliseconds(point.known_milliseconds()),
             point.received_bytes(),
             point.sent_bytes()});
    }
    return told;
}

Status cannotTell() {
    return unimplemented("this daemon cannot tell of traffic");
}

}  // namespace

/// One follower; opens its stream again whenever it ends.
struct GrpcTraffic::Watch {
    Watch(
        local::TrafficRequest wanted,
        std::function<void(const api::TrafficUpdate&)> told,
        StatusCallback over)
        : request(std::move(wanted)), watcher(std::move(told)), ended(std::move(over)) {}

    const local::TrafficRequest request;
    detail::Watcher<const api::TrafficUpdate&> watcher;
    detail::Watcher<Status> ended;
    std::shared_ptr<detail::ReadCall<local::TrafficUpdate>> call;
    Subscription timer;
    int failures = 0;
    bool dropped = false;
};

GrpcTraffic::GrpcTraffic(GrpcController& controller) : controller_(controller) {}

GrpcTraffic::~GrpcTraffic() = default;

Subscription GrpcTraffic::watch(
    const api::ProfileId& id,
    const std::string& peer,
    api::TrafficSpan span,
    std::function<void(const api::TrafficUpdate&)> told,
    StatusCallback ended) {
    // Shared by the controller and by the handle, either of which may go first.
    auto watch =
        std::make_shared<Watch>(requestOf(id, peer, span), std::move(told), std::move(ended));
    controller_.onLoop(
        [this, watch] {
            watches_.emplace(watch.get(), watch);
            start(watch);
        },
        [watch](const Status& status) { watch->ended.deliver(status); });
    const std::weak_ptr<base::AsioLoop> loop = controller_.loop_;
    return Subscription([this, watch, loop] {
        watch->watcher.cancel();
        watch->ended.cancel();
        if (const auto alive = loop.lock()) {
            // Posting to a stopped loop does nothing, so that `this` is used only while it lives.
            alive->post([this, watch] { drop(watch); });
        }
    });
}

void GrpcTraffic::history(
    const api::ProfileId& id,
    const std::string& peer,
    api::TrafficSpan span,
    Callback<std::vector<api::TrafficPoint>> done) {
    controller_.localCall(
        "tell of traffic",
        &GrpcController::TrafficStub::GetTraffic,
        requestOf(id, peer, span),
        detail::converted<local::TrafficUpdate>(
            std::move(done), [](const auto& answer) { return fromProto(answer).points; }));
}

void GrpcTraffic::shutDown() {
    for (const auto& [key, watch] : watches_) {
        watch->dropped = true;
        watch->timer.cancel();
    }
    watches_.clear();
}

void GrpcTraffic::drop(const std::shared_ptr<Watch>& watch) {
    watch->dropped = true;
    watch->timer.cancel();
    if (watch->call) {
        watch->call->drop();
    }
    watches_.erase(watch.get());
}

void GrpcTraffic::start(const std::shared_ptr<Watch>& watch) {
    controller_.monitor_.capabilities(
        [this, watch](const StatusOr<api::Capabilities>& capabilities) {
            if (controller_.closing_ || watch->dropped) {
                return;
            }
            if (!capabilities.ok()) {
                onEnded(watch, capabilities.status());
            } else if (!capabilities->hasLocalApi) {
                onEnded(watch, cannotTell());
            } else {
                open(watch);
            }
        });
}

void GrpcTraffic::open(const std::shared_ptr<Watch>& watch) {
    using Call = detail::ReadCall<local::TrafficUpdate>;
    watch->call = std::make_shared<Call>(
        controller_.book_,
        [watch](const local::TrafficUpdate& update) {
            watch->failures = 0;
            watch->watcher.deliver(fromProto(update));
        },
        [this, watch](const Status& status) { onEnded(watch, status); });
    watch->call->start([this, watch](auto* context, auto* reactor) {
        controller_.traffic_->async()->WatchTraffic(context, &watch->request, reactor);
    });
}

void GrpcTraffic::onEnded(const std::shared_ptr<Watch>& watch, const Status& status) {
    watch->call.reset();
    if (controller_.closing_ || watch->dropped) {
        return;
    }
    if (isFinal(status.code())) {
        watches_.erase(watch.get());
        watch->ended.deliver(status.code() == StatusCode::kUnimplemented ? cannotTell() : status);
        return;
    }
    controller_.monitor_.noteUnavailable();
    watch->timer = controller_.loop_->after(
        controller_.monitor_.retryDelay(watch->failures++), [this, watch] { start(watch); });
}

}  // namespace weft::control
