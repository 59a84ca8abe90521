// SPDX-License-Identifier: Apache-2.0
#include "core/control/grpc_controller.h"

#include "core/control/detail/app_nodes.h"
#include "core/control/detail/controller_calls.h"
#include "core/control/detail/grpc_changes.h"
#include "core/control/detail/grpc_diagnosis.h"
#include "core/control/detail/grpc_drafts.h"
#include "core/control/detail/grpc_logs.h"
#include "core/control/detail/grpc_planning.h"
#include "core/control/detail/grpc_traffic.h"
#include "core/control/translate.h"
#include "core/rpc/library.h"

#include <grpcpp/channel.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <algorithm>
#include <future>
#include <limits>
#include <optional>
#include <type_traits>
#include <utility>

namespace weft::control {
namespace {

namespace local = weft::local::v1;

bool isFinal(StatusCode code) {
    return code == StatusCode::kNotFound || code == StatusCode::kPermissionDenied
           || code == StatusCode::kUnimplemented || code == StatusCode::kInvalidArgument;
}

}  // namespace

/// One follower of a profile's peers; opens its stream again whenever it ends.
struct GrpcController::PeerWatch {
    PeerWatch(api::ProfileId profile, std::function<void(const api::PeersUpdate&)> changed)
        : id(std::move(profile)), watcher(std::move(changed)) {}

    api::ProfileId id;
    detail::Watcher<const api::PeersUpdate&> watcher;
    std::shared_ptr<detail::ReadCall<local::PeersUpdate>> call;
    Subscription timer;
    /// Of a daemon that is asked for its nodes: what it said last.
    std::optional<std::vector<api::Peer>> told;
    int failures = 0;
    bool dropped = false;
};

GrpcController::GrpcController(
    std::shared_ptr<grpc::Channel> channel, const ControllerOptions& options)
    : options_(options)
    , loop_(std::make_shared<base::AsioLoop>("control"))
    , daemon_(local::Daemon::NewStub(channel))
    , administration_(local::Administration::NewStub(channel))
    , changesStub_(local::Changes::NewStub(channel))
    , draftsStub_(local::Drafts::NewStub(channel))
    , planningStub_(local::Planning::NewStub(channel))
    , network_(local::Network::NewStub(channel))
    , logsStub_(local::Logs::NewStub(channel))
    , traffic_(local::Traffic::NewStub(channel))
    , app_(::v1::AppDaemon::NewStub(channel))
    , changes_(std::make_unique<GrpcChanges>(*this))
    , diagnosis_(std::make_unique<GrpcDiagnosis>(*this))
    , planning_(std::make_unique<GrpcPlanning>(*this))
    , drafts_(std::make_unique<GrpcDrafts>(*this))
    , logs_(std::make_unique<GrpcLogs>(*this))
    , trafficCalls_(std::make_unique<GrpcTraffic>(*this))
    , book_(*loop_)
    , monitor_(book_, *daemon_, *app_, options) {}

GrpcController::~GrpcController() {
    std::promise<void> drained;
    loop_->post([this, &drained] {
        shutDown();
        book_.whenEmpty([&drained] { drained.set_value(); });
    });
    drained.get_future().wait();
    loop_->stop();
}

void GrpcController::shutDown() {
    closing_ = true;
    monitor_.close();
    for (const auto& [key, watch] : peerWatches_) {
        watch->dropped = true;
        watch->timer.cancel();
    }
    peerWatches_.clear();
    trafficCalls_->shutDown();
    book_.cancelAll();
}

void GrpcController::onLoop(
    std::function<void()> task, const std::function<void(Status)>& refused) {
    if (closing_) {
        refused(detail::goneStatus());
        return;
    }
    loop_->post([this, task = std::move(task), refused] {
        if (closing_) {
            refused(detail::goneStatus());
            return;
        }
        task();
    });
}

Subscription GrpcController::watchLink(std::function<void(api::LinkState, const Status&)> changed) {
    // Shared by the monitor and by the handle, either of which may go first.
    auto watcher = std::make_shared<detail::LinkWatcher>(std::move(changed));
    onLoop([this, watcher] { monitor_.watchLink(watcher); }, [](const Status&) {});
    return Subscription([watcher] { watcher->cancel(); });
}

void GrpcController::capabilities(Callback<api::Capabilities> done) {
    onLoop(
        [this, done] { monitor_.freshCapabilities(done); },
        detail::refusal<api::Capabilities>(done));
}

api::Changes& GrpcController::changes() {
    return *changes_;
}

api::Diagnosis& GrpcController::diagnosis() {
    return *diagnosis_;
}

api::Traffic& GrpcController::traffic() {
    return *trafficCalls_;
}

api::Planning& GrpcController::planning() {
    return *planning_;
}

api::Drafts& GrpcController::drafts() {
    return *drafts_;
}

api::Logs& GrpcController::logs() {
    return *logs_;
}

Subscription GrpcController::watchState(std::function<void(const api::DaemonState&)> changed) {
    auto watcher = std::make_shared<detail::StateWatcher>(std::move(changed));
    onLoop([this, watcher] { monitor_.watchState(watcher); }, [](const Status&) {});
    return Subscription([watcher] { watcher->cancel(); });
}

Subscription GrpcController::watchPeers(
    const api::ProfileId& id, std::function<void(const api::PeersUpdate&)> changed) {
    // Shared by the controller and by the handle, either of which may go first.
    auto watch = std::make_shared<PeerWatch>(id, std::move(changed));
    onLoop(
        [this, watch] {
            peerWatches_.emplace(watch.get(), watch);
            startPeers(watch);
        },
        [](const Status&) {});
    const std::weak_ptr<base::AsioLoop> loop = loop_;
    return Subscription([this, watch, loop] {
        watch->watcher.cancel();
        if (const auto alive = loop.lock()) {
            // Posting to a stopped loop does nothing, so that `this` is used only while it lives.
            alive->post([this, watch] { dropPeers(watch); });
        }
    });
}

void GrpcController::dropPeers(const std::shared_ptr<PeerWatch>& watch) {
    watch->dropped = true;
    watch->timer.cancel();
    if (watch->call) {
        watch->call->drop();
    }
    peerWatches_.erase(watch.get());
}

void GrpcController::startPeers(const std::shared_ptr<PeerWatch>& watch) {
    monitor_.capabilities([this, watch](const StatusOr<api::Capabilities>& capabilities) {
        if (closing_ || watch->dropped) {
            return;
        }
        if (!capabilities.ok()) {
            onPeersEnded(watch, capabilities.status());
        } else if (!capabilities->hasLocalApi) {
            askForNodes(watch);
        } else {
            openPeers(watch);
        }
    });
}

void GrpcController::openPeers(const std::shared_ptr<PeerWatch>& watch) {
    using Call = detail::ReadCall<local::PeersUpdate>;
    watch->call = std::make_shared<Call>(
        book_,
        [watch](const local::PeersUpdate& update) {
            watch->failures = 0;
            watch->watcher.deliver(fromProto(update));
        },
        [this, watch](const Status& status) { onPeersEnded(watch, status); });
    local::WatchPeersRequest request;
    request.set_profile_id(watch->id.value());
    watch->call->start([this, request](auto* context, auto* reactor) {
        daemon_->async()->WatchPeers(context, &request, reactor);
    });
}

void GrpcController::askForNodes(const std::shared_ptr<PeerWatch>& watch) {
    auto listed = [this, watch](const std::string& self, const auto& records) {
        if (records.ok()) {
            tellNodes(watch, detail::nodesOf(*records, self));
        } else {
            onPeersEnded(watch, records.status());
        }
    };
    Callback<::v1::StatusResponse> known =
        [this, watch, listed](const StatusOr<::v1::StatusResponse>& status) {
            if (closing_ || watch->dropped) {
                return;
            }
            if (!status.ok()) {
                onPeersEnded(watch, status.status());
            } else if (const std::string self = status->node().id(); self.empty()) {
                // It is in no mesh.
                tellNodes(watch, {});
            } else {
                iterate(
                    std::string(detail::kNodeRecords),
                    [self, listed](const StatusOr<std::vector<api::KeyValue>>& records) {
                        listed(self, records);
                    });
            }
        };
    appCall(&AppStub::Status, ::v1::StatusRequest(), options_.callTimeout, std::move(known));
}

void GrpcController::tellNodes(
    const std::shared_ptr<PeerWatch>& watch, std::vector<api::Peer> nodes) {
    if (closing_ || watch->dropped) {
        return;
    }
    watch->failures = 0;
    if (watch->told != nodes) {
        watch->told = std::move(nodes);
        api::PeersUpdate update;
        update.reset = true;
        update.changed = *watch->told;
        update.complete = true;
        watch->watcher.deliver(update);
    }
    watch->timer = loop_->after(options_.nodesInterval, [this, watch] { startPeers(watch); });
}

void GrpcController::onPeersEnded(const std::shared_ptr<PeerWatch>& watch, const Status& status) {
    watch->call.reset();
    if (closing_ || watch->dropped) {
        return;
    }
    if (isFinal(status.code())) {
        api::PeersUpdate nothing;
        nothing.reset = true;
        watch->watcher.deliver(nothing);
        peerWatches_.erase(watch.get());
        return;
    }
    monitor_.noteUnavailable();
    watch->timer =
        loop_->after(monitor_.retryDelay(watch->failures++), [this, watch] { startPeers(watch); });
}

std::unique_ptr<api::Controller> connectLocal(
    const std::filesystem::path& path, const ControllerOptions& options) {
    grpc::ChannelArguments arguments;
    const auto milliseconds = [](Duration duration) {
        return static_cast<int>(
            std::chrono::duration_cast<std::chrono::milliseconds>(duration).count());
    };
    arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, milliseconds(options.firstRetry));
    // The library's name for how long one attempt may take.
    arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, milliseconds(options.connectTimeout));
    arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, milliseconds(options.longestRetry));
    arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    arguments.SetMaxReceiveMessageSize(kMaxMessageBytes);
    return makeController(
        grpc::CreateCustomChannel(
            "unix:" + std::filesystem::absolute(path).string(),
            grpc::InsecureChannelCredentials(),
            arguments),
        options);
}

std::unique_ptr<api::Controller> makeController(
    std::shared_ptr<grpc::Channel> channel, const ControllerOptions& options) {
    // The end of the last call may let go of the last channel, on a thread of the library.
    rpc::prepareLibrary();
    return std::make_unique<GrpcController>(std::move(channel), options);
}

}  // namespace weft::control
