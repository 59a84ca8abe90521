// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/control/grpc_controller.h"

#include <chrono>
#include <memory>
#include <type_traits>
#include <utility>

// How the controller makes its calls; for its own sources only.
namespace weft::control {

namespace detail {

/// How much longer a call is waited for that the daemon may hand on to a server of the mesh, so
/// that its word on that one comes first: it waits for 10 s, and looks for up to 3 s what is wrong.
inline constexpr std::chrono::seconds kHandedOnMargin{5};

inline Status goneStatus() {
    return weft::cancelled("the controller is being closed");
}

/// Turns an answer into what the front end asked for.
template <typename Answer, typename Result, typename Convert>
Callback<Answer> converted(Callback<Result> done, Convert convert) {
    return [done = std::move(done), convert](const StatusOr<Answer>& answer) {
        if (!answer.ok()) {
            done(answer.status());
            return;
        }
        done(convert(*answer));
    };
}

/// For a call that writes.
template <typename Answer>
Callback<Answer> written(Callback<Answer> done) {
    return [done = std::move(done)](StatusOr<Answer> answer) {
        done(answer.ok() ? std::move(answer) : writeOutcome(answer.status()));
    };
}

template <typename Answer>
Callback<Answer> statusOnly(StatusCallback done) {
    return [done = std::move(done)](const StatusOr<Answer>& answer) { done(answer.status()); };
}

template <typename Result>
std::function<void(Status)> refusal(Callback<Result> done) {
    return [done = std::move(done)](const Status& status) { done(status); };
}

}  // namespace detail

template <typename Stub>
Stub* GrpcController::stub() const {
    if constexpr (std::is_same_v<Stub, AdministrationStub>) {
        return administration_->async();
    } else if constexpr (std::is_same_v<Stub, ChangesStub>) {
        return changesStub_->async();
    } else if constexpr (std::is_same_v<Stub, DraftsStub>) {
        return draftsStub_->async();
    } else if constexpr (std::is_same_v<Stub, PlanningStub>) {
        return planningStub_->async();
    } else if constexpr (std::is_same_v<Stub, NetworkStub>) {
        return network_->async();
    } else if constexpr (std::is_same_v<Stub, LogsStub>) {
        return logsStub_->async();
    } else if constexpr (std::is_same_v<Stub, TrafficStub>) {
        return traffic_->async();
    } else {
        return daemon_->async();
    }
}

template <typename Stub, typename Request>
Duration GrpcController::timeoutOf() const {
    namespace local = weft::local::v1;
    if constexpr (
        std::is_same_v<
            Request,
            local::CreateMeshRequest> || std::is_same_v<Request, local::JoinWithCodeRequest>) {
        return options_.joinTimeout;
    } else if constexpr (std::is_same_v<Stub, DraftsStub> || std::is_same_v<Stub, PlanningStub>) {
        return options_.planTimeout;
    } else if constexpr (
        std::is_same_v<Stub, AdministrationStub> || std::is_same_v<Stub, ChangesStub>) {
        return options_.callTimeout + detail::kHandedOnMargin;
    } else {
        return options_.callTimeout;
    }
}

template <typename Stub, typename Request, typename Response>
void GrpcController::localCall(
    const char* verb,
    void (Stub::*method)(
        grpc::ClientContext*, const Request*, Response*, std::function<void(grpc::Status)>),
    Request request,
    Callback<Response> done) {
    auto timed = [this, verb, method, request = std::move(request), done](
                     const StatusOr<api::Capabilities>& capabilities) {
        if (!capabilities.ok()) {
            done(capabilities.status());
            return;
        }
        if (closing_) {
            done(detail::goneStatus());
            return;
        }
        if (!capabilities->hasLocalApi) {
            done(unimplemented("this daemon cannot {}", verb));
            return;
        }
        auto answered = [this, verb, done](StatusOr<Response> answer) {
            if (answer.status().code() == StatusCode::kUnavailable) {
                monitor_.noteUnavailable();
            }
            if (answer.status().code() == StatusCode::kUnimplemented) {
                done(unimplemented("this daemon cannot {}", verb));
                return;
            }
            done(std::move(answer));
        };
        using Call = detail::UnaryCall<Request, Response>;
        std::make_shared<Call>(book_, request, std::move(answered))
            ->start(
                [this, method](auto* context, const auto* sent, auto* response, auto finished) {
                    (stub<Stub>()->*method)(context, sent, response, std::move(finished));
                },
                timeoutOf<Stub, Request>());
    };
    onLoop(
        [this, timed = std::move(timed)] { monitor_.capabilities(timed); },
        detail::refusal<Response>(done));
}

template <typename Request, typename Response>
void GrpcController::appCall(
    void (AppStub::*method)(
        grpc::ClientContext*, const Request*, Response*, std::function<void(grpc::Status)>),
    Request request,
    Duration timeout,
    Callback<Response> done) {
    onLoop(
        [this, method, timeout, request = std::move(request), done] {
            using Call = detail::UnaryCall<Request, Response>;
            std::make_shared<Call>(book_, request, done)
                ->start(
                    [this, method](auto* context, const auto* sent, auto* response, auto finished) {
                        (app_->async()->*method)(context, sent, response, std::move(finished));
                    },
                    timeout);
        },
        detail::refusal<Response>(done));
}

}  // namespace weft::control
