// SPDX-License-Identifier: Apache-2.0
#include "core/control/detail/controller_calls.h"
#include "core/control/detail/grpc_diagnosis.h"
#include "core/control/translate_network.h"

#include <utility>

namespace weft::control {
namespace {

namespace local = weft::local::v1;

}  // namespace

Subscription GrpcDiagnosis::ping(
    const api::ProfileId& id,
    const api::PingQuestion& question,
    std::function<void(const api::PingUpdate&)> told,
    StatusCallback ended) {
    using Call = detail::ReadCall<local::PingUpdate>;
    auto watcher = std::make_shared<detail::Watcher<const api::PingUpdate&>>(std::move(told));
    auto end = std::make_shared<detail::Watcher<Status>>(std::move(ended));
    // The call is made here, so that the handle can drop it, and started on the loop.
    auto call = std::make_shared<Call>(
        controller_.book_,
        [watcher](const local::PingUpdate& update) {
            if (const auto known = fromProto(update)) {
                watcher->deliver(*known);
            }
        },
        [end](const Status& status) {
            end->deliver(
                status.code() == StatusCode::kUnimplemented
                    ? unimplemented("this daemon cannot ping")
                    : status);
        });
    local::PingRequest request = toProto(question);
    request.set_profile_id(id.value());
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
                end->deliver(unimplemented("this daemon cannot ping"));
            } else {
                call->start([this, request](auto* context, auto* reactor) {
                    controller_.network_->async()->Ping(context, &request, reactor);
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

void GrpcDiagnosis::explainPath(
    const api::ProfileId& id, const std::string& node, Callback<api::PathExplanation> done) {
    local::ExplainPathRequest request;
    request.set_profile_id(id.value());
    request.set_node(node);
    controller_.localCall(
        "explain ways",
        &GrpcController::NetworkStub::ExplainPath,
        std::move(request),
        detail::converted<local::PathExplanation>(
            std::move(done), [](const auto& answer) { return fromProto(answer); }));
}

void GrpcDiagnosis::checkNetwork(
    const api::ProfileId& id, Callback<std::vector<api::NetworkCheck>> done) {
    local::CheckNetworkRequest request;
    request.set_profile_id(id.value());
    controller_.localCall(
        "check the network",
        &GrpcController::NetworkStub::CheckNetwork,
        std::move(request),
        detail::converted<local::NetworkReport>(
            std::move(done), [](const auto& answer) { return fromProto(answer); }));
}

void GrpcDiagnosis::nameService(const api::ProfileId& id, Callback<api::NameService> done) {
    local::GetNameServiceRequest request;
    request.set_profile_id(id.value());
    controller_.localCall(
        "tell how names are found",
        &GrpcController::NetworkStub::GetNameService,
        std::move(request),
        detail::converted<local::NameService>(
            std::move(done), [](const auto& answer) { return fromProto(answer); }));
}

void GrpcDiagnosis::lookUpName(
    const api::ProfileId& id, const api::NameQuestion& question, Callback<api::NameAnswer> done) {
    local::LookUpNameRequest request;
    request.set_profile_id(id.value());
    request.set_name(question.name);
    request.set_type(question.type);
    controller_.localCall(
        "look names up",
        &GrpcController::NetworkStub::LookUpName,
        std::move(request),
        detail::converted<local::NameAnswer>(
            std::move(done), [](const auto& answer) { return fromProto(answer); }));
}

}  // namespace weft::control
