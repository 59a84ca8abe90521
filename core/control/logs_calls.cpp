// SPDX-License-Identifier: Apache-2.0
#include "core/control/detail/controller_calls.h"
#include "core/control/detail/grpc_logs.h"
#include "core/control/translate_logs.h"

#include <utility>

namespace weft::control {
namespace {

namespace local = weft::local::v1;

constexpr const char* kVerb = "show its log";

}  // namespace

Subscription GrpcLogs::watch(
    const api::LogQuestion& question,
    std::function<void(const api::LogBatch&)> told,
    StatusCallback ended) {
    using Call = detail::ReadCall<local::LogBatch>;
    auto watcher = std::make_shared<detail::Watcher<const api::LogBatch&>>(std::move(told));
    auto end = std::make_shared<detail::Watcher<Status>>(std::move(ended));
    // The call is made here, so that the handle can drop it, and started on the loop.
    auto call = std::make_shared<Call>(
        controller_.book_,
        [watcher](const local::LogBatch& batch) { watcher->deliver(fromProto(batch)); },
        [end](const Status& status) {
            end->deliver(
                status.code() == StatusCode::kUnimplemented
                    ? unimplemented("this daemon cannot {}", kVerb)
                    : status);
        });
    local::WatchLogsRequest request;
    request.set_least(toProto(question.least));
    request.set_once(question.once);
    auto begin =
        [this, call, watcher, end, request](const StatusOr<api::Capabilities>& capabilities) {
            if (watcher->cancelled()) {
                return;
            }
            if (!capabilities.ok()) {
                end->deliver(capabilities.status());
            } else if (controller_.closing_) {
                end->deliver(detail::goneStatus());
            } else if (!capabilities->hasLocalApi) {
                end->deliver(unimplemented("this daemon cannot {}", kVerb));
            } else {
                call->start([this, request](auto* context, auto* reactor) {
                    controller_.logsStub_->async()->Watch(context, &request, reactor);
                });
            }
        };
    controller_.onLoop(
        [this, begin = std::move(begin)] { controller_.monitor_.capabilities(begin); },
        [end](const Status& status) { end->deliver(status); });
    const std::weak_ptr<base::AsioLoop> loop = controller_.loop_;
    return Subscription([watcher, end, call, loop] {
        watcher->cancel();
        end->cancel();
        if (const auto alive = loop.lock()) {
            alive->post([call] { call->drop(); });
        }
    });
}

void GrpcLogs::setLevel(api::LogLevel level, StatusCallback done) {
    local::SetLogLevelRequest request;
    request.set_level(toProto(level));
    controller_.localCall(
        "change the level of its log",
        &GrpcController::LogsStub::SetLevel,
        std::move(request),
        detail::statusOnly<local::SetLogLevelResponse>(std::move(done)));
}

}  // namespace weft::control
